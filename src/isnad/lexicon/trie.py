"""Look-up of many-word names over words: a trie of folded keys, the longest match first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from isnad.text import Words, fold, read_words

V = TypeVar("V")
_END = ""  # no folded word is empty


class Trie(Generic[V]):
    """Names to values.  The first word of a name is met with or without its clitics, the others as written."""

    def __init__(self, names: Iterable[tuple[str, V]] = ()) -> None:
        self._root: dict[str, Any] = {}  # each value a node again, under _END the list of values
        for name, value in names:
            self.add(name, value)

    def add(self, name: str, value: V) -> None:
        """Add `name` (any spelling; folded here) with its value; several values may share a name."""
        node = self._root
        for key in read_words(name).key:
            node = node.setdefault(key, {})
        node.setdefault(_END, []).append(value)

    def starts(self, key: str) -> bool:
        """Say whether some name starts with the folded word `key`."""
        return key in self._root

    def match(self, words: Words, i: int) -> list[tuple[int, str, list[V]]]:
        """Return (end word, clitics cut from word i, values) of the names that start at word i, longest first."""
        out: list[tuple[int, str, list[V]]] = []
        kind = words.types[i]
        hosts = {kind.key: ""}
        for s in kind.splits:
            hosts.setdefault(s.host, s.conjunction + s.preposition)
        for host, cut in hosts.items():
            node = self._root.get(host)
            j = i + 1
            while node is not None:
                if _END in node:
                    out.append((j, cut, node[_END]))
                node = node.get(words.key[j]) if j < len(words) else None
                j += 1
        out.sort(key=lambda m: (-m[0], len(m[1])))
        return out


__all__ = ["Trie", "fold"]
