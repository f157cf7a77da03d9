"""Which forms of the party lexicon stand at a word: the longest one, with all it can mean."""

from __future__ import annotations

import msgspec

from isnad.lexicon.parties import END, MARKS, Node, PartyLexicon
from isnad.lexicon.party_schema import Entry
from isnad.text import Words

Meaning = tuple[Entry, int]  # what a form says, and the flags of the form


class Element(msgspec.Struct, eq=False, gc=False):
    """One matched form: words [first, last), clitics cut before it, and its meanings."""

    first: int
    last: int
    cut: str
    meanings: list[Meaning]

    def role(self, *roles: str) -> Meaning | None:
        """Return the first meaning with one of `roles`."""
        for meaning in self.meanings:
            if meaning[0].role in roles:
                return meaning
        return None


_HEADS = frozenset(("organ", "member"))
_UNREAD = Element(0, 0, "", [])


class Matcher:
    """Matches forms at words of one text; what was found at a word is kept."""

    def __init__(self, words: Words, lexicon: PartyLexicon) -> None:
        self._words = words
        self.openings = lexicon.openings(words)
        self._known: list[Element | None] = [_UNREAD if o.starts else None for o in self.openings]

    def at(self, i: int, limit: int) -> Element | None:
        """Return the longest form at word i that ends before `limit`, the sentence's end; the least
        cut first.
        """
        found = self._known[i]
        if found is _UNREAD:
            found = self._known[i] = self._find(i, limit)
        return found

    def _find(self, i: int, limit: int) -> Element | None:
        """Return the longest form, but a head alone where the name after it goes on further.

        «قوات الجيش الوطني» is a name, «قوات» + «الجيش الوطني الليبي» another one.
        """
        best = self._longest(i, limit)
        if best is None or best.last - i == 1 or i + 1 >= limit:
            return best
        head = self._head_alone(i)
        if head is None:
            return best
        k = i + 1
        while k < best.last and self._words.key[k] in MARKS:
            k += 1
        inner = self._longest(k, limit) if self.openings[k].starts else None
        further = inner is not None and inner.last > best.last and not inner.cut
        return head if inner is not None and further and inner.role("name", "organ") else best

    def _head_alone(self, i: int) -> Element | None:
        for node, cut in self.openings[i].starts:
            values = node.get(END)
            if values is not None and any(entry.role in _HEADS for entry, _ in values):
                return Element(i, i + 1, cut, values)
        return None

    def _longest(self, i: int, limit: int) -> Element | None:
        best: Element | None = None
        for node, cut in self.openings[i].starts:
            if len(node) == 1 and END in node:  # a form of one word
                end, values = i + 1, node[END]
            else:
                end, values = self._walk(node, i + 1, limit)
            if values is not None and (best is None or end > best.last):
                best = Element(i, end, cut, values)
        return best

    def _walk(self, node: Node, j: int, limit: int) -> tuple[int, list[Meaning] | None]:
        keys = self._words.key
        values = node.get(END)
        end = j
        while j < limit and len(node) > (END in node):
            following = node.get(keys[j])
            j += 1
            if following is None:
                if keys[j - 1] in MARKS:  # quotation marks inside a name
                    continue
                break
            node = following
            if END in node:
                end, values = j, node[END]
        return end, values
