"""Reading what the index of incidents is made of: all of it at first, then only what changed.

Rows one by one cost a driver seconds over a hundred thousand incidents; so each column comes as one JSON array, and
each value that incidents have several of as one array of their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

Numbers = NDArray[np.int64]
_PART, _FEW = 100_000, 2_000  # incidents that are read at once: by a stretch of numbers, and named


class Changed(msgspec.Struct, frozen=True):
    """What is new or other: columns of incidents by name, facets (facet, value, numbers), and numbers that are gone."""

    generation: int
    columns: dict[str, list[Any]]
    facets: list[tuple[str, str, Numbers]]
    gone: list[int]


def changes_since(connection: Connection, columns: Sequence[str], generation: int, now: int) -> Changed:
    """Return what changed in the incidents after `generation`: `columns`, facets and `id`; `now` is what holds."""
    if generation == 0:
        parts, of_facets, gone = _stretches(connection), iter(("true",)), []
    else:
        since = {"since": generation}
        numbers = connection.execute(text("SELECT number FROM incidents WHERE stamp > :since"), since).scalars().all()
        left = connection.execute(text("SELECT number FROM incident_ids WHERE stamp > :since AND NOT live"), since)
        parts, of_facets, gone = _named("i.number", numbers), _named("f.incident", numbers), list(left.scalars())
    found: dict[str, list[Any]] = {name: [] for name in (*columns, "id")}
    for part in parts:
        for name, values in _columns(connection, columns, part).items():
            found[name] += values
    facets = [row for part in of_facets for row in _facets(connection, part)]
    return Changed(now, found, facets, gone)


def _stretches(connection: Connection) -> Iterator[str]:
    first, last = connection.execute(text("SELECT min(number), max(number) FROM incidents")).one()
    for start in range(first or 0, (last or -1) + 1, _PART):
        yield f"i.number >= {start} AND i.number < {start + _PART}"


def _named(key: str, numbers: Sequence[int]) -> Iterator[str]:
    """Yield conditions that name incidents one by one: a planner takes what is newest for a third of all."""
    for start in range(0, len(numbers), _FEW):
        some = ", ".join(str(int(number)) for number in numbers[start : start + _FEW])
        yield f"{key} IN ({some})"


def _columns(connection: Connection, columns: Sequence[str], condition: str) -> dict[str, list[Any]]:
    arrays = ", ".join(array_of(connection, name) for name in (*(f"i.{name}" for name in columns), "d.id"))
    query = f"SELECT {arrays} FROM incidents i JOIN incident_ids d ON d.number = i.number WHERE {condition}"
    row = connection.exec_driver_sql(query).one()
    return {name: msgspec.json.decode(given or "[]") for name, given in zip((*columns, "id"), row, strict=True)}


def _facets(connection: Connection, condition: str) -> list[tuple[str, str, Numbers]]:
    numbers = array_of(connection, "f.incident")
    query = f"SELECT f.facet, f.value, {numbers} FROM incident_facets f WHERE {condition} GROUP BY f.facet, f.value"
    rows = connection.exec_driver_sql(query)
    return [(facet, value, np.array(msgspec.json.decode(given), dtype=np.int64)) for facet, value, given in rows]


def array_of(connection: Connection, column: str) -> str:
    """Return the SQL of a JSON array of a column, as text."""
    if connection.dialect.name == "sqlite":
        return f"json_group_array({column})"
    return f"CAST(json_agg({column}) AS text)"


__all__ = ["Changed", "Numbers", "array_of", "changes_since"]
