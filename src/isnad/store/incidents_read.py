"""Reading incidents: by id, page by page, of an article, and what is unsure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, or_, select

from isnad.errors import StoreError
from isnad.model import Article
from isnad.model.incidents import Incident
from isnad.store.codings import article_of, coded_of
from isnad.store.incident_records import CardBody, IncidentCard, StoredIncident, UnsurePair
from isnad.store.incidents_write import GENERATION, Weighed, parts
from isnad.store.records import Stored
from isnad.store.schema import (
    articles,
    codings,
    incident_bodies,
    incident_ids,
    incident_members,
    incident_pairs,
    incidents,
    meta,
    sightings,
    texts,
    versions,
    weighed,
)

_INCIDENT = msgspec.json.Decoder(Incident)
_CARD = msgspec.json.Decoder(CardBody)
_KEYS = msgspec.json.Decoder(tuple[str, ...])
_REASONS = msgspec.json.Decoder(tuple[tuple[str, float, float], ...])


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """All ids ever given: the tellings of each that leads to no other, in the order they were given, and redirects.

    `live` are those that stand for an incident now, `imported` those whose articles are not in the store.
    """

    generation: int
    keys: dict[str, tuple[str, ...]]
    redirects: dict[str, str]
    live: frozenset[str]
    imported: frozenset[str]
    facts: dict[str, str]


class Current(msgspec.Struct, frozen=True):
    """An article with a coding in use: the version it is of, and the coding."""

    article: int
    version: int
    coding: int
    key: str | None  # None when it was never weighed
    weighed: int | None  # the coding that was weighed
    copies: str | None


def registered(connection: Connection) -> Registered:
    """Return all ids, and the generation and other facts that were noted with them."""
    query = select(
        incident_ids.c.id, incident_ids.c["keys"], incident_ids.c.leads_to, incident_ids.c.live, incidents.c.imported
    ).outerjoin(incidents, incidents.c.number == incident_ids.c.number)
    rows = connection.execute(query.order_by(incident_ids.c.number)).all()
    facts = {row.key: row.value for row in connection.execute(select(meta).where(meta.c.key.like("incidents.%")))}
    return Registered(
        generation=int(facts.get(GENERATION, 0)),
        keys={row.id: _KEYS.decode(row[1]) for row in rows if row.leads_to is None},
        redirects={row.id: row.leads_to for row in rows if row.leads_to is not None},
        live=frozenset(row.id for row in rows if row.live),
        imported=frozenset(row.id for row in rows if row.imported),
        facts=facts,
    )


def current(connection: Connection) -> list[Current]:
    """Return every article with a coding in use, by id, with what was weighed of it."""
    query = (
        select(
            articles.c.id,
            articles.c.version,
            codings.c.id.label("coding"),
            weighed.c.key,
            weighed.c.coding.label("weighed"),
            weighed.c.copies,
        )
        .join(codings, (codings.c.version == articles.c.version) & codings.c.current)
        .outerjoin(weighed, weighed.c.article == articles.c.id)
        .order_by(articles.c.id)
    )
    return [Current(*row) for row in connection.execute(query)]


def weighed_articles(connection: Connection) -> dict[str, int]:
    """Return the articles that were weighed, by key."""
    return {row.key: row.article for row in connection.execute(select(weighed.c.key, weighed.c.article))}


def digests(connection: Connection) -> dict[str, str]:
    """Return the digest of each incident, by id."""
    query = select(incident_ids.c.id, incidents.c.digest).join(incidents, incidents.c.number == incident_ids.c.number)
    return {row.id: row.digest for row in connection.execute(query)}


class Unread(msgspec.Struct, frozen=True, array_like=True):
    """An article with its coding in use as it lies in the store: `events` are JSON."""

    article: int
    version: int
    body: Article
    coder: str
    note: str | None
    events: str


def read(one: Unread) -> Stored:
    """Return an article with its coding."""
    coded = coded_of(one.body, coder=one.coder, note=one.note, events_json=one.events)
    return Stored(article=one.article, version=one.version, coded=coded)


def stored(connection: Connection, article_ids: Sequence[int]) -> list[Stored]:
    """Return articles with their codings in use, by id; those without one are left out."""
    return [read(one) for one in unread(connection, article_ids)]


def unread(connection: Connection, article_ids: Sequence[int]) -> list[Unread]:
    """Return the same undecoded, for processes that share the decoding."""
    query = (
        select(
            articles.c.id.label("article"),
            articles.c.version,
            texts.c.text,
            versions.c.doc_id,
            versions.c.title,
            versions.c.published,
            versions.c.outlet,
            versions.c.url,
            codings.c.coder,
            codings.c.note,
            codings.c.events,
        )
        .join(versions, versions.c.id == articles.c.version)
        .join(texts, texts.c.version == versions.c.id)
        .join(codings, (codings.c.version == versions.c.id) & codings.c.current)
    )
    return [
        Unread(row.article, row.version, article_of(row), row.coder, row.note, row.events)
        for some in parts(article_ids)
        for row in connection.execute(query.where(articles.c.id.in_(some)).order_by(articles.c.id))
    ]


def keys_of(connection: Connection, article_ids: Sequence[int]) -> dict[int, Weighed]:
    """Return what is known of weighed articles, by their ids."""
    out: dict[int, Weighed] = {}
    for some in parts(article_ids):
        rows = connection.execute(select(weighed).where(weighed.c.article.in_(some)))
        out |= {row.article: Weighed(row.article, row.key, row.coding, row.copies) for row in rows}
    return out


def copies_of(connection: Connection, names: Sequence[str]) -> dict[str, list[tuple[int, str, str | None]]]:
    """Return the articles of groups of reprints, by the group's name: id, key, day of publication."""
    query = (
        select(weighed.c.copies, weighed.c.article, weighed.c.key, versions.c.published)
        .join(articles, articles.c.id == weighed.c.article)
        .join(versions, versions.c.id == articles.c.version)
    )
    out: dict[str, list[tuple[int, str, str | None]]] = {}
    for some in parts(names):
        for row in connection.execute(query.where(weighed.c.copies.in_(some)).order_by(weighed.c.key)):
            out.setdefault(row.copies, []).append((row.article, row.key, row.published))
    return out


