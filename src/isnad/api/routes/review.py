"""/review/next, /decisions, /gold: what is to be decided, deciding, what was decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from isnad.api import examples
from isnad.api.answers import answer, one, page, require_match
from isnad.api.decide import NewDecision, decided
from isnad.api.documented import ok, text
from isnad.api.filters import sound
from isnad.api.parameters import Id, IfMatch, Limit, NumberCursor
from isnad.api.people import Reader, Reviewer, TheDesk
from isnad.api.problems import Problem
from isnad.api.shapes.common import PageOf
from isnad.api.shapes.desk import Decided, NextCard
from isnad.api.shapes.incidents import DecisionView
from isnad.api.views.decisions import decision_view
from isnad.api.views.queue import next_card
from isnad.review.gold import gold_lines

router = APIRouter(tags=["review"], default_response_class=Response)


@router.get(
    "/review/next",
    operation_id="getNextCard",
    summary="The next thing to decide",
    responses=ok(NextCard, "A card, null when nothing is left.", example={"card": None, "left": 0}),
)
def get_next(
    who: Reader,
    desk: TheDesk,
    skip: Annotated[list[str] | None, Query(max_length=500, description="Cards that were passed over.")] = None,
) -> Response:
    """Pairs that may be one, the likeliest first; then incidents nobody decided upon, the contested first."""
    skipped = {part for given in skip or [] for part in given[:60_000].split(",") if part}
    return answer(next_card(desk, skipped, user=who.name), headers={"Cache-Control": "no-store"})


@router.post(
    "/decisions",
    operation_id="decide",
    summary="Accept, correct, reject, merge, split, say same or not same, undo",
    responses={
        **ok(Decided, "The decision and what it changed.", status=201, example=examples.DECIDED),
        412: {"description": "It was changed meanwhile; `current` is what it is now, `etag` its tag."},
        428: {"description": "If-Match is missing."},
    },
    status_code=201,
)
async def decide(
    request: Request, who: Reviewer, desk: TheDesk, new: NewDecision, if_match: IfMatch = None
) -> Response:
    """If-Match is the ETag of what is decided upon, as it was read; `*` decides whatever it is now.

    Kinds: accept, reject, correct (`field`, `value`) upon {"incident": ID} or {"event": {"article": ID, "event": N}};
    same, not-same upon {"pair": [ID, ID]}; merge upon {"incident": ID} with `members` [ID]; split upon
    {"incident": ID} with `members` [{"article": ID, "event": N}]; undo upon {"decision": ID}.
    """
    tag = require_match(request)
    body = await desk.slowly(lambda: decided(desk, new, if_match=tag, user=who.name))
    return answer(body, status=201)


@router.get(
    "/decisions",
    operation_id="listDecisions",
    summary="What was decided, the latest first",
    responses=ok(
        PageOf[DecisionView], "A page of decisions.", example=examples.page(examples.DECISION), headers=("Link",)
    ),
)
def list_decisions(
    request: Request,
    who: Reader,
    desk: TheDesk,
    after: NumberCursor,
    limit: Limit = 50,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    user: Annotated[str | None, Query(max_length=100)] = None,
    incident: Annotated[str | None, Query(max_length=300, description="Only those upon an incident.")] = None,
) -> Response:
    """Nothing is ever changed in it: taking back is a further decision, named in undone_by."""
    targets = [f"incident:{sound(incident)}"] if incident and sound(incident) else []
    found = desk.store.decisions.log(targets=targets, kind=sound(kind), user=sound(user), after=after, limit=limit)
    items = [decision_view(decision) for decision in found]
    return page(request, items, next=items[-1].id if len(items) == limit else None)


@router.get(
    "/decisions/{id}",
    operation_id="getDecision",
    summary="One decision",
    responses=ok(DecisionView, "The decision.", example=examples.DECISION, headers=("ETag",)),
)
def get_decision(request: Request, who: Reader, desk: TheDesk, id: Id) -> Response:
    """Who decided what, why, and what it was before."""
    if not (id.isascii() and id.isdecimal()) or len(id) > 15:
        raise Problem("api.not-found")
    return one(request, decision_view(desk.store.decisions.get(int(id))))


@router.get(
    "/gold",
    operation_id="getGold",
    summary="What was decided upon events, as gold documents",
    responses=text("A document a line, as isnad evaluate and isnad train read them.", "application/jsonl"),
)
def get_gold(
    who: Reader,
    desk: TheDesk,
    complete: Annotated[bool, Query(description="Only articles of which every event was looked at.")] = False,
) -> Response:
    """So that a team's own decisions measure and improve its coder."""
    name = {"Content-Disposition": 'attachment; filename="gold.jsonl"', "Cache-Control": "private, no-cache"}
    return StreamingResponse(gold_lines(desk.store, complete=complete), media_type="application/jsonl", headers=name)


__all__ = ["router"]
