"""Lists of articles and of events, filtered, the newest day first, page by page.

A cursor is the day and the id of the last row, so that a page costs the same however far down it is and no row is
shown twice when others are added meanwhile.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, and_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from isnad.errors import UsageError
from isnad.store.filters import on_articles, on_events
from isnad.store.records import ArticleRow, EventRow, Filter, PartyRow
from isnad.store.schema import articles as article_table
from isnad.store.schema import event_parties
from isnad.store.schema import events as event_table


def articles(connection: Connection, filter_: Filter, *, after: str | None, limit: int) -> list[ArticleRow]:
    """Return a page of articles."""
    query = on_articles(select(article_table), filter_, dialect=connection.dialect.name)
    rows = connection.execute(_page(query, article_table, after, limit))
    return [
        ArticleRow(
            article=row.id,
            title=row.title,
            published=row.day or None,
            outlet=row.outlet,
            events=row.events,
            note=row.note,
            coder=row.coder,
            cursor=f"{row.day}~{row.id}",
        )
        for row in rows
    ]


def events(connection: Connection, filter_: Filter, *, after: str | None, limit: int) -> list[EventRow]:
    """Return a page of events."""
    of_article = (
        article_table.c.title,
        article_table.c.outlet,
        article_table.c.day.label("published"),
    )
    query = select(event_table, *of_article).join(article_table, article_table.c.id == event_table.c.article)
    query = on_events(query, filter_, dialect=connection.dialect.name)
    rows = connection.execute(_page(query, event_table, after, limit)).all()
    parties = _parties(connection, [row.id for row in rows])
    return [_event(row, parties.get(row.id, ())) for row in rows]


def _page(query: Any, table: Table, after: str | None, limit: int) -> Any:
    if after is not None:
        query = query.where(_beyond(table, after))
    return query.order_by(table.c.day.desc(), table.c.id.desc()).limit(limit)


def _beyond(table: Table, cursor: str) -> ColumnElement[bool]:
    day, sign, id_ = cursor.partition("~")
    if not sign or not id_.isdecimal():
        raise UsageError(f"not a place to continue from: {cursor!r}")
    same_day = and_(table.c.day == day, table.c.id < int(id_))
    return and_(table.c.day <= day, or_(table.c.day < day, same_day))


def _parties(connection: Connection, event_ids: list[int]) -> dict[int, tuple[PartyRow, ...]]:
    query = (
        select(event_parties)
        .where(event_parties.c.event.in_(event_ids))
        .order_by(event_parties.c.event, event_parties.c.role, event_parties.c.number)
    )
    found: dict[int, tuple[PartyRow, ...]] = {}
    for row in connection.execute(query) if event_ids else ():
        party = PartyRow(role=row.role, id=row.party, text=row.text, framing=row.framing)
        found[row.event] = (*found.get(row.event, ()), party)
    return found


def _event(row: Any, parties: tuple[PartyRow, ...]) -> EventRow:
    return EventRow(
        article=row.article,
        event=row.number,
        type=row.type,
        mode=row.mode,
        status=row.status,
        trigger=(row.start, row.end),
        day=(row.day_start, row.day_end) if row.day_start or row.day_end else None,
        published=row.published or None,
        outlet=row.outlet,
        title=row.title,
        place=row.place,
        place_id=row.place_id,
        level=row.level,
        country=row.country,
        lat=row.lat,
        lon=row.lon,
        precision=row.precision,
        parties=parties,
        killed=_count(row.killed_min, row.killed_max),
        injured=_count(row.injured_min, row.injured_max),
        detained=_count(row.detained_min, row.detained_max),
        same_as=row.same_as,
        score=row.score,
        cursor=f"{row.day}~{row.id}",
    )


def _count(least: int | None, most: int | None) -> tuple[int | None, int | None] | None:
    return None if least is None and most is None else (least, most)


__all__ = ["articles", "events"]