def forwarded(connection: Connection, article_ids: Iterable[int] | None = None) -> dict[int, str]:
    """Return for articles that were forwarded the channel they came from."""
    query = select(sightings.c.article, sightings.c.forwarded_from).where(sightings.c.forwarded_from.is_not(None))
    if article_ids is not None:
        query = query.where(sightings.c.article.in_(list(article_ids)))
    return {row.article: row.forwarded_from for row in connection.execute(query.order_by(sightings.c.id.desc()))}


def fact(connection: Connection, name: str) -> str | None:
    """Return a row of `meta`."""
    value = connection.execute(select(meta.c.value).where(meta.c.key == name)).scalar()
    return None if value is None else str(value)


def is_taken(connection: Connection, id_: str) -> bool:
    """Say whether an id was ever given."""
    return connection.execute(select(incident_ids.c.number).where(incident_ids.c.id == id_)).scalar() is not None


def leading_to(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return where every id leads that leads to one of `ids`, directly or by way of others."""
    out: dict[str, str] = {}
    wanted = list(ids)
    while wanted:
        rows = connection.execute(select(incident_ids).where(incident_ids.c.leads_to.in_(wanted))).all()
        wanted = [row.id for row in rows if row.id not in out]
        out |= {row.id: row.leads_to for row in rows}
    return out


def resolve(connection: Connection, id_: str) -> str:
    """Return the id that `id_` leads to now; StoreError (incident.unknown) when none was ever given like it."""
    seen: set[str] = set()
    while id_ not in seen:
        seen.add(id_)
        row = connection.execute(select(incident_ids).where(incident_ids.c.id == id_)).one_or_none()
        if row is None:
            raise StoreError(f"there is no incident {id_} in the store", code="incident.unknown")
        if row.leads_to is None:
            return id_
        id_ = row.leads_to
    raise StoreError(f"the redirects of incident {id_} go in a circle", code="store.damaged")


_WHOLE: Select[Any] = (
    select(
        incident_ids.c.id,
        incident_ids.c.number,
        incident_ids.c["keys"].label("tellings"),
        incidents.c.stamp,
        incidents.c.state,
        incidents.c.reviewed,
        incidents.c.imported,
        incident_bodies.c.body,
        incident_bodies.c.weighed,
    )
    .join(incidents, incidents.c.number == incident_ids.c.number)
    .join(incident_bodies, incident_bodies.c.number == incidents.c.number)
)


def get(connection: Connection, id_: str) -> StoredIncident:
    """Return an incident by an id that is or leads to its own; StoreError (incident.unknown) when there is none."""
    now = resolve(connection, id_)
    found = several(connection, [now])
    if not found:
        raise StoreError(f"nothing in the store tells of incident {now} any more", code="incident.unknown")
    return found[0]


def several(connection: Connection, ids: Sequence[str]) -> list[StoredIncident]:
    """Return incidents by their own ids, in the order of their numbers; those that are none are left out."""
    out: list[StoredIncident] = []
    for some in parts(ids):
        out += [_stored(row) for row in connection.execute(_WHOLE.where(incident_ids.c.id.in_(some)))]
    return sorted(out, key=lambda stored: stored.number)


def page(connection: Connection, *, after: int, limit: int) -> list[StoredIncident]:
    """Return incidents by number; continue with `after=last.number`."""
    query = _WHOLE.where(incident_ids.c.number > after).order_by(incident_ids.c.number).limit(limit)
    return [_stored(row) for row in connection.execute(query)]


def _stored(row: Any) -> StoredIncident:
    body = _INCIDENT.decode(row.body)
    return StoredIncident(
        id=row.id,
        number=row.number,
        version=row.stamp,
        state=row.state,
        reviewed=row.reviewed,
        imported=row.imported,
        keys=_KEYS.decode(row.tellings),
        incident=body,
        weighed=_INCIDENT.decode(row.weighed) if row.weighed else body,
    )


def cards(connection: Connection, numbers: Sequence[int]) -> list[IncidentCard]:
    """Return cards of incidents by their numbers, in this order; those that are gone are left out."""
    query = (
        select(
            incident_ids.c.id,
            incidents.c.number,
            incidents.c.stamp,
            incidents.c.day,
            incidents.c.state,
            incidents.c.reviewed,
            incident_bodies.c.card,
        )
        .join(incidents, incidents.c.number == incident_ids.c.number)
        .join(incident_bodies, incident_bodies.c.number == incidents.c.number)
    )
    found: dict[int, IncidentCard] = {}
    for some in parts(numbers):
        for row in connection.execute(query.where(incidents.c.number.in_(some))):
            found[row.number] = IncidentCard(
                id=row.id,
                version=row.stamp,
                state=row.state,
                reviewed=row.reviewed,
                body=_CARD.decode(row.card),
                cursor=f"{row.day}~{row.number}",
            )
    return [found[number] for number in numbers if number in found]


def cards_of(connection: Connection, ids: Sequence[str]) -> list[IncidentCard]:
    """Return cards of incidents by their own ids, in this order; those that are none are left out."""
    numbers: dict[str, int] = {}
    for some in parts(ids):
        query = select(incident_ids.c.id, incident_ids.c.number).where(incident_ids.c.id.in_(some), incident_ids.c.live)
        numbers |= {row.id: row.number for row in connection.execute(query)}
    return cards(connection, [numbers[id_] for id_ in ids if id_ in numbers])


def of_articles(connection: Connection, article_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """Return the incident of each event, by the article's id and the event's, of those that have one."""
    query = select(incident_members.c.article, incident_members.c.event, incident_ids.c.id).join(
        incident_ids, incident_ids.c.number == incident_members.c.incident
    )
    out: dict[tuple[int, int], str] = {}
    for some in parts(article_ids):
        rows = connection.execute(query.where(incident_members.c.article.in_(some)))
        out |= {(row.article, row.event): row.id for row in rows}
    return out


_ONE, _TWO = incident_ids.alias("one_id"), incident_ids.alias("two_id")
_PAIRS = (
    select(_ONE.c.id, _TWO.c.id, incident_pairs.c.score, incident_pairs.c.reasons)
    .join(_ONE, _ONE.c.number == incident_pairs.c.one)
    .join(_TWO, _TWO.c.number == incident_pairs.c.two)
    .order_by(incident_pairs.c.score.desc(), incident_pairs.c.one, incident_pairs.c.two)
)


def pairs(connection: Connection, *, of: str | None = None, limit: int = 100) -> list[UnsurePair]:
    """Return pairs that may be one incident, the likeliest first; `of` those of one incident."""
    query = _PAIRS.limit(limit)
    if of is not None:
        query = query.where(or_(_ONE.c.id == of, _TWO.c.id == of))
    rows = connection.execute(query)
    return [UnsurePair(one=a, two=b, score=score, reasons=_REASONS.decode(given)) for a, b, score, given in rows]


__all__ = [
    "Current",
    "Registered",
    "Unread",
    "cards",
    "cards_of",
    "copies_of",
    "current",
    "digests",
    "fact",
    "forwarded",
    "get",
    "is_taken",
    "keys_of",
    "leading_to",
    "of_articles",
    "page",
    "pairs",
    "read",
    "registered",
    "resolve",
    "several",
    "stored",
    "unread",
    "weighed_articles",
]
