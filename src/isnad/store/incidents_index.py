"""All incidents as columns in memory, for filters, counts, maps and pages.

Reading a hundred thousand rows for every click costs a database a second; the same columns as arrays answer any filter
in milliseconds, and are the same for both databases.  The index is immutable: `Index.changed` gives a new one with the
rows that changed since, found by their stamp.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: Columns of `incidents` that are kept, in the order in which they are read; words become codes.
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
_PART, _FEW = 20_000, 2_000  # incidents that are read at once: by a stretch of numbers, and named


class Vocabulary:
    """Words as small numbers; grows, never forgets.  0 is no word."""

    def __init__(self) -> None:
        self.words: list[str | None] = [None]
        self._codes: dict[str | None, int] = {None: 0}

    def codes(self, words: Iterable[str | None]) -> Ints:
        """Return the number of each word, giving new ones."""
        known, out = self._codes, []
        for word in words:
            code = known.get(word)
            if code is None:
                code = known[word] = len(self.words)
                self.words.append(word)
            out.append(code)
        return np.array(out, dtype=np.int64)

    def code(self, word: str) -> int:
        """Return the number of a word, -1 where it is unknown."""
        return self._codes.get(word, -1)


class Index:
    """The columns of all incidents, by number.  `order` are positions, the newest day first."""

    def __init__(
        self,
        columns: Mapping[str, NDArray[Any]],
        ids: NDArray[np.object_],
        facets: Mapping[str, tuple[Ints, Ints]],
        words: Mapping[str, Vocabulary],
        generation: int,
    ) -> None:
        self.columns, self.ids, self.words, self.generation = columns, ids, words, generation
        self.facet_numbers = facets
        number = columns["number"]
        place: Ints = np.zeros(int(number[-1]) + 1 if len(number) else 1, dtype=np.int64)
        place[number] = np.arange(len(number))
        self.facets = {name: (place[rows], codes) for name, (rows, codes) in facets.items()}
        self.order: Ints = np.argsort((columns["day"] << _NUMBER_BITS) + number)[::-1]

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def empty(cls) -> Index:
        """Return an index of nothing."""
        none: Ints = np.zeros(0, dtype=np.int64)
        columns: dict[str, NDArray[Any]] = dict.fromkeys(("number", *_DAYS, *_WORDS), none)
        columns |= {name: np.zeros(0) for name in _FLOATS} | {name: np.zeros(0, dtype=bool) for name in _FLAGS}
        words = {name: Vocabulary() for name in (*_WORDS, "party", "outlet", "dispute", "member-status")}
        return cls(columns, np.zeros(0, dtype=object), dict.fromkeys(FACETS, (none, none)), words, 0)

    def changed(self, rows: Changed) -> Index:
        """Return an index with what changed since this one."""
        if not rows.incidents and not rows.gone:
            return Index(self.columns, self.ids, self.facet_numbers, self.words, rows.generation)
        fresh = _columns(rows.incidents, self.words)
        away = np.array(sorted({*rows.gone, *fresh["number"].tolist()}), dtype=np.int64)
        keep = ~_among(self.columns["number"], away)
        columns = {name: np.concatenate((old[keep], fresh[name])) for name, old in self.columns.items()}
        order = np.argsort(columns["number"], kind="stable")
        ids = np.concatenate((self.ids[keep], np.array([row[1] for row in rows.incidents], dtype=object)))[order]
        facets = {}
        given = _facets(rows.facets, self.words)
        for name, (numbers, codes) in self.facet_numbers.items():
            stay = ~_among(numbers, away)
            new_numbers, new_codes = given[name]
            facets[name] = (np.concatenate((numbers[stay], new_numbers)), np.concatenate((codes[stay], new_codes)))
        columns = {name: column[order] for name, column in columns.items()}
        return Index(columns, ids, facets, self.words, rows.generation)


def _among(numbers: Ints, few: Ints) -> Mask:
    """Return which of `numbers` are among `few`."""
    most = max(int(numbers.max(initial=0)), int(few.max(initial=0)))
    flags: Mask = np.zeros(most + 1, dtype=bool)
    flags[few] = True
    found: Mask = flags[numbers]
    return found


class Changed(msgspec.Struct, frozen=True):
    """Rows that are new or other: of incidents (number, id, ...COLUMNS), of facets, and numbers that are gone."""

    generation: int
    incidents: list[Sequence[Any]]
    facets: list[Sequence[Any]]
    gone: list[int]


def _columns(rows: list[Sequence[Any]], words: Mapping[str, Vocabulary]) -> dict[str, NDArray[Any]]:
    by_name = dict(zip(("number", "id", *COLUMNS[1:]), zip(*rows, strict=True), strict=True)) if rows else {}
    out: dict[str, NDArray[Any]] = {"number": np.array(by_name.get("number", ()), dtype=np.int64)}
    days: dict[str | None, int] = {}
    for name in _DAYS:
        out[name] = np.array([_ordinal(day, days) for day in by_name.get(name, ())], dtype=np.int64)
    for name in _WORDS:
        out[name] = words[name].codes(by_name.get(name, ()))
    for name in _FLOATS:
        out[name] = np.array([np.nan if v is None else v for v in by_name.get(name, ())], dtype=np.float64)
    for name in _FLAGS:
        out[name] = np.array(by_name.get(name, ()), dtype=bool)
    return out


def _ordinal(day: str | None, known: dict[str | None, int]) -> int:
    if day not in known:
        known[day] = ordinal(day)
    return known[day]


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


def _facets(rows: list[Sequence[Any]], words: Mapping[str, Vocabulary]) -> dict[str, tuple[Ints, Ints]]:
    given: dict[str, tuple[list[int], list[str]]] = {name: ([], []) for name in FACETS}
    parties: dict[tuple[int, str], None] = {}
    for number, facet, value in rows:
        given[facet][0].append(number)
        given[facet][1].append(value)
        if facet in _ROLES:
            parties[number, value] = None
    given[PARTY] = ([number for number, _ in parties], [party for _, party in parties])
    return {
        name: (np.array(numbers, dtype=np.int64), words[_VOCABULARY[name]].codes(values))
        for name, (numbers, values) in given.items()
    }


def changes_since(connection: Connection, generation: int, now: int) -> Changed:
    """Return what changed in the incidents after `generation`; `now` is the one that holds."""
    columns = ", ".join(f"i.{name}" for name in COLUMNS[1:])
    incidents = f"SELECT i.number, d.id, {columns} FROM incidents i JOIN incident_ids d ON d.number = i.number"
    facets = "SELECT i.incident, i.facet, i.value FROM incident_facets i"
    if generation == 0:
        return Changed(now, _all(connection, incidents, "number"), _all(connection, facets, "incident"), [])
    since = {"since": generation}
    numbers = connection.execute(text("SELECT number FROM incidents WHERE stamp > :since"), since).scalars().all()
    gone = connection.execute(text("SELECT number FROM incident_ids WHERE stamp > :since AND NOT live"), since)
    fresh: list[Sequence[Any]] = []
    values: list[Sequence[Any]] = []
    for start in range(0, len(numbers), _FEW):  # named one by one: a planner takes what is newest for a third of all
        some = ", ".join(str(int(number)) for number in numbers[start : start + _FEW])
        fresh += _rows(connection, f"{incidents} WHERE i.number IN ({some})")
        values += _rows(connection, f"{facets} WHERE i.incident IN ({some})")
    return Changed(now, fresh, values, list(gone.scalars()))


def _all(connection: Connection, query: str, key: str) -> list[Sequence[Any]]:
    first, last = connection.execute(text("SELECT min(number), max(number) FROM incidents")).one()
    out: list[Sequence[Any]] = []
    for start in range(first or 0, (last or -1) + 1, _PART):
        out += _rows(connection, f"{query} WHERE i.{key} >= {start} AND i.{key} < {start + _PART}")
    return out


def _rows(connection: Connection, query: str) -> list[Sequence[Any]]:
    """Return rows; from PostgreSQL as one text, as its driver takes rows one by one."""
    if connection.dialect.name == "sqlite":
        return [tuple(row) for row in connection.exec_driver_sql(query)]
    found = connection.execute(text(f"SELECT CAST(json_agg(given) AS text) FROM ({query}) AS given")).scalar()
    return [list(row.values()) for row in msgspec.json.decode(found)] if found else []


__all__ = ["NO_DAY", "Changed", "Index", "Ints", "Mask", "changes_since", "ordinal"]
