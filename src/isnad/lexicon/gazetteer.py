"""The gazetteer: places by their Arabic names, with class, level, coordinates and precision.

Made of the two generated tables in `lexicon/data/places` (see `build_gazetteer`) and of the tables that a
user added to his own folder (see `gazetteer_tables`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from math import cos, hypot, radians
from pathlib import Path

import msgspec

from isnad.lexicon.gazetteer_data import DATA, EVERYDAY, PLAIN, UNSURE, PlaceRow, PlaceTable, key_of
from isnad.lexicon.gazetteer_keys import skeleton
from isnad.lexicon.placewords import load_place_words

_ARTICLE = "ال"  # the
_SAME_KM = 25.0  # two entries of one name and country nearer than this are one place
_SURVEYED_KM = 15.0  # how far a hand-written point may lie from the surveyed one
_DOMINATES = 8  # how many times the people make a namesake the one meant, all else equal


class Gazetteer:
    """Names to places.  Rows given later come first among namesakes of the same country."""

    def __init__(self, rows: Iterable[PlaceRow], *, nisba: dict[str, str], capitals: dict[str, str]) -> None:
        self._by_key: dict[str, list[PlaceRow]] = {}
        self._class: dict[str, str] = {}
        self._lengths: dict[str, int] = {}
        self._seconds: dict[str, set[str]] = {}
        self.nisba = nisba
        self.capitals = capitals
        for row in rows:
            for marked in row.keys.split("|"):
                self._add(marked[:-1], marked[-1], row)

    def _add(self, key: str, mark: str, row: PlaceRow) -> None:
        for spelling in spellings(key):
            known = self._by_key.get(spelling)
            if known is None:
                self._by_key[spelling] = [row]
                self._class[spelling] = mark
            elif row not in known:
                known.insert(0, row)
                self._class[spelling] = min(mark, self._class[spelling])
            first, _, rest = spelling.partition(" ")
            size = 1 + rest.count(" ") + (1 if rest else 0)
            if self._lengths.get(first, 0) < size:
                self._lengths[first] = size
            if rest:
                self._seconds.setdefault(first, set()).add(rest.partition(" ")[0])

    def longest(self, word: str) -> int:
        """Return how many words the longest name that begins with the folded `word` has; 0 when none does."""
        return self._lengths.get(word, 0)

    def seconds(self, word: str) -> Collection[str]:
        """Return the second words of the names that begin with the folded `word`."""
        return self._seconds.get(word, ())

    def named(self, key: str) -> list[PlaceRow]:
        """Return the places of a folded name; with the article added or cut when there is none as written."""
        return self._by_key.get(key, [])

    def near_name(self, key: str) -> list[PlaceRow]:
        """Return the places of a folded name, the article added or cut where none is named as written."""
        other = key[2:] if key.startswith(_ARTICLE) else _ARTICLE + key
        return self._by_key.get(key) or self._by_key.get(other, [])

    def sureness(self, key: str) -> str:
        """Return the class of a folded name: PLAIN, UNSURE or EVERYDAY."""
        return self._class.get(key, UNSURE)

    def country(self, code: str) -> PlaceRow | None:
        """Return the row of a country by ISO 3166 alpha-3."""
        return _countries(self).get(code)

    def everyday(self, keys: Iterable[str]) -> None:
        """Mark names that are everyday words: a place only after a head noun."""
        for key in keys:
            if key in self._class:
                self._class[key] = EVERYDAY

    def each(self) -> Iterable[PlaceRow]:
        """Yield every row, once for each of its spellings."""
        for rows in self._by_key.values():
            yield from rows


@cache
def _countries(gazetteer: Gazetteer) -> dict[str, PlaceRow]:
    return {row.country: row for row in gazetteer.each() if row.level == "country" and row.country}


def spellings(key: str) -> tuple[str, ...]:
    """Return a folded name and, where its first word is one that is written joined too, the other way."""
    for head, ways in load_place_words().joined.items():
        if not key.startswith(head):
            continue
        if key[len(head) :].startswith(" ") and len(key) > len(head) + 3:
            return key, key.replace(" ", "", 1)
        if ways == "both" and " " not in key and len(key) >= len(head) + 3:
            return key, f"{head} {key[len(head) :]}"
    return (key,)


def choose(rows: Sequence[PlaceRow], *, level: str | None, countries: dict[str, float]) -> PlaceRow | None:
    """Return the place meant among namesakes, or None when nothing decides.

    `level` is the level that the words ask for, `countries` how much the document speaks of each country.
    """
    fitting = [r for r in rows if r.level == level] if level else []
    pool: Sequence[PlaceRow] = fitting or rows
    if len(pool) == 1 and (
        countries.get(pool[0].country or "", 0) > 0 or pool[0].population >= 10_000 or not countries
    ):
        return pool[0]
    best = max((countries.get(r.country or "", 0.0) for r in pool), default=0.0)
    if best > 0:
        pool = [r for r in pool if countries.get(r.country or "", 0.0) >= best]
    elif len(pool) == 1:
        return pool[0]
    return _settle(pool)


def _settle(pool: Sequence[PlaceRow]) -> PlaceRow | None:
    first = pool[0]
    if first.hand and all(r.country == first.country for r in pool):
        return first
    ranked = sorted(pool, key=lambda r: -r.population)
    first = ranked[0]
    rivals = [r for r in ranked[1:] if distance(first, r) > _SAME_KM or r.country != first.country]
    if not rivals or first.population >= _DOMINATES * max(1, rivals[0].population):
        return first
    return None


def distance(one: PlaceRow, other: PlaceRow) -> float:
    """Return kilometres between two places; 0 where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    north = 111.2 * (one.lat - other.lat)
    return hypot(north, 111.2 * (one.lon - other.lon) * cos(radians(one.lat)))


