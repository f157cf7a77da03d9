"""Which party a phrase means: ids from names, sectors and countries, the rest from what was spoken of before.

Bare organs («الجيش» the army, «الحكومة» the government) take the country the document clearly speaks of; else that
of the nearest earlier state in the sentence, then in the last mentions, then the commonest, then the outlet's.  Group
nouns with article («التنظيم» the organisation) look back to the last party known under that noun.
"""

from __future__ import annotations

from collections import Counter

from isnad.lexicon.parties import MARKS, PartyLexicon
from isnad.lexicon.party_forms import DEFINITE, DUAL, PRONOUN, SINGULAR
from isnad.lexicon.party_schema import KIND_OF_SECTOR, Entry
from isnad.model import Span
from isnad.read.mentions import PartyMention
from isnad.read.party_chunk import Chunk, Meaning
from isnad.read.party_framing import framing_of
from isnad.text import Words

_ARTICLE = "ال"  # the
_ARMED = frozenset(("rebel", "militia"))
_FIGHTING = _ARMED | {"state-forces", "police", "external"}
_BODIES = _FIGHTING | {"government", "political", "international", "legislature", "intelligence", "aid", "monitor"}
_CLEARLY = 2  # a country named twice as often as the next is what the document is about
_BACK = {"rebel": _ARMED, "armed": _FIGHTING}


