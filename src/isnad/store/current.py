"""Which version of an article is in use: its columns in the list and its flat events follow it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from isnad.store.bulk import update_rows
from isnad.store.codings import ToKeep, article_of, coded_of, hide, show
from isnad.store.schema import articles, codings, texts, versions


def use_versions(connection: Connection, current: Mapping[int, int]) -> None:
    """Put versions in use, given by article; their codings, where there are some, come back into the lists."""
    if not current:
        return
    hide(connection, list(current))
    rows = connection.execute(select(versions).where(versions.c.id.in_(current.values()))).all()
    changes = [
        {
            "id": row.article,
            "version": row.id,
            "day": row.published or "",
            "outlet": row.outlet,
            "title": row.title,
            "coder": None,
            "note": None,
            "events": None,
        }
        for row in rows
    ]
    update_rows(connection, articles, changes)
    show_again(connection, list(current.values()))


def show_again(connection: Connection, version_ids: list[int]) -> None:
    """Make the flat rows of versions in use anew, from the codings that are kept."""
    query = (
        select(versions, texts.c.text, codings.c.id.label("coding"), codings.c.coder, codings.c.note, codings.c.events)
        .join(texts, texts.c.version == versions.c.id)
        .join(codings, codings.c.version == versions.c.id)
        .where(codings.c.current, versions.c.id.in_(version_ids))
    )
    batch = [
        (
            ToKeep(
                row.id,
                row.article,
                row.published,
                coded_of(article_of(row), coder=row.coder, note=row.note, events_json=row.events),
            ),
            row.coding,
        )
        for row in connection.execute(query)
    ]
    if batch:
        show(connection, batch)


__all__ = ["show_again", "use_versions"]
