"""Accepting, rejecting and correcting an incident: laid over what was weighed, which stays."""

from __future__ import annotations

from collections.abc import Iterable

from isnad.review import upon
from isnad.review.asked import CORRECT, Ask
from isnad.review.desk import Desk, Worked
from isnad.review.targets import IncidentTarget
from isnad.store.incident_records import Decision, StoredIncident, ToKeep
from isnad.store.incidents_write import Change


def decided(desk: Desk, ask: Ask, target: IncidentTarget) -> Worked:
    """Work out a decision upon an incident."""
    old = desk.get(target.id)
    if ask.kind == CORRECT:
        upon.corrected(old.incident, str(ask.field), ask.value, rule="")  # says what is wrong with it
        before = shown(old, str(ask.field))
    else:
        before = old.state
    decision = desk.decision(
        ask.kind,
        IncidentTarget(old.id),
        field=ask.field if ask.kind == CORRECT else None,
        before=before,
        after=ask.value if ask.kind == CORRECT else None,
    )
    kept = laid_over(old, (*desk.live, decision))
    return Worked(decision=decision, change=Change(keep=[kept]))


def shown(old: StoredIncident, field: str) -> object:
    """Return the value of a field as it is shown."""
    value = getattr(old.incident, field)
    return value.grade if field == "grade" and value is not None else value


def laid_over(old: StoredIncident, decisions: Iterable[Decision]) -> ToKeep:
    """Return an incident as it was weighed with the decisions that hold laid over."""
    redirects = dict.fromkeys(old.weighed.merged, old.id)
    said = upon.by_incident(decisions, redirects).get(old.id, [])
    return upon.laid_over(old.weighed, old.keys, said, imported=old.imported)


__all__ = ["decided", "laid_over", "shown"]
