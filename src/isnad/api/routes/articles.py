"""/articles, /events, /search: reports, what was read in them, and words in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from msgspec import structs
from starlette.responses import Response

from isnad.api import examples
from isnad.api.answers import one, page
from isnad.api.documented import ok
from isnad.api.filters import article_filter
from isnad.api.parameters import ArticleNumber, Cursor, Limit, NumberCursor, WantedOfArticles
from isnad.api.people import Reader, TheDesk
from isnad.api.problems import Problem
from isnad.api.shapes.articles import ArticleItem, ArticleView, EventItem, Hit
from isnad.api.shapes.common import PageOf
from isnad.api.views.article import article_view
from isnad.api.views.events import event_item
from isnad.api.views.hits import hit_view

router = APIRouter(tags=["articles"], default_response_class=Response)


@router.get(
    "/articles",
    operation_id="listArticles",
    summary="Articles, the newest publication day first",
    responses=ok(
        PageOf[ArticleItem], "A page of articles.", example=examples.page(examples.ARTICLE_ITEM), headers=("Link",)
    ),
)
def list_articles(
    request: Request, who: Reader, desk: TheDesk, wanted: WantedOfArticles, after: Cursor, limit: Limit = 50
) -> Response:
    """Type, party, place and status are those of one event of the article; at most one of each."""
    rows = desk.store.articles(article_filter(wanted), after=after, limit=limit)
    items = [
        ArticleItem(
            id=str(row.article),
            title=row.title,
            outlet=desk.naming.outlet_or_none(row.outlet),
            published=row.published,
            events=row.events,
            note=row.note,
            coder=row.coder,
        )
        for row in rows
    ]
    return page(request, items, next=rows[-1].cursor if len(rows) == limit else None)


@router.get(
    "/articles/{article}",
    operation_id="getArticle",
    summary="One article: its text in segments with roles, and its events",
    responses=ok(ArticleView, "The article.", headers=("ETag",)),
)
def get_article(
    request: Request,
    who: Reader,
    desk: TheDesk,
    article: ArticleNumber,
    offset: Annotated[
        int, Query(ge=0, le=2_000_000_000, description="Continue a long text: `next` of the answer before.")
    ] = 0,
) -> Response:
    """Segments joined are the text from `offset` on; a long text, or one with very many spans, comes in stretches."""
    stored = desk.store.article(article)
    return one(request, article_view(stored, desk, offset=offset))


@router.get(
    "/events",
    operation_id="listEvents",
    summary="Events as read in articles, the newest day first",
    responses=ok(PageOf[EventItem], "A page of events.", headers=("Link",)),
)
def list_events(
    request: Request, who: Reader, desk: TheDesk, wanted: WantedOfArticles, after: Cursor, limit: Limit = 50
) -> Response:
    """What the machine read, each with the incident it belongs to; one type, party, outlet and status at most."""
    rows = desk.store.events(article_filter(wanted), after=after, limit=limit)
    incidents = desk.store.incidents.of_articles(sorted({row.article for row in rows}))
    items = [event_item(row, desk.naming, incidents) for row in rows]
    return page(request, items, next=rows[-1].cursor if len(rows) == limit else None)


@router.get(
    "/search",
    operation_id="searchArticles",
    summary="Articles that hold every word, with the passages",
    responses=ok(PageOf[Hit], "A page of hits.", headers=("Link",)),
)
def search_articles(
    request: Request,
    who: Reader,
    desk: TheDesk,
    wanted: WantedOfArticles,
    after: NumberCursor,
    limit: Annotated[int, Query(ge=1, le=100, description="At most so many on a page.")] = 20,
) -> Response:
    """Words are found in any spelling and with any clitics; "in quotes" side by side; a star* stands for any ending."""
    filter_ = article_filter(wanted)
    if filter_.text is None:
        raise Problem("api.invalid", values={"where": "q"})
    words, rest = filter_.text, structs.replace(filter_, text=None)
    hits = desk.store.search(words, rest, after=after, limit=limit)
    items = [hit_view(hit, desk.naming) for hit in hits]
    return page(request, items, next=hits[-1].cursor if len(hits) == limit else None)


__all__ = ["router"]
