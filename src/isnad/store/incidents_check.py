"""Incidents against what they rest on: members that exist, words that stand where they are said to, ids that lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from isnad.model import Span
from isnad.model.incidents import Incident
from isnad.store.incident_records import StoredIncident, ToKeep
from isnad.store.incident_rows import card_of, facet_rows, incident_row, member_rows
from isnad.store.incidents_read import page as read_page
from isnad.store.incidents_says import says_rows
from isnad.store.records import Finding
from isnad.store.schema import (
    articles,
    codings,
    incident_bodies,
    incident_facets,
    incident_ids,
    incident_members,
    incident_says,
    incidents,
    texts,
    weighed,
)

_PAGE = 200
_HAPPENING = "happening"


def page(connection: Connection, after: int) -> tuple[int | None, list[Finding]]:
    """Check a page of incidents by number; return the last number, None when there are no more."""
    try:
        found = read_page(connection, after=after, limit=_PAGE)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return _one_by_one(connection, after)
    findings = list(_findings(connection, found))
    return (found[-1].number if found else None), findings


def _one_by_one(connection: Connection, after: int) -> tuple[int | None, list[Finding]]:
    """Go through a page of which some incident cannot be read."""
    query = select(incident_ids.c.number, incident_ids.c.id).join(
        incidents, incidents.c.number == incident_ids.c.number
    )
    rows = connection.execute(query.where(incident_ids.c.number > after).order_by(incident_ids.c.number).limit(_PAGE))
    out: list[Finding] = []
    last: int | None = None
    for row in rows.all():
        last = row.number
        try:
            out += _findings(connection, read_page(connection, after=row.number - 1, limit=1))
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            out.append(Finding(kind="incident", where=f"incident {row.id}", message=f"cannot be read: {error}"))
    return last, out


def _findings(connection: Connection, found: list[StoredIncident]) -> Iterator[Finding]:
    wanted = {m.article for one in found for m in one.incident.members if m.article is not None}
    texts_of = _texts(connection, wanted)
    keys = _keys(connection, wanted)
    rows = {row.number: row for row in _rows(connection, incidents, "number", found)}
    members = _grouped(_rows(connection, incident_members, "incident", found))
    facets = _grouped(_rows(connection, incident_facets, "incident", found))
    says = _grouped(_rows(connection, incident_says, "incident", found))
    for one in found:
        where = f"incident {one.id}"
        for message in (
            *_of_body(one),
            *_of_members(one, keys, texts_of),
            *_of_rows(one, rows[one.number], members.get(one.number, []), facets.get(one.number, [])),
            *_of_says(one, says.get(one.number, [])),
        ):
            yield Finding(kind="incident", where=where, message=message)


def _of_body(one: StoredIncident) -> Iterator[str]:
    if one.incident.id != one.id:
        yield f"says of itself that it is {one.incident.id}"
    if not any(member.part == _HAPPENING for member in one.incident.members):
        yield "no member tells of it as something that happened"
    if not one.keys:
        yield "has no telling"


def _of_members(one: StoredIncident, keys: dict[int, str], texts_of: dict[int, str]) -> Iterator[str]:
    for name, incident in (("", one.incident), ("as weighed: ", one.weighed)):
        for article, span in _quoted(incident):
            if article not in texts_of:
                yield f"{name}article {article} has no text in use"
            elif not _stands(texts_of[article], span):
                yield f"{name}the words of article {article} do not stand at {span.start}-{span.end}"
        if one.weighed is one.incident:
            break
    if not one.imported:
        for member in one.incident.members:
            if member.article is None or keys.get(member.article) != member.doc_id:
                yield f"member {member.doc_id} is of no article that was weighed"


def _quoted(incident: Incident) -> Iterator[tuple[int, Span]]:
    for member in incident.members:
        if member.article is not None:
            yield member.article, member.trigger
    for claim in incident.claims:
        if claim.article is not None:
            yield claim.article, claim.span


def _stands(text: str, span: Span) -> bool:
    return 0 <= span.start <= span.end <= len(text) and text[span.start : span.end] == span.text


def _of_rows(one: StoredIncident, row: Any, members: list[Any], facets: list[Any]) -> Iterator[str]:
    kept = ToKeep(
        incident=one.incident,
        weighed=one.weighed,
        keys=one.keys,
        state=one.state,
        reviewed=one.reviewed,
        imported=one.imported,
    )
    card = card_of(one.incident)
    if dict(row._mapping) != incident_row(kept, card, number=one.number, stamp=one.version):
        yield "differs in the lists"
    if _same(members) != _sorted(member_rows(one.incident, number=one.number)):
        yield "its members differ in the lists"
    if _same(facets) != _sorted(facet_rows(one.incident, card, number=one.number)):
        yield "its parties, outlets or disputes differ in the lists"


def _of_says(one: StoredIncident, says: list[Any]) -> Iterator[str]:
    if _same(says) != _sorted(says_rows(one.incident, number=one.number)):
        yield "what its outlets say differs in the lists"


def _same(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return _sorted(dict(row._mapping) for row in rows)


def _sorted(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(sorted((k, str(v)) for k, v in row.items())))


def _rows(connection: Connection, table: Any, key: str, found: list[StoredIncident]) -> list[Any]:
    numbers = [one.number for one in found]
    return list(connection.execute(select(table).where(table.c[key].in_(numbers))).all()) if numbers else []


def _grouped(rows: list[Any]) -> dict[int, list[Any]]:
    out: dict[int, list[Any]] = {}
    for row in rows:
        out.setdefault(row.incident, []).append(row)
    return out


def _texts(connection: Connection, wanted: set[int]) -> dict[int, str]:
    """Return the texts that the incidents rest on: of the version whose coding was weighed, else of the one in use."""
    query = (
        select(articles.c.id, texts.c.text)
        .outerjoin(weighed, weighed.c.article == articles.c.id)
        .outerjoin(codings, codings.c.id == weighed.c.coding)
        .join(texts, texts.c.version == codings.c.version)
        .where(articles.c.id.in_(wanted))
    )
    fresh = (
        select(articles.c.id, texts.c.text)
        .join(texts, texts.c.version == articles.c.version)
        .where(articles.c.id.in_(wanted))
    )
    out = {row.id: row.text for row in connection.execute(fresh)}
    return out | {row.id: row.text for row in connection.execute(query)}


def _keys(connection: Connection, wanted: set[int]) -> dict[int, str]:
    rows = connection.execute(select(weighed.c.article, weighed.c.key).where(weighed.c.article.in_(wanted)))
    return {row.article: row.key for row in rows}


def ids_alone(connection: Connection) -> list[Finding]:
    """Find ids that lead nowhere or in a circle, and ids that stand for an incident and have none, or the reverse."""
    rows = {row.id: row for row in connection.execute(select(incident_ids))}
    bodies = set(connection.execute(select(incident_bodies.c.number)).scalars())
    living = set(connection.execute(select(incidents.c.number)).scalars())
    out = []
    for id_, row in rows.items():
        message = None
        if row.leads_to is not None and row.leads_to not in rows:
            message = f"leads to {row.leads_to}, which was never given"
        elif row.leads_to is not None and _circles(id_, rows):
            message = "leads in a circle"
        elif row.leads_to is not None and row.live:
            message = f"stands for an incident and leads to {row.leads_to}"
        elif row.live != (row.number in living) or (row.number in living) != (row.number in bodies):
            message = "is said to stand for an incident and does not, or the reverse"
        if message is not None:
            out.append(Finding(kind="incident", where=f"incident {id_}", message=message))
    return out


def _circles(id_: str, rows: dict[str, Any]) -> bool:
    seen = {id_}
    now = rows[id_].leads_to
    while now in rows and rows[now].leads_to is not None:
        if now in seen:
            return True
        seen.add(now)
        now = rows[now].leads_to
    return now in seen


__all__ = ["ids_alone", "page"]
