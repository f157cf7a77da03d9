"""Which place a find is: its row, level, English name and radius; what words that look back mean."""

from __future__ import annotations

from typing import Any

from isnad.lexicon.gazetteer import EVERYDAY, choose, distance
from isnad.lexicon.gazetteer_data import PlaceRow
from isnad.read.mentions import PlaceMention
from isnad.read.place_records import UNKNOWN, Raw
from isnad.read.place_types import PlaceTypes
from isnad.text import Words

_AREA_LEVELS = (
    "neighbourhood",
    "region",
    "district",
    "site",
)  # what «منطقة X» (area of X) may be by its entry
#: Levels from narrow to wide: «أحياء سرمين» (quarters of Sarmin) is the town.
_WIDTH = {"site": 0, "neighbourhood": 1, "town": 2, "district": 3, "governorate": 4, "region": 5}
_ABOUT = 1.5  # how much more than of any other a text speaks of the country it is about
_NEXT = 4  # words between a name and the place that tells where it lies
_NEAR_KM, _SAME_KM = (
    70.0,
    5.0,
)  # how far a namesake may lie from that place; entries nearer than this are one place
_SITE_KM, _SIDE_KM = 5.0, 40.0  # radius of a site known only by its town; of a side of a town or governorate


class Resolver:
    """Turns raw finds into mentions; remembers places named before, for the words that look back."""

    def __init__(self, words: Words, types: PlaceTypes, countries: dict[str, float]) -> None:
        self.words = words
        self.types = types
        self.gazetteer = types.gazetteer
        self.countries = countries
        self.last: dict[str, PlaceMention] = {}
        self._located: PlaceMention | None = None
        self._next: Raw | None = None
        self._keys: set[str] = set()  # names of towns met so far

    def mentions(self, raws: list[Raw]) -> list[PlaceMention | None]:
        """Return the mentions of raw finds, in their order."""
        out = []
        for n, raw in enumerate(raws):
            self._next = raws[n + 1] if n + 1 < len(raws) and raws[n + 1].first - raw.last <= _NEXT else None
            out.append(self.mention(raw))
        return out

    def mention(self, raw: Raw) -> PlaceMention | None:
        """Return the mention of a raw find; None for words that look back at nothing."""
        made: PlaceMention | None = getattr(self, f"_{raw.pattern}", self._name)(raw)
        if made is not None and made.lat is not None and made.level not in ("country", "region"):
            self._located = made
            if made.level == "town":
                self._keys.add(raw.key)
        if made is not None and made.name is not None:
            self.last[made.level] = made
            if raw.head is not None and raw.head.plural is False:
                self.last[raw.head.gloss] = made
        return made

    def _make(self, raw: Raw, row: PlaceRow | None, *, level: str, **values: Any) -> PlaceMention:
        start = self.words.start[raw.first] + cut_length(self.words, raw)
        end = self.words.end[raw.last - 1]
        fields: dict[str, Any] = {"name": None, "country": None}
        if row is not None:
            fields = {
                "name": row.name or None,
                "country": row.country,
                "lat": row.lat,
                "lon": row.lon,
                "precision": row.km,
                "source_id": row.id,
            }
        fields |= values
        return PlaceMention(
            first=raw.first,
            last=raw.last,
            start=start,
            end=end,
            text=self.words.text[start:end],
            level=level,
            **fields,
        )

    def _choose(self, raw: Raw, level: str | None) -> PlaceRow | None:
        if not raw.rows:
            return None
        countries = self.countries
        if raw.codes:
            countries = dict.fromkeys(raw.codes, 1000.0)
        row = choose(raw.rows, level=level, countries=countries)
        return row if row is not None else self._nearest(raw, level)

    def _nearest(self, raw: Raw, level: str | None) -> PlaceRow | None:
        """Return the namesake beside the place named next («قرية X بريف إدلب»), if plainly nearer."""
        anchor = None
        if self._next is not None and self._next.rows:
            anchor = choose(self._next.rows, level="governorate", countries=self.countries)
        if anchor is None and (m := self._located) is not None:
            anchor = PlaceRow("", "", m.country, m.level, m.lat, m.lon, None, 0, "")
        if anchor is None or anchor.lat is None:
            return None
        pool = [r for r in raw.rows if r.lat is not None and (level is None or r.level == level)]
        ranked = sorted((distance(r, anchor), n) for n, r in enumerate(pool))
        if not ranked or ranked[0][0] > _NEAR_KM:
            return None
        rival = next((d for d, n in ranked[1:] if distance(pool[n], pool[ranked[0][1]]) > _SAME_KM), None)
        return pool[ranked[0][1]] if rival is None or rival > 2 * ranked[0][0] else None

    def _name(self, raw: Raw) -> PlaceMention:
        levels = {r.level for r in raw.rows}
        wanted = "town" if "town" in levels else None
        if self._by_hand(raw):
            wanted = raw.rows[0].level
        if raw.key in self.types.tables.governorates and "governorate" in levels:
            wanted = "governorate"
        if "country" in levels:
            wanted = "country"
        row = self._choose(raw, wanted)
        return self._make(
            raw, row, level=row.level if row else wanted or next(iter(levels)), **self._shared(raw, row)
        )

    def _by_hand(self, raw: Raw) -> bool:
        """Say whether a hand-written row, which comes first, settles that the bare name is no town."""
        return bool(raw.rows) and raw.rows[0].hand and raw.rows[0].level in _AREA_LEVELS

    def _shared(self, raw: Raw, row: PlaceRow | None) -> dict[str, Any]:
        """What namesakes have in common where none could be chosen: the name."""
        if row is not None or not raw.rows:
            return {}
        names = {r.name for r in raw.rows}
        return {"name": names.pop() if len(names) == 1 else raw.rows[0].name}

    _doubtful = _name

    def _head(self, raw: Raw) -> PlaceMention:
        head = raw.head
        level = raw.level or "town"
        if head is not None and head.level == "site":
            return self._site_named(raw)
        hand = head is not None and head.loose and self._by_hand(raw)
        row = self._choose(raw, raw.rows[0].level if hand else level)
        if (
            head is not None
            and head.plural
            and row is not None
            and _WIDTH.get(row.level, 0) > _WIDTH.get(level, 0)
        ):
            level = row.level
        elif head is not None and head.loose and raw.key in self.types.tables.governorates:
            row = self._choose(raw, "governorate")
            level = row.level if row is not None else level
        elif head is not None and head.loose and row is not None:
            area = row.level in _AREA_LEVELS or (row.level == "governorate" and row.country == "SAU")
            level = row.level if area else level
        elif level == "region" and row is not None and row.level in ("governorate", "district"):
            level = row.level
        elif level == "site" and row is not None and row.level == "region":
            level = "region"
        elif level == "country" and row is not None:
            level = row.level
        country = {} if row or not self.countries else {"country": self._country(raw)}
        return self._make(raw, row, level=level, **(country | self._shared(raw, row)))

    def _country(self, raw: Raw) -> str | None:
        """Return the country of an unknown name: the one the words say, or the one the document is about."""
        if raw.codes:
            return raw.codes[0] if raw.codes[0] != UNKNOWN else None
        ranked = sorted(self.countries.values(), reverse=True)
        if ranked and (len(ranked) == 1 or ranked[0] >= _ABOUT * ranked[1]):
            return max(self.countries, key=lambda c: self.countries[c])
        near = self._located.country if self._located is not None else None
        if near is None or not ranked:
            return near
        return near if self.countries.get(near, 0.0) * _ABOUT >= ranked[0] else None

    def _site_named(self, raw: Raw) -> PlaceMention:
        head = raw.head
        row = self._choose(raw, "town")
        if row is not None and raw.key not in self._keys and self.gazetteer.sureness(raw.key) == EVERYDAY:
            row = row if row.level == "site" else None  # «شارع الثورة» (Revolution Street) is in no Thawra
        if row is not None and (row.level in ("site", "region") or (head is not None and head.part)):
            return self._make(raw, row, level=row.level)
        if row is None or head is None:
            return self._make(raw, None, level="site", country=self._country(raw))
        km = max(row.km or 0, _SITE_KM)
        name = f"{row.name} {head.en}".strip()
        return self._make(raw, row, level="site", name=name, precision=km, source_id=row.id)

    def _site(self, raw: Raw) -> PlaceMention:
        row = self._choose(raw, "town")
        head = raw.head
        if row is None or head is None:
            return self._make(raw, None, level=raw.level or "site", country=self._country(raw))
        km, name = max(row.km or 0, _SITE_KM), f"{head.en}, {row.name}"
        return self._make(raw, row, level=raw.level or "site", name=name, precision=km)

    def _countryside(self, raw: Raw) -> PlaceMention:
        row = self._choose(raw, "governorate")
        if row is None and not raw.key:
            row = self._look_back("governorate", "town")
        if row is None:
            return self._make(raw, None, level="region", country=self._country(raw))
        name = f"{row.name} countryside" + (f", {raw.way}" if raw.way else "")
        return self._make(raw, row, level="region", name=name, precision=max(row.km or 0, _SIDE_KM))

    def _look_back(self, *levels: str) -> PlaceRow | None:
        for level in levels:
            m = self.last.get(level)
            if m is not None and m.source_id is not None:
                return PlaceRow("", m.name or "", m.country, level, m.lat, m.lon, m.precision, 0, m.source_id)
        return None

    def _way(self, raw: Raw) -> PlaceMention:
        wanted = "country" if any(r.level == "country" for r in raw.rows) else "governorate"
        if self._by_hand(raw):
            wanted = raw.rows[0].level
        row = self._choose(raw, wanted if raw.level in (None, "region") else raw.level)
        if not raw.rows:
            code = raw.codes[0] if raw.codes else self._country(raw)
            row = self.gazetteer.country(code) if code else None
        if row is None:
            return self._make(raw, None, level=raw.level or "region")
        if row.level == "country":
            part = self.types.tables.parts.get(raw.way, raw.way.capitalize())
            return self._make(raw, row, level="region", name=f"{part} {row.name}")
        if raw.level != "region":
            return self._make(raw, row, level=raw.level or "town", precision=max(row.km or 0, 10.0))
        name = f"{row.name} countryside, {raw.way}"
        return self._make(raw, row, level="region", name=name, precision=max(row.km or 0, _SIDE_KM))

    def _border(self, raw: Raw) -> PlaceMention:
        names = [row.name for code in raw.codes if (row := self.gazetteer.country(code)) is not None]
        name = f"{'-'.join(dict.fromkeys(names))} border" if names else None
        return self._make(raw, None, level="region", name=name, country=raw.codes[0] if raw.codes else None)

    def _pair(self, raw: Raw) -> PlaceMention:
        names = [row.name for code in raw.codes if (row := self.gazetteer.country(code)) is not None]
        name = " and ".join(names) or None
        return self._make(raw, None, level="region", name=name, country=raw.codes[0] or None)

    def _land(self, raw: Raw) -> PlaceMention:
        return self._make(raw, self.gazetteer.country(raw.codes[0]), level="country")

    def _kingdom(self, raw: Raw) -> PlaceMention:
        return self._make(raw, self.gazetteer.country(raw.codes[0] if raw.codes else "SAU"), level="country")

    def _nation(self, raw: Raw) -> PlaceMention:
        code = self._country(raw)
        return self._make(raw, self.gazetteer.country(code) if code else None, level="country")

    def _capital(self, raw: Raw) -> PlaceMention:
        code = self._country(raw)
        key = self.gazetteer.capitals.get(code or "")
        named = self.gazetteer.named(key) if key else []
        rows = [r for r in named if r.country == code and r.level == "town"]
        return self._make(raw, rows[0] if rows else None, level="town")

    def _anaphor(self, raw: Raw) -> PlaceMention | None:
        head = raw.head
        before = self.last.get(head.gloss) if head else None
        if before is None and head is not None and head.military and raw.last == raw.first + 1:
            return None  # «القاعدة»: the organisation, unless a base was named
        if head is not None and head.loose:  # «المنطقة» the area: vague unless an area was named
            before = None if head.plural or head.level == "site" else before or self.last.get("region")
            if before is None:
                return self._make(raw, None, level="site" if head.level == "site" else "region")
        if before is None and head is not None and head.level != "site":
            before = self.last.get(head.level)
        if before is None or (head is not None and head.plural):
            return self._make(raw, None, level=raw.level or "town")
        level = before.level if head and head.loose else (raw.level or before.level)
        return self._make(
            raw,
            None,
            level=level,
            name=before.name,
            country=before.country,
            lat=before.lat,
            lon=before.lon,
            precision=before.precision,
            source_id=before.source_id,
        )


def cut_length(words: Words, raw: Raw) -> int:
    """Return how many code points of the first written word are conjunctions to leave out (و, ف)."""
    word = words.types[raw.first].surface
    return 1 if raw.cut[:1] in ("و", "ف") and word[:1] == raw.cut[:1] and len(word) > 3 else 0
