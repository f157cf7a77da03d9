"""One article with all that is kept of it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from isnad.errors import StoreError
from isnad.model import Article
from isnad.store.codings import article_of, coded_of
from isnad.store.contents import unpack
from isnad.store.records import CodingRow, Sighting, StoredArticle, Version
from isnad.store.schema import addresses, articles, codings, raws, sightings, texts, versions


def article(connection: Connection, id_: int) -> StoredArticle:
    """Return an article; StoreError (store.unknown) when there is none of this id."""
    current = connection.execute(select(articles.c.version).where(articles.c.id == id_)).scalar()
    if current is None:
        raise StoreError(f"there is no article {id_} in the store", code="store.unknown")
    return StoredArticle(
        article=id_, current=current, versions=_versions(connection, id_), sightings=_sightings(connection, id_)
    )


def raw(connection: Connection, hash_: str) -> bytes:
    """Return bytes as received, by their SHA-256; StoreError when unknown (store.unknown) or damaged."""
    data = connection.execute(select(raws.c.data).where(raws.c.hash == hash_)).scalar()
    if data is None:
        raise StoreError(f"there are no bytes with the hash {hash_} in the store", code="store.unknown")
    try:
        return unpack(bytes(data))
    except ValueError as error:
        raise StoreError(f"raw {hash_}: {error}", code="store.damaged") from error


def _versions(connection: Connection, id_: int) -> tuple[Version, ...]:
    query = (
        select(versions, texts.c.text)
        .join(texts, texts.c.version == versions.c.id)
        .where(versions.c.article == id_)
        .order_by(versions.c.number)
    )
    out = []
    for row in connection.execute(query).all():
        text = article_of(row)
        version = Version(
            version=row.id,
            number=row.number,
            hash=row.hash,
            added=row.added,
            article=text,
            codings=_codings(connection, row.id, text),
        )
        out.append(version)
    return tuple(out)


def _codings(connection: Connection, version: int, text: Article) -> tuple[CodingRow, ...]:
    query = select(codings).where(codings.c.version == version).order_by(codings.c.id)
    return tuple(
        CodingRow(
            coder=row.coder,
            made=row.made,
            current=row.current,
            coded=coded_of(text, coder=row.coder, note=row.note, events_json=row.events),
        )
        for row in connection.execute(query)
    )


def _sightings(connection: Connection, id_: int) -> tuple[Sighting, ...]:
    query = (
        select(
            sightings,
            addresses.c.address.label("at"),
            (addresses.c.version == sightings.c.version).label("shown"),
            raws.c.hash,
            raws.c.media_type,
        )
        .join(addresses, addresses.c.id == sightings.c.address)
        .outerjoin(raws, raws.c.id == sightings.c.raw)
        .where(sightings.c.article == id_)
        .order_by(sightings.c.id)
    )
    return tuple(
        Sighting(
            address=row.at,
            version=row.version,
            current=row.shown,
            fetched=row.fetched,
            source=row.source,
            doc_id=row.doc_id,
            published=row.published,
            outlet=row.outlet,
            forwarded_from=row.forwarded_from,
            publisher=row.publisher,
            raw=row.hash,
            media_type=row.media_type,
        )
        for row in connection.execute(query)
    )


__all__ = ["article", "raw"]
