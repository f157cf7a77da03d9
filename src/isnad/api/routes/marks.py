"""/search/marks: where the words of a search stand in articles, so that a reader is led to the place of a hit."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from isnad.api.answers import answer
from isnad.api.documented import ok
from isnad.api.filters import bad, sound
from isnad.api.people import Reader, TheDesk
from isnad.api.problems import Problem
from isnad.store import Mark
from isnad.store.words import find_marks, read_query

router = APIRouter(tags=["articles"], default_response_class=Response)
_MOST_ARTICLES = 100
_MOST_MARKS = 2_000
#: Code points of a text that are looked through: as long as the longest article that is taken in.
_LOOKED_THROUGH = 10_000_000


class WordMarks(msgspec.Struct, frozen=True, kw_only=True):
    """Where words stand in an article, as pairs of code points (start, end) of its title and its text."""

    article: str
    title: tuple[tuple[int, int], ...]
    text: tuple[tuple[int, int], ...]


class MarksView(msgspec.Struct, frozen=True, kw_only=True):
    """The marks of the articles that there are, in the order they were asked for."""

    items: tuple[WordMarks, ...]


@router.get(
    "/search/marks",
    operation_id="markWords",
    summary="Where the words of a search stand in articles",
    responses=ok(
        MarksView, "The marks.", example={"items": [{"article": "17", "title": [[0, 4]], "text": [[12, 17]]}]}
    ),
)
def mark_words(
    who: Reader,
    desk: TheDesk,
    q: Annotated[str, Query(max_length=500, description="Words as /search takes them.", examples=["القصف"])],
    article: Annotated[
        list[Annotated[str, Query(max_length=40)]],
        Query(min_length=1, max_length=_MOST_ARTICLES, description="Ids of articles.", examples=[["17"]]),
    ],
    text: Annotated[bool, Query(description="Look through the texts too, not only the titles.")] = True,
) -> Response:
    """The same words that /search finds: any spelling, any clitics.  At most 2,000 marks a text."""
    words = sound(q)
    if words is None:
        raise bad("q")
    terms = read_query(words)
    numbers = [_number(one) for one in article]
    found = desk.store.passages(numbers, most=_LOOKED_THROUGH if text else 0)
    items = tuple(
        WordMarks(
            article=str(number),
            title=_pairs(find_marks(found[number].title or "", terms)),
            text=_pairs(find_marks(found[number].text, terms)),
        )
        for number in dict.fromkeys(numbers)
        if number in found
    )
    return answer(MarksView(items=items))


def _pairs(marks: tuple[Mark, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((mark.start, mark.end) for mark in marks[:_MOST_MARKS])


def _number(article: str) -> int:
    if not (article.isascii() and article.isdecimal()) or len(article) > 15:
        raise Problem("store.unknown")
    return int(article)


__all__ = ["MarksView", "WordMarks", "router"]
