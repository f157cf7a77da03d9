"""Noun phrases that name parties: which words belong together, before anything is resolved.

A phrase is read left to right: quantity («ثلاثة من» three of), heads («عناصر» members, «وزير الخارجية»
foreign minister), the body (a name, a country, a nisba adjective), adjectives in between, and joining words
(«تابعة لـ» belonging to).  Rules follow CODEBOOK section 5: as short as identifies the party, no relative
clause.
"""

from __future__ import annotations

from isnad.lexicon.parties import MARKS, PartyLexicon
from isnad.read.party_grammar import ARTICLE, Chunk, Grammar
from isnad.read.party_match import Element, Matcher
from isnad.text import Words
from isnad.text.words import Kind

_TO = "ل"  # to, written apart before a quotation mark («تابعة لـ "قسد"»)
_COMMAS = frozenset("،,")
# to them, with them («الموالية لها» loyal to it)
_TO_THEM = frozenset(("لها", "له", "لهم", "معها", "معه", "معهم", "بها", "به", "لهما"))
_NAME_JOINTS = frozenset(("بن", "ابن", "بنت", "ابو", "ابي", "ام", "ال", "عبد"))  # son of, father of, family of ...
_MOST_NAME_WORDS = 5
_MOST_DIGITS = 7
_QUANTITY = frozenset(("count", "link"))  # roles of which a quantity is made


class Chunker:
    """Reads the phrases of one text."""

    def __init__(self, words: Words, lexicon: PartyLexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._keys = words.key
        matcher = Matcher(words, lexicon)
        self._match = matcher.at
        self._openers = [i for i, opening in enumerate(matcher.openings) if opening.opens]
        self._grammar = Grammar(words.key)

    def chunks(self) -> list[Chunk]:
        """Return the phrases of the text in order, none overlapping another."""
        out: list[Chunk] = []
        skip_to = 0
        for i in self._openers:
            if i < skip_to:
                continue
            element = self._match(i, self._words.sentences[self._words.sentence_of[i]].last)
            if element is None:
                if self._words.types[i].kind is not Kind.NUMBER:
                    continue
            elif element.meanings[0][0].role == "block":
                skip_to = element.last
                continue
            chunk = self._read(i)
            if chunk is not None:
                out.append(chunk)
                skip_to = chunk.last
        return out

    def _read(self, i: int) -> Chunk | None:
        limit = self._words.sentences[self._words.sentence_of[i]].last
        chunk = Chunk(i, i, "")
        j = self._quantity(chunk, i, limit)
        first, via_link = True, j > i
        while j < limit:
            k = j if first else self._past_marks(j, limit)
            element = self._match(k, limit) if k < limit else None
            if element is None:
                if first or k >= limit or self._keys[k] != _TO or not via_link:
                    break
                j = k + 1
                continue
            taken = self._grammar.take(chunk, element, first=first, via_link=via_link)
            if taken == "stop":
                break
            if first and j == i:
                chunk.cut = element.cut
            first, via_link, j = False, taken == "link", element.last
            if taken == "take":
                chunk.last = element.last
            elif via_link and j < limit and self._keys[j] in _TO_THEM:
                chunk.back, chunk.last = True, j + 1
                break
        if chunk.last <= i or not (chunk.heads or chunk.body or chunk.country):
            return None
        self._person_name(chunk, limit)
        return chunk

    def _past_marks(self, j: int, limit: int) -> int:
        k = j
        while k < limit and k - j < 2 and self._keys[k] in MARKS:
            k += 1
        return k

    def _quantity(self, chunk: Chunk, i: int, limit: int) -> int:
        """Read numbers and words of quantity at i; returns the word after them."""
        j = i
        if self._words.types[i].kind is not Kind.NUMBER:
            element = self._match(i, limit)
            if element is None or (len(element.meanings) == 1 and element.meanings[0][0].role not in _QUANTITY):
                return i
        while j < limit:
            key = self._keys[j]
            if self._words.types[j].kind is Kind.NUMBER:
                chunk.number = int(key) if key.isdecimal() and len(key) <= _MOST_DIGITS else None
                chunk.some = True
                j += 1
                continue
            element = self._match(j, limit)
            if element is None:
                break
            count = element.role("count")
            if count is None or (element.cut and j > i):
                link = element.role("link")
                if j == i or link is None or link[0].kind != "of":
                    break
            else:
                if chunk.some and self._grammar.is_head(element):
                    break
                if j == i:
                    chunk.cut = element.cut
                chunk.some = True
                if count[0].value is not None:
                    chunk.number = count[0].value
            j = element.last
        return j

    def _person_name(self, chunk: Chunk, limit: int) -> None:
        """Carry a phrase on over the personal name after a title, a comma between them allowed."""
        if chunk.person or not any(h[0].role == "title" for h in chunk.heads):
            return
        j = chunk.last
        if j < limit and self._keys[j] in _COMMAS:
            j += 1
        element = self._match(j, limit) if j < limit else None
        while element is not None and element.role("filler") and not element.role("person") and element.last < limit:
            j = element.last  # «السابق» the former, «الدكتور» Dr
            element = self._match(j, limit)
        given = j < limit and self._keys[j] in self._lexicon.given
        named = element.role("person", "name") if element is not None and not element.cut else None
        if element is not None and named is not None and (given or (chunk.body is None and named[0].role == "person")):
            chunk.body, chunk.person, chunk.last = element, True, element.last
        elif given:
            chunk.last, chunk.person = self._name_end(j, limit), True

    def _name_end(self, j: int, limit: int) -> int:
        """Return the end of the personal name whose given name is word j."""
        given = self._lexicon.given
        end = j + 1
        while end < limit and end - j < _MOST_NAME_WORDS:
            key, kind = self._keys[end], self._words.types[end]
            known = key in given or self._keys[end - 1] in _NAME_JOINTS or key in _NAME_JOINTS
            surname = end - j == 1 or (end - j == 2 and key.startswith(ARTICLE))
            if kind.kind is not Kind.WORD or not (known or (surname and not self._lexicon.starts(kind))):
                break
            end += 1
        return end


__all__ = ["Chunk", "Chunker", "Element"]
