"""Places as points with a radius, and how two of them agree."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import cos, hypot, radians

import msgspec

from isnad.model import Place
from isnad.text import fold
from isnad.weigh.wording import stems, weight

#: Levels that name a spot on the ground; the others are areas.
_FINE = frozenset({"site", "neighbourhood", "town"})
_RANK = {"site": 0, "neighbourhood": 1, "town": 2, "district": 3, "region": 4, "governorate": 5, "country": 6}
_PRECISE_KM = 9.0  # the radius within which a report of a town places it
_DEFAULT_KM = {"site": 2.0, "neighbourhood": 3.0, "town": 5.0, "district": 25.0}
_AREA_KM = 60.0
_OFTEN = 3  # one in so many mentions of a row of the gazetteer
_TELLING = 2.5  # weight from which on a word of a name tells it
#: Kilometres between two precise spots from which on they are two places, beyond what their radii explain.
APART_KM = 6.0


class Spot(msgspec.Struct, frozen=True):
    """A point and the radius in km within which the report places it; `id` is the gazetteer's or the folded name.

    `words` are the stems of the name without the noun that tells its kind (town of, village of).
    """

    id: str
    lat: float
    lon: float
    km: float
    level: str
    country: str | None
    words: tuple[str, ...] = ()

    @property
    def precise(self) -> bool:
        """Whether it names one town or a place within it."""
        return self.level in _FINE and self.km <= _PRECISE_KM


#: What tells a spot from others: a town and the country around it may be of one row of the gazetteer.
Where = tuple[str, str, float]


def where_of(spot: Spot) -> Where:
    """Return the id, level and radius of a spot."""
    return spot.id, spot.level, spot.km


def spot_of(place: Place | None) -> Spot | None:
    """Return the point of a place; None without coordinates, or where it is a whole country."""
    if place is None or place.lat is None or place.lon is None or place.level == "country":
        return None
    level = place.level or "region"
    km = place.precision if place.precision is not None else _DEFAULT_KM.get(level, _AREA_KM)
    return Spot(place.source_id or fold(place.text), place.lat, place.lon, km, level, place.country, _name(place.text))


@lru_cache(maxsize=65536)
def _name(text: str) -> tuple[str, ...]:
    """Return the last stems of a name that are rare enough to tell it from others."""
    return tuple(w for w in stems(text) if w and weight(w) >= _TELLING)[-2:]


def finest(spots: list[Spot]) -> tuple[Spot, ...]:
    """Return the spots once each, the finest level first, of these the one most often given.

    Of a town, its countryside and a site in it, which have one id, the finest that a third of them are stands for all.
    """
    if len(spots) < 2:
        return tuple(spots)
    counts = Counter(map(where_of, spots))
    rows = Counter(spot.id for spot in spots)
    once: dict[str, Spot] = {}
    for spot in sorted(spots, key=lambda s: (-_RANK.get(s.level, 9), counts[where_of(s)], -s.km)):
        if spot.id not in once or _OFTEN * counts[where_of(spot)] >= rows[spot.id]:
            once[spot.id] = spot
    return tuple(sorted(once.values(), key=lambda s: (_RANK.get(s.level, 9), -rows[s.id], s.km, s.id)))


def distance(one: Spot, two: Spot) -> float:
    """Return kilometres between two spots."""
    north = 111.2 * (one.lat - two.lat)
    return hypot(north, 111.2 * (one.lon - two.lon) * cos(radians(one.lat)))


def relation(ones: tuple[Spot, ...], twos: tuple[Spot, ...]) -> tuple[str, float | None]:
    """Return how the places of two tellings agree, by the pair of spots that agrees best, and their distance in km.

    same | close (within their radii) | near (next towns) | apart (two precise different towns) | inside (an area
    that holds the other) | outside | areas (the same area) | unknown.
    """
    if not ones or not twos:
        return "unknown", None
    found = [_of(a, b) for a in ones for b in twos]
    return min(found, key=lambda r: (_ORDER.index(r[0]), r[1]))


_ORDER = ("same", "close", "near", "areas", "inside", "outside", "apart")


def _of(one: Spot, two: Spot) -> tuple[str, float]:
    km = distance(one, two)
    if one.precise and two.precise:
        if one.id == two.id or km < 0.8:
            return "same", km
        if km <= max(one.km, two.km):
            return "close", km
        return ("near" if km <= one.km + two.km + APART_KM else "apart"), km
    if one.id == two.id:
        return "areas", km
    reach = one.km + two.km
    return ("inside" if km <= reach else "outside"), km


__all__ = ["APART_KM", "Spot", "Where", "distance", "finest", "relation", "spot_of", "where_of"]
