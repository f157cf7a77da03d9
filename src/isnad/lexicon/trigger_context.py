"""Whether the words around a trigger meet what its entry asks of them (`needs`, `before`, `after` ...).

A context word counts under its key and under every host, stem and preposition it may be read with.  Of these
names only the few that some entry asks for are kept: nearly every word of a text has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from isnad.lexicon.trigger_records import TriggerForm
from isnad.lexicon.trigger_schema import Entry
from isnad.text import Sentence, Words, WordType
from isnad.text.kept import Kept

_WINDOW = 8  # words either side in which `needs` must be met
_JUSSIVE_AFTER = frozenset(("لم", "ولم", "فلم", "لا", "ولا", "الم"))  # did not, do not
_NONE: frozenset[str] = frozenset()


class Around(NamedTuple):
    """The names asked for that the words of a text have, and all those of a sentence met so far."""

    names: list[frozenset[str]]
    sentences: dict[int, frozenset[str]]

    def of_sentence(self, number: int, sentence: Sentence) -> frozenset[str]:
        """Return the names that some word of a sentence has."""
        found = self.sentences.get(number)
        if found is None:
            found = _NONE.union(*self.names[sentence.first : sentence.last])
            self.sentences[number] = found
        return found


class Contexts:
    """The names asked for by entries, and which of them a word has."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._names: Kept[int, frozenset[str]] = Kept()

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in what entries ask of their surroundings, before any text is read."""
        for e in entries:
            self._asked.update(e.needs, e.before, e.after, e.not_before, e.not_after)

    def around(self, words: Words) -> Around:
        """Return for each word of a text the names it has that some entry asks for."""
        return Around(self._names.each(words.numbers, words.types, self._find), {})

    def _find(self, kind: WordType) -> frozenset[str]:
        asked = self._asked
        found = [kind.key] if kind.key in asked else []
        for s in kind.splits:
            found += [name for name in (s.host, s.stem, s.preposition) if name in asked and name]
        return frozenset(found) if found else _NONE

    def fits(self, words: Words, around: Around, i: int, form: TriggerForm, last: int) -> bool:
        """Say whether the context of words [i, last) meets the form's conditions, لم before a jussive."""
        number = words.sentence_of[i]
        sentence, names = words.sentences[number], around.names
        if form.mood and (i == sentence.first or words.key[i - 1] not in _JUSSIVE_AFTER):
            return False
        e = form.entry
        after = names[last] if last < sentence.last else _NONE
        before = names[i - 1] if i > sentence.first else _NONE
        if (e.before and after.isdisjoint(e.before)) or (after and not after.isdisjoint(e.not_before)):
            return False
        if (e.after and before.isdisjoint(e.after)) or (before and not before.isdisjoint(e.not_after)):
            return False
        if not e.needs:
            return True
        if around.of_sentence(number, sentence).isdisjoint(e.needs):
            return False
        for near in (names[max(sentence.first, i - _WINDOW) : i], names[last : min(sentence.last, last + _WINDOW)]):
            for found in near:
                if found and not found.isdisjoint(e.needs):
                    return True
        return False
