"""Deciding: one decision is written together with all that it changes, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from isnad.errors import ReviewError, StoreError
from isnad.review import change_events, change_groups, change_incidents, undo
from isnad.review.asked import (
    ACCEPT,
    CORRECT,
    KINDS,
    MERGE,
    NOT_SAME,
    REJECT,
    SAME,
    SPLIT,
    UNDO,
    Ask,
    Decided,
)
from isnad.review.desk import Desk, Worked
from isnad.review.targets import EventTarget, IncidentTarget, PairTarget, read_target
from isnad.store import Store

_ATTEMPTS = 8


def decide(store: Store, ask: Ask, *, user: str) -> Decided:
    """Make a decision.

    ReviewError: `review.stale` when an incident has another version than expected, `review.unknown` when what is
    decided upon is not there, `review.undone` when it was taken back already, `review.value` when it makes no sense.
    StoreError when the store fails, or (incident.unknown) when there is no such incident.
    """
    if ask.kind not in KINDS:
        raise ReviewError(f"no decision is called {ask.kind!r}; one of {', '.join(KINDS)}")
    for attempt in range(_ATTEMPTS):
        try:
            return _decide(store, ask, user)
        except StoreError as error:
            if error.code == "review.undone" or error.code == "review.unknown":
                raise ReviewError(str(error), code=error.code) from error
            if error.code != "store.stale" or attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


def _decide(store: Store, ask: Ask, user: str) -> Decided:
    desk = Desk.of(store, user)
    desk.check(ask.expected)
    worked = _work(desk, ask)
    decision = structs.replace(worked.decision, reason=ask.reason)
    stamp, made = store.incidents.apply(
        structs.replace(worked.change, facts=desk.facts(again=worked.again)),
        expected=desk.generation,
        decision=decision,
    )
    assert made is not None
    affected: dict[str, int | None] = dict.fromkeys(worked.change.drop)
    affected |= {kept.incident.id: stamp for kept in worked.change.keep}
    return Decided(decision=made, affected=affected)


def _work(desk: Desk, ask: Ask) -> Worked:
    if ask.kind == UNDO:
        if ask.undoes is None:
            raise ReviewError("which decision is to be taken back?")
        return undo.undone(desk, ask.undoes)
    target = read_target(ask.target or "")
    if isinstance(target, EventTarget) and ask.kind in (ACCEPT, REJECT, CORRECT):
        return change_events.decided(desk, ask, target)
    if isinstance(target, IncidentTarget) and ask.kind in (ACCEPT, REJECT, CORRECT):
        return change_incidents.decided(desk, ask, target)
    if isinstance(target, PairTarget) and ask.kind == NOT_SAME:
        return change_groups.told_apart(desk, target)
    ids = _ids(target)
    if ids and ask.kind in (SAME, MERGE):
        return change_groups.merged(desk, ask.kind, [*ids, *ask.members])
    if isinstance(target, IncidentTarget) and ask.kind == SPLIT:
        return change_groups.split(desk, target, ask.members)
    raise ReviewError(f"{ask.kind} is not for {target}")


def _ids(target: object) -> Sequence[str]:
    if isinstance(target, PairTarget):
        return (target.one, target.two)
    return (target.id,) if isinstance(target, IncidentTarget) else ()


__all__ = ["decide"]
