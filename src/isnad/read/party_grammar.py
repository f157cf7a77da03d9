"""May this form go on that phrase?  The grammar of party phrases, one decision a form.

Construct state («وزير» + «الخارجية»), agreement of article («العناصر الحوثية»), and joining words decide;
a form that cannot go on ends the phrase.
"""

from __future__ import annotations

import msgspec

from isnad.lexicon.party_forms import DEFINITE, PRONOUN
from isnad.lexicon.party_schema import Entry
from isnad.read.party_match import Element, Meaning

ARTICLE = "ال"  # the
_HEADS = frozenset(("organ", "member", "title", "people", "frame"))
_IN_ITS_NAME = frozenset(("باسمها", "باسمه", "باسمهم"))  # in its name («الناطق باسمها»)
_AND = "وف"  # and, so
_GROUP = Entry("member", back="rebel")  # what «الفصائل» (the factions) are before «تابعة لـ» (belonging to)
_DECIDES = 3  # strength of a head that needs no article agreement before a country


class Chunk(msgspec.Struct, eq=False):
    """A phrase: its words [first, last), clitics cut before it, and what was found in it.

    `head_end`: where the last head ends; `some`: a quantity stands before; `loyal`: the joining word to a
    patron (belong | loyal); `inside`: joined by «في» (in); `back`: the body is a pronoun («لها» to it);
    `person`: a personal name ends it.
    """

    first: int
    last: int
    cut: str
    heads: list[Meaning] = []
    body: Element | None = None
    country: str | None = None
    country_role: str = ""
    number: int | None = None
    head_end: int = 0
    some: bool = False
    loyal: str = ""
    inside: bool = False
    back: bool = False
    person: bool = False

    def has(self, role: str) -> bool:
        """Say whether a head has this role."""
        return any(h[0].role == role for h in self.heads)


