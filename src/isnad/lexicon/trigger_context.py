"""Whether the words around a trigger meet what its entry asks of them (`needs`, `before`, `after` ...).

A context word counts under its key and under every host, stem and preposition it may be read with.  Of these
names only the few that some entry asks for are kept: nearly every word of a text has none.
"""

from __future__ import annotations

from collections.abc import Iterable

from isnad.lexicon.trigger_records import TriggerForm
from isnad.lexicon.trigger_schema import Entry
from isnad.text import Words, WordType
from isnad.text.clitics import possible_names
from isnad.text.kept import Kept
from isnad.text.words import Kind

_WINDOW = 8  # words either side in which `needs` must be met
_JUSSIVE_AFTER = frozenset(("لم", "ولم", "فلم", "لا", "ولا", "الم"))  # did not, do not
_NONE: frozenset[str] = frozenset()


class Contexts:
    """The names asked for by entries, and which of them a word has."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._names: Kept[int, frozenset[str]] = Kept()

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in what entries ask of their surroundings, before any text is read."""
        for e in entries:
            self._asked.update(e.needs, e.before, e.after, e.not_before, e.not_after)

    def names(self, words: Words, first: int, last: int) -> list[frozenset[str]]:
        """Return for each of the words [first, last) the names it has that some entry asks for."""
        return self._names.each(words.numbers[first:last], words.types[first:last], self._find)

    def _find(self, kind: WordType) -> frozenset[str]:
        asked = self._asked
        found = [kind.key] if kind.key in asked else []
        if kind.kind is not Kind.WORD or asked.isdisjoint(possible_names(kind.key)):
            return frozenset(found) if found else _NONE  # its readings are not asked for
        for s in kind.splits:
            found += [name for name in (s.host, s.stem, s.preposition) if name in asked and name]
        return frozenset(found) if found else _NONE


class Around:
    """What stands around the triggers of one text, looked up sentence by sentence when it is asked for."""

    def __init__(self, contexts: Contexts, words: Words) -> None:
        self._contexts = contexts
        self._words = words
        #: Of each sentence: the names its words have, and those of each word that has any.
        self._met: dict[int, tuple[frozenset[str], list[tuple[int, frozenset[str]]]]] = {}

    def fits(self, i: int, form: TriggerForm, last: int) -> bool:
        """Say whether the context of words [i, last) meets the form's conditions, لم before a jussive."""
        words, e = self._words, form.entry
        number = words.sentence_of[i]
        sentence = words.sentences[number]
        if form.mood and (i == sentence.first or words.key[i - 1] not in _JUSSIVE_AFTER):
            return False
        if e.before or e.not_before:
            after = self._one(last) if last < sentence.last else _NONE
            if (e.before and after.isdisjoint(e.before)) or not after.isdisjoint(e.not_before):
                return False
        if e.after or e.not_after:
            before = self._one(i - 1) if i > sentence.first else _NONE
            if (e.after and before.isdisjoint(e.after)) or not before.isdisjoint(e.not_after):
                return False
        if not e.needs:
            return True
        found = self._met.get(number)
        if found is None:
            names = self._contexts.names(words, sentence.first, sentence.last)
            here = [(j, own) for j, own in enumerate(names, sentence.first) if own]
            found = self._met[number] = _NONE.union(*names), here
        if found[0].isdisjoint(e.needs):
            return False
        low, high = i - _WINDOW, last + _WINDOW
        return any(low <= j < high and not i <= j < last and not own.isdisjoint(e.needs) for j, own in found[1])

    def _one(self, i: int) -> frozenset[str]:
        return self._contexts.names(self._words, i, i + 1)[0]
