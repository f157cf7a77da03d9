"""Codings against their texts (every span), and the flat rows against the codings in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from isnad.model import Event
from isnad.store.flat import event_row, party_rows
from isnad.store.records import Finding
from isnad.store.schema import articles, codings, event_parties, events, texts, versions

_PAGE = 300
_DECODER = msgspec.json.Decoder(tuple[Event, ...])


def page(connection: Connection, after: int) -> tuple[int | None, list[Finding]]:
    """Check a page of codings by id, old ones too; return the last id, None when there are no more."""
    query = (
        select(
            codings,
            texts.c.text,
            versions.c.article,
            versions.c.published,
            articles.c.version.label("in_use"),
            articles.c.coder.label("article_coder"),
            articles.c.events.label("article_events"),
        )
        .join(texts, texts.c.version == codings.c.version)
        .join(versions, versions.c.id == codings.c.version)
        .join(articles, articles.c.id == versions.c.article)
        .where(codings.c.id > after)
        .order_by(codings.c.id)
        .limit(_PAGE)
    )
    rows = connection.execute(query).all()
    found: list[Finding] = []
    shown = [row for row in rows if row.current and row.in_use == row.version]
    flat = _flat_rows(connection, [row.article for row in shown])
    for row in rows:
        where = f"coding {row.id} (article {row.article})"
        try:
            read = _DECODER.decode(row.events)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            found.append(Finding(kind="coding", where=where, message=f"cannot be read: {error}"))
            continue
        found += [Finding(kind="span", where=where, message=m) for m in _wrong_spans(row.text, read)]
        if row.current and row.in_use == row.version:
            found += [Finding(kind="events", where=where, message=m) for m in _wrong_rows(row, read, flat)]
    return (rows[-1].id if rows else None), found


def _wrong_spans(text: str, read: tuple[Event, ...]) -> Iterator[str]:
    for event in read:
        for name, span in spans_of(event):
            if not 0 <= span.start <= span.end <= len(text) or text[span.start : span.end] != span.text:
                yield f"event {event.id}: the words of {name} do not stand at {span.start}-{span.end}"


def spans_of(event: Event) -> Iterator[tuple[str, Any]]:
    """Yield everything of an event that quotes the text, with the name of its field."""
    yield "trigger", event.trigger
    for name, parties in (("actors", event.actors), ("recipients", event.recipients)):
        for party in parties:
            yield name, party
    if event.place:
        yield "place", event.place
    if event.date:
        yield "date", event.date.span
    if event.source:
        yield "source", event.source
        if event.source.via:
            yield "via", event.source.via
    for cue in event.cues:
        yield "cues", cue


def _flat_rows(connection: Connection, article_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the flat rows of articles, each with its parties."""
    if not article_ids:
        return {}
    query = select(events).where(events.c.article.in_(article_ids)).order_by(events.c.article, events.c.number)
    rows = [dict(row._mapping) for row in connection.execute(query)]
    parties: dict[int, list[dict[str, Any]]] = {}
    query = (
        select(event_parties)
        .join(events, events.c.id == event_parties.c.event)
        .where(events.c.article.in_(article_ids))
        .order_by(event_parties.c.role, event_parties.c.number)
    )
    for row in connection.execute(query):
        parties.setdefault(row.event, []).append(dict(row._mapping))
    out: dict[int, list[dict[str, Any]]] = {}
    for event in rows:
        out.setdefault(event["article"], []).append(event | {"parties": parties.get(event["id"], [])})
    return out


def _wrong_rows(row: Any, read: tuple[Event, ...], flat: dict[int, list[dict[str, Any]]]) -> Iterator[str]:
    if row.article_coder != row.coder or row.article_events != len(read):
        yield "the article does not name this coding as the one in use"
    there = {event["number"]: event for event in flat.get(row.article, ())}
    for event in read:
        have = there.pop(event.id, None)
        if have is None:
            yield f"event {event.id} is missing from the lists"
            continue
        wanted = event_row(event, id_=have["id"], article=row.article, coding=row.id, published=row.published)
        if have != wanted | {"parties": list(party_rows(event, have["id"]))}:
            yield f"event {event.id} differs in the lists"
    for number in there:
        yield f"event {number} is in the lists only"


def rows_alone(connection: Connection) -> list[Finding]:
    """Find flat rows of codings that are not in use, and articles that claim a coding they do not have."""
    stray = (
        select(events.c.id)
        .join(codings, codings.c.id == events.c.coding)
        .join(articles, articles.c.id == events.c.article)
        .where(~codings.c.current | (codings.c.version != articles.c.version))
    )
    found = [
        Finding(kind="events", where=f"events {id_}", message="is of a coding that is not in use")
        for id_ in connection.execute(stray).scalars()
    ]
    claimed = (
        select(articles.c.id)
        .outerjoin(codings, (codings.c.version == articles.c.version) & codings.c.current)
        .where(articles.c.coder.is_not(None), codings.c.id.is_(None))
    )
    found += [
        Finding(kind="events", where=f"article {id_}", message="is said to be coded and has no coding")
        for id_ in connection.execute(claimed).scalars()
    ]
    return found


__all__ = ["page", "rows_alone", "spans_of"]
