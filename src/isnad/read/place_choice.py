"""What is known while the places of one text are settled: which row a name means, what was named before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnad.lexicon.gazetteer import EVERYDAY, choose
from isnad.lexicon.gazetteer_data import PlaceRow
from isnad.lexicon.gazetteer_like import alike
from isnad.read.mentions import PlaceMention
from isnad.read.place_evidence import FAR, Evidence, famous, one_place
from isnad.read.place_records import UNKNOWN, Raw
from isnad.read.place_types import PlaceTypes
from isnad.text import Words

#: What «منطقة X» (area of X) may be by its entry.
AREA_LEVELS = ("neighbourhood", "region", "district", "site")
_ABOUT = 1.5  # how much more than of any other a text speaks of the country it is about
_HELD = ("town", "neighbourhood", "site")  # levels that may lie in a town or district
_QUARTER_KM, _VILLAGE_KM = 5.0, 20.0  # radius of a quarter and of a village known only by the town that holds it


class Choice:
    """Chooses rows and makes mentions; remembers places named before, for the words that look back."""

    def __init__(self, words: Words, types: PlaceTypes, countries: dict[str, float]) -> None:
        self.words = words
        self.types = types
        self.gazetteer = types.gazetteer
        self.countries = countries
        self.last: dict[str, PlaceMention] = {}
        self._located: PlaceMention | None = None
        self._keys: set[str] = set()  # names of towns met so far
        self._evidence: Evidence
        self._chosen: dict[tuple[str, str | None, bool], PlaceRow] = {}  # one text means one place by a name
        self._at = 0  # the raw find at hand
        self._reason: str | None = None

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
        elif raw.rows and self._reason is not None:
            fields["reason"] = self._reason
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
        if raw.codes:
            return choose(raw.rows, level=level, countries=dict.fromkeys(raw.codes, 1000.0))
        rows = raw.rows if raw.head is not None else _bare_rows(raw)
        pool = [r for r in rows if r.level == level] or rows
        first = pool[0]
        sure = famous(first) and (len(pool) == 1 or one_place(pool)) and self._spoken(raw, first)
        most = max(self._said(raw, r) for r in pool) if sure else 0.0
        listed = next((r for r in pool if r.hand and 2 * self._said(raw, r) >= most), None) if sure else None
        if listed is not None:
            return listed
        if sure or first.level == "country":
            return choose(rows, level=level, countries=self.countries)
        near = None
        if (m := self._located) is not None:
            near = PlaceRow("", "", m.country, m.level, m.lat, m.lon, None, 0, "")
        named = raw.key, level, raw.head is None
        row = self._chosen.get(named)
        if row is None or self._evidence.beside(self._at) is not None:
            row, self._reason = self._evidence.choose(self._at, pool, near=near)
            if row is None and (others := self._spelled_otherwise(raw, level, pool)):
                row, _ = self._evidence.choose(self._at, others, near=near)
                self._reason = None if row is not None else self._reason
            if row is not None:
                self._chosen[named] = row
        return row

    def _spelled_otherwise(self, raw: Raw, level: str | None, pool: Sequence[PlaceRow]) -> list[PlaceRow]:
        """Return all rows of a name however it is spelled, where a head noun brings it and a wider place holds it."""
        if raw.head is None or level not in _HELD or self._evidence.holder(self._at) is None:
            return []
        rows = [r for r in alike(self.gazetteer, raw.key) if r.level == level]
        return rows if len(rows) > len(pool) else []

    def _said(self, raw: Raw, row: PlaceRow) -> float:
        return self._evidence.spoken(raw.key, row)

    def _spoken(self, raw: Raw, row: PlaceRow) -> bool:
        return not self.countries or self._said(raw, row) > 0

    def _by_hand(self, raw: Raw) -> bool:
        """Say whether a hand-written row, which comes first, settles that the bare name is no town."""
        rows = raw.rows if raw.head is not None else _bare_rows(raw)
        return bool(rows) and rows[0].hand and rows[0].level in AREA_LEVELS

    def _shared(self, raw: Raw, row: PlaceRow | None) -> dict[str, Any]:
        """What namesakes have in common where none could be chosen: the name."""
        if row is not None or not raw.rows or self._reason == FAR:
            return {}
        names = {r.name for r in raw.rows}
        return {"name": names.pop() if len(names) == 1 else raw.rows[0].name}

    def _held(self, level: str) -> dict[str, Any]:
        """Where a town or quarter lies that has no point of its own: in the town or district that holds it."""
        holder = self._evidence.holder(self._at) if level in _HELD else None
        if holder is None or holder.row.level not in ("town", "district") or holder.row.lat is None:
            return {}
        row = holder.row
        km = _QUARTER_KM if level == "neighbourhood" else _VILLAGE_KM
        where = {"lat": row.lat, "lon": row.lon, "precision": max(row.km or 0.0, km)}
        return {"name": None, "country": row.country, **where}

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

    def _look_back(self, *levels: str) -> PlaceRow | None:
        for level in levels:
            m = self.last.get(level)
            if m is not None and m.source_id is not None:
                return PlaceRow("", m.name or "", m.country, level, m.lat, m.lon, m.precision, 0, m.source_id)
        return None


def _bare_rows(raw: Raw) -> tuple[PlaceRow, ...]:
    """Return the namesakes that a bare name may mean: not those to which it is an everyday word."""
    marked = raw.key + EVERYDAY
    rows = (
        tuple(r for r in raw.rows if marked not in r.keys.split("|") or (r.hand and r.level == "town"))
        if len(raw.rows) > 1
        else ()
    )
    return rows or raw.rows


def cut_length(words: Words, raw: Raw) -> int:
    """Return how many code points of the first written word are conjunctions to leave out (و, ف)."""
    word = words.types[raw.first].surface
    return 1 if raw.cut[:1] in ("و", "ف") and word[:1] == raw.cut[:1] and len(word) > 3 else 0
