"""Who vouches for which words (CODEBOOK section 8).

Three frames carry attribution in news Arabic: a verb of saying with its subject after it or before it
(قال X إن «X said that», «X: ...»); a prepositional phrase before or behind the statement (بحسب X «according
to X», وفق ما ذكرت X «as X mentioned»); a participle or a verb such as أضاف «added» that carries the speaker
on.  Each gives one `Attribution`; `attribution_at` picks the innermost for a word.  That a speaker is not the
source of his own speech act is for the coder to apply: `verb` is the word of that act.
"""

from __future__ import annotations

from collections.abc import Iterable

from isnad.lexicon.speechwords import Verb
from isnad.read.mentions import Attribution, PartyMention
from isnad.read.speaker_according import According
from isnad.read.speaker_subject import Naming, Via
from isnad.read.speaker_text import NEAR, SpeakerText
from isnad.text import Words

_FROM_WHOM = "عن"  # from, of: «quoted from»
_HEADLINE = 16  # words below which a line is read as a headline
_PLACE_LIKE = frozenset({"country", "nisba"})  # forms of a party mention
_COLON = 20  # words of a line in which its colon is looked for
_QUOTED_FROM = 14  # words between «quoted» and «from»


def find_attributions(
    words: Words, parties: Iterable[PartyMention] = (), *, outlet: str | None = None
) -> list[Attribution]:
    """Return the attributions of a text in order.

    `parties` give the neutral ids of the speakers named; `outlet` is the slug or site of the article's own
    outlet: what is said to it has no `via`.
    """
    return _Reader(SpeakerText(words, parties, outlet)).read()


def attribution_at(attributions: list[Attribution], i: int) -> Attribution | None:
    """Return the innermost attribution that covers word i, None when the text itself asserts it."""
    best: Attribution | None = None
    for a in attributions:
        if not a.scope_first <= i < a.scope_last or a.first <= i < a.last:
            continue
        if best is None or a.scope_last - a.scope_first <= best.scope_last - best.scope_first:
            best = a
    return best


class _Reader(According):
    def read(self) -> list[Attribution]:
        text = self.text
        keys, infos = text.words.key, text.infos
        active = [i for i, info in enumerate(infos) if info.active]
        active.append(len(infos))
        at = 0
        for sentence in text.words.sentences:
            self._colon(sentence.first, sentence.last)
            i = sentence.first
            if infos[i].complementizer and keys[i][0] == "و":  # «and that ...»: the statement before goes on
                i += self.carry(i, sentence.first, sentence.last)
            while True:
                while active[at] < i:
                    at += 1
                i = active[at]
                if i >= sentence.last:
                    break
                i += self._word(i, sentence.first, sentence.last) or 1
        self._headline()
        return self.out

    def _word(self, i: int, first: int, last: int) -> int:
        info = self.text.infos[i]
        step = self.according(i, first, last) if info.according else 0
        if not step and info.verb is not None and self.text.is_said(i, info.verb, first, last):
            step = self._said(i, info.verb, first, last)
        return step

    # -- X: statement ------------------------------------------------------------------------------

    def _colon(self, first: int, last: int) -> None:
        """Read «X: statement» at the head of a line."""
        if ":" not in self.text.words.key[first : first + _COLON]:
            return
        bar = next((j for j in range(first, min(first + 12, last)) if self.text.key(j) == "|"), None)
        first = first if bar is None else bar + 1  # «urgent | the agency: ...»
        for j in range(first + 1, min(first + 8, last - 2)):
            if not self.text.is_mark(j):
                continue
            if self.text.key(j) == ":" and self.text.key(j + 1) != ":":
                known = self.subjects.known_as(first, j)
                kind = known.kind if known else self.subjects.kind_of(first, j)
                named = self.subjects.name_end(first, j) == j
                party = self.text.party_at.get(first)
                # a country before a colon is mostly the place of the story («Yemen: ...»)
                if named and (kind is not None or (party is not None and party.form not in _PLACE_LIKE)):
                    self.add(Naming(first, j, kind or "official"), j + 1, last, None)
            if self.text.key(j) not in '#"«»“”':
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
            self.add(Naming(first, colon, known.kind), colon + 1, last, None)
            self.out.insert(0, self.out.pop())

    # -- X said, announced, added ------------------------------------------------------------------

    def _said(self, i: int, verb: Verb, first: int, last: int) -> int:
        if verb.form == "noun":
            return self._noun(i, last)
        if verb.form == "participle":
            return self.carry(i, first, last)
        if verb.sort == "relay":
            return self._relay(i, last)
        return self._verb(i, verb, first, last)

    def _verb(self, i: int, verb: Verb, first: int, last: int) -> int:
        """Read a verb of saying at i with its subject; return the words used."""
        text = self.text
        via, j = self.subjects.receiver_first(text.skip_time(i + 1, last), last)
        naming, end = self._subject(i, j, verb, first, last)
        if naming is None:
            behind_head = (
                i > first and text.infos[i - 1].head and not text.infos[i].joined and not verb.present
            )
            weak = (verb.present or verb.sort == "act") and not text.that_within(i + 1, last, NEAR)
            return 0 if behind_head or weak else self.carry(i, first, last)
        naming = naming._replace(via=self.subjects.receiver(end, last) or via or naming.via)
        if verb.strict and naming.kind != "organisation" and not text.that_at_once(end, last):
            return 0
        if verb.sort == "act" and not text.that_within(end, last, 3):
            self.subjects.remember(naming)
            return 1
        start = text.statement_start(end, last)
        self.add(naming, start, text.statement_end(start, last), text.span(i, i + 1))
        return max(1, end - i)

    def _subject(self, i: int, j: int, verb: Verb, first: int, last: int) -> tuple[Naming | None, int]:
        """Read the subject of the verb at i, named at j or before i; return it and its end."""
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
        self.add(naming, end, self.text.statement_end(end, last), self.text.span(i, i + 1))
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
            self.add(source, stop, self.text.statement_end(stop, last), self.text.span(i, i + 1))
            return stop - i
        return 0
