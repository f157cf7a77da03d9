"""Verifying a store: everything that can be derived is derived again and held against what is kept.  Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, text

from isnad.errors import StoreError
from isnad.store import check_codings, check_texts, incidents_check
from isnad.store.engine import Database
from isnad.store.records import Finding

_PAGE = 300
#: What must lead somewhere: table, column, table, column.  On SQLite keys may have been switched off by a tool.
_KEYS = (
    ("articles", "version", "versions", "id"),
    ("articles", "outlet", "outlets", "id"),
    ("outlet_domains", "outlet", "outlets", "id"),
    ("versions", "article", "articles", "id"),
    ("versions", "outlet", "outlets", "id"),
    ("texts", "version", "versions", "id"),
    ("addresses", "article", "articles", "id"),
    ("addresses", "version", "versions", "id"),
    ("sightings", "address", "addresses", "id"),
    ("sightings", "version", "versions", "id"),
    ("sightings", "outlet", "outlets", "id"),
    ("sightings", "raw", "raws", "id"),
    ("codings", "version", "versions", "id"),
    ("events", "article", "articles", "id"),
    ("events", "coding", "codings", "id"),
    ("event_parties", "event", "events", "id"),
    ("decisions", "undoes", "decisions", "id"),
    ("incidents", "number", "incident_ids", "number"),
    ("incident_members", "incident", "incidents", "number"),
    ("incident_members", "article", "articles", "id"),
    ("incident_facets", "incident", "incidents", "number"),
    ("incident_says", "incident", "incidents", "number"),
    ("incident_pairs", "one", "incidents", "number"),
    ("incident_pairs", "two", "incidents", "number"),
    ("weighed", "article", "articles", "id"),
)
#: What must have a counterpart: table, its key, table that must hold the key, column there.
_WHOLE = (
    ("articles", "id", "sightings", "article"),
    ("versions", "id", "texts", "version"),
    ("versions", "id", "sightings", "version"),
    ("addresses", "id", "sightings", "address"),
    ("raws", "id", "sightings", "raw"),
)
_MOST_OF_A_KIND = 20

Page = Callable[[Connection, int], tuple[int | None, list[Finding]]]


def check(database: Database) -> Iterator[Finding]:
    """Yield what is wrong.  A database that cannot be read to its end is a finding too."""
    if database.is_sqlite:
        yield from _readable(database, _file)
    yield from _readable(database, _keys)
    pages: tuple[Page, ...] = (check_texts.versions_page, check_texts.raws_page, check_codings.page)
    for page in (*pages, incidents_check.page):
        yield from _paged(database, page)
    yield from _readable(database, check_texts.index_alone)
    yield from _readable(database, check_codings.rows_alone)
    yield from _readable(database, incidents_check.ids_alone)


def _readable(database: Database, work: Callable[[Connection], list[Finding]]) -> Iterator[Finding]:
    try:
        yield from database.read(work)
    except StoreError as error:
        if error.code != "store.damaged":
            raise
        yield Finding(kind="damaged", where=database.name, message=str(error))


def _paged(database: Database, page: Page) -> Iterator[Finding]:
    after: int | None = 0
    while after is not None:
        start = after
        after = None

        def work(connection: Connection, start: int = start) -> list[Finding]:
            nonlocal after
            after, findings = page(connection, start)
            return findings

        yield from _readable(database, work)


def _file(connection: Connection) -> list[Finding]:
    """SQLite's own check of pages and indexes."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
    return [Finding(kind="damaged", where="file", message=row) for row in rows if row != "ok"]


def _keys(connection: Connection) -> list[Finding]:
    found = []
    for table, column, target, key in _KEYS:
        query = (
            f"SELECT a.{column} FROM {table} a LEFT JOIN {target} b ON b.{key} = a.{column}"
            f" WHERE a.{column} IS NOT NULL AND b.{key} IS NULL LIMIT {_MOST_OF_A_KIND}"
        )
        message = f"leads to no row of {target}"
        found += [
            Finding(kind="orphan", where=f"{table}.{column}={value}", message=message)
            for value in connection.execute(text(query)).scalars()
        ]
    for table, key, needed, column in _WHOLE:
        query = (
            f"SELECT a.{key} FROM {table} a WHERE NOT EXISTS (SELECT 1 FROM {needed} b WHERE b.{column} = a.{key})"
            f" ORDER BY a.{key} LIMIT {_MOST_OF_A_KIND}"
        )
        message = f"has no row in {needed}"
        found += [
            Finding(kind="missing", where=f"{table} {value}", message=message)
            for value in connection.execute(text(query)).scalars()
        ]
    return found


__all__ = ["check"]
