"""Parameters that many endpoints share."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request

from isnad.api.desk import desk_of
from isnad.api.filters import incident_filter, sound_cursor
from isnad.api.problems import Problem
from isnad.store.incident_records import IncidentFilter

MOST = 1_000


def cursor(
    cursor: Annotated[
        str | None, Query(max_length=200, description="Continue a list: `next` of the page before.")
    ] = None,
) -> str | None:
    """Return the cursor of a request."""
    return sound_cursor(cursor)


def wanted(request: Request, given: Annotated[IncidentFilter, Depends(incident_filter)]) -> IncidentFilter:
    """Return the filter of a request, its place as the store knows it."""
    return desk_of(request).places.resolved(given)


def number(article: Annotated[str, Path(description="The article's id.", max_length=40, examples=["17"])]) -> int:
    """Return an article's id as the store counts them."""
    if not (article.isascii() and article.isdecimal()) or len(article) > 15:
        raise Problem("store.unknown")
    return int(article)


Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many on a page.")]
Cursor = Annotated[str | None, Depends(cursor)]
Wanted = Annotated[IncidentFilter, Depends(wanted)]
ArticleNumber = Annotated[int, Depends(number)]
Id = Annotated[str, Path(max_length=300, description="An id as lists give it.")]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag that was read; * for whatever it is now.", max_length=300),
]

__all__ = ["ArticleNumber", "Cursor", "Id", "IfMatch", "Limit", "Wanted"]
