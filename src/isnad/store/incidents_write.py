"""Keeping incidents: what changed since they were last weighed, in one transaction.

All incidents together have a *generation*, a number that grows with every change.  A change names the generation that
it was worked out from and is refused when somebody else was quicker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, or_, select, text, update

from isnad.errors import StoreError
from isnad.store.bulk import Row, as_json, insert_rows
from isnad.store.incident_records import ToKeep, UnsurePair
from isnad.store.incident_rows import ENCODER
from isnad.store.incident_whole import Rows, insert, rows_of, unpacked
from isnad.store.schema import (
    incident_ids,
    incident_pairs,
    incidents,
    meta,
    weighed,
)

GENERATION = "incidents.generation"
_MANY = 5_000  # names in one IN list
_AT_ONCE = 1_000  # incidents whose rows are written together
T = TypeVar("T")


class Weighed(msgspec.Struct, frozen=True):
    """An article that the incidents rest on: its key, the coding that was weighed (None: weigh it anew), its copies."""

    article: int
    key: str
    coding: int | None
    copies: str | None = None


class Ready(msgspec.Struct, frozen=True):
    """Incidents by their ids, with their rows as `incident_whole.packed` gives them: what many processes worked out."""

    ids: tuple[str, ...]
    rows: bytes


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a weighing or a decision changes.

    `keep` are incidents that are new or other than before, `ready` more of them, worked out as rows; `drop` the ids
    that stand for no incident any more.  `keys` are the tellings of ids, new ids in the order in which they were
    given; `redirects` where ids lead (None: to themselves again).  `pairs` are all unsure pairs (None: leave them).
    `weighed` and `unweighed` are articles.  `apart` are pairs that nobody doubts any more.  `facts` are rows of `meta`.
    """

    keep: Sequence[ToKeep] = ()
    ready: Sequence[Ready] = ()
    drop: Sequence[str] = ()
    keys: Mapping[str, tuple[str, ...]] = {}
    redirects: Mapping[str, str | None] = {}
    pairs: Sequence[UnsurePair] | None = None
    apart: Sequence[tuple[str, str]] = ()
    weighed: Sequence[Weighed] = ()
    unweighed: Sequence[int] = ()
    facts: Mapping[str, str] = {}


def generation(connection: Connection) -> int:
    """Return the generation of the incidents, 0 when none were ever kept."""
    return int(connection.execute(select(meta.c.value).where(meta.c.key == GENERATION)).scalar() or 0)


def apply(connection: Connection, change: Change, *, expected: int) -> int:
    """Write a change that was worked out from generation `expected`; return the new generation.

    StoreError (store.stale) when the incidents have changed since; nothing is written then.
    """
    if generation(connection) != expected:
        raise StoreError("the incidents have been changed by somebody else meanwhile", code="store.stale")
    stamp = expected + 1
    set_facts(connection, {GENERATION: str(stamp), **change.facts})
    numbers = _numbers(connection, {*change.keys, *change.redirects, *change.drop, *_kept(change)})
    numbers |= _new_ids(connection, change.keys, numbers, stamp)
    there = [] if change.pairs is not None else _pairs_of(connection, change, numbers)
    _replace(connection, change, numbers, stamp)
    insert_rows(connection, incident_pairs, there)
    _mark(connection, change, numbers, stamp)
    _weighed(connection, change)
    if change.pairs is not None:
        _pairs(connection, change.pairs)
    return stamp


def _kept(change: Change) -> Iterator[str]:
    yield from (one.incident.id for one in change.keep)
    yield from (id_ for some in change.ready for id_ in some.ids)


def set_facts(connection: Connection, facts: Mapping[str, str]) -> None:
    """Set rows of `meta`."""
    connection.execute(delete(meta).where(meta.c.key.in_(list(facts))))
    insert_rows(connection, meta, [{"key": key, "value": value} for key, value in facts.items()])


def parts(items: Iterable[T], size: int = _MANY) -> Iterator[list[T]]:
    """Yield items in lists that fit into one statement."""
    whole = list(items)
    yield from (whole[start : start + size] for start in range(0, len(whole), size))


