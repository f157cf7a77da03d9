"""The naming of a speaker: where it ends, and what kind of speaker its head noun makes it.

Kinds are those of CODEBOOK section 8.
"""

from __future__ import annotations

from isnad.lexicon.speechwords import SpeechLexicon, SpeechWord
from isnad.text import Words
from isnad.text.words import Kind, WordType

_OPEN = frozenset("«“\"‹'”„")  # quotation marks that may open
_CLOSE = frozenset("»”\"›'“")
_INSIDE = frozenset("#_")  # marks of hashtags, inside a naming
_LONGEST = 9  # words of a naming
_QUOTED = 5  # words of a name between quotation marks
_NAME = 2  # words of a personal name after which a noun is met
_TO = "ل"  # to, written apart («لـ»)
_FROM = "من"  # from: «a source from the army»
_UNNAMED = frozenset({"anonymous", "self"})
_FIRST_ONLY = frozenset({"anonymous", "media", "self"})
_OTHER_BODIES = frozenset({"organisation", "media", "named-person"})
_PLURAL = ("يون", "ون")  # endings of a bare plural of people: «Iraqis said»
_FEMININE = "ة"  # ending of a feminine noun


def name_end(words: Words, infos: list[SpeechWord], lexicon: SpeechLexicon, first: int, last: int) -> int:
    """Return the end of the naming that starts at word `first`, before `last`; `first` when there is none."""
    return _quoted(words, first, last) or _Scan(words, infos, lexicon, first).end(last)


class _Scan:
    """Walks over the words of one naming, with what it has seen so far."""

    def __init__(self, words: Words, infos: list[SpeechWord], lexicon: SpeechLexicon, first: int) -> None:
        self.words, self.infos, self.lexicon, self.first = words, infos, lexicon, first
        self.kind = infos[first].head if first < len(infos) else None
        self.titled = False  # a post was met, which a personal name may follow
        self.bare = 0  # words without the article in a row: a personal name

    def end(self, last: int) -> int:
        j = self.first
        limit = min(last, self.first + _LONGEST)
        while j < limit:
            word, info = self.words.types[j], self.infos[j]
            if word.kind is Kind.PUNCT and word.key not in _INSIDE:
                stop = _quoted(self.words, j, last) if j > self.first else 0
                if not stop or stop - j > 4:
                    break
                j = stop
                continue
            if word.kind is not Kind.PUNCT:
                if self._is_function(j, word, info) or self._is_other_noun(j, word, info):
                    break
                self._take(j, word, info)
            j += 1
        return j

    def _is_function(self, j: int, word: WordType, info: SpeechWord) -> bool:
        """Say whether word j is «that», a time word, a verb of saying, a preposition: no part of a name."""
        inner = j > self.first
        if info.complementizer or (info.time and (inner or not info.article)):
            return True
        if inner:
            if info.head == "self" or word.kind is Kind.NUMBER:
                return True
            if word.key == _TO or word.key in self.lexicon.self_reference:
                return True
            verb = info.verb is not None and info.verb.form != "noun"
            if verb and not info.head and word.key not in self.lexicon.titles:
                return True
        if info.stop:
            pointing = not inner and info.demonstrative
            return not pointing and not (inner and word.key == _FROM and self.kind in _UNNAMED)
        if info.with_b:
            return not (inner and self.titled)
        return info.with_l and inner and (self.kind in _UNNAMED or info.receiver or info.article)

    def _is_other_noun(self, j: int, word: WordType, info: SpeechWord) -> bool:
        """Say whether word j begins what is said: a bare noun behind a body, a noun behind a name."""
        if j == self.first:
            return False
        head = self.infos[self.first]
        before = self.infos[j - 1]
        if before.article and not info.article and not self.titled and word.kind is Kind.WORD:
            body = (head.article and not head.demonstrative) or self.words.key[
                self.first
            ] in self.lexicon.groups
            if body and not word.key.startswith(_TO):
                return True
        if self.bare < _NAME or self.words.key[j - 1] in self.lexicon.compounds:
            return False
        return (info.article or word.surface.endswith(_FEMININE)) and (self.titled or self.kind is None)

    def _take(self, j: int, word: WordType, info: SpeechWord) -> None:
        if word.key in self.lexicon.titles:
            self.titled, self.bare = True, 0
        elif j == self.first or self.words.key[j - 1] not in self.lexicon.compounds:
            self.bare = 0 if info.article else self.bare + 1


def _quoted(words: Words, i: int, last: int) -> int:
    """Return the end of a short name between quotation marks that open at word i, 0 when there is none."""
    if i >= last or words.key[i] not in _OPEN:
        return 0
    for j in range(i + 2, min(i + 2 + _QUOTED, last)):
        if words.key[j] in _CLOSE:
            return j + 1
        if words.types[j].kind is Kind.PUNCT:
            return 0
    return 0


def kind_of(
    words: Words, infos: list[SpeechWord], lexicon: SpeechLexicon, first: int, last: int
) -> str | None:
    """Return the kind of speaker named by words [first, last), None when no word tells it.

    The head noun decides: sources, correspondents and the press only as the first word; an officer of a body
    that is no organ of a state («spokesman of the hospital») speaks for an organisation.
    """
    found: str | None = None
    member = first < last and words.key[first] in lexicon.members
    for j in range(first, last):
        key = words.key[j]
        pair = (key.removeprefix(_TO), words.key[j + 1]) if j + 1 < last else ("", "")
        if pair in lexicon.pairs:
            return lexicon.pairs[pair]
        head = lexicon.persons.get(key) or infos[j].head
        if head is None or (j > first and head in _FIRST_ONLY):
            continue
        if head == "self":
            other = any(words.key[k] in lexicon.agencies for k in range(j + 1, last))
            return "media" if other else "self"
        if found is None or (head == "organisation" and (found == "official" or member)):
            found = head
        elif found == "anonymous" and member and head == "official" and key in lexicon.organs:
            found = "official"
        if found in _OTHER_BODIES:
            return found
    if found is None and last > first and words.key[first].endswith(_PLURAL) and not infos[first].article:
        return "anonymous"
    return found
