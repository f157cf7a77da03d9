"""The frame «according to X», and how a statement is written down with its speaker (CODEBOOK section 8)."""

from __future__ import annotations

import msgspec

from isnad.model import Span
from isnad.read.mentions import Attribution
from isnad.read.speaker_subject import Naming, Subjects, Via
from isnad.read.speaker_text import NEAR, OPENING, SpeakerText

_AS = ("كما",)  # as
_QUOTING = "نقلا"  # quoting
_OWN_W = frozenset({"وفق", "وفقا"})  # in accordance with: the w is its own letter, no «and»
_SHORT = 8  # words before «quoting X», and between X and «that», where the statement follows


class Statements:
    """The attributions read so far, and the speakers named in them."""

    def __init__(self, text: SpeakerText) -> None:
        self.text = text
        self.subjects = Subjects(text)
        self.out: list[Attribution] = []

    def carry(self, i: int, first: int, last: int) -> int:
        """Let the speaker before vouch for what follows the word of saying at i."""
        attributed = self.out and self.out[-1].last > first
        speaker = (None if attributed else self.subjects.named_in(first, i)) or self.subjects.speaker
        if speaker is not None:
            self.add(speaker, i + 1, self.text.statement_end(i + 1, last), self.text.span(i, i + 1))
        return 1

    def add(self, naming: Naming, first: int, last: int, verb: Span | None) -> None:
        """Write down that `naming` vouches for words [first, last) and is carried on from here."""
        text = self.text
        if first >= last:
            first, last = text.next_quotation(first)
        if first >= last:
            return
        span = text.span(naming.first, naming.last, name=True)
        parties = (text.party_at[j].id for j in range(naming.first, naming.last) if j in text.party_at)
        via = naming.via
        if via is not None and self.subjects.is_own(via.first, via.last):
            via = None
        self.out.append(
            Attribution(
                first=naming.first,
                last=naming.last,
                start=span.start,
                end=span.end,
                text=span.text,
                kind=naming.kind,
                scope_first=first,
                scope_last=last,
                party=next(parties, None),
                via=text.span(via.first, via.last, name=True) if via else None,
                via_kind=via.kind if via else None,
                verb=verb,
            )
        )
        self.subjects.remember(naming)


class According(Statements):
    """Reads «according to X», before its statement or behind it."""

    def according(self, i: int, first: int, last: int) -> int:
        """Read «according to X» at word i; return the words used, 0 when there is none."""
        text, lexicon = self.text, self.text.lexicon
        rule, j = text.according_at(i, last)
        if rule is None:
            return 0
        if rule.medium:
            return self._medium(j, last)
        evidence = text.span(i, j) if j > i else None
        if rule.clause:
            j = text.skip_time(j, last)
            verb = text.infos[j].verb if j < last else None
            if (
                verb is None
                or verb.form != "finite"
                or (rule.words == _AS and text.that_within(j + 1, last, NEAR))
            ):
                return 0
            evidence = text.span(j, j + 1)
            j += 2 if text.key(j + 1) in lexicon.by_it else 1
        if j + 1 < last and text.key(j) in lexicon.carriers and text.infos[j + 1].with_l:
            j += 1
        if j >= last or text.key(j) in lexicon.not_named:
            return 0
        naming, end = self.subjects.at(j, last)
        if naming is None:
            return 0
        if rule.words[0] == _QUOTING and self.out and self.out[-1].last <= i <= self.out[-1].last + 6:
            before = self.out[-1]
            via = Via(before.first, before.last, before.kind) if before.kind != "self" else None
            self.add(naming._replace(via=via), end, text.statement_end(end, last), evidence)
            return end - i
        naming = naming._replace(via=self.subjects.receiver(end, last) or naming.via)
        follows = i - first <= _SHORT and text.that_within(end, last, _SHORT)
        if follows or self._opens(i, first):
            # between dashes near the head («shelling - according to X - led to»): the whole sentence
            start = first if text.key(i - 1) in "-–—" and i > first else end
            self.add(naming, start, text.statement_end(end, last), evidence)
        elif naming.kind != "media" or not self._pass_on(naming, first, i):
            self.add(naming, self._clause_start(i, first), i, evidence)
        return end - i

    def _medium(self, j: int, last: int) -> int:
        """Read «speaking to X»: an outlet is read with the verb as `via`; anyone else is the speaker."""
        inner = j + (self.text.key(j) in OPENING)
        if inner >= last or self.text.infos[inner].receiver or self.text.infos[j].with_l:
            return 0
        naming, end = self.subjects.at(j, last)
        if naming is None or not self.text.that_within(end, last, 14):
            return 0
        self.subjects.remember(naming)
        return end - j

    def _opens(self, i: int, first: int) -> bool:
        """Say whether a phrase at i opens its sentence, or a clause of its own with «and»."""
        key = self.text.key(i)
        if i - first <= 1 or (key[0] == "و" and key not in _OWN_W):
            return True
        return self.text.key(i - 1) in "-–—.:" and i - first <= 3

    def _clause_start(self, i: int, first: int) -> int:
        """Return where the statement before a trailing phrase at i starts: behind the statement before it."""
        a = next((a for a in reversed(self.out) if first <= a.last <= i), None)
        if a is None:
            return first
        return a.last if a.scope_last <= a.first or a.scope_first >= a.last else first

    def _pass_on(self, naming: Naming, first: int, i: int) -> bool:
        """Make a trailing press attribution the `via` of the speaker whose statement it follows."""
        a = self.out[-1] if self.out else None
        if a is None or a.kind == "media" or a.via is not None or not a.scope_first < i <= a.scope_last:
            return False
        if a.scope_first < first - 12:
            return False
        via = (
            None
            if self.subjects.is_own(naming.first, naming.last)
            else self.text.span(naming.first, naming.last)
        )
        self.out[-1] = msgspec.structs.replace(a, via=via, via_kind="media" if via else None)
        return True
