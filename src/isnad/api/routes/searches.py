"""/searches: filters with a name, each with an Atom feed of what answers it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, StringConstraints
from starlette.responses import Response

from isnad.api.answers import answer, content_tag, matches, page
from isnad.api.credentials import new_id, now
from isnad.api.documented import ok, text
from isnad.api.filters import filter_from, sound
from isnad.api.parameters import Id
from isnad.api.people import Reader, Reviewer, TheDesk
from isnad.api.problems import Problem, language_of
from isnad.api.shapes.common import PageOf
from isnad.api.shapes.desk import SearchView
from isnad.api.views.atom import feed_of
from isnad.store.access_records import SavedSearch

router = APIRouter(tags=["searches"], default_response_class=Response)
_ENTRIES = 50
_MOST = 500
_EXAMPLE = {
    "id": "5a1b0c9d8e7f", "name": "contested in Aleppo", "query": "grade=contested&place=حلب", "user": "mona",
    "created": "2026-02-01T09:30:00Z", "feed": "/api/v1/searches/5a1b0c9d8e7f/feed.atom",
}  # fmt: skip


class NewSearch(BaseModel):
    """A name, and the filter as the page's address has it."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)] = Field(
        examples=["contested in Aleppo"]
    )
    query: str = Field(max_length=4_000, examples=["grade=contested&place=SYR"])


@router.get(
    "/searches",
    operation_id="listSearches",
    summary="Saved searches",
    responses=ok(PageOf[SearchView], "All saved searches.", example={"items": [_EXAMPLE], "next": None, "total": 1}),
)
def list_searches(request: Request, who: Reader, desk: TheDesk) -> Response:
    """The oldest first; a team shares them."""
    found = [_view(search) for search in desk.store.access.searches()]
    return page(request, found, next=None, total=len(found))


@router.post(
    "/searches",
    operation_id="addSearch",
    summary="Save a search",
    responses=ok(SearchView, "The search.", status=201, example=_EXAMPLE),
    status_code=201,
)
def add_search(who: Reviewer, desk: TheDesk, new: NewSearch) -> Response:
    """The filter is checked: one that asks for what cannot be is refused."""
    name, query = sound(new.name), sound(new.query) or ""
    filter_from(query)
    if name is None:
        raise Problem("api.invalid", values={"where": "name"})
    if len(desk.store.access.searches()) >= _MOST:
        raise Problem("api.busy")
    search = SavedSearch(id=new_id(), name=name, query=query, user=who.name, created=now())
    desk.store.access.add_search(search)
    desk.store.access.note(at=now(), user=who.name, action="search-saved", subject=f"search:{search.id}")
    return answer(_view(search), status=201)


@router.delete(
    "/searches/{id}",
    operation_id="removeSearch",
    summary="Remove a saved search",
    responses=ok(None, "It is gone, and its feed.", status=204),
    status_code=204,
)
def remove_search(who: Reviewer, desk: TheDesk, id: Id) -> Response:
    """For everybody."""
    if not desk.store.access.remove_search(sound(id) or ""):
        raise Problem("api.not-found")
    desk.store.access.note(at=now(), user=who.name, action="search-removed", subject=f"search:{id}")
    return Response(status_code=204)


@router.get(
    "/searches/{id}/feed.atom",
    operation_id="getSearchFeed",
    summary="What answers a saved search, as an Atom feed",
    responses=text("The newest incidents that answer.", "application/atom+xml"),
)
def get_feed(request: Request, who: Reader, desk: TheDesk, id: Id) -> Response:
    """Feed readers send an API key as the password of Basic authentication; titles follow Accept-Language."""
    search = desk.store.access.search(sound(id) or "")
    if search is None:
        raise Problem("api.not-found")
    found = desk.store.incidents.cards(desk.filter_from(search.query), limit=_ENTRIES)
    root = str(request.base_url).rstrip("/")
    content = feed_of(
        search, [desk.cards.card(card) for card in found], root=root,
        language=language_of(request.headers.get("accept-language")), labels=desk.labels,
    )  # fmt: skip
    tag = content_tag(content)
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content, media_type="application/atom+xml; charset=utf-8", headers={"ETag": tag})


def _view(search: SavedSearch) -> SearchView:
    return SearchView(
        id=search.id,
        name=search.name,
        query=search.query,
        user=search.user,
        created=search.created,
        feed=f"/api/v1/searches/{search.id}/feed.atom",
    )


__all__ = ["router"]
