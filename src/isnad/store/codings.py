"""Codings: which texts wait for one, and keeping them.  Old ones stay, marked with the coder that made them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, delete, or_, select, update

from isnad.model import Article, CodedArticle, Event
from isnad.store.bulk import Row, insert_rows, new_ids, update_rows
from isnad.store.flat import event_row, party_rows
from isnad.store.records import Stored, ToCode
from isnad.store.schema import articles, codings, event_parties, events, texts, versions

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(tuple[Event, ...])
_VERSION_COLUMNS = (
    versions.c.doc_id,
    versions.c.title,
    versions.c.published,
    versions.c.outlet,
    versions.c.url,
)


class ToKeep(msgspec.Struct, frozen=True):
    """A coding on its way in: the version it is of, and that version's article and publication day."""

    version: int
    article: int
    published: str | None
    coded: CodedArticle


def uncoded(connection: Connection, *, coder: str | None, after: int, limit: int) -> list[ToCode]:
    """Return current versions, by id from `after` on, without a coding in use by `coder` (None: by anyone)."""
    query = (
        select(versions.c.id, texts.c.text, *_VERSION_COLUMNS)
        .join(articles, articles.c.version == versions.c.id)
        .join(texts, texts.c.version == versions.c.id)
        .where(versions.c.id > after)
        .order_by(versions.c.id)
        .limit(limit)
    )
    other = articles.c.coder.is_(None)
    query = query.where(other if coder is None else or_(other, articles.c.coder != coder))
    return [ToCode(version=row.id, article=article_of(row)) for row in connection.execute(query)]


def article_of(row: object) -> Article:
    """Return a version's row as the article that is coded."""
    keys = ("doc_id", "text", "published", "outlet", "title", "url")
    return Article(**{key: getattr(row, key) for key in keys})


def save_codings(connection: Connection, batch: Sequence[tuple[int, CodedArticle]]) -> int:
    """Keep codings by version id, each in use from now on; return how many were new.

    What is not of the stored text (another text under the same id) is left out, as is what is there already.
    """
    wanted = dict(batch)
    query = (
        select(versions.c.id, versions.c.article, versions.c.published, texts.c.text)
        .join(texts, texts.c.version == versions.c.id)
        .where(versions.c.id.in_(wanted))
    )
    found = [
        ToKeep(row.id, row.article, row.published, wanted[row.id])
        for row in connection.execute(query)
        if row.text == wanted[row.id].text
    ]
    return keep(connection, found)


def keep(connection: Connection, batch: Sequence[ToKeep]) -> int:
    """Write codings, put them in use, and make the flat rows of those whose version is the article's current."""
    batch = _not_in_use(connection, batch)
    if not batch:
        return 0
    _retire(connection, [item.version for item in batch])
    ids = _written(connection, batch)
    current = _current(connection, [item.article for item in batch])
    shown = [(item, ids[item.version]) for item in batch if current.get(item.article) == item.version]
    show(connection, shown)
    return len(batch)


def _not_in_use(connection: Connection, batch: Sequence[ToKeep]) -> list[ToKeep]:
    found = connection.execute(
        select(codings.c.version, codings.c.coder).where(
            codings.c.current, codings.c.version.in_([item.version for item in batch])
        )
    )
    in_use = {row.version: row.coder for row in found}
    return [item for item in batch if in_use.get(item.version) != item.coded.coder]


def _retire(connection: Connection, version_ids: Sequence[int]) -> None:
    query = update(codings).where(codings.c.current, codings.c.version.in_(version_ids)).values(current=False)
    connection.execute(query)


def _written(connection: Connection, batch: Sequence[ToKeep]) -> dict[int, int]:
    """Write codings, or take up again what the same coder made before; return their ids by version."""
    old = _made_before(connection, batch)
    if old:
        connection.execute(update(codings).where(codings.c.id.in_(old.values())).values(current=True))
    fresh = [item for item in batch if item.version not in old]
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows: list[Row] = [
        {
            "id": id_,
            "version": item.version,
            "coder": item.coded.coder,
            "made": now,
            "current": True,
            "note": item.coded.note,
            "events": _ENCODER.encode(item.coded.events).decode(),
        }
        for id_, item in zip(new_ids(connection, codings, len(fresh)), fresh, strict=True)
    ]
    insert_rows(connection, codings, rows)
    return old | {row["version"]: row["id"] for row in rows}


def _made_before(connection: Connection, batch: Sequence[ToKeep]) -> dict[int, int]:
    coders = {item.version: item.coded.coder for item in batch}
    query = select(codings.c.id, codings.c.version, codings.c.coder).where(codings.c.version.in_(coders))
    return {row.version: row.id for row in connection.execute(query) if row.coder == coders[row.version]}


def _current(connection: Connection, article_ids: Iterable[int]) -> dict[int, int]:
    query = select(articles.c.id, articles.c.version).where(articles.c.id.in_(set(article_ids)))
    return {row.id: row.version for row in connection.execute(query)}


def show(connection: Connection, batch: Sequence[tuple[ToKeep, int]]) -> None:
    """Make the flat rows of codings (with their ids) in place of those their articles have had."""
    hide(connection, [item.article for item, _ in batch])
    ids = iter(new_ids(connection, events, sum(len(item.coded.events) for item, _ in batch)))
    event_rows: list[Row] = []
    parties: list[Row] = []
    for item, coding in batch:
        for event in item.coded.events:
            id_ = next(ids)
            row = event_row(event, id_=id_, article=item.article, coding=coding, published=item.published)
            event_rows.append(row)
            parties += party_rows(event, id_)
    insert_rows(connection, events, event_rows)
    insert_rows(connection, event_parties, parties)
    _note_on_articles(connection, batch)


def hide(connection: Connection, article_ids: Sequence[int]) -> None:
    """Take away the flat rows of articles."""
    connection.execute(delete(events).where(events.c.article.in_(article_ids)))


def _note_on_articles(connection: Connection, batch: Sequence[tuple[ToKeep, int]]) -> None:
    rows = [
        {"id": item.article, "coder": item.coded.coder, "note": item.coded.note, "events": len(item.coded.events)}
        for item, _ in batch
    ]
    update_rows(connection, articles, rows)


def coded_of(article: Article, *, coder: str, note: str | None, events_json: str) -> CodedArticle:
    """Put a stored coding together with the text it is of."""
    return CodedArticle(
        doc_id=article.doc_id,
        text=article.text,
        published=article.published,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        events=_DECODER.decode(events_json),
        note=note,
        coder=coder,
    )


def stored(connection: Connection, *, after: int, limit: int) -> list[Stored]:
    """Return articles with a coding in use, by id from `after` on."""
    query = (
        select(
            articles.c.id.label("article"),
            versions.c.id.label("version"),
            texts.c.text,
            *_VERSION_COLUMNS,
            codings.c.coder,
            codings.c.note,
            codings.c.events,
        )
        .join(versions, versions.c.id == articles.c.version)
        .join(texts, texts.c.version == versions.c.id)
        .join(codings, codings.c.version == versions.c.id)
        .where(codings.c.current, articles.c.id > after)
        .order_by(articles.c.id)
        .limit(limit)
    )
    return [
        Stored(
            article=row.article,
            version=row.version,
            coded=coded_of(article_of(row), coder=row.coder, note=row.note, events_json=row.events),
        )
        for row in connection.execute(query)
    ]


__all__ = ["ToKeep", "article_of", "coded_of", "hide", "keep", "save_codings", "show", "stored", "uncoded"]