def is_same(one: PlaceRow, other: PlaceRow) -> bool:
    """Say whether two rows of one name are one place: of the same country, and near each other."""
    return one.country == other.country and distance(one, other) <= _SAME_KM


def read_table(path: Path) -> PlaceTable:
    """Return a generated table."""
    return msgspec.json.decode(path.read_bytes(), type=PlaceTable)


def load_gazetteer(user_dir: Path | None = None) -> Gazetteer:
    """Return the embedded gazetteer with the tables that the user added to `user_dir` (JSON files there)."""
    world, hand = read_table(DATA / "world.json"), read_table(DATA / "hand.json")
    added = sorted(user_dir.glob("places-*.json")) if user_dir is not None and user_dir.is_dir() else []
    own = [row for path in added for row in read_table(path).rows]
    rows = [*world.rows, *own, *(_surveyed(hand.rows, own) if own else hand.rows)]
    gazetteer = Gazetteer(rows, nisba=hand.nisba, capitals=hand.capitals)
    gazetteer.everyday(hand.everyday)
    return gazetteer


def _surveyed(hand: Iterable[PlaceRow], own: Iterable[PlaceRow]) -> Iterable[PlaceRow]:
    """Yield the hand-written rows, towns at the point of the one near row of their name in the user's tables.

    A table such as OCHA's is surveyed; the hand-written points are rounded, and some lie kilometres off.  Where none
    has the name as written, a row of its skeleton will do.
    """
    towns: dict[str, list[PlaceRow]] = {}
    bones: dict[str | None, list[PlaceRow]] = {}
    for row in own:
        if row.level == "town":
            for key in row.keys.split("|"):
                towns.setdefault(key[:-1], []).append(row)
                bones.setdefault(skeleton(key[:-1]), []).append(row)
    bones.pop(None, None)
    for row in hand:
        if row.level == "town" and row.lat is not None:
            names = [key[:-1] for key in row.keys.split("|")]
            near = _points(row, (r for name in names for s in spellings(name) for r in towns.get(s, ())))
            near = near or _points(row, (r for name in names for r in bones.get(skeleton(name), ())))
            if len(near) == 1:
                ((lat, lon),) = near
                row = msgspec.structs.replace(row, lat=lat, lon=lon)
        yield row


def _points(row: PlaceRow, others: Iterable[PlaceRow]) -> set[tuple[float | None, float | None]]:
    """Return where those of `others` lie that may be the place of `row`."""
    return {(r.lat, r.lon) for r in others if r.country == row.country and distance(row, r) <= _SURVEYED_KM}


__all__ = [
    "EVERYDAY",
    "PLAIN",
    "UNSURE",
    "Gazetteer",
    "PlaceRow",
    "choose",
    "distance",
    "is_same",
    "key_of",
    "load_gazetteer",
]
