"""Noun phrases that name parties: which words belong together, before anything is resolved.

A phrase is read left to right: quantity («ثلاثة من» three of), heads («عناصر» members, «وزير الخارجية» foreign
minister), the body (a name, a country, a nisba adjective), adjectives in between, and joining words («تابعة لـ»
belonging to).  Rules follow CODEBOOK section 5: as short as identifies the party, no relative clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isnad.lexicon.parties import END, MARKS, PartyLexicon
from isnad.lexicon.party_forms import DEFINITE, DUAL, PRONOUN, SINGULAR
from isnad.lexicon.party_schema import Entry
from isnad.text import Words
from isnad.text.words import Kind

_HEADS = frozenset(("organ", "member", "title", "people", "frame"))
_ROLE_ORDER = ("name", "choice", "person", "country", "organ", "title", "people", "member", "nisba", "frame")
_RANK = {role: n for n, role in enumerate((*_ROLE_ORDER, "filler", "count", "link"))}
_TO = "ل"  # to, written apart before a quotation mark («تابعة لـ "قسد"»)
_COMMAS = frozenset("،,")
_TO_THEM = frozenset(("لها", "له", "لهم", "معها", "معه", "معهم", "بها", "به", "لهما"))  # to them, with them
_IN_ITS_NAME = frozenset(("باسمها", "باسمه", "باسمهم"))  # in its name («الناطق باسمها»)
_NAME_JOINTS = frozenset(("بن", "ابن", "بنت", "ابو", "ابي", "ام", "ال", "عبد"))  # son of, father of, family of ...
_ARTICLE = "ال"  # the

_GROUP = Entry("member", back="rebel")  # what «الفصائل» (the factions) are before «تابعة لـ» (belonging to)

Meaning = tuple[Entry, int]


@dataclass(slots=True)
class Element:
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


@dataclass(slots=True)
class Chunk:
    """A phrase: its words [first, last), clitics cut before it, and what was found in it."""

    first: int
    last: int
    cut: str
    heads: list[Meaning] = field(default_factory=list)
    body: Element | None = None
    country: str | None = None
    country_role: str = ""
    number: int | None = None
    some: bool = False
    loyal: str = ""
    inside: bool = False
    back: bool = False
    person: bool = False


class Chunker:
    """Reads the phrases of one text."""

    def __init__(self, words: Words, lexicon: PartyLexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._keys = words.key

    def chunks(self) -> list[Chunk]:
        """Return the phrases of the text in order, none overlapping another."""
        out: list[Chunk] = []
        known = self._lexicon._starts
        find = self._lexicon.starts
        words = self._words
        skip_to = 0
        for i, kind in enumerate(words.types):
            if i < skip_to:
                continue
            starts = known.get(kind.surface)
            if starts is None:
                starts = find(kind)
            if not starts and kind.kind is not Kind.NUMBER:
                continue
            chunk = self._read(i)
            if chunk is not None:
                out.append(chunk)
                skip_to = chunk.last
        return out

    # -- single forms -----------------------------------------------------------------------------------------

    def _match(self, i: int, limit: int) -> Element | None:
        """Return the longest form at word i; among equally long ones the least cut."""
        best: Element | None = None
        for node, cut in self._lexicon.starts(self._words.types[i]):
            end, values = self._walk(node, i + 1, limit)
            if values is not None and (best is None or end > best.last):
                best = Element(i, end, cut, values)
        if best is not None and len(best.meanings) > 1:
            best.meanings = sorted(best.meanings, key=lambda m: (m[0].needs, _RANK[m[0].role]))
        return best

    def _walk(self, node: dict, j: int, limit: int) -> tuple[int, list[Meaning] | None]:  # type: ignore[type-arg]
        keys = self._keys
        end, values = j, node.get(END)
        while j < limit and len(node) > (END in node):
            nxt = node.get(keys[j])
            if nxt is None:
                if keys[j] in MARKS:
                    j += 1
                    continue
                break
            node = nxt
            j += 1
            found = node.get(END)
            if found is not None:
                end, values = j, found
        return end, values

    # -- phrases ----------------------------------------------------------------------------------------------

    def _read(self, i: int) -> Chunk | None:
        limit = self._words.sentences[self._words.sentence_of[i]].last
        chunk = Chunk(i, i, "")
        j = self._quantity(chunk, i, limit)
        if j >= limit:
            return None
        last_head_end = j
        first = True
        via_link = j > i
        while j < limit:
            k = j
            if not first:
                while k < limit and self._keys[k] in MARKS and k - j < 2:
                    k += 1
                if k >= limit:
                    break
            element = self._match(k, limit)
            if element is None:
                if not first and self._keys[k] == _TO and via_link:
                    j = k + 1
                    continue
                break
            if element.cut and not first and not self._may_cut(chunk, element, via_link):
                break
            taken = self._take(chunk, element, first, via_link, adjacent=k == j)
            if taken == "stop":
                break
            if taken == "link":
                via_link = True
                if element.last < limit and self._keys[element.last] in _TO_THEM:
                    chunk.back, chunk.last = True, element.last + 1
                    break
            else:
                via_link = False
                if taken == "take":
                    chunk.last = element.last
            if first:
                if j == i:
                    chunk.cut = element.cut
                first = False
            j = element.last
        del last_head_end
        if chunk.last <= i or not (chunk.heads or chunk.body or chunk.country):
            return None
        self._person_name(chunk, limit)
        return chunk

    def _quantity(self, chunk: Chunk, i: int, limit: int) -> int:
        """Read numbers and words of quantity at i; returns the word after them."""
        j = i
        while j < limit:
            if self._words.types[j].kind is Kind.NUMBER:
                chunk.number = int(self._keys[j]) if self._keys[j].isdigit() and len(self._keys[j]) < 8 else None
                chunk.some = True
                j += 1
                continue
            element = self._match(j, limit)
            count = element.role("count") if element else None
            if element is None or count is None or (element.cut and j > i):
                if j > i and element and element.role("link") and element.role("link")[0].kind == "of":  # type: ignore[index]
                    j = element.last
                    continue
                break
            if len(element.meanings) > 1 and element.meanings[0][0].role in _HEADS and chunk.some:
                break
            if j == i:
                chunk.cut = element.cut
            chunk.some = True
            if count[0].value is not None:
                chunk.number = count[0].value
            j = element.last
        return j

    def _may_cut(self, chunk: Chunk, element: Element, via_link: bool) -> bool:
        """Say whether a word with clitics may go on a phrase: only ل and ب, after a head or a joining word."""
        if "و" in element.cut or "ف" in element.cut:  # and, so
            return False
        if via_link:
            return True
        if not chunk.heads or chunk.body is not None or chunk.country is not None:
            return False
        entry, flags = chunk.heads[-1]
        return element.cut in ("ب", "ل") and (not flags & DEFINITE or entry.role == "title")

    def _take(self, chunk: Chunk, element: Element, first: bool, via_link: bool, *, adjacent: bool) -> str:
        """Add an element to the phrase: "take", "pass" (goes on, not the end), "link" or "stop"."""
        heads, body = chunk.heads, chunk.body
        if heads and not via_link and self._keys[element.first] in _IN_ITS_NAME:
            chunk.back = True
            return "take"
        if chunk.back:
            return "stop"
        named = element.role("name", "choice", "person")
        if named is not None:
            entry = named[0]
            if body is not None and entry.role == "name" and self._group_before(chunk, element):
                body = None
            if body is not None:
                same = body.meanings[0][0].id == entry.id and entry.role == "name" and not via_link
                return "take" if same else "stop"
            if heads and heads[-1][1] & DEFINITE and not via_link and not self._agrees(chunk, element, entry):
                return "stop"
            if entry.needs and element.cut.strip("وف") and not heads:  # «لصالح» in favour of
                return "stop"
            if chunk.country is not None and entry.role != "person" and not (heads and via_link):
                return "stop"
            if chunk.country and entry.role == "person" and not any(h[0].role == "title" for h in heads):
                return "stop"
            if heads and heads[-1][1] & PRONOUN:
                return "stop"
            if entry.role == "choice" and heads and not via_link and heads[-1][1] & DEFINITE:
                return "stop"
            chunk.body = element
            chunk.person = entry.role == "person"
            return "take"
        country = element.role("country")
        if country is not None and not (heads and element.role("nisba") and not via_link):
            return self._take_country(chunk, country[0], "country", first=first, via_link=via_link, element=element)
        head = element.role("organ", "title", "people", "member", "frame")
        nisba = element.role("nisba")
        if nisba is not None and (head is None or heads):
            return self._take_country(chunk, nisba[0], "nisba", first=first, via_link=via_link, element=element)
        if head is not None and self._may_head(chunk, head, via_link):
            if head[0].role == "frame" and body is not None:
                return "take"
            if head[0].role == "frame" and chunk.country and not heads:
                return "take"
            heads.append(head)
            return "take"
        if head is not None and head[0].role == "frame" and (heads or body or chunk.country) and not element.cut:
            return "take"
        if element.role("filler") is not None and not first and not element.cut and not via_link:
            return "pass"
        link = element.role("link")
        if link is not None and not first:
            return self._take_link(chunk, link[0])
        return "stop"

    def _group_before(self, chunk: Chunk, element: Element) -> bool:
        """Turn «الميليشيات» (the militias) into a head where its name follows («الميليشيات الحوثية»)."""
        assert chunk.body is not None
        group = chunk.body.role("member", "frame", "people") if chunk.body.role("choice") else None
        near = chunk.body.last == element.first and not element.cut and chunk.country is None
        if group is None or not near or not self._keys[element.first].startswith(_ARTICLE):
            return False
        chunk.heads.append(group)
        chunk.body = None
        return True

    def _agrees(self, chunk: Chunk, element: Element, entry: Entry) -> bool:
        """Say whether a name may follow a head with article: as an adjective («العناصر الحوثية») or after an office."""
        role = chunk.heads[-1][0].role
        if role == "title":
            return True
        return entry.role == "name" and not element.cut and self._keys[element.first].startswith(_ARTICLE)

    def _take_country(
        self, chunk: Chunk, entry: Entry, role: str, *, first: bool, via_link: bool, element: Element
    ) -> str:
        if chunk.country is not None:
            return "stop"
        if chunk.body is not None:
            if role != "nisba" or element.cut:
                return "stop"
            chunk.country, chunk.country_role = entry.country, role
            return "take"
        heads = chunk.heads
        if heads and heads[-1][1] & PRONOUN:
            return "stop"
        if role == "country" and heads and not via_link:
            flags = heads[-1][1]
            title = heads[-1][0].role == "title"
            if flags & DEFINITE and not element.cut and not title and " " not in self._surface(element.first - 1):
                last = heads[-1][0]
                if not (last.role == "organ" and self._words.key[element.first - 1].startswith(_ARTICLE) and last.strength >= 3):
                    return "stop"
        if element.cut and heads and not via_link and heads[-1][0].role in ("people", "member", "frame"):
            return "stop"
        if role == "country" and chunk.inside and via_link and not self._seat(chunk):
            return "stop"
        if not heads and not first and not chunk.some:
            return "stop"
        chunk.country = entry.country
        chunk.country_role = role
        return "take"

    def _seat(self, chunk: Chunk) -> bool:
        """Say whether «في» (in) and a country tell whose the head is: offices and organs, not troops («القوات في»)."""
        entry = chunk.heads[-1][0]
        return entry.role == "title" or (entry.role == "organ" and entry.sector != "mil")

    def _surface(self, i: int) -> str:
        return self._words.key[i] if i >= 0 else ""

    def _may_head(self, chunk: Chunk, head: Meaning, via_link: bool) -> bool:
        """Say whether a further head may follow: after a joining word or a head in construct state."""
        if chunk.body is not None or chunk.country is not None:
            return False
        if not chunk.heads:
            return True
        if via_link:
            return head[0].role != "people"
        entry, flags = chunk.heads[-1]
        if flags & PRONOUN:
            return False
        if head[0].role == "frame":
            return True
        if entry.role == "people":
            return head[0].role == "people" and not head[1] & PRONOUN
        if flags & DEFINITE:
            return entry.role == "title"
        return True

    def _take_link(self, chunk: Chunk, entry: Entry) -> str:
        if chunk.body is not None and entry.kind in ("belong", "loyal"):
            choice = chunk.body.role("choice")
            group = chunk.body.role("member", "frame", "people")
            if choice is not None and chunk.country is None and (group or not choice[0].home):
                chunk.heads.append(group or (_GROUP, DEFINITE))
                chunk.body = None
        if not chunk.heads or chunk.body is not None or chunk.country is not None:
            return "stop"
        head = chunk.heads[-1]
        if head[1] & PRONOUN:
            return "stop"
        if entry.kind == "of":
            ok = head[0].role in ("member", "organ", "frame") and not head[1] & DEFINITE
            return "link" if ok or head[0].role == "title" else "stop"
        if entry.kind == "in":
            chunk.inside = True
            return "link" if head[0].role in ("member", "title", "organ") else "stop"
        if head[0].role == "people":
            return "stop"
        chunk.loyal = entry.kind
        return "link"

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
        if j >= limit:
            return
        person = element.role("person") if element and not element.cut else None
        if element is not None and person is not None and chunk.body is None:
            chunk.body, chunk.person, chunk.last = element, True, element.last
            return
        if self._keys[j] not in self._lexicon.given:
            return
        end = j + 1
        while end < limit and end - j < 5:
            key = self._keys[end]
            kind = self._words.types[end]
            if kind.kind is not Kind.WORD:
                break
            known = key in self._lexicon.given or self._keys[end - 1] in _NAME_JOINTS or key in _NAME_JOINTS
            surname = end - j == 1 or key.startswith(_ARTICLE) and end - j == 2
            if not (known or surname) or self._lexicon.starts(kind) and not known:
                break
            end += 1
        chunk.last = end
        chunk.person = True


__all__ = ["DEFINITE", "DUAL", "PRONOUN", "SINGULAR", "Chunk", "Chunker", "Meaning"]
