"""/incidents: the collection in the manner of OGC API Features, counts, points, one incident; and all claims."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from isnad.api import examples
from isnad.api.answers import GEOJSON, answer, link_to, matches, next_address, one, page
from isnad.api.desk import Desk
from isnad.api.documented import ok
from isnad.api.filters import sound
from isnad.api.parameters import ClaimCursor, Cursor, Id, Limit, Wanted
from isnad.api.people import Reader, TheDesk
from isnad.api.shapes.common import PageOf
from isnad.api.shapes.incidents import (
    IncidentPage,
    IncidentView,
    Link,
    ListedClaim,
    PointsView,
    Summary,
)
from isnad.api.views.cards import points_view
from isnad.api.views.incident import incident_view
from isnad.api.views.listed_claims import listed_claims
from isnad.export.incident_csv import IncidentCsvWriter
from isnad.store.incident_records import IncidentCard

router = APIRouter(tags=["incidents"], default_response_class=Response)


class Format(StrEnum):
    """In which form a list is wanted."""

    geojson = "geojson"
    json = "json"
    csv = "csv"


@router.get(
    "/incidents",
    operation_id="listIncidents",
    summary="Incidents that answer the filters, the newest day first",
    responses=ok(
        IncidentPage,
        "A page of incidents.",
        example=examples.COLLECTION,
        media_type=GEOJSON,
        headers=("Link",),
        also=("application/json", "text/csv"),
    ),
)
def list_incidents(
    request: Request,
    who: Reader,
    desk: TheDesk,
    wanted: Wanted,
    after: Cursor,
    limit: Limit = 50,
    f: Annotated[Format, Query(description="geojson (also as json), or csv.")] = Format.geojson,
) -> Response:
    """As GeoJSON (RFC 7946) with numberMatched, numberReturned and links; as CSV with a Link to the next page."""
    found, total = desk.store.incidents.listed(wanted, after=after, limit=limit)
    next_ = found[-1].cursor if len(found) == limit else None
    if f is Format.csv:
        return _csv(request, desk, found, next_)
    features = tuple(desk.cards.feature(card) for card in found)
    body = IncidentPage(
        features=features,
        numberMatched=total,
        numberReturned=len(features),
        links=_links(request, next_),
        next=next_,
    )
    media_type = GEOJSON if f is Format.geojson else "application/json"
    return answer(body, headers=link_to(request, next_), media_type=media_type)


def _links(request: Request, next_: str | None) -> tuple[Link, ...]:
    here = f"{request.url.path}?{request.url.query}".rstrip("?")
    links = [Link(href=here, rel="self", type=GEOJSON)]
    if next_ is not None:
        links.append(Link(href=next_address(request, next_), rel="next", type=GEOJSON))
    return tuple(links)


def _csv(request: Request, desk: Desk, found: list[IncidentCard], next_: str | None) -> Response:
    writer = IncidentCsvWriter(desk.naming.names)
    stored = {one.id: one.incident for one in desk.store.incidents.several([card.id for card in found])}
    rows = [writer.incident(stored[card.id]) for card in found if card.id in stored]
    content = "".join([writer.begin(), *rows, writer.end()])
    return Response(content, media_type="text/csv; charset=utf-8; header=present", headers=link_to(request, next_))


@router.get(
    "/incidents/summary",
    operation_id="summariseIncidents",
    summary="How many of the incidents that answer there are of each day, type, grade, outlet and party",
    responses=ok(Summary, "Counts.", example=examples.SUMMARY, headers=("ETag",)),
)
def summarise_incidents(request: Request, who: Reader, desk: TheDesk, wanted: Wanted) -> Response:
    """The counts behind the timeline and the filters; kept until an incident changes."""
    incidents = desk.store.incidents
    tag = f'W/"g{(generation := incidents.generation())}"'
    if matches(request.headers.get("if-none-match"), tag.removeprefix("W/")):
        return Response(status_code=304, headers={"ETag": tag})
    body = desk.kept.get(generation, ("summary", wanted), lambda: desk.cards.summary(incidents.counts(wanted)))
    return answer(body, headers={"ETag": tag})


@router.get(
    "/incidents/points",
    operation_id="listIncidentPoints",
    summary="Every incident that answers and has coordinates, for a map: columns, at most 100,000",
    responses=ok(PointsView, "Points.", example=examples.POINTS, headers=("ETag",)),
)
def list_points(request: Request, who: Reader, desk: TheDesk, wanted: Wanted) -> Response:
    """Columns instead of objects: a hundred thousand points are a few megabytes."""
    incidents = desk.store.incidents
    tag = f'W/"g{incidents.generation()}"'
    if matches(request.headers.get("if-none-match"), tag.removeprefix("W/")):
        return Response(status_code=304, headers={"ETag": tag})
    return answer(points_view(incidents.points(wanted)), headers={"ETag": tag})


@router.get(
    "/incidents/{id}",
    operation_id="getIncident",
    summary="Everything known of one incident",
    responses={
        **ok(IncidentView, "The incident.", headers=("ETag",)),
        301: {
            "description": "It was merged; Location names the incident that it is now.",
            "headers": {"Location": {"schema": {"type": "string"}}},
        },
    },
)
def get_incident(request: Request, who: Reader, desk: TheDesk, id: Id) -> Response:
    """Claims with quotations, voices, disputes, members, names, links, chain, what may be the same, history.

    ETag is what a decision upon the incident names in If-Match.
    """
    wanted = sound(id) or ""
    stored = desk.store.incidents.get(wanted)
    if stored.id != wanted:
        return Response(
            status_code=301,
            headers={"Location": str(request.url.replace(path=f"/api/v1/incidents/{stored.id}", scheme="", netloc=""))},
        )
    body = incident_view(stored, desk.store, desk.cards, desk.claims)
    return one(request, body, etag=body.etag)


@router.get(
    "/claims",
    operation_id="listClaims",
    summary="The claims of the incidents that answer the filters",
    responses=ok(PageOf[ListedClaim], "A page of claims.", headers=("Link",)),
)
def list_claims(
    request: Request, who: Reader, desk: TheDesk, wanted: Wanted, after: ClaimCursor, limit: Limit = 50
) -> Response:
    """Incident by incident, the newest day first; every value with whose word it is."""
    found, next_ = listed_claims(desk.store, desk.claims, wanted, after=after, limit=limit)
    return page(request, found, next=next_)


__all__ = ["router"]