def _numbers(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for some in parts(ids):
        rows = connection.execute(select(incident_ids.c.id, incident_ids.c.number).where(incident_ids.c.id.in_(some)))
        out |= {row.id: row.number for row in rows}
    return out


def _new_ids(connection: Connection, keys: Mapping[str, tuple[str, ...]], known: Mapping[str, int], stamp: int) -> Row:
    last = connection.execute(select(func.coalesce(func.max(incident_ids.c.number), 0))).scalar_one()
    fresh = {id_: last + n for n, id_ in enumerate((i for i in keys if i not in known), start=1)}
    rows = [
        {"number": n, "id": i, "keys": "[]", "leads_to": None, "live": False, "stamp": stamp} for i, n in fresh.items()
    ]
    insert_rows(connection, incident_ids, rows)
    return dict(fresh)


def _replace(connection: Connection, change: Change, numbers: Mapping[str, int], stamp: int) -> None:
    gone = [numbers[i] for i in (*change.drop, *_kept(change)) if i in numbers]
    for some in parts(gone):
        connection.execute(delete(incidents).where(incidents.c.number.in_(some)))
    for found in _rows(change, numbers):
        insert(connection, found, stamp=stamp)


def _rows(change: Change, numbers: Mapping[str, int]) -> Iterator[list[tuple[int, Rows]]]:
    """Yield the rows of what is kept, each with its number, in lists that fit into one statement a table."""
    for kept in parts(change.keep, _AT_ONCE):
        yield [(numbers[one.incident.id], rows_of(one)) for one in kept]
    for ready in change.ready:
        yield list(zip((numbers[id_] for id_ in ready.ids), unpacked(ready.rows), strict=True))


def _mark(connection: Connection, change: Change, numbers: Mapping[str, int], stamp: int) -> None:
    """Bring the rows of ids up to date: their tellings, where they lead, whether they stand for an incident."""
    rows: dict[str, Row] = {}
    for id_, keys in change.keys.items():
        rows.setdefault(id_, {})["keys"] = ENCODER.encode(keys).decode()
    for id_, target in change.redirects.items():
        rows.setdefault(id_, {})["leads_to"] = target
    for id_ in change.drop:
        rows.setdefault(id_, {})["live"] = False
    for id_ in _kept(change):
        rows.setdefault(id_, {})["live"] = True
    groups: dict[tuple[str, ...], list[Row]] = {}
    for id_, row in rows.items():
        if id_ in numbers:
            groups.setdefault(tuple(sorted(row)), []).append({**row, "stamp": stamp, "number": numbers[id_]})
    for some in groups.values():
        _update_ids(connection, some)


def _update_ids(connection: Connection, rows: list[Row]) -> None:
    """Set columns of `incident_ids` by number; all rows have the same keys."""
    names = [name for name in rows[0] if name != "number"]
    if connection.dialect.name == "sqlite":
        given = [{f"new_{name}": value for name, value in row.items()} for row in rows]
        change = update(incident_ids).where(incident_ids.c.number == bindparam("new_number"))
        connection.execute(change.values({name: bindparam(f"new_{name}") for name in names}), given)
        return
    columns = ", ".join(f"{name} {_TYPES[name]}" for name in ("number", *names))
    source = f"json_to_recordset(CAST(:rows AS json)) AS given({columns})"
    changes = ", ".join(f"{name} = given.{name}" for name in names)
    statement = f"UPDATE incident_ids SET {changes} FROM {source} WHERE incident_ids.number = given.number"
    connection.execute(text(statement), {"rows": as_json(rows)})


_TYPES = {"number": "bigint", "keys": "text", "leads_to": "text", "live": "boolean", "stamp": "bigint"}


def _weighed(connection: Connection, change: Change) -> None:
    gone = [*change.unweighed, *(row.article for row in change.weighed)]
    for some in parts(gone):
        connection.execute(delete(weighed).where(weighed.c.article.in_(some)))
    for rows in parts(change.weighed):
        insert_rows(connection, weighed, [msgspec.structs.asdict(row) for row in rows])


def _pairs_of(connection: Connection, change: Change, numbers: Mapping[str, int]) -> list[Row]:
    """Return the pairs that go when the rows of incidents are written anew, and are to stay."""
    kept = {numbers[id_] for id_ in _kept(change)}
    gone = {numbers[id_] for id_ in change.drop if id_ in numbers}
    apart = {frozenset((numbers.get(one), numbers.get(two))) for one, two in change.apart}
    rows: dict[tuple[int, int], Row] = {}
    for some in parts(sorted(kept)):
        query = select(incident_pairs).where(or_(incident_pairs.c.one.in_(some), incident_pairs.c.two.in_(some)))
        rows |= {(row.one, row.two): dict(row._mapping) for row in connection.execute(query)}
    return [row for pair, row in rows.items() if not gone & set(pair) and frozenset(pair) not in apart]


def _pairs(connection: Connection, pairs: Sequence[UnsurePair]) -> None:
    """Put `pairs` in place of those that are there; what is the same is left alone."""
    numbers = _numbers(connection, {i for pair in pairs for i in (pair.one, pair.two)})
    wanted: dict[tuple[int, int], UnsurePair] = {}
    for pair in pairs:
        one, two = sorted((numbers[pair.one], numbers[pair.two]))
        wanted[one, two] = pair
    query = select(incident_pairs.c.one, incident_pairs.c.two, incident_pairs.c.score)
    there = {(row.one, row.two): row.score for row in connection.execute(query)}
    stale = [key for key, score in there.items() if key not in wanted or wanted[key].score != score]
    for one, two in stale:
        connection.execute(delete(incident_pairs).where(incident_pairs.c.one == one, incident_pairs.c.two == two))
    fresh = [key for key in wanted if key not in there or there[key] != wanted[key].score]
    rows = [
        {"one": k[0], "two": k[1], "score": wanted[k].score, "reasons": ENCODER.encode(wanted[k].reasons).decode()}
        for k in fresh
    ]
    insert_rows(connection, incident_pairs, rows)


def forget(connection: Connection, article_ids: Sequence[int]) -> None:
    """Have articles weighed anew: what is known of their coding is forgotten."""
    for some in parts(article_ids):
        connection.execute(update(weighed).where(weighed.c.article.in_(some)).values(coding=None))


__all__ = ["GENERATION", "Change", "Ready", "Weighed", "apply", "forget", "generation", "parts", "set_facts"]
