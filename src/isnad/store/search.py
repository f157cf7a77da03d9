"""Search: which articles hold the words, and where in the text as stored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from isnad.errors import UsageError
from isnad.store.filters import on_articles
from isnad.store.fulltext import answers, entry, index_table
from isnad.store.records import Filter, Hit
from isnad.store.schema import articles, texts
from isnad.store.words import find_marks, read_query


def search(connection: Connection, query: str, filter_: Filter, *, after: str | None, limit: int) -> list[Hit]:
    """Return a page of hits, the last added first.  Only versions in use are found."""
    terms = read_query(query)
    dialect = connection.dialect.name
    version = entry(dialect)
    rows: Select[Any] = (
        select(articles.c.id, articles.c.version, articles.c.title, articles.c.day, articles.c.outlet, texts.c.text)
        .select_from(index_table(dialect))
        .join(articles, articles.c.version == version)
        .join(texts, texts.c.version == articles.c.version)
        .where(answers(dialect, terms))
        .order_by(version.desc())
        .limit(limit)
    )
    rows = on_articles(rows, filter_, dialect=dialect)
    if after is not None:
        if not after.isdecimal():
            raise UsageError(f"not a place to continue from: {after!r}")
        rows = rows.where(version < int(after))
    return [
        Hit(
            article=row.id,
            title=row.title,
            published=row.day or None,
            outlet=row.outlet,
            text=row.text,
            marks=find_marks(row.text, terms),
            title_marks=find_marks(row.title or "", terms),
            cursor=str(row.version),
        )
        for row in connection.execute(rows)
    ]


__all__ = ["search"]
