"""Which party a phrase means: ids from names, sectors and countries, the rest from the context of the
document.
"""

from __future__ import annotations

from isnad.lexicon.parties import PartyLexicon
from isnad.lexicon.party_forms import DEFINITE, PRONOUN
from isnad.lexicon.party_schema import KIND_OF_SECTOR, Entry
from isnad.read.mentions import PartyMention
from isnad.read.party_context import ARMED, BODIES, FIGHTING, STATES, Context, is_state
from isnad.read.party_doing import by_doing
from isnad.read.party_grammar import ARTICLE, Chunk
from isnad.read.party_heads import (
    CIVILIANS,
    has_title,
    is_group,
    people_of,
    sector_in,
    sector_of,
    unnamed_armed,
)
from isnad.read.party_record import Naming, record
from isnad.text import Words

_ORGAN_ROLES = ("organ", "title", "people", "member", "frame")
_PLURAL = ("ين", "ون")  # endings of the sound plural
_FORMER = frozenset(("السابق", "المخلوع", "الاسبق"))  # the former, the deposed


class Resolver:
    """Turns the phrases of one text into mentions, in order, remembering what was named."""

    def __init__(
        self,
        words: Words,
        lexicon: PartyLexicon,
        chunks: list[Chunk],
        outlet_country: str | None,
        year: int | None = None,
    ) -> None:
        self._words = words
        self._lexicon = lexicon
        self._chunks = chunks
        self._others: Naming | None = None  # whom «أربعة آخرين» (four others) are like
        self._context = Context(words, lexicon, chunks, outlet_country, year)

    def mentions(self) -> list[PartyMention]:
        """Return the mentions in order of the text."""
        out = []
        for chunk in self._chunks:
            naming = self._resolve(chunk)
            if naming is None:
                continue
            naming = by_doing(self._words, self._lexicon, chunk, naming)
            mention = record(self._words, self._lexicon, chunk, naming)
            out.append(mention)
            if mention.count is not None and naming.id is not None:
                self._others = naming
            if naming.id is not None:
                self._context.remember(chunk.first, naming.id, naming.country, naming.kind)
        return out

    def _resolve(self, chunk: Chunk) -> Naming | None:
        if chunk.back:
            return self._beside(chunk)
        if chunk.body is not None:
            seat = chunk.body.role("organ")
            if chunk.country is not None and seat is not None and (seat[0].regime or seat[0].occupation):
                return self._state(chunk, seat[0], chunk.country)
            meaning = self._choose(chunk)
            if meaning is not None:
                return self._named(chunk, *meaning)
            head = chunk.body.role(*_ORGAN_ROLES)
            if head is None or (head[1] & DEFINITE and head[0].role == "people"):
                return Naming(None, "name", "") if chunk.body.role("choice") else None
            chunk.heads.append(head)
            chunk.head_end = chunk.body.last
            chunk.body = None
        if chunk.country is not None:
            return self._of_country(chunk, chunk.country)
        return self._bare(chunk)

    # -- named bodies
    # -----------------------------------------------------------------------------------------

    def _choose(self, chunk: Chunk) -> tuple[Entry, str | None] | None:
        """Return the meaning of the body that the document supports, with its id."""
        assert chunk.body is not None
        for entry, _ in self._context.bearers(chunk.body.meanings):
            if entry.role == "choice":
                chosen = self._context.choose(entry, chunk)
                if chosen is not None:
                    return entry, chosen
            elif entry.role in ("name", "person") and (not entry.needs or self._context.supports(entry, chunk)):
                return entry, entry.id
        return None

    def _beside(self, chunk: Chunk) -> Naming | None:
        """«الميليشيات الموالية لها» militias loyal to it, «الناطق باسمها» its spokesman: the last
        party named.
        """
        known = self._context.last(BODIES)
        if known is None:
            return None
        form = "office" if has_title(chunk) else "name"
        if is_state(known.id):
            if is_group(chunk):
                patron = self._context.last_patron()
                return self._proxy_of(patron) or Naming(known.id, form, known.kind, known.country)
            if sector_of(chunk)[0] == "mil":
                return _organ(known.id[:3], "mil", form)
        return Naming(known.id, form, known.kind, known.country)

    def _proxy_of(self, patron: str | None) -> Naming | None:
        proxy = self._context.proxy(patron)
        if proxy is None:
            return None
        party = self._lexicon.party(proxy)
        return Naming(proxy, "name", party.kind if party else "militia", party.country if party else None)

    def _state(self, chunk: Chunk, seat: Entry, country: str) -> Naming:
        """«الاحتلال التركي», «النظام السوري»: the state named after its regime or occupation."""
        if seat.occupation:
            self._context.occupier = country
        proxy = self._proxy_of(country) if chunk.loyal and is_group(chunk) else None
        if proxy is not None:
            return proxy
        chunk.heads.append((seat, DEFINITE))
        sector, _ = sector_of(chunk)
        return _organ(country, sector, "country" if sector == "gov" else "name")

    def _named(self, chunk: Chunk, entry: Entry, id: str | None) -> Naming:
        kind, country = entry.kind, entry.country
        if id is not None and is_state(id):
            country, sector = id[:3], id[4:]
            own, strength = sector_of(chunk)
            enough = strength >= (2 if chunk.loyal else 1)
            if sector == "gov" and enough and own not in ("none", CIVILIANS):
                sector = own
            id = entry.forces if sector == "mil" and entry.forces else f"{country}.{sector}"
            if chunk.loyal and is_group(chunk):
                id = self._context.proxy(country) or id
            kind = KIND_OF_SECTOR.get(sector, kind)
        elif entry.role == "person" and chunk.country and chunk.has("title") and not self._former(chunk):
            return _organ(chunk.country, "gov", "office")  # «الرئيس اليمني علي عبد الله صالح» when in office
        party = self._lexicon.party(id) if id else None
        if party is not None:
            kind, country = party.kind, party.country or country
        form = "office" if entry.role == "person" or has_title(chunk) else "name"
        if id is not None and id.endswith(".gov") and form == "name" and entry.role in ("choice", "name"):
            form = "country"  # «النظام» may be an agent of force (CODEBOOK section 5)
        return Naming(id, form, kind, country)

    def _former(self, chunk: Chunk) -> bool:
        return not _FORMER.isdisjoint(self._words.key[chunk.first : chunk.last])

    # -- countries and their organs
    # ---------------------------------------------------------------------------

    def _of_country(self, chunk: Chunk, country: str) -> Naming:
        sector, _ = sector_of(chunk)
        if not chunk.heads:
            if chunk.some and chunk.country_role == "nisba":  # «مئات اليمنيين» hundreds of Yemenis
                return Naming(CIVILIANS, "people", CIVILIANS, country)
            return _organ(country, "gov", chunk.country_role)
        people = people_of(chunk)
        if people is not None and sector in ("none", CIVILIANS):
            return Naming(people.id, "people", people.kind, country)
        if sector == CIVILIANS:
            return Naming(CIVILIANS, "people", CIVILIANS, country)
        if chunk.loyal and is_group(chunk):
            proxy = self._proxy_of(country)
            if proxy is not None:
                return proxy
        regime = any(h[0].regime for h in chunk.heads)
        if sector == "none":
            armed = unnamed_armed(chunk)
            if armed is not None and not regime:
                return Naming(armed, "people", "rebel", country)
            sector = "gov"
        form = "office" if has_title(chunk) else ("country" if regime else "name")
        return _organ(country, sector_in(chunk, country, sector), form)

    # -- no body in the phrase
    # --------------------------------------------------------------------------------

    def _bare(self, chunk: Chunk) -> Naming | None:
        sector, _ = sector_of(chunk)
        if any(flags & PRONOUN for _, flags in chunk.heads):
            return self._with_pronoun(chunk, sector)
        definite = bool(chunk.heads[-1][1] & DEFINITE)
        return (
            self._bare_people(chunk, sector, definite)
            or self._bare_organ(chunk, sector, definite)
            or (self._looking_back(chunk) if definite else None)
            or self._unnamed(chunk, sector)
        )

    def _bare_people(self, chunk: Chunk, sector: str, definite: bool) -> Naming | None:
        people = people_of(chunk)
        if people is not None and people.back == "others" and self._others is not None:
            return self._others
        if people is not None and people.kind == "rebel" and definite:  # «المسلحين» the gunmen
            known = self._context.last(ARMED)
            if known is not None:
                return Naming(known.id, "name", known.kind, known.country)
        if people is not None and (sector in ("none", CIVILIANS) or chunk.heads[0][0].role == "people"):
            return Naming(people.id, "people", people.kind)
        return Naming(CIVILIANS, "people", CIVILIANS) if sector == CIVILIANS else None

    def _bare_organ(self, chunk: Chunk, sector: str, definite: bool) -> Naming | None:
        home = next((h[0] for h in chunk.heads if h[0].home), None)
        if (
            home is None
            or home.occupation
            or not (definite or home.role == "organ" or (chunk.some and home.sector == "leg"))
        ):
            return None
        country = self._context.home(chunk)
        sector = "gov" if sector == "none" else sector
        form = "office" if has_title(chunk) else "name"
        if country is None:
            return Naming(None, form, KIND_OF_SECTOR[sector])
        return _organ(country, sector_in(chunk, country, sector), form)

    def _looking_back(self, chunk: Chunk) -> Naming | None:
        """Definite phrases that stand for something named before: «التنظيم», «المتحدث», «المسؤولين»."""
        entry = chunk.heads[0][0]
        known = self._context.anaphor(
            chunk, _without_article(self._words.key[(chunk.head_end or chunk.last) - 1], chunk)
        )
        if known is not None:
            return Naming(known.id, "name", known.kind, known.country)
        if entry.back == "body":
            known = self._context.last(BODIES)
            if known is not None:
                return Naming(known.id, "office", known.kind, known.country)
        if entry.role == "member" and entry.sector == "gov":
            country = self._context.home(chunk)
            return _organ(country, "gov", "name") if country else Naming(None, "name", "government")
        return None

    def _unnamed(self, chunk: Chunk, sector: str) -> Naming | None:
        entry = chunk.heads[0][0]
        armed = unnamed_armed(chunk)
        if armed is not None:
            return Naming(armed, "people", "rebel")
        if entry.back == "sides":  # «الطرفين» both sides
            return Naming(None, "name", "sides")
        form = "people" if entry.role == "member" else "name"
        if entry.role == "organ" and sector == "police" and len(chunk.heads) == 1 and not chunk.some:
            return None  # «الأمن» (security) as a good, not a force
        if all(h[0].back == "weapon" for h in chunk.heads):
            return self._whose_weapon(chunk)
        if sector in ("mil", "police"):
            country = self._context.home(chunk)
            return _organ(country, sector, form) if country else Naming(None, form, KIND_OF_SECTOR[sector])
        if entry.role == "frame" and not self._words.key[chunk.last - 1].endswith(_PLURAL):
            return None  # an adjective of something that is no party («الاعتداء الإرهابي»)
        if entry.role in ("organ", "frame", "title") or entry.sector == "gov" or chunk.some:
            return Naming(None, form, KIND_OF_SECTOR.get(sector, ""))
        return None

    def _whose_weapon(self, chunk: Chunk) -> Naming | None:
        """«الطائرات» the aircraft: those of the last state named; «طائرة مسيرة» a drone: nobody's until said."""
        if not chunk.heads[-1][1] & DEFINITE:
            return None
        known = self._context.last(STATES)
        return _organ(known.country, "mil", "name") if known and known.country else None

    def _with_pronoun(self, chunk: Chunk, sector: str) -> Naming | None:
        """«قواته» his forces, «عناصرها» its members: the nearest earlier party."""
        people = people_of(chunk)
        if people is not None or sector == CIVILIANS:  # «أطفاله» his children, «شعبه» his people
            return Naming(people.id, "people", people.kind) if people else Naming(CIVILIANS, "people", CIVILIANS)
        if chunk.heads[0][0].back == "team":  # «فرقها» its teams: who sends teams, no army
            team = self._context.last(BODIES - FIGHTING) or self._context.last(BODIES)
            return Naming(team.id, "name", team.kind, team.country) if team else None
        armed = any(h[0].role in ("member", "frame") or h[0].sector == "mil" for h in chunk.heads)
        known = (self._context.last(FIGHTING) if armed else None) or self._context.last(BODIES)
        if known is None:
            return None
        if is_state(known.id) and sector not in ("none", CIVILIANS):
            return _organ(known.id[:3], sector, "name")
        return Naming(known.id, "name", known.kind, known.country)


def _organ(country: str, sector: str, form: str) -> Naming:
    return Naming(f"{country}.{sector}", form, KIND_OF_SECTOR[sector], country)


def _without_article(key: str, chunk: Chunk) -> str:
    if chunk.last - chunk.first == 1 and chunk.cut and key.startswith(chunk.cut):
        key = key[len(chunk.cut) :]
    key = key.removeprefix("لل")  # to the
    return key.removeprefix(ARTICLE)