class Grammar:
    """Decides over forms of one text; `keys` are its folded words."""

    def __init__(self, keys: list[str]) -> None:
        self._keys = keys

    def is_head(self, element: Element) -> bool:
        """Say whether the form is first of all a head."""
        return element.meanings[0][0].role in _HEADS

    def take(self, chunk: Chunk, element: Element, *, first: bool, via_link: bool) -> str:
        """Add a form to the phrase: "take", "pass" (goes on, but does not end it), "link" or "stop"."""
        if chunk.back or (element.cut and not first and not self._may_cut(chunk, element, via_link)):
            return "stop"
        if chunk.heads and not via_link and self._keys[element.first] in _IN_ITS_NAME:
            chunk.back = True
            return "take"
        named = element.role("name", "choice", "person")
        if named is not None:
            return self._take_name(chunk, element, named[0], via_link)
        country, nisba = element.role("country"), element.role("nisba")
        if country is not None and not (chunk.heads and nisba and not via_link):
            return self._take_country(chunk, element, country[0], first=first, via_link=via_link)
        head = element.role("organ", "title", "people", "member", "frame")
        if nisba is not None and (head is None or chunk.heads):
            return self._take_nisba(chunk, element, nisba[0], first=first, via_link=via_link)
        if head is not None:
            taken = self._take_head(chunk, element, head, via_link)
            if taken != "stop":
                return taken
        if first:
            return "stop"
        if element.role("filler") is not None and not element.cut and not via_link:
            return "pass"
        link = element.role("link")
        return self._take_link(chunk, link[0]) if link is not None else "stop"

    def _may_cut(self, chunk: Chunk, element: Element, via_link: bool) -> bool:
        """Say whether a word with clitics may go on a phrase: only ل and ب, after a head or a joining
        word.
        """
        if any(letter in element.cut for letter in _AND):
            return False
        if via_link:
            return True
        if not chunk.heads or chunk.body is not None or chunk.country is not None:
            return False
        entry, flags = chunk.heads[-1]
        return element.cut in ("ب", "ل") and (not flags & DEFINITE or entry.role == "title")  # by, to

    def _take_name(self, chunk: Chunk, element: Element, entry: Entry, via_link: bool) -> str:
        heads = chunk.heads
        if chunk.body is not None and not (entry.role == "name" and self._group_before(chunk, element)):
            same = chunk.body.meanings[0][0].id == entry.id and entry.role == "name" and not via_link
            return "take" if same else "stop"  # «قوات سوريا الديمقراطية "قسد"»
        if entry.needs and element.cut.strip(_AND) and not heads:  # «لصالح» in favour of
            return "stop"
        if chunk.country is not None:
            titled = entry.role == "person" and chunk.has("title")
            if not titled:
                return "stop"
        if heads:
            flags = heads[-1][1]
            agrees = via_link or self._agrees(chunk, element, entry)
            if flags & PRONOUN or (flags & DEFINITE and not agrees):
                return "stop"
            if entry.role == "choice" and flags & DEFINITE and not via_link:
                return "stop"
        chunk.body = element
        chunk.person = entry.role == "person"
        return "take"

    def _group_before(self, chunk: Chunk, element: Element) -> bool:
        """Turn «الميليشيات» (the militias) into a head where its name follows («الميليشيات الحوثية»)."""
        body = chunk.body
        assert body is not None
        group = body.role("member", "frame", "people") if body.role("choice") else None
        near = body.last == element.first and not element.cut and chunk.country is None
        if group is None or not near:
            return False
        if group[1] & DEFINITE and not self._keys[element.first].startswith(ARTICLE):
            return False  # «متمردو حزب العمال» goes on without article
        chunk.heads.append(group)
        chunk.head_end = body.last
        chunk.body = None
        return True

    def _agrees(self, chunk: Chunk, element: Element, entry: Entry) -> bool:
        """Say whether a name may follow a head with article: as an adjective, or after an office."""
        if chunk.heads[-1][0].role == "title":
            return True
        return entry.role == "name" and not element.cut and self._keys[element.first].startswith(ARTICLE)

    def _take_country(self, chunk: Chunk, element: Element, entry: Entry, *, first: bool, via_link: bool) -> str:
        """A country's name: alone, in construct state («حكومة تركيا»), or after a joining word."""
        heads = chunk.heads
        if chunk.country is not None or chunk.body is not None:
            return "stop"
        if not heads:
            if not first:
                return "stop"
        else:
            last, flags = heads[-1]
            if flags & PRONOUN or (via_link and chunk.inside and not _is_seat(last)):
                return "stop"
            if not via_link and element.cut and last.role in ("people", "member", "frame"):
                return "stop"
            if not via_link and flags & DEFINITE and not element.cut and last.role != "title":
                compound = last.role == "organ" and last.strength >= _DECIDES  # «وزارة الخارجية تركيا»
                if not compound or not self._keys[element.first - 1].startswith(ARTICLE):
                    return "stop"
        chunk.country, chunk.country_role = entry.country, "country"
        return "take"

    def _take_nisba(self, chunk: Chunk, element: Element, entry: Entry, *, first: bool, via_link: bool) -> str:
        """A national adjective: on a head, on a name («حزب الله اللبناني»), or the only naming."""
        if chunk.country is not None:
            return "stop"
        if chunk.body is not None:
            if element.cut:
                return "stop"
        elif not chunk.heads:
            if not first and not chunk.some:
                return "stop"
        else:
            last, flags = chunk.heads[-1]
            if flags & PRONOUN or (element.cut and not via_link and last.role in ("people", "member", "frame")):
                return "stop"
        chunk.country, chunk.country_role = entry.country, "nisba"
        return "take"

    def _take_head(self, chunk: Chunk, element: Element, head: Meaning, via_link: bool) -> str:
        if self._may_head(chunk, head, via_link):
            chunk.heads.append(head)
            chunk.head_end = element.last
            return "take"
        started = chunk.heads or chunk.body is not None or chunk.country is not None
        return "take" if head[0].role == "frame" and started and not element.cut else "stop"  # «داعش الإرهابي»

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
        if head[0].role == "frame":  # «التنظيم المتشدد»: an adjective, no head
            return not flags & DEFINITE
        if entry.back == "weapon" and head[0].role == "member" and not head[1] & DEFINITE:
            return False  # «استهدفت طائرة سيارة»: the car is another's
        if entry.role == "people":  # «قتلى مدنيين» dead civilians
            return head[0].role == "people" and not head[1] & PRONOUN
        return entry.role == "title" if flags & DEFINITE else True

    def _take_link(self, chunk: Chunk, entry: Entry) -> str:
        if chunk.body is not None and chunk.country is None and entry.kind in ("belong", "loyal"):
            choice = chunk.body.role("choice")
            group = chunk.body.role("member", "frame", "people")
            if choice is not None and (group or not choice[0].home):
                chunk.heads.append(group or (_GROUP, DEFINITE))
                chunk.body = None
        if not chunk.heads or chunk.body is not None or chunk.country is not None:
            return "stop"
        head, flags = chunk.heads[-1]
        if flags & PRONOUN:
            return "stop"
        if entry.kind == "of":
            part = head.role in ("member", "organ", "frame") and not flags & DEFINITE
            return "link" if part or head.role == "title" else "stop"
        if entry.kind == "in":
            chunk.inside = True
            return "link" if head.role in ("member", "title", "organ") else "stop"
        if head.role == "people":
            return "stop"
        chunk.loyal = entry.kind
        return "link"


def _is_seat(entry: Entry) -> bool:
    """Say whether «في» (in) and a country tell whose the head is: offices and organs, not troops
    («القوات في»).
    """
    return entry.role == "title" or (entry.role == "organ" and entry.sector != "mil")
