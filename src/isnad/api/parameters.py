"""Parameters that many endpoints share; asynchronous, as what only computes needs no thread of its own."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query, Request
from fastapi.routing import APIRoute

from isnad.api.cursors import CLAIM_CURSOR, DAY_CURSOR, NUMBER_CURSOR, sound_cursor
from isnad.api.desk import desk_of
from isnad.api.filters import event_filter, incident_filter
from isnad.api.problems import Problem, meant
from isnad.store.incident_records import IncidentFilter

MOST = 1_000


Given = Annotated[str | None, Query(alias="cursor", max_length=200, description="Continue: `next` of the page before.")]

_KNOWN: dict[Any, frozenset[str]] = {}  # by endpoint, as they are asked for


async def only_known(request: Request) -> None:
    """Refuse a parameter that the address does not have: a misspelt filter would be one that was left out."""
    route = request.scope["route"]
    known = _KNOWN.get(route.endpoint) or _KNOWN.setdefault(route.endpoint, known_parameters(route))
    for name in request.query_params:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise Problem("api.parameter", values={"where": name, "expected": meant(near[0]) if near else ""})


def known_parameters(route: APIRoute) -> frozenset[str]:
    """Return the names of all parameters of an endpoint's query."""
    found: set[str] = set()
    waiting = [route.dependant]
    while waiting:
        one = waiting.pop()
        found |= {field.alias for field in one.query_params}
        waiting += one.dependencies
    return frozenset(found)


async def day_cursor(given: Given = None) -> str | None:
    """Return the cursor of a list in order of days."""
    return sound_cursor(given, DAY_CURSOR)


async def number_cursor(given: Given = None) -> str | None:
    """Return the cursor of a list in order of numbers."""
    return sound_cursor(given, NUMBER_CURSOR)


async def claim_cursor(given: Given = None) -> str | None:
    """Return the cursor of the list of claims."""
    return sound_cursor(given, CLAIM_CURSOR)


async def wanted(request: Request, given: Annotated[IncidentFilter, Depends(incident_filter)]) -> IncidentFilter:
    """Return the filter of a request, its place as the store knows it."""
    return desk_of(request).places.resolved(given)


async def wanted_of_articles(
    request: Request, given: Annotated[IncidentFilter, Depends(event_filter)]
) -> IncidentFilter:
    """Return the filter of a request for articles or events, its place as the store knows it."""
    return desk_of(request).places.resolved(given)


async def number(article: Annotated[str, Path(description="The article's id.", max_length=40, examples=["17"])]) -> int:
    """Return an article's id as the store counts them."""
    if not (article.isascii() and article.isdecimal()) or len(article) > 15:
        raise Problem("store.unknown")
    return int(article)


Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many on a page.")]
Cursor = Annotated[str | None, Depends(day_cursor)]
NumberCursor = Annotated[str | None, Depends(number_cursor)]
ClaimCursor = Annotated[str | None, Depends(claim_cursor)]
Wanted = Annotated[IncidentFilter, Depends(wanted)]
WantedOfArticles = Annotated[IncidentFilter, Depends(wanted_of_articles)]
ArticleNumber = Annotated[int, Depends(number)]
Id = Annotated[str, Path(max_length=300, description="An id as lists give it.")]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag that was read; * for whatever it is now.", max_length=300),
]

__all__ = [
    "ArticleNumber", "ClaimCursor", "Cursor", "Id", "IfMatch", "Limit", "NumberCursor", "Wanted", "WantedOfArticles",
    "known_parameters", "only_known",
]  # fmt: skip
