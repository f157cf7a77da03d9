"""How outlets call parties: the words of every event in use, counted."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from isnad.store.schema import articles, event_parties, events

Calling = tuple[str, str, str, int]


def callings(
    connection: Connection, *, party: str | None = None, outlet: str | None = None, limit: int = 2_000
) -> list[Calling]:
    """Return (outlet, party, word, count), the most frequent first: the loaded word where there is one."""
    word = func.coalesce(event_parties.c.framing, event_parties.c.text)
    count = func.count()
    query = (
        select(articles.c.outlet, event_parties.c.party, word, count)
        .select_from(event_parties)
        .join(events, events.c.id == event_parties.c.event)
        .join(articles, articles.c.id == events.c.article)
        .where(event_parties.c.party.is_not(None), articles.c.outlet.is_not(None))
        .group_by(articles.c.outlet, event_parties.c.party, word)
        .order_by(count.desc(), articles.c.outlet, event_parties.c.party, word)
        .limit(limit)
    )
    if party is not None:
        query = query.where(event_parties.c.party == party)
    if outlet is not None:
        query = query.where(articles.c.outlet == outlet)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]


__all__ = ["Calling", "callings"]
