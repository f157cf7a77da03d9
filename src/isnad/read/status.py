"""Which words make the events around them denied, planned or hypothetical (CODEBOOK section 3).

Rules in the manner of ConText: a cue has a direction and a reach; its scope ends at the sentence, at a strong
mark and at a terminator.  An event takes the status of the nearest cue that covers it.
"""

from __future__ import annotations

from isnad.lexicon.statuscues import (
    FUTURE_VERB,
    NOT_DOING,
    PURPOSE_NOUN,
    StatusLexicon,
    StatusRule,
    StatusWord,
    status_lexicon,
)
from isnad.read.mentions import StatusCue
from isnad.text import Words

_MARKS = frozenset(".؛;!?؟")
_OF_PEACE = {"purpose": "hypothetical", "attempt": "denied"}  # what these make of words of peace
_STRENGTH = {"denied": 0, "hypothetical": 1, "planned": 2}  # where two cues stand equally near
_CHAIN = 40  # words within which joined verbal nouns are followed
_HAD = 7  # words between «had» and the verb it makes past
_FUTURE_REACH = 3  # words a future verb carries to its noun («will hold talks»)


def find_status(words: Words) -> list[StatusCue]:
    """Return the status cues of a text in order, each with the words it covers."""
    return _Reader(words).read()


def cues_at(cues: list[StatusCue], i: int) -> list[StatusCue]:
    """Return the cues that cover word i, the nearest first."""
    covering = [c for c in cues if c.scope_first <= i < c.scope_last]
    weak = status_lexicon().weak

    def order(c: StatusCue) -> tuple[bool, int, int, int]:
        return c.rule in weak, distance(c, i), c.scope_last - c.scope_first, _STRENGTH[c.status]

    return sorted(covering, key=order)


def status_of(cues: list[StatusCue], i: int) -> tuple[str, StatusCue] | None:
    """Return the status of an event at word i and the cue it rests on; None: actual."""
    covering = cues_at(cues, i)
    if not covering:
        return None
    nearest = covering[0]
    if nearest.status == "planned":
        outer = status_lexicon().outer
        nearest = next((c for c in covering if c.rule in outer), nearest)
    elif nearest.rule == NOT_DOING:  # «called for not ...», «fear of not ...»
        nearest = next((c for c in covering if c.status == "hypothetical"), nearest)
    return nearest.status, nearest


def distance(cue: StatusCue, i: int) -> int:
    """Return how many words lie between a cue and word i (0: the word itself or its neighbour)."""
    if i < cue.first:
        return cue.first - i
    return max(0, i - cue.last + 1)


