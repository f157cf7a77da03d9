"""Which place a find is: its row, level, English name and radius; what words that look back mean."""

from __future__ import annotations

from typing import Any

from isnad.lexicon.gazetteer import EVERYDAY, PLAIN, distance
from isnad.lexicon.gazetteer_data import PlaceRow
from isnad.read.mentions import PlaceMention
from isnad.read.place_choice import AREA_LEVELS, Choice
from isnad.read.place_evidence import Evidence, known
from isnad.read.place_records import Raw

#: Levels from narrow to wide: «أحياء سرمين» (quarters of Sarmin) is the town.
_WIDTH = {"site": 0, "neighbourhood": 1, "town": 2, "district": 3, "governorate": 4, "region": 5}
_SITE_KM, _SIDE_KM = 5.0, 40.0  # radius of a site known only by its town; of a side of a town or governorate
#: A building of which only the country is known has no point.
_WIDE: dict[str, Any] = {"lat": None, "lon": None, "precision": None, "source_id": None, "reason": "wide"}
_SMALL = "small town"  # among the places remembered
_LARGE_AREAS = ("country", "governorate", "region")
_ROAD_KM = 120.0  # between the ends of a road
_GREAT = 200_000  # people of a city that no «القرية» (the village) looks back at


class Resolver(Choice):
    """Turns raw finds into mentions; remembers places named before, for the words that look back."""

    def mentions(self, raws: list[Raw]) -> list[PlaceMention | None]:
        """Return the mentions of raw finds, in their order."""
        self._evidence = Evidence(self.words, self.types, raws, self.countries)
        out = []
        for self._at, raw in enumerate(raws):
            self._reason = None
            out.append(self.mention(raw))
        return out

    def mention(self, raw: Raw) -> PlaceMention | None:
        """Return the mention of a raw find; None for words that look back at nothing."""
        made: PlaceMention | None = getattr(self, f"_{raw.pattern}", self._name)(raw)
        if made is not None and made.lat is not None and made.level not in ("country", "region"):
            self._located = made
            if made.level == "town":
                self._keys.add(raw.key)
        if made is not None and (made.name is not None or raw.pattern == "head"):
            self._remember(raw, made)
        return made

    def _remember(self, raw: Raw, made: PlaceMention) -> None:
        """Note a place for the words that look back; an unknown one too, so that none looks past it."""
        if made.name is not None or (raw.head is not None and not raw.head.plural):
            self.last[made.level] = made
            if made.level == "town" and not any(r.population >= _GREAT for r in raw.rows):
                self.last[_SMALL] = made
        if raw.head is not None and not raw.head.plural:
            self.last[raw.head.gloss] = made

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

    _doubtful = _name

    def _head(self, raw: Raw) -> PlaceMention:
        head = raw.head
        level = raw.level or "town"
        if head is not None and head.level == "site":
            return self._site_named(raw)
        hand = head is not None and head.loose and self._by_hand(raw)
        row = self._choose(raw, raw.rows[0].level if hand else level)
        if level == "neighbourhood" and row is not None and row.level == "town" and not known(row):
            row = row if head is not None and head.plural else None  # no quarter is a village of its name
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
            area = row.level in AREA_LEVELS or (row.level == "governorate" and row.country == "SAU")
            level = row.level if area else level
        elif level == "region" and row is not None and row.level in ("governorate", "district"):
            level = row.level
        elif level == "site" and row is not None and row.level == "region":
            level = "region"
        elif level == "country" and row is not None:
            level = row.level
        country = {} if row or not self.countries else {"country": self._country(raw)}
        held = self._held(level) if row is None else {}
        return self._make(raw, row, level=level, **(country | self._shared(raw, row) | held))

    def _site_named(self, raw: Raw) -> PlaceMention:
        head = raw.head
        row = self._choose(raw, "town")
        if row is not None and raw.key not in self._keys and not self._gives_name(raw, row):
            row = None  # «شارع الثورة» (Revolution Street) is in no Thawra
        if row is not None and (row.level in ("site", "region") or (head is not None and head.part)):
            return self._make(raw, row, level=row.level)
        if row is None or head is None:
            return self._make(raw, None, level="site", country=self._country(raw))
        km = max(row.km or 0, _SITE_KM)
        if raw.other and row.level not in _LARGE_AREAS and (end := self._other_end(raw, row)) is not None:
            return self._between(raw, row, end, head.en)
        name = f"{row.name} {head.en}".strip()
        wide = _WIDE if row.level == "country" else {"precision": km}
        return self._make(raw, row, level="site", name=name, **wide)

    def _other_end(self, raw: Raw, row: PlaceRow) -> PlaceRow | None:
        """Return the other end of a road: the nearest namesake, not too far off."""
        ends = [r for r in raw.other if r.lat is not None and r.level not in _LARGE_AREAS]
        end = min(ends, key=lambda r: distance(r, row), default=None)
        return end if end is not None and row.lat is not None and distance(end, row) <= _ROAD_KM else None

    def _between(self, raw: Raw, row: PlaceRow, end: PlaceRow, noun: str) -> PlaceMention:
        """Return a road between two places: its middle, with half its length as radius."""
        lat = round(((row.lat or 0.0) + (end.lat or 0.0)) / 2, 3)
        lon = round(((row.lon or 0.0) + (end.lon or 0.0)) / 2, 3)
        km = max(_SITE_KM, round(distance(row, end) / 2, 1))
        name = f"{row.name}-{end.name} {noun}"
        where = {"lat": lat, "lon": lon, "precision": km, "source_id": f"{row.id}|{end.id}"}
        return self._make(raw, row, level="site", name=name, **where)

    def _gives_name(self, raw: Raw, row: PlaceRow) -> bool:
        """Say whether a site may be named after a town that the text has not named: «مطار حلب»."""
        if row.level in ("site", "region", "neighbourhood"):
            return True
        sure = self.gazetteer.sureness(raw.key)
        if raw.head is not None and raw.head.honours:
            return sure == PLAIN and (known(row) or " " in raw.key)
        return sure != EVERYDAY or row.hand

    def _site(self, raw: Raw) -> PlaceMention:
        row = self._choose(raw, "town")
        head = raw.head
        if row is None or head is None:
            where = {"country": self._country(raw)} | (self._held("site") if raw.key else {})
            return self._make(raw, None, level=raw.level or "site", **where)
        km, name = max(row.km or 0, _SITE_KM), f"{head.en}, {row.name}"
        wide = _WIDE if row.level == "country" else {"precision": km}
        return self._make(raw, row, level=raw.level or "site", name=name, **wide)

    def _countryside(self, raw: Raw) -> PlaceMention:
        row = self._choose(raw, "governorate")
        if row is None and not raw.key:
            row = self._look_back("governorate", "town")
        if row is None:
            return self._make(raw, None, level="region", country=self._country(raw))
        name = f"{row.name} countryside" + (f", {raw.way}" if raw.way else "")
        return self._make(raw, row, level="region", name=name, precision=max(row.km or 0, _SIDE_KM))

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
            before = self.last.get(_SMALL if head.small else head.level)
            if before is not None and head.generic and head.en not in (before.name or ""):
                before = None  # «المخيم» (the camp) is no town named before
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
