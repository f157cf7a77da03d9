"""Which words of a text stand in a phrase tree: one look-up a written form, phrases followed on demand.

Shared by the readers of dates and of counts.  The look-up of a form (with and without its clitics) is kept
for the next time it is met.
"""

from __future__ import annotations

from collections.abc import Callable

from isnad.lexicon.timewords import Node, Tag
from isnad.text import Words, WordType
from isnad.text.kept import Kept
from isnad.text.words import Kind

Tagged = tuple[Tag, int]  # a tag, and the word after its phrase
Start = tuple[str, Node]  # the clitics cut, and where the phrase starts
Find = Callable[[WordType], tuple[Start, ...]]

#: What a number in figures is in every tree: nothing by name, but a place to start reading.
NUMBER = ("", Node(open=1))


class Forms:
    """Written form to its starts in one tree, found once a form by `find`."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._kept: Kept[int, tuple[Start, ...]] = Kept()

    def starts(self, words: Words) -> list[tuple[Start, ...]]:
        """Return where each word of a text starts in the tree, () for most of them."""
        return self._kept.each(words.numbers, words.types, self._one)

    def _one(self, kind: WordType) -> tuple[Start, ...]:
        return (NUMBER,) if kind.kind is Kind.NUMBER else self._find(kind)


class PhraseTags:
    """The phrases of a text: reading may start at the words `openers`; `cues` are the cue words."""

    def __init__(self, words: Words, forms: Forms) -> None:
        self.words = words
        self.forms = forms
        self.openers: list[int] = []
        self.cues: list[int] = []
        self._met: dict[int, tuple[Start, ...]] = {}
        self._tags: dict[int, list[Tagged]] = {}
        self._scan()

    def _scan(self) -> None:
        starts = self.forms.starts(self.words)
        key = self.words.key
        last = len(key) - 1
        openers, cues = self.openers, self.cues
        self._met = met = {i: found for i, found in enumerate(starts) if found}
        for i, found in met.items():
            for _, node in found:
                if node.open or (node.next and i < last and key[i + 1] in node.next):
                    openers.append(i)
                    if node.open & 2 or node.next:
                        cues.append(i)
                    break

    def get(self, i: int) -> list[Tagged]:
        """Return the phrases that start at word i, the longest first."""
        starts = self._met.get(i)
        if starts is None:
            return []
        found = self._tags.get(i)
        if found is None:
            found = self._tags[i] = self._follow(i, starts)
        return found

    def tag(self, i: int, role: str) -> Tagged | None:
        """Return the longest phrase with that role at word i, and the word after it."""
        if i not in self._met:
            return None
        for tagged in self._tags.get(i) or self.get(i):
            if tagged[0].role == role:
                return tagged
        return None

    def cut(self, i: int) -> str:
        """Return the clitics cut from word i to find its likeliest phrase."""
        starts = self._met.get(i)
        if not starts:
            return ""
        for cut, node in starts:
            if node.tags:
                return cut
        return starts[0][0]

    def _follow(self, i: int, starts: tuple[Start, ...]) -> list[Tagged]:
        key = self.words.key
        end = len(key)
        tags: list[Tagged] = []
        for _, start in starts:
            j, node = i + 1, start
            while True:
                for tag in node.tags:
                    tags.append((tag, j))
                following = node.next.get(key[j]) if node.next and j < end else None
                if following is None:
                    break
                node, j = following, j + 1
        if len(tags) > 1:
            tags.sort(key=lambda tagged: -tagged[1])
        return tags
