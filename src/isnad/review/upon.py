"""Decisions upon incidents laid over what was weighed: the state, and values, each marked with its decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import structs

from isnad.errors import ReviewError
from isnad.model import Place
from isnad.model.incidents import Grade, Incident, Value
from isnad.model.plover import TYPES, is_mode
from isnad.review.targets import IncidentTarget, read_target
from isnad.store.incident_records import ACCEPTED, CANDIDATE, REJECTED, Decision, ToKeep
from isnad.weigh.grade import GRADES

ACCEPT, REJECT, CORRECT = "accept", "reject", "correct"
_STATES = {ACCEPT: ACCEPTED, REJECT: REJECTED}
_COUNT = tuple[int | None, int | None] | None
#: Fields of an incident that can be corrected, and what they hold.
FIELDS: dict[str, Any] = {
    "type": str,
    "mode": str | None,
    "place": dict[str, Any] | None,
    "date": dict[str, str] | None,
    "actors": tuple[str, ...],
    "recipients": tuple[str, ...],
    "killed": _COUNT,
    "injured": _COUNT,
    "detained": _COUNT,
    "grade": str,
}


def by_incident(decisions: Iterable[Decision], redirects: Mapping[str, str]) -> dict[str, list[Decision]]:
    """Return the decisions that change incidents, by the id that stands now.

    Those upon ids that were merged into it come first, so that what was decided upon itself holds.
    """
    out: dict[str, list[tuple[bool, int, Decision]]] = {}
    for decision in decisions:
        if decision.kind not in (ACCEPT, REJECT, CORRECT):
            continue
        target = read_target(decision.target)
        if isinstance(target, IncidentTarget):
            now = target.id
            while now in redirects:
                now = redirects[now]
            out.setdefault(now, []).append((now == target.id, decision.id, decision))
    return {id_: [d for _, _, d in sorted(found, key=lambda f: f[:2])] for id_, found in out.items()}


def laid_over(
    weighed: Incident, keys: tuple[str, ...], decisions: Sequence[Decision], *, imported: bool = False
) -> ToKeep:
    """Return an incident as it is to be kept: with its decisions laid over, and as it was weighed."""
    incident, state = weighed, CANDIDATE
    for decision in decisions:
        if decision.kind == CORRECT:
            incident = corrected(incident, str(decision.field), decision.after, rule=f"decision.{decision.id}")
        else:
            state = _STATES[decision.kind]
    return ToKeep(
        incident=incident, weighed=weighed, keys=keys, state=state, reviewed=bool(decisions), imported=imported
    )


def corrected(incident: Incident, field: str, value: Any, *, rule: str) -> Incident:
    """Return an incident with another summary value of one field; its claims stay.

    ReviewError (review.value) when the field cannot have this value.
    """
    if field not in FIELDS:
        raise ReviewError(f"an incident has no {field!r} that can be corrected; one of {', '.join(FIELDS)}")
    try:
        given = msgspec.convert(value, FIELDS[field])
        change = _change(incident, field, given)
    except (msgspec.ValidationError, KeyError) as error:
        raise ReviewError(f"not a {field}: {error}") from None
    told = {"type": incident.type, "mode": incident.mode} | {k: change[k] for k in ("type", "mode") if k in change}
    name = "type" if field == "mode" else field
    shown = told if name == "type" else change[field]
    return structs.replace(incident, **change, summary={**incident.summary, name: Value(value=shown, rule=rule)})


def _change(incident: Incident, field: str, given: Any) -> dict[str, Any]:
    if field == "type" and given not in TYPES:
        raise ReviewError(f"not a type of the codebook: {given!r}")
    if field == "type":
        return {"type": given, "mode": incident.mode if is_mode(given, incident.mode) else None}
    if field == "mode" and not is_mode(incident.type, given):
        raise ReviewError(f"{incident.type} has no mode {given!r}")
    if field == "date" and given is not None:
        given = {"start": given["start"], "end": given.get("end", given["start"])}
        if given["end"] < given["start"]:
            raise ReviewError(f"the last day {given['end']} is before the first {given['start']}")
    if field == "place" and given is not None:
        basis = {"text": given.get("name") or "", "start": 0, "end": 0}
        basis |= {k: getattr(incident.place, k) for k in ("text", "start", "end")} if incident.place else {}
        given = msgspec.convert({**basis, **given}, Place)
    if field == "grade":
        if given not in GRADES:
            raise ReviewError(f"not a grade: {given!r}; one of {', '.join(GRADES)}")
        return {"grade": Grade(grade=given, reasons=("decided",))}
    return {field: given}


__all__ = ["ACCEPT", "CORRECT", "FIELDS", "REJECT", "by_incident", "corrected", "laid_over"]
