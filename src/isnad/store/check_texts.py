"""Texts against their hashes, bytes against theirs, and the search index against the texts."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select, text

from isnad.store.contents import content_hash, unpack
from isnad.store.fulltext import entry, index_table
from isnad.store.records import Finding
from isnad.store.schema import SEARCH, articles, raws, texts, versions
from isnad.store.words import index_words

_PAGE = 300
_RAW_PAGE = 20  # pages as received are large


def versions_page(connection: Connection, after: int) -> tuple[int | None, list[Finding]]:
    """Check a page of versions by id; return the last id, None when there are no more."""
    query = (
        select(versions.c.id, versions.c.hash, versions.c.title, texts.c.text)
        .join(texts, texts.c.version == versions.c.id)
        .where(versions.c.id > after)
        .order_by(versions.c.id)
        .limit(_PAGE)
    )
    rows = connection.execute(query).all()
    if not rows:
        return None, []
    found = []
    sizes = _index_sizes(connection, after, rows[-1].id)
    for row in rows:
        where = f"version {row.id}"
        if content_hash(row.title, row.text) != row.hash:
            found.append(Finding(kind="hash", where=where, message="title and text are not those of its hash"))
        words = index_words(f"{row.title or ''}\n{row.text}").split(" ")
        wanted = _size(words, connection.dialect.name)
        if row.id not in sizes:
            found.append(Finding(kind="search", where=where, message="is not in the search index"))
        elif sizes[row.id] != wanted:
            message = f"the search index has {sizes[row.id]} words of it, not {wanted}"
            found.append(Finding(kind="search", where=where, message=message))
    return rows[-1].id, found


def _size(words: list[str], dialect: str) -> int:
    words = [word for word in words if word]
    return len(words) if dialect == "sqlite" else len(set(words))


def _index_sizes(connection: Connection, after: int, last: int) -> dict[int, int]:
    """Return how many words the index has of each version: all of them (FTS5), different ones (tsvector)."""
    if connection.dialect.name == "sqlite":
        query = text(f"SELECT id, sz AS size FROM {SEARCH}_docsize WHERE id > :after AND id <= :last")
    else:
        query = text(
            f"SELECT version AS id, length(words) AS size FROM {SEARCH} WHERE version > :after AND version <= :last"
        )
    rows = connection.execute(query, {"after": after, "last": last})
    return {row.id: row.size if isinstance(row.size, int) else _varint(bytes(row.size)) for row in rows}


def _varint(data: bytes) -> int:
    """Read SQLite's variable-length whole number: seven bits a byte, the high bit says that more follow."""
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value


def index_alone(connection: Connection) -> list[Finding]:
    """Find entries of the index without a text, and articles whose version in use is another's."""
    version = entry(connection.dialect.name)
    found = []
    if connection.dialect.name == "sqlite":
        query = text(
            f"SELECT d.id FROM {SEARCH}_docsize d LEFT JOIN texts t ON t.version = d.id WHERE t.version IS NULL"
        )
        ids = connection.execute(query).scalars().all()
    else:
        alone = (
            select(version)
            .select_from(index_table(connection.dialect.name))
            .outerjoin(texts, texts.c.version == version)
        )
        ids = connection.execute(alone.where(texts.c.version.is_(None))).scalars().all()
    found += [Finding(kind="search", where=f"version {id_}", message="is in the search index only") for id_ in ids]
    strange = (
        select(articles.c.id)
        .outerjoin(versions, versions.c.id == articles.c.version)
        .where((versions.c.article != articles.c.id) | articles.c.version.is_(None))
    )
    message = "the version in use is not one of its own"
    for id_ in connection.execute(strange).scalars():
        found.append(Finding(kind="current", where=f"article {id_}", message=message))
    return found


def raws_page(connection: Connection, after: int) -> tuple[int | None, list[Finding]]:
    """Check a page of bytes as received by id; return the last id, None when there are no more."""
    query = select(raws).where(raws.c.id > after).order_by(raws.c.id).limit(_RAW_PAGE)
    rows = connection.execute(query).all()
    found = []
    for row in rows:
        try:
            data = unpack(bytes(row.data))
        except ValueError as error:
            found.append(Finding(kind="hash", where=f"raw {row.id}", message=str(error)))
            continue
        if hashlib.sha256(data).hexdigest() != row.hash or len(data) != row.size:
            found.append(Finding(kind="hash", where=f"raw {row.id}", message="the bytes are not those of its hash"))
    return (rows[-1].id if rows else None), found


__all__ = ["index_alone", "raws_page", "versions_page"]
