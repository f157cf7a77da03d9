"""/review/events/next: the next event to decide upon; deciding itself is POST /decisions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from isnad.api.answers import answer
from isnad.api.documented import ok
from isnad.api.people import Reader, TheDesk
from isnad.api.shapes.desk import NextCard
from isnad.api.views.event_queue import next_event

router = APIRouter(tags=["review"], default_response_class=Response)


@router.get(
    "/review/events/next",
    operation_id="getNextEvent",
    summary="The next event to decide",
    responses=ok(NextCard, "A card, null when nothing is left.", example={"card": None, "left": 0}),
)
def get_next_event(
    who: Reader,
    desk: TheDesk,
    skip: Annotated[list[str] | None, Query(max_length=500, description="Cards that were passed over.")] = None,
) -> Response:
    """Events that others want looked at again, then those nobody decided upon, the lowest score first.

    A card's id is event:ARTICLE:START-END; its etag is for If-Match of a decision upon the event.
    """
    skipped = {part for given in skip or [] for part in given[:60_000].split(",") if part}
    return answer(next_event(desk, skipped, user=who.name), headers={"Cache-Control": "no-store"})


__all__ = ["router"]
