"""All incidents as columns in memory, for filters, counts, maps and pages.

Reading a hundred thousand rows for every click costs a database a second; the same columns as arrays answer any filter
in milliseconds, and are the same for both databases.  The index is immutable: `Index.changed` gives a new one with what
changed since (`incidents_load` reads that, found by its stamp), which shares with the old one what did not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnad.store.incidents_load import Changed

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Facets = Mapping[str, tuple[Ints, Ints]]

#: Columns of `incidents` that are kept; words become codes.
_WORDS = ("type", "grade", "status", "state", "place_key", "place_id", "country")
_FLOATS = ("lat", "lon", "precision")
_DAYS = ("day", "day_end", "reported_end")
_FLAGS = ("reviewed", "has_place")
COLUMNS = ("number", *_DAYS, *_WORDS, *_FLOATS, *_FLAGS)
#: "party" is derived: actors and recipients, each once an incident.
PARTY, _ROLES = "party", ("actor", "recipient")
FACETS = (*_ROLES, PARTY, "outlet", "dispute", "status")
NO_DAY = 0
_NUMBER_BITS = 40  # of a number that sorts by day, then number


class Vocabulary:
    """Words as small numbers; grows, never forgets.  0 is no word."""

    def __init__(self) -> None:
        self.words: list[str | None] = [None]
        self._codes: dict[str | None, int] = {None: 0}

    def codes(self, words: Sequence[str | None]) -> Ints:
        """Return the number of each word, giving new ones."""
        for word in sorted(word for word in set(words) if word is not None and word not in self._codes):
            self._codes[word] = len(self.words)
            self.words.append(word)
        return np.fromiter(map(self._codes.__getitem__, words), dtype=np.int64, count=len(words))

    def code(self, word: str) -> int:
        """Return the number of a word, -1 where it is unknown."""
        return self._codes.get(word, -1)


class Index:
    """The columns of all incidents, by number.

    `facets` are, for what an incident has several of, its positions and the codes of its values, side by side; `order`
    are positions, the newest day first.
    """

    def __init__(
        self,
        columns: Mapping[str, NDArray[Any]],
        ids: NDArray[np.object_],
        facets: Facets,
        words: Mapping[str, Vocabulary],
        generation: int,
        order: Ints | None = None,
    ) -> None:
        self.columns, self.ids, self.facets = columns, ids, facets
        self.words, self.generation = words, generation
        self.order: Ints = _newest_first(columns) if order is None else order

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def empty(cls) -> Index:
        """Return an index of nothing."""
        none: Ints = np.zeros(0, dtype=np.int64)
        columns: dict[str, NDArray[Any]] = dict.fromkeys(("number", *_DAYS, *_WORDS), none)
        columns |= {name: np.zeros(0) for name in _FLOATS} | {name: np.zeros(0, dtype=bool) for name in _FLAGS}
        words = {name: Vocabulary() for name in (*_WORDS, *_VOCABULARY.values())}
        return cls(columns, np.zeros(0, dtype=object), dict.fromkeys(FACETS, (none, none)), words, 0)

    def changed(self, rows: Changed) -> Index:
        """Return an index with what changed since this one."""
        fresh = _columns(rows.columns, self.words)
        known = self.columns["number"]
        at: Ints = np.searchsorted(known, fresh["number"])
        if rows.gone or at.max(initial=-1) >= len(known) or not np.array_equal(known[at], fresh["number"]):
            return self._rebuilt(fresh, rows)
        return self._patched(fresh, rows, at)

    def _patched(self, fresh: Mapping[str, NDArray[Any]], rows: Changed, at: Ints) -> Index:
        """Return an index of the same incidents, those at positions `at` other than before."""
        columns = {name: _with(old, at, fresh[name]) for name, old in self.columns.items()}
        away: Mask = np.zeros(len(self), dtype=bool)
        away[at] = True
        facets: dict[str, tuple[Ints, Ints]] = {}
        for name, (numbers, codes) in _facets(rows.facets, self.words).items():
            places: Ints = np.searchsorted(self.columns["number"], numbers)
            facets[name] = _other_values(self.facets[name], away, (places, codes))
        order = self.order if columns["day"] is self.columns["day"] else None
        return Index(columns, self.ids, facets, self.words, rows.generation, order)

    def _rebuilt(self, fresh: Mapping[str, NDArray[Any]], rows: Changed) -> Index:
        """Return an index of other incidents than before."""
        known = self.columns["number"]
        keep: Mask = ~np.isin(known, np.concatenate((np.array(rows.gone, dtype=np.int64), fresh["number"])))
        joined = {name: np.concatenate((old[keep], fresh[name])) for name, old in self.columns.items()}
        sorting = np.argsort(joined["number"], kind="stable")
        columns = {name: column[sorting] for name, column in joined.items()}
        ids = np.concatenate((self.ids[keep], np.array(rows.columns["id"], dtype=object)))[sorting]
        moved: Ints = np.searchsorted(columns["number"], known)  # wrong for what went, which is taken out below
        facets: dict[str, tuple[Ints, Ints]] = {}
        for name, (numbers, new) in _facets(rows.facets, self.words).items():
            places, codes = self.facets[name]
            stay = keep[places]
            fresh_places = np.searchsorted(columns["number"], numbers)
            joined_places = np.concatenate((moved[places[stay]], fresh_places))
            facets[name] = (joined_places, np.concatenate((codes[stay], new)))
        return Index(columns, ids, facets, self.words, rows.generation)


def _newest_first(columns: Mapping[str, NDArray[Any]]) -> Ints:
    order: Ints = np.argsort((columns["day"] << _NUMBER_BITS) + columns["number"])[::-1]
    return order


def _with(old: NDArray[Any], at: Ints, values: NDArray[Any]) -> NDArray[Any]:
    """Return a column with other values at some positions; the same array where nothing is other."""
    if np.array_equal(old[at], values, equal_nan=values.dtype.kind == "f"):
        return old
    new = old.copy()
    new[at] = values
    return new


def _other_values(old: tuple[Ints, Ints], away: Mask, new: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Return a facet in which the incidents in `away` have the values in `new`; the same one where they had them."""
    places, codes = old
    went = away[places]
    if _pairs(places[went], codes[went]) == _pairs(*new):
        return old
    stay = ~went
    return np.concatenate((places[stay], new[0])), np.concatenate((codes[stay], new[1]))


