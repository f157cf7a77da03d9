"""The list of feeds and what is remembered of each (`isnad.model.feeds.Feed`)."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Connection, delete, or_, select, update

from isnad.model.feeds import Feed
from isnad.store.bulk import insert_rows, new_ids
from isnad.store.schema import feeds

_COLUMNS = tuple(feeds.c[name] for name in Feed.__struct_fields__)


def every(connection: Connection, *, due: str | None = None) -> list[Feed]:
    """Return the feeds in the order they were added; with `due` (an instant) only those to be asked by then."""
    query = select(*_COLUMNS).order_by(feeds.c.id)
    if due is not None:
        query = query.where(or_(feeds.c.next_due.is_(None), feeds.c.next_due <= due))
    return [_feed(dict(row._mapping)) for row in connection.execute(query)]


def add(connection: Connection, feed: Feed) -> bool:
    """Put a feed on the list; False when its address is there already (nothing changes then)."""
    if connection.execute(select(feeds.c.id).where(feeds.c.address == feed.address)).first():
        return False
    insert_rows(connection, feeds, [{"id": new_ids(connection, feeds, 1)[0], **_row(feed)}])
    return True


def remove(connection: Connection, address: str) -> bool:
    """Take a feed off the list; its articles stay.  False when it was not there."""
    return connection.execute(delete(feeds).where(feeds.c.address == address)).rowcount > 0


def save(connection: Connection, feed: Feed) -> bool:
    """Write the state of a feed by its address; False when it is no longer on the list."""
    return connection.execute(update(feeds).where(feeds.c.address == feed.address).values(_row(feed))).rowcount > 0


def _row(feed: Feed) -> dict[str, object]:
    return structs.asdict(feed) | {"seen": msgspec.json.encode(feed.seen).decode()}


def _feed(row: dict[str, Any]) -> Feed:
    return Feed(**row | {"seen": tuple(msgspec.json.decode(row["seen"]))})


__all__ = ["add", "every", "remove", "save"]