class _Reader:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.lexicon: StatusLexicon = status_lexicon()
        self.infos: list[StatusWord] = self.lexicon.words(words)
        self.out: list[StatusCue] = []

    def read(self) -> list[StatusCue]:
        words, used_to = self.words, 0
        keys, infos = words.key, self.infos
        for i in [i for i, info in enumerate(infos) if info.active]:
            info = infos[i]
            if not (info.alone or info.future or info.purposive) and (
                i + 1 >= len(keys) or keys[i + 1] not in info.seconds
            ):
                continue  # no phrase goes on
            if i >= used_to:
                sentence = words.sentences[words.sentence_of[i]]
                used_to = i + self._word(i, sentence.first, sentence.last)
        return self.out

    def _word(self, i: int, first: int, last: int) -> int:
        """Read the cue at word i; return the words used."""
        info = self.infos[i]
        used = self._phrase(i, first, last) if info.phrases else 0
        if not used and info.future:
            self._emit(FUTURE_VERB, "planned", i, i + 1, i, self._light(i + 1, last))
        elif not used and info.purposive and not self._exposed(i, first):
            status = "hypothetical" if info.peace else "planned"
            self._emit(PURPOSE_NOUN, status, i, i + 1, i, min(i + 2, last))
        return used or 1

    def _light(self, j: int, last: int) -> int:
        """Return how far a future verb carries: to the noun it is light for, not to one with the article."""
        for k in range(j, min(j + _FUTURE_REACH, last)):
            if self.infos[k].article or self.words.key[k] in _MARKS or self.words.key[k] == "،":
                return k
        return min(j + _FUTURE_REACH, last)

    def _phrase(self, i: int, first: int, last: int) -> int:
        keys = self.words.key
        for phrase in self.infos[i].phrases:
            length = len(phrase.words)
            end = i + length
            if length > 1:  # the second word first: most phrases fail there
                if end > last or keys[i + 1] != phrase.words[1]:
                    continue
                if length > 2 and tuple(keys[i + 2 : end]) != phrase.words[2:]:
                    continue
            if phrase.prefix and not (end < last and keys[end].startswith(phrase.prefix)):
                continue
            if phrase.rule is None:
                return end - i
            if phrase.rule.future and not self._may(i, end, first, last):
                continue
            self._scope(phrase.rule, i, end, first, last)
            return end - i
        return 0

    def _may(self, i: int, end: int, first: int, last: int) -> bool:
        """Say whether قد before word `end` is «may» (present verb, no «had» before), not «has»."""
        if end >= last or not self.infos[end].present:
            return False
        return not any(self.words.key[j] in self.lexicon.past_before for j in range(max(first, i - _HAD), i))

    def _scope(self, rule: StatusRule, i: int, end: int, first: int, last: int) -> None:
        if rule.direction in ("forward", "both"):
            start = min(end + rule.skip, last)
            if rule.link:
                reach = range(start, min(start + rule.reach, last))
                start = next((j for j in reach if self.infos[j].link), last)
            stop = start
            while stop < last and stop - start < rule.reach and not self._ends(rule, stop, end):
                stop += 1
            self._pieces(rule, i, end, start, stop)
            if rule.chain:
                self._chain(rule, i, end, stop, last)
        if rule.direction in ("backward", "both"):
            start = i
            while start > first and i - start < rule.reach and not self._ends(rule, start - 1, -1):
                start -= 1
            if start < i:
                self._target(rule, i, end, start, i)

    def _pieces(self, rule: StatusRule, i: int, end: int, start: int, stop: int) -> None:
        """Give [start, stop) without the words that look back or stay as they are."""
        first = start
        for j in range(start, stop + 1):
            if j < stop and not self._outside(rule, j, end):
                continue
            if j > first:
                self._target(rule, i, end, first, j)
            first = j + 1

    def _outside(self, rule: StatusRule, j: int, end: int) -> bool:
        info, before = self.infos[j], self.infos[j - 1] if j else None
        if info.unaffected or (before is not None and before.demonstrative):
            return True
        return rule.bare and info.article and j - end > 1 and not (before is not None and before.opens)

    def _chain(self, rule: StatusRule, i: int, end: int, start: int, last: int) -> None:
        """Cover verbal nouns joined on with «and» behind the scope."""
        for j in range(start, min(end + _CHAIN, last)):
            if self.words.key[j] in _MARKS or self.infos[j].act or self.infos[j].clause_end:
                return
            if self.infos[j].chained:
                self._target(rule, i, end, j, min(j + 2, last))

    def _target(self, rule: StatusRule, i: int, end: int, start: int, stop: int) -> None:
        of_peace = _OF_PEACE.get(rule.status)
        if of_peace is None:
            self._emit(rule.id, rule.status, i, end, start, stop)
            return
        self._emit(rule.id, "planned", i, end, start, stop)
        for j in range(start, stop):
            if self.infos[j].peace:
                self._emit(rule.id, of_peace, i, end, j, min(j + 2, stop))

    def _ends(self, rule: StatusRule, j: int, end: int) -> bool:
        if self.words.key[j] in _MARKS:
            return True
        info = self.infos[j]
        return (info.terminator or info.act) and not rule.through and j != end

    def _exposed(self, i: int, first: int) -> bool:
        return any(self.infos[j].exposed for j in range(max(first, i - 4), i))

    def _emit(self, rule: str, status: str, i: int, end: int, start: int, stop: int) -> None:
        words = self.words
        self.out.append(
            StatusCue(
                first=i,
                last=end,
                start=words.start[i],
                end=words.end[end - 1],
                text=words.surface(i, end),
                status=status,
                rule=rule,
                scope_first=start,
                scope_last=stop,
            )
        )
