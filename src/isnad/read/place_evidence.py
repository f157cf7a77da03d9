"""Which namesake a text means: the places around a name, weighed by how near they stand and how surely known.

First the places are gathered that can be only one (`Evidence`); then each namesake of a doubtful name is
weighed by the wider place that its phrase names («قرية X بريف إدلب»), the sure places of its sentence and of
the article, the countries spoken of, and how well known it is.  Where two far apart weigh the same, or the
only one lies elsewhere than the text says, none is taken: a wrong point is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log10

import msgspec

from isnad.lexicon.gazetteer import distance
from isnad.lexicon.gazetteer_data import PlaceRow
from isnad.read.place_records import Raw
from isnad.read.place_types import PlaceTypes
from isnad.text import Words

_ARTICLE = "ال"  # the
_AREAS = ("governorate", "district", "region")
_WIDE = ("country", "none")
_SIDES = ("countryside", "way")
_ONE_PLACE_KM = 25.0  # rows nearer than this, beyond what their radii explain, are one place
_ENTRY_KM = 6.0  # rows nearer than this are one entry
_KNOWN = 10_000  # people from which a place is sure without support
_GREAT, _LARGE = 200_000, 100_000  # people of a great city, that no village is; of one known everywhere
_SEVERAL = 3  # sure places that tell where a text is about
_GAP = 4  # words between a name and the place that holds it
_INSIDE_KM, _RANGE_KM, _FAR_KM = 20.0, 60.0, 150.0  # at most, within a division; how far nearness reaches; elsewhere
_ACROSS_KM = 40.0  # at least, from the governorate that is named to a place that the tables put into another
_MARGIN = 0.8  # by how much the best namesake must lead
_SHIFT = 0.3  # degrees from the middle of a governorate to the middle of its side
_WAYS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}
_SAME = 6  # namings of one name looked at for the place that holds it
_MOST = 60  # sure places looked at in one article

AMBIGUOUS, FAR = "ambiguous", "far"


class Anchor(msgspec.Struct, frozen=True):
    """A place that can be only one, where it is named, and how much it says."""

    first: int
    sentence: int
    row: PlaceRow
    weight: float
    names: frozenset[str]


class Evidence:
    """The sure places and the countries of one article."""

    def __init__(self, words: Words, types: PlaceTypes, raws: Sequence[Raw], countries: dict[str, float]) -> None:
        self.words = words
        self.types = types
        self.raws = raws
        self.countries = countries
        self._most = max(countries.values(), default=0.0)
        self._own: dict[str, tuple[str | None, int]] = {}  # the country that a name spoke for, and how often
        self._made: dict[tuple[object, ...], tuple[PlaceRow, float, frozenset[str]] | None] = {}
        self._anchors: list[Anchor] | None = None
        self._by_sentence: dict[int, list[Anchor]] = {}
        self._often: dict[tuple[str, float | None], tuple[Anchor, int]] = {}  # one of each place, times named
        self._shares: dict[tuple[str, str], float] = {}
        self._by_key: dict[str, list[int]] = {}
        for n, raw in enumerate(raws):
            if raw.key:
                self._by_key.setdefault(raw.key, []).append(n)

    def spoken(self, key: str, row: PlaceRow) -> float:
        """Return how much the text speaks of the country of a row, but for the name itself."""
        own = self._own.get(key)
        if own is None:
            same = self._by_key.get(key, [])
            lands = {r.country for n in same[:1] for r in self.raws[n].rows}
            own = self._own[key] = (lands.pop(), len(same)) if len(lands) == 1 else (None, 0)
        said = self.countries.get(row.country or "", 0.0)
        return said - own[1] if own[0] == row.country else said

    @property
    def anchors(self) -> list[Anchor]:
        """The places that can be only one, in order."""
        if self._anchors is None:
            found = [a for raw in self.raws if raw.rows and (a := self._anchor(raw)) is not None]
            self._anchors = found[:_MOST]
            for anchor in self._anchors:
                self._by_sentence.setdefault(anchor.sentence, []).append(anchor)
                place = (anchor.row.id, anchor.row.lat)
                self._often[place] = (anchor, self._often.get(place, (anchor, 0))[1] + 1)
        return self._anchors

    def _anchor(self, raw: Raw) -> Anchor | None:
        kind = raw.key, raw.pattern in _SIDES, raw.level, raw.way, raw.codes, raw.cued
        if kind not in self._made:
            self._made[kind] = self._sure(raw)
        made = self._made[kind]
        return Anchor(raw.first, self.words.sentence_of[raw.first], *made) if made is not None else None

    def _sure(self, raw: Raw) -> tuple[PlaceRow, float, frozenset[str]] | None:
        """Return the one row that a raw find can be, its weight, and its names."""
        pool = self._pool(raw)
        if not pool or pool[0].lat is None or not one_place(pool):
            return None
        row = pool[0]
        well_known = known(row)
        if not well_known and self.spoken(raw.key, row) <= 0 and len(self.countries) > 1:
            return None
        weight = 1.0 if well_known else 0.6 if raw.cued else 0.3
        return _side(row, raw.way), weight, frozenset((raw.key, *(key[:-1] for key in row.keys.split("|"))))

    def _pool(self, raw: Raw) -> Sequence[PlaceRow]:
        bare = raw.level is None and raw.key in self.types.tables.governorates
        wide = bare or raw.pattern in _SIDES
        level = "governorate" if wide else raw.level or "town"
        rows = [r for r in raw.rows if r.level == level] or [r for r in raw.rows if r.level not in _WIDE]
        if len(rows) > 1 and raw.codes:
            rows = [r for r in rows if r.country in raw.codes] or rows
        if len(rows) > 1 and self._most:
            rows = [r for r in rows if self.countries.get(r.country or "", 0.0) * 4 >= self._most] or rows
        return [r for r in rows if r.hand] or rows

    def holder(self, n: int) -> Anchor | None:
        """Return the place that holds raw find n by the words beside it, or beside the same name elsewhere."""
        for m in (n, *self._by_key.get(self.raws[n].key, ())[:_SAME]):
            if (found := self.beside(m)) is not None:
                return found
        return None

    def beside(self, n: int) -> Anchor | None:
        """Return the place that the words beside raw find n name as holding it: «بريف X», «التابعة لX»."""
        raw = self.raws[n]
        end = raw.last
        for step in range(1, 3):
            if n + step >= len(self.raws):
                break
            other = self.raws[n + step]
            if other.first < end:
                continue
            if other.first - end > _GAP or not self._belongs(end, other):
                break
            made = self._anchor(other) if other.rows else None
            if made is not None and made.row.level != "country":
                return made
            end = other.last
        if n and self.raws[n - 1].last + 2 >= raw.first and self.raws[n - 1].pattern in _SIDES:
            before = self.raws[n - 1]
            if before.rows and self.words.sentence_of[before.first] == self.words.sentence_of[raw.first]:
                return self._anchor(before)
        return None

    def _belongs(self, end: int, other: Raw) -> bool:
        """Say whether the words from `end` on bring the wider place `other`."""
        words, t = self.words, self.types.tables
        if words.sentence_of[end - 1] != words.sentence_of[other.first]:
            return False
        gap = words.key[end : other.first]
        odd = [k for k in gap if not (k in t.belonging or k in t.edges or k in t.heads or k in "()\"'«»“”#")]
        if len(odd) > 1 or not all(key.startswith(_ARTICLE) for key in odd):
            return False  # one word may be the rest of the name: «مخيم كويت الرحمة بريف عفرين»
        linked = other.cut[-1:] in t.clitics and other.cut[-1:] != ""
        return linked or any(k in t.belonging for k in gap) or other.pattern in _SIDES

    def choose(self, n: int, rows: Sequence[PlaceRow], *, near: PlaceRow | None) -> tuple[PlaceRow | None, str | None]:
        """Return the row meant by raw find n among `rows`, or None and why none is.

        `near` is the place named last, which counts where nothing surer stands in the article.
        """
        holder = self.holder(n)
        if len(rows) == 1:
            return (None, FAR) if self._elsewhere(n, rows[0], holder) else (rows[0], None)
        if self._most:
            key = self.raws[n].key
            rows = [r for r in rows if r.hand or r.population >= _GREAT or self.spoken(key, r) > 0] or rows
        scored = sorted(((self._score(n, r, holder, near), -i) for i, r in enumerate(rows)), reverse=True)
        best = rows[-scored[0][1]]
        rival = next((s for s, i in scored[1:] if not one_place((best, rows[-i]))), None)
        if rival is not None and scored[0][0] - rival < _MARGIN:
            return None, AMBIGUOUS
        if self._elsewhere(n, best, holder):
            return None, FAR
        return next(r for r in rows if r.level == best.level and _same(r, best)), None

    def _elsewhere(self, n: int, row: PlaceRow, holder: Anchor | None) -> bool:
        """Say whether the text speaks of places too far from a place that is not known by itself."""
        raw = self.raws[n]
        small = raw.head is not None and raw.head.small
        if row.lat is None or row.level in ("governorate", "region", "country"):
            return False
        if not small and famous(row) and (row.population >= _LARGE or row.level != "neighbourhood"):
            return False
        if holder is not None and (not row.hand or row.level == "neighbourhood"):
            return away(row, holder) > _FAR_KM
        spoken = self.spoken(raw.key, row)
        if spoken >= self._most / 2 or self._most < 2:
            return False
        others = [anchor for anchor, _ in self._places() if raw.key not in anchor.names]
        if any(distance(row, anchor.row) < _FAR_KM for anchor in others):
            return False
        return spoken <= 0 or len(others) >= _SEVERAL

    def _places(self) -> Iterable[tuple[Anchor, int]]:
        """Return one anchor of each sure place, and how often it is named."""
        return self._often.values() if self.anchors else ()

    def _score(self, n: int, row: PlaceRow, holder: Anchor | None, near: PlaceRow | None) -> float:
        raw = self.raws[n]
        score = max(0.0, min(2.5, log10(row.population + 1) - 3.5))
        if row.hand and row.level != "neighbourhood":
            score += 1.2
        if raw.head is not None and raw.head.small and row.population >= _GREAT:
            score -= 3.0
        if self._most:
            share = self.spoken(raw.key, row) / self._most
            score += 2.0 * share if share > 0 else -2.0
        if row.lat is None:
            return score
        if holder is not None:
            score += 4.0 * closeness(away(row, holder)) - 3.0
        return score + self._around(raw, row, near)

    def _around(self, raw: Raw, row: PlaceRow, near: PlaceRow | None) -> float:
        """Weigh the sure places of the sentence and its neighbours, of the article, and the one named last."""
        here, article = self.words.sentence_of[raw.first], self._article(raw.key, row)
        most = 0.0
        for sentence in (here, here - 1, here + 1):
            for anchor in self._by_sentence.get(sentence, ()):
                if raw.key not in anchor.names:
                    close = anchor.weight * closeness(away(row, anchor))
                    most = max(most, close if sentence == here else close * 0.7)
        beside = closeness(distance(row, near)) if near is not None and near.lat is not None else 0.0
        return 1.5 * article + 1.5 * most + 0.5 * beside

    def _article(self, key: str, row: PlaceRow) -> float:
        """Return the share of the article's sure places that lie near a row."""
        known_share = self._shares.get((key, row.id))
        if known_share is None:
            total, weights = 0.0, 0.5
            for anchor, times in self._places():
                if key not in anchor.names:
                    total += times * anchor.weight * closeness(away(row, anchor))
                    weights += times * anchor.weight
            known_share = self._shares[key, row.id] = total / weights
        return known_share


