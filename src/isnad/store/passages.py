"""Titles and texts of several articles at once, for quotations; long texts only as far as is asked."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, func, select

from isnad.store.schema import articles, texts

_MANY = 5_000


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """The version in use of an article: title and the first code points of its text."""

    title: str | None
    text: str


def passages(connection: Connection, ids: Sequence[int], *, most: int) -> dict[int, Passage]:
    """Return title and text, at most `most` code points, by article; unknown ids are left out."""
    query = select(articles.c.id, articles.c.title, func.substr(texts.c.text, 1, most).label("text")).join(
        texts, texts.c.version == articles.c.version
    )
    out: dict[int, Passage] = {}
    for start in range(0, len(ids), _MANY):
        rows = connection.execute(query.where(articles.c.id.in_(ids[start : start + _MANY])))
        out |= {row.id: Passage(title=row.title, text=row.text) for row in rows}
    return out


__all__ = ["Passage", "passages"]
