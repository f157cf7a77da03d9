"""Who vouches for which words (CODEBOOK section 8).

Three frames carry attribution in news Arabic: a verb of saying with its subject after it or before it (قال X إن
«X said that», X: ...), a prepositional phrase before or behind the statement (بحسب X «according to X», وفق ما ذكرت X
«as X mentioned»), and a participle or a verb such as أضاف «added» that carries the speaker on.  Each gives one
`Attribution`; `attribution_at` picks the innermost for a word.  That a speaker is not the source of his own speech
act is for the coder to apply: the act's word stands before the statement, or `verb` is the trigger itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from isnad.lexicon.speechwords import Verb
from isnad.model import Span
from isnad.read.mentions import Attribution, PartyMention
from isnad.read.speaker_subject import Naming, Subjects, Via
from isnad.read.speaker_text import OPENING, SpeakerText
from isnad.text import Words

_AS = ("كما",)  # as
_QUOTING = "نقلا"  # quoting
_FROM_WHOM = "عن"  # from, of: «quoted from»
_OWN_W = frozenset({"وفق", "وفقا"})  # in accordance with: the w is its own letter, no «and»
_HEADLINE = 16  # words below which a line is read as a headline
_NEAR = 21  # words within which a clause is looked for
_QUOTED_FROM = 14  # words between «quoted» and «from»


def find_attributions(
    words: Words, parties: Iterable[PartyMention] = (), *, outlet: str | None = None
) -> list[Attribution]:
    """Return the attributions of a text in order.

    `parties` give the neutral ids of the speakers named; `outlet` is the slug or site of the article's own outlet:
    what is said to it has no `via`.
    """
    return _Reader(SpeakerText(words, parties, outlet)).read()


def attribution_at(attributions: list[Attribution], i: int) -> Attribution | None:
    """Return the innermost attribution whose statement covers word i, None when the text itself asserts it."""
    best: Attribution | None = None
    for a in attributions:
        if not a.scope_first <= i < a.scope_last or a.first <= i < a.last:
            continue
        if best is None or a.scope_last - a.scope_first <= best.scope_last - best.scope_first:
            best = a
    return best


class _Reader:
    def __init__(self, text: SpeakerText) -> None:
        self.text = text
        self.subjects = Subjects(text)
        self.out: list[Attribution] = []

    def read(self) -> list[Attribution]:
        text, according = self.text, self.text.lexicon.according
        keys, infos = text.words.key, text.infos
        for sentence in text.words.sentences:
            self._colon(sentence.first, sentence.last)
            i = sentence.first
            while i < sentence.last:
                step = 0
                if keys[i] in according or keys[i][1:] in according:
                    step = self._according(i, sentence.first, sentence.last)
                verb = infos[i].verb
                if not step and verb is not None and self._counts(i, verb, sentence.first, sentence.last):
                    step = self._said(i, verb, sentence.first, sentence.last)
                i += step or 1
        self._headline()
        return self.out

    # -- X: statement ---------------------------------------------------------------------------------------------

    def _colon(self, first: int, last: int) -> None:
        """Read «X: statement» at the head of a line."""
        for j in range(first + 1, min(first + 8, last - 2)):
            if not self.text.is_mark(j):
                continue
            if self.text.key(j) == ":" and self.text.key(j + 1) != ":":
                known = self.subjects.known_as(first, j)
                kind = known.kind if known else self.subjects.kind_of(first, j)
                named = self.subjects.name_end(first, j) == j
                if named and (kind is not None or first in self.text.party_at):
                    self._add(Naming(first, j, kind or "official"), j + 1, last, None)
            if self.text.key(j) not in "#\"«»“”":
                return

    def _headline(self) -> None:
        """Read «X: statement» in the headline where X is known as a speaker from the text below."""
        sentences = self.text.words.sentences
        if not sentences or (self.out and self.out[0].first == sentences[0].first):
            return
        first, last = sentences[0].first, sentences[0].last
        colon = next((j for j in range(first + 1, min(first + 6, last - 1)) if self.text.key(j) == ":"), None)
        known = self.subjects.known_as(first, colon) if colon is not None else None
        if known is not None and colon is not None:
            self._add(Naming(first, colon, known.kind), colon + 1, last, None)
            self.out.insert(0, self.out.pop())

    # -- according to X -------------------------------------------------------------------------------------------

    def _according(self, i: int, first: int, last: int) -> int:
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
            if verb is None or verb.form != "finite" or (rule.words == _AS and text.that_within(j + 1, last, _NEAR)):
                return 0
            evidence = text.span(j, j + 1)
            j += 1
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
            self._add(naming._replace(via=via), end, text.statement_end(end, last), evidence)
            return end - i
        naming = naming._replace(via=self.subjects.receiver(end, last) or naming.via)
        if self._opens(i, first):
            self._add(naming, end, text.statement_end(end, last), evidence)
        elif naming.kind != "media" or not self._pass_on(naming, first, i):
            self._add(naming, self._clause_start(i, first), i, evidence)
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
        via = None if self.subjects.is_own(naming.first, naming.last) else self.text.span(naming.first, naming.last)
        self.out[-1] = msgspec.structs.replace(a, via=via, via_kind="media" if via else None)
        return True

    # -- X said, announced, added ---------------------------------------------------------------------------------

    def _counts(self, i: int, verb: Verb, first: int, last: int) -> bool:
        """Say whether a word of saying is one here: not denied, no relative clause, no noun, no «it is mentioned»."""
        text, lexicon = self.text, self.text.lexicon
        key, before = text.key(i), text.key(i - 1) if i > first else ""
        if key.removeprefix("و") in lexicon.passive and self._is_passive(i + 1):
            return False
        if before in lexicon.negations:
            return False
        if verb.form != "noun":
            if before in lexicon.relatives or (before in lexicon.noun_before and not text.infos[i].joined):
                return False
            if verb.form == "participle" and (text.infos[i].article or verb.sort == "act"):
                return False
        if verb.needs and not any(text.key(j) in verb.needs for j in range(i + 1, min(i + 9, last))):
            return False
        return not verb.clause or text.that_within(i + 1, last, _NEAR)

    def _is_passive(self, j: int) -> bool:
        if j >= len(self.text.infos):
            return False
        return self.text.infos[j].complementizer or self.text.key(j) in self.text.lexicon.passive_next

    def _said(self, i: int, verb: Verb, first: int, last: int) -> int:
        if verb.form == "noun":
            return self._noun(i, last)
        if verb.form == "participle":
            return self._carry(i, first, last)
        if verb.sort == "relay":
            return self._relay(i, last)
        return self._verb(i, verb, first, last)

    def _verb(self, i: int, verb: Verb, first: int, last: int) -> int:
        """Read a verb of saying at i with its subject; return the words used."""
        text = self.text
        via, j = self.subjects.receiver_first(text.skip_time(i + 1, last), last)
        naming, end = self._subject(i, j, verb, first, last)
        if naming is None:
            behind_head = i > first and text.infos[i - 1].head and not text.infos[i].joined and not verb.present
            weak = (verb.present or verb.sort == "act") and not text.that_within(i + 1, last, _NEAR)
            return 0 if behind_head or weak else self._carry(i, first, last)
        naming = naming._replace(via=self.subjects.receiver(end, last) or via or naming.via)
        if verb.strict and not text.that_at_once(end, last):
            return 0
        if verb.sort == "act" and not text.that_within(end, last, 3):
            self.subjects.remember(naming)
            return 1
        start = text.statement_start(end, last)
        self._add(naming, start, text.statement_end(start, last), text.span(i, i + 1))
        return max(1, end - i)

    def _subject(self, i: int, j: int, verb: Verb, first: int, last: int) -> tuple[Naming | None, int]:
        """Read the subject of the verb at i, whose naming may stand at j or before i; return it and its end."""
        text, subjects = self.text, self.subjects
        before = text.key(i - 1) if i > first else ""
        behind_head = i > first and text.infos[i - 1].head is not None and not text.infos[i].joined
        if before in text.lexicon.already or behind_head:
            naming = subjects.before(i, first)
            if naming is not None:
                return naming, i + 1
            if behind_head and not verb.present:
                return None, i + 1
        begins = text.begins_statement(j, last, verb)
        if not begins:
            naming, end = subjects.at(j, last)
            if naming is not None and subjects.trusted(naming, end, last, act=verb.sort == "act"):
                return naming, end
        if begins or (verb.present and last - first < _HEADLINE):
            return subjects.before(i, first), i + 1
        return None, i + 1

    def _noun(self, i: int, last: int) -> int:
        """Read a verbal noun of saying with its agent («إعلان السلطات»: the authorities' announcement)."""
        if self.text.infos[i].article or i + 1 >= last:
            return 0
        naming, end = self.subjects.at(i + 1, last)
        if naming is None or self.text.infos[naming.first].head is None:
            return 0
        self._add(naming, end, self.text.statement_end(end, last), self.text.span(i, i + 1))
        return end - i

    def _relay(self, i: int, last: int) -> int:
        """Read «نقلت X عن Y» (X quoted Y): Y vouches, X passed it on."""
        via, end = self.subjects.at(self.text.skip_time(i + 1, last), last)
        for j in range(end if via else i + 1, min(i + _QUOTED_FROM, last)):
            if self.text.key(j) != _FROM_WHOM:
                continue
            source, stop = self.subjects.at(j + 1, last)
            if source is None:
                return 0
            if via is not None and via.kind != "self":
                source = source._replace(via=Via(via.first, via.last, via.kind))
            self._add(source, stop, self.text.statement_end(stop, last), self.text.span(i, i + 1))
            return stop - i
        return 0

    def _carry(self, i: int, first: int, last: int) -> int:
        """Let the speaker before vouch for what follows the word of saying at i."""
        attributed = self.out and self.out[-1].last > first
        speaker = (None if attributed else self.subjects.named_in(first, i)) or self.subjects.speaker
        if speaker is not None:
            self._add(speaker, i + 1, self.text.statement_end(i + 1, last), self.text.span(i, i + 1))
        return 1

    def _add(self, naming: Naming, first: int, last: int, verb: Span | None) -> None:
        if first >= last:
            return
        text = self.text
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