class Resolver:
    """Turns the phrases of one text into mentions, in order, remembering what was named."""

    def __init__(self, words: Words, lexicon: PartyLexicon, chunks: list[Chunk], outlet_country: str | None) -> None:
        self._words = words
        self._lexicon = lexicon
        self._chunks = chunks
        self._outlet = outlet_country
        self._memory: list[tuple[int, str, str | None, str]] = []  # (word, id, country, kind)
        self._occupier: str | None = _occupier(chunks)
        self._countries = _countries_spoken_of(chunks)
        self._bodies = [c.body.meanings[0][0] for c in chunks if c.body and not c.body.meanings[0][0].needs]
        self._ids = {body.id for body in self._bodies}

    def mentions(self) -> list[PartyMention]:
        """Return the mentions in order of the text."""
        out = []
        for chunk in self._chunks:
            mention = self._resolve(chunk)
            if mention is not None:
                out.append(mention)
                if mention.id is not None and mention.kind != "media":
                    self._memory.append((mention.first, mention.id, mention.country, mention.kind))
        return out

    def _resolve(self, chunk: Chunk) -> PartyMention | None:
        sector, decisive = _sector(chunk)
        if chunk.back:
            return self._beside(chunk, sector)
        if chunk.body is not None:
            seat = chunk.body.role("organ")
            if chunk.country is not None and seat is not None and (seat[0].regime or seat[0].occupation):
                return self._state(chunk, seat[0], chunk.country)
            meaning = self._choose(chunk)
            if meaning is not None:
                return self._named(chunk, meaning, sector, decisive)
            head = chunk.body.role("organ", "title", "people", "member", "frame")
            if head is None or head[1] & DEFINITE and head[0].role == "people":
                return self._mention(chunk, None, "name", "", None) if chunk.body.role("choice") else None
            chunk.heads.append(head)
            chunk.body = None
            sector, decisive = _sector(chunk)
        if chunk.country is not None:
            return self._of_country(chunk, chunk.country, sector, decisive)
        return self._bare(chunk, sector, decisive)

    # -- named bodies -----------------------------------------------------------------------------------------

    def _choose(self, chunk: Chunk) -> tuple[Entry, str | None] | None:
        """Return the meaning of the body that the document supports, with its id."""
        assert chunk.body is not None
        for entry, _ in chunk.body.meanings:
            if entry.role == "choice":
                chosen = self._by_country(entry, chunk)
                if chosen is not None:
                    return entry, chosen
            elif entry.role in ("name", "person"):
                if entry.needs and not self._supported(entry, chunk):
                    continue
                return entry, entry.id
        return None

    def _beside(self, chunk: Chunk, sector: str) -> PartyMention | None:
        """«الميليشيات الموالية لها» militias loyal to it, «الناطق باسمها» its spokesman: the last party named."""
        known = self._last(_BODIES)
        if known is None:
            return None
        _, id, country, kind = known
        if _is_group(chunk) and id[3:4] == ".":
            id = self._proxy(country) or id
            party = self._lexicon.party(id)
            kind = party.kind if party else kind
        elif id[3:4] == "." and sector == "mil":
            id, kind = f"{id[:3]}.mil", KIND_OF_SECTOR["mil"]
        return self._mention(chunk, id, "office" if _has_title(chunk) else "name", kind, country)

    def _state(self, chunk: Chunk, seat: Entry, country: str) -> PartyMention:
        """«الاحتلال التركي», «النظام السوري»: the state named after its regime or occupation."""
        if seat.occupation:
            self._occupier = country
        proxy = self._proxy(country) if chunk.loyal and _is_group(chunk) else None
        if proxy is not None:
            return self._mention(chunk, proxy, "name", "militia", country)
        chunk.heads.append((seat, DEFINITE))
        sector, best = _sector(chunk)
        form = "country" if sector == "gov" else "name"
        return self._mention(chunk, f"{country}.{sector}", form, KIND_OF_SECTOR[sector], country)

    def _supported(self, entry: Entry, chunk: Chunk) -> bool:
        before = self._words.key[chunk.first - 1] if chunk.first else ""
        if entry.role == "person" and not chunk.heads and before in self._lexicon.given:
            return False
        if entry.id in self._ids:
            return True
        group = any(h[0].role in ("member", "frame", "title", "organ") for h in chunk.heads)
        return group or bool(entry.country and self._countries.get(entry.country))

    def _by_country(self, entry: Entry, chunk: Chunk) -> str | None:
        """Choose by the nisba in the phrase, the outlet, what was named before, or the country most spoken of."""
        choices = entry.choices or {}
        if chunk.country is not None:
            return choices.get("=" + chunk.country) or choices.get(chunk.country)
        if entry.home and self._outlet in choices:
            return choices[self._outlet]
        seat = chunk.body.role("organ") if chunk.body else None
        if seat is not None and seat[0].occupation and self._occupier:
            return f"{self._occupier}.{seat[0].sector}"
        wanted = set(choices.values())
        for known in reversed(self._memory[-40:]):
            if known[1] in wanted:
                return known[1]
        weight, best = max(((self._countries.get(c, 0), c) for c in choices), default=(0, ""))
        if weight > 0:
            return choices[best]
        return choices.get(self._outlet or "") or choices.get("*")

    def _named(
        self, chunk: Chunk, meaning: tuple[Entry, str | None], sector: str, decisive: int
    ) -> PartyMention:
        entry, id = meaning
        kind = entry.kind
        country = entry.country
        if id is not None and id[3:4] == "." and id[:3].isupper():
            country = id[:3]
            own = id[4:]
            if sector not in ("none", "civilians") and own == "gov" and decisive >= (2 if chunk.loyal else 1):
                own = sector
                id = f"{country}.{own}"
            if own == "mil" and entry.forces:
                id = entry.forces
            if chunk.loyal and _is_group(chunk):
                id = self._proxy(country) or id
            kind = KIND_OF_SECTOR.get(id[4:], kind) if id[3:4] == "." else kind
        party = self._lexicon.party(id) if id else None
        if party is not None:
            kind, country = party.kind or kind, party.country or country
        form = "office" if entry.role == "person" or _has_title(chunk) else "name"
        if entry.role == "choice" and id and id.endswith(".gov"):
            form = "country"
        if entry.role == "name" and id in ("SYR.gov",):
            form = "country"
        return self._mention(chunk, id, form, kind, country)

    def _proxy(self, patron: str | None) -> str | None:
        for c, _ in self._countries.most_common():
            found = self._lexicon.proxies.get(f"{patron} {c}")
            if found:
                return found
        return None

    # -- countries and their organs ---------------------------------------------------------------------------

    def _of_country(self, chunk: Chunk, country: str, sector: str, decisive: int) -> PartyMention:
        head = chunk.heads[0][0] if chunk.heads else None
        if head is None:
            form = "country" if chunk.country_role == "country" else "nisba"
            if chunk.some and form == "nisba":  # «مئات اليمنيين» hundreds of Yemenis
                return self._mention(chunk, "civilians", "people", "civilians", country)
            return self._mention(chunk, f"{country}.gov", form, "government", country)
        if any(h[0].role == "people" for h in chunk.heads) and sector in ("none", "civilians"):
            people = _people(chunk)
            assert people is not None
            return self._mention(chunk, people.id, "people", people.kind, country)
        if sector == "civilians":
            return self._mention(chunk, "civilians", "people", "civilians", country)
        if chunk.loyal and _is_group(chunk):
            proxy = self._proxy(country)
            if proxy is not None:
                party = self._lexicon.party(proxy)
                return self._mention(chunk, proxy, "name", party.kind if party else "militia", country)
        regime = any(h[0].regime for h in chunk.heads)
        if sector == "none":
            sector = "gov"
            if all(h[0].role in ("member", "frame") for h in chunk.heads) and not regime:
                return self._group_of_country(chunk, country)
        for h in chunk.heads:
            if h[0].choices and country in h[0].choices:
                sector = h[0].choices[country]
        form = "office" if _has_title(chunk) else ("country" if regime else "name")
        return self._mention(chunk, f"{country}.{sector}", form, KIND_OF_SECTOR[sector], country)

    def _group_of_country(self, chunk: Chunk, country: str) -> PartyMention:
        """«مسؤولين إيرانيين» officials speak for a government, «مسلحين» gunmen of a nation are unnamed."""
        key = self._words.key[chunk.first]
        people = _unnamed_armed(chunk)
        if people is not None:
            return self._mention(chunk, people, "people", "rebel", country)
        del key
        return self._mention(chunk, f"{country}.gov", "name", "government", country)

    # -- no body in the phrase --------------------------------------------------------------------------------

    def _bare(self, chunk: Chunk, sector: str, decisive: int) -> PartyMention | None:
        entry, flags = chunk.heads[0]
        last, last_flags = chunk.heads[-1]
        if any(f & PRONOUN for _, f in chunk.heads):
            return self._with_pronoun(chunk, sector)
        people = _people(chunk)
        if people is not None and people.kind == "rebel" and self._definite(chunk):
            known = self._last(_ARMED)
            if known is not None:
                return self._mention(chunk, known[1], "name", known[3], known[2])
        if people is not None and (sector in ("none", "civilians") or entry.role == "people"):
            return self._mention(chunk, people.id, "people", people.kind, None)
        if sector == "civilians":
            return self._mention(chunk, "civilians", "people", "civilians", None)
        home = next((h for h in chunk.heads if h[0].home), None)
        if home is not None and (self._definite(chunk) or home[0].role == "organ") and not home[0].occupation:
            country = self._home(chunk)
            if sector == "none":
                sector = "gov"
            if home[0].choices and country in home[0].choices:
                sector = home[0].choices[country or ""]
            id = f"{country}.{sector}" if country else None
            form = "office" if _has_title(chunk) else "name"
            return self._mention(chunk, id, form, KIND_OF_SECTOR[sector], country)
        back = self._anaphor(chunk)
        if back is not None:
            return self._mention(chunk, back[1], "name", back[3], back[2])
        if entry.role == "title" and entry.sector == "none" and self._definite(chunk):
            known = self._last(_BODIES)
            if known is not None:
                return self._mention(chunk, known[1], "office", known[3], known[2])
        if entry.sector == "gov" and entry.role == "member" and self._definite(chunk):
            country = self._home(chunk)
            return self._mention(chunk, f"{country}.gov" if country else None, "name", "government", country)
        armed = _unnamed_armed(chunk)
        if armed is not None:
            return self._mention(chunk, armed, "people", "rebel", None)
        if entry.back == "sides":
            return self._mention(chunk, None, "name", "sides", None)
        if entry.role in ("organ", "frame", "title") or entry.sector == "gov" or chunk.some or sector in ("mil", "police"):
            kind = KIND_OF_SECTOR.get(sector, "")
            country = self._home(chunk) if sector in ("mil", "police") else None
            id = f"{country}.{sector}" if country and sector in ("mil", "police") else None
            del last, last_flags, flags, decisive
            return self._mention(chunk, id, "people" if entry.role == "member" else "name", kind, country)
        return None

    def _with_pronoun(self, chunk: Chunk, sector: str) -> PartyMention | None:
        """«قواته» his forces, «عناصرها» its members: the nearest earlier party."""
        people = _people(chunk)
        if people is not None:
            return self._mention(chunk, people.id, "people", people.kind, None)
        armed = any(h[0].role in ("member", "frame") or h[0].sector == "mil" for h in chunk.heads)
        known = self._last(_FIGHTING if armed else _BODIES) or self._last(_BODIES)
        if known is None:
            return None
        _, id, country, kind = known
        if id[3:4] == "." and sector not in ("none", "civilians"):
            id, kind = f"{id[:3]}.{sector}", KIND_OF_SECTOR[sector]
        return self._mention(chunk, id, "name", kind, country)

    def _anaphor(self, chunk: Chunk) -> tuple[int, str, str | None, str] | None:
        if not self._definite(chunk):
            return None
        key = _without_article(self._words.key[chunk.last - 1], chunk)
        for known in reversed(self._memory):
            if key in self._lexicon.shorts.get(known[1], ()):
                return known
        for body in self._bodies:  # named only later («التنظيم» in a headline)
            if body.id and key in self._lexicon.shorts.get(body.id, ()):
                return chunk.first, body.id, body.country, body.kind
        back = chunk.heads[-1][0].back
        if back in _BACK:
            return self._last(_BACK[back])
        return None

    def _last(self, kinds: frozenset[str]) -> tuple[int, str, str | None, str] | None:
        """Return the last party named that is of one of `kinds`."""
        return next((m for m in reversed(self._memory) if m[3] in kinds), None)

    def _definite(self, chunk: Chunk) -> bool:
        return bool(chunk.heads[-1][1] & DEFINITE)

    def _home(self, chunk: Chunk) -> str | None:
        """Return the country of a bare organ: see the rule at the head of this module."""
        ranked = self._countries.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]):
            return ranked[0][0]
        first = self._words.sentences[self._words.sentence_of[chunk.first]].first
        for at, id, country, _ in reversed(self._memory):
            if at < first:
                break
            if country and id[3:4] == ".":
                return country
        for _, id, country, _ in reversed(self._memory[-2:]):
            if country and id[3:4] == ".":
                return country
        return ranked[0][0] if ranked else self._outlet

    # -- records ----------------------------------------------------------------------------------------------

    def _mention(
        self, chunk: Chunk, id: str | None, form: str, kind: str, country: str | None
    ) -> PartyMention:
        words = self._words
        kind0 = words.types[chunk.first]
        start = words.start[chunk.first] + _cut_length(kind0.surface, chunk.cut, kind0.key)
        last = _closed(words, chunk)
        end = words.end[last - 1]
        framing: Span | None = None
        if id != "unidentified-armed-group":
            framing = framing_of(words, self._lexicon, chunk.first, chunk.last)
        return PartyMention(
            first=chunk.first,
            last=last,
            start=start,
            end=end,
            text=words.text[start:end],
            id=id,
            form=form,
            kind=kind,
            country=country,
            framing=framing,
            count=_count(chunk),
            definite=bool(chunk.heads and chunk.heads[-1][1] & DEFINITE) or chunk.body is not None,
        )


