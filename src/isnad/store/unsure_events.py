"""The events that the coder was least sure of, among those that nobody decided upon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, func, select

from isnad.store.schema import events

_MANY = 500

#: Where triggers stand that are left out, by article: (start, end).
Spots = Mapping[int, Sequence[tuple[int, int]]]


class UnsureEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the current coding of an article, by its number there and where its trigger stands."""

    article: int
    event: int
    start: int
    end: int
    score: float


def least_sure(connection: Connection, *, without: Spots, limit: int) -> list[UnsureEvent]:
    """Return the events of lowest score, the lowest first, but for those whose trigger touches a spot of `without`."""
    columns = (events.c.article, events.c.number, events.c.start, events.c.end, events.c.score)
    query = select(*columns).order_by(events.c.score, events.c.id)
    out: list[UnsureEvent] = []
    # What is left out was mostly of low score itself: so many rows are needed, and more only where spots touch several.
    size, seen = limit + sum(len(spots) for spots in without.values()), 0
    while len(out) < limit:
        rows = connection.execute(query.limit(size).offset(seen)).all()
        out += [
            UnsureEvent(article=row.article, event=row.number, start=row.start, end=row.end, score=row.score)
            for row in rows
            if not touched(without, row.article, row.start, row.end)
        ]
        if len(rows) < size:
            break
        seen += size
    return out[:limit]


def count_without(connection: Connection, without: Spots) -> int:
    """Return how many events there are, but for those whose trigger touches a spot of `without`."""
    total = connection.execute(select(func.count()).select_from(events)).scalar_one()
    articles = sorted(without)
    query = select(events.c.article, events.c.start, events.c.end)
    for first in range(0, len(articles), _MANY):
        rows = connection.execute(query.where(events.c.article.in_(articles[first : first + _MANY])))
        total -= sum(touched(without, row.article, row.start, row.end) for row in rows)
    return int(total)


def touched(spots: Spots, article: int, start: int, end: int) -> bool:
    """Say whether a trigger shares a letter with a spot of its article."""
    return any(start < last and first < end for first, last in spots.get(article, ()))


__all__ = ["Spots", "UnsureEvent", "count_without", "least_sure", "touched"]