def _pairs(places: Ints, codes: Ints) -> set[tuple[int, int]]:
    return set(zip(places.tolist(), codes.tolist(), strict=True))


def _columns(given: Mapping[str, list[Any]], words: Mapping[str, Vocabulary]) -> dict[str, NDArray[Any]]:
    out: dict[str, NDArray[Any]] = {"number": np.array(given["number"], dtype=np.int64)}
    for name in _DAYS:
        known = {day: ordinal(day) for day in set(given[name])}
        out[name] = np.fromiter(map(known.__getitem__, given[name]), dtype=np.int64, count=len(given[name]))
    for name in _WORDS:
        out[name] = words[name].codes(given[name])
    for name in _FLOATS:
        out[name] = np.array(given[name], dtype=np.float64)  # None becomes nan
    for name in _FLAGS:
        out[name] = np.array(given[name], dtype=bool)
    return out


def ordinal(day: str | None) -> int:
    """Return a day as a number, `NO_DAY` for none."""
    try:
        return dt.date.fromisoformat(day[:10]).toordinal() if day else NO_DAY
    except ValueError:
        return NO_DAY


_VOCABULARY = {
    "actor": "party",
    "recipient": "party",
    "party": "party",
    "outlet": "outlet",
    "dispute": "dispute",
    "status": "member-status",
}


def _facets(given: Iterable[tuple[str, str, Ints]], words: Mapping[str, Vocabulary]) -> dict[str, tuple[Ints, Ints]]:
    """Return the numbers and codes of each facet."""
    found: dict[str, dict[str, list[Ints]]] = {name: {} for name in FACETS}
    for facet, value, numbers in given:
        found[facet].setdefault(value, []).append(numbers)
        if facet in _ROLES:
            found[PARTY].setdefault(value, []).append(numbers)
    return {name: _joined(values, words[_VOCABULARY[name]]) for name, values in found.items()}


def _joined(values: Mapping[str, list[Ints]], words: Vocabulary) -> tuple[Ints, Ints]:
    """Return numbers and codes side by side, each number once for a value."""
    codes = words.codes(list(values))
    numbers = [np.unique(np.concatenate(parts)) for parts in values.values()]
    many = [len(some) for some in numbers]
    none: Ints = np.zeros(0, dtype=np.int64)
    return np.concatenate((none, *numbers)), np.repeat(codes, many)


__all__ = ["COLUMNS", "NO_DAY", "PARTY", "Index", "Ints", "Mask", "ordinal"]