def _countries_spoken_of(chunks: list[Chunk]) -> Counter[str]:
    out: Counter[str] = Counter()
    for chunk in chunks:
        if chunk.country:
            out[chunk.country] += not any(h[0].sector == "med" for h in chunk.heads)  # «وكالة الأنباء الفرنسية» AFP
        elif chunk.body is not None:
            entry = chunk.body.meanings[0][0]
            if entry.country and not entry.needs:
                out[entry.country] += 1
    return out


def _closed(words: Words, chunk: Chunk) -> int:
    """Return the end of the phrase with the quotation mark that closes one opened in it."""
    n = chunk.last
    inside = sum(1 for k in words.key[chunk.first : n] if k in MARKS and k not in "#_-–—")
    if inside % 2 and n < len(words) and words.key[n] in MARKS and words.key[n] not in "#_-–—(«“[":
        return n + 1
    return n


def _occupier(chunks: list[Chunk]) -> str | None:
    """Return the first state that the text itself calls an occupation («الاحتلال التركي»)."""
    for chunk in chunks:
        seat = chunk.body.role("organ") if chunk.body else None
        if chunk.country and (seat and seat[0].occupation or any(h[0].occupation for h in chunk.heads)):
            return chunk.country
    return None


def _people(chunk: Chunk) -> Entry | None:
    """Return the most telling people word: one that says more than «civilians»."""
    found = [h[0] for h in chunk.heads if h[0].role == "people"]
    return next((e for e in found if e.id != "civilians"), found[0] if found else None)


