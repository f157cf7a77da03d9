"""What is in the store, counted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from isnad.store.records import Stats, Totals
from isnad.store.schema import addresses, articles, events, feeds, outlets, raws, versions

_LISTED = 20


def stats(connection: Connection) -> Stats:
    """Count what is there."""
    coded = _one(connection, select(func.count()).where(articles.c.coder.is_not(None)))
    days = connection.execute(
        select(func.min(articles.c.day), func.max(articles.c.day)).where(articles.c.day != "")
    ).one()
    total = _count(connection, articles)
    return Stats(
        revision=str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar()),
        bytes=_size(connection),
        articles=total,
        versions=_count(connection, versions),
        addresses=_count(connection, addresses),
        coded=coded,
        uncoded=total - coded,
        events=_count(connection, events),
        raws=_count(connection, raws),
        raw_bytes=int(_one(connection, select(func.coalesce(func.sum(raws.c.size), 0)))),
        feeds=_count(connection, feeds),
        outlets=_count(connection, outlets),
        first_day=days[0],
        last_day=days[1],
        without_day=_one(connection, select(func.count()).where(articles.c.day == "")),
        coders=_largest(connection, articles.c.coder),
        types=_largest(connection, events.c.type),
        largest_outlets=_largest(connection, articles.c.outlet),
    )


def totals(connection: Connection) -> Totals:
    """Count only what a page shows at its head: a tenth of the work."""
    first, last = connection.execute(
        select(func.min(articles.c.day), func.max(articles.c.day)).where(articles.c.day != "")
    ).one()
    article, event, outlet = (_count(connection, table) for table in (articles, events, outlets))
    return Totals(article, event, outlet, first_day=first, last_day=last)


def _one(connection: Connection, query: Any) -> Any:
    return connection.execute(query).scalar_one()


def _count(connection: Connection, table: Table) -> int:
    return int(_one(connection, select(func.count()).select_from(table)))


def _largest(connection: Connection, column: Any) -> tuple[tuple[str, int], ...]:
    count = func.count()
    query = select(column, count).where(column.is_not(None)).group_by(column).order_by(count.desc(), column)
    return tuple((row[0], row[1]) for row in connection.execute(query.limit(_LISTED)))


def _size(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


__all__ = ["stats", "totals"]
