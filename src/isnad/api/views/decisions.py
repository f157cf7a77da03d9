"""Decisions for the reader: targets as JSON, ids as text."""

from __future__ import annotations

from typing import Any

from isnad.api.shapes.incidents import DecisionView
from isnad.review.targets import EventTarget, PairTarget, read_target
from isnad.store.incident_records import Decision


def decision_view(decision: Decision) -> DecisionView:
    """Return a decision for the reader."""
    return DecisionView(
        id=str(decision.id),
        kind=decision.kind,
        target=target_view(decision),
        field=decision.field,
        before=decision.before,
        after=decision.after,
        user=decision.user,
        reason=decision.reason,
        at=decision.at,
        undone_by=None if decision.undone_by is None else str(decision.undone_by),
        members=decision.members,
    )


def target_view(decision: Decision) -> dict[str, Any]:
    """Return what a decision is upon: {incident}, {event: {article, start, end}} or {pair}; the undone {decision}."""
    target = read_target(decision.target)
    undone = {} if decision.undoes is None else {"decision": str(decision.undoes)}
    if isinstance(target, EventTarget):
        return {"event": {"article": str(target.article), "start": target.start, "end": target.end}, **undone}
    if isinstance(target, PairTarget):
        return {"pair": [target.one, target.two], **undone}
    return {"incident": target.id, **undone}


__all__ = ["decision_view", "target_view"]