def _sector(chunk: Chunk) -> tuple[str, int]:
    """Return the sector of the strongest head, the first among equals, and its strength."""
    sector, best = "none", 0
    for entry, _ in chunk.heads:
        if entry.strength > best:
            sector, best = entry.sector, entry.strength
    return sector, best


def _has_title(chunk: Chunk) -> bool:
    return chunk.person or any(h[0].role == "title" for h in chunk.heads)


def _is_group(chunk: Chunk) -> bool:
    return any(h[0].back == "rebel" or h[0].role == "frame" or h[0].kind == "rebel" for h in chunk.heads)


def _unnamed_armed(chunk: Chunk) -> str | None:
    for entry, _ in chunk.heads:
        if entry.role == "people" and entry.kind == "rebel":
            return entry.id
    return None


def _without_article(key: str, chunk: Chunk) -> str:
    key = key[len(chunk.cut) :] if chunk.last - chunk.first == 1 and chunk.cut and key.startswith(chunk.cut) else key
    if key.startswith("لل"):
        key = key[2:]
    return key[2:] if key.startswith(_ARTICLE) else key


def _cut_length(surface: str, cut: str, key: str) -> int:
    """Return how many code points of the written word stand before the mention.

    A preposition welded to the article (للجيش «to the army») cannot be cut; then only the conjunction is.
    """
    if not cut:
        return 0
    if cut.endswith("ل") and key[len(cut) :].startswith("ل"):
        cut = cut[:-1]
    return len(cut) if surface.startswith(cut) else 0


def _count(chunk: Chunk) -> tuple[int | None, int | None] | None:
    if chunk.number is not None:
        return chunk.number, chunk.number
    if chunk.heads:
        entry, flags = chunk.heads[0]
        counted = entry.role == "people" or (entry.role == "member" and entry.sector in ("mil", "police"))
        if counted and not chunk.some and not flags & (DEFINITE | PRONOUN):
            if flags & DUAL:
                return 2, 2
            if flags & SINGULAR:
                return 1, 1
    return None


__all__ = ["Meaning", "Resolver"]