def known(row: PlaceRow) -> bool:
    """Say whether a place is known by itself: listed by hand, or with people enough."""
    return row.hand or row.population >= _KNOWN


def famous(row: PlaceRow) -> bool:
    """Say whether a place needs no support by the text: listed by hand, or a city."""
    return row.hand or row.population >= _LARGE


def one_place(rows: Sequence[PlaceRow]) -> bool:
    """Say whether rows are entries of one place: a town, its district, its governorate."""
    first = rows[0]
    return all(distance(first, r) <= _apart(first, r) for r in rows[1:])


def _same(one: PlaceRow, other: PlaceRow) -> bool:
    """Say whether two rows of a level are one entry from two tables: the first stands for both."""
    return one == other or (None not in (one.lat, other.lat) and distance(one, other) <= _ENTRY_KM)


def _apart(one: PlaceRow, other: PlaceRow) -> float:
    """Return how far two rows of one place may be from each other."""
    if one.country != other.country:  # one city in the lists of two countries: Jerusalem
        return _ENTRY_KM if None not in (one.lat, other.lat) else -1.0
    areas = [r.km or 0.0 for r in (one, other) if r.level in _AREAS]
    return max(areas, default=0.0) + _ONE_PLACE_KM


def away(row: PlaceRow, anchor: Anchor) -> float:
    """Return kilometres from a place to an anchor: few inside it, more in another governorate by the tables."""
    holder = anchor.row
    division = row.within and holder.level in ("governorate", "district")
    if division and not anchor.names.isdisjoint(row.within.split("|")):
        return min(distance(row, holder), _INSIDE_KM)
    km = distance(row, holder)
    if holder.level not in _AREAS:
        return km
    across = division and holder.level == "governorate" and holder.country == row.country
    return max(_ACROSS_KM if across else 0.0, km - (holder.km or 0.0))


def closeness(km: float) -> float:
    """Return how much nearness says: 1 at the place, 0.6 at 30 km, next to nothing elsewhere."""
    return exp(-km / _RANGE_KM) if km < 2 * _FAR_KM else 0.0


def _side(row: PlaceRow, way: str) -> PlaceRow:
    """Return the row moved to the side of the governorate that is meant: «ريف حلب الشمالي»."""
    if not way or row.level not in _AREAS or row.lat is None or row.lon is None:
        return row
    shifts = [shift for name, shift in _WAYS.items() if name in way]
    north, east = (sum(s[i] for s in shifts) * _SHIFT for i in (0, 1))
    return msgspec.structs.replace(row, lat=row.lat + north, lon=row.lon + east)
