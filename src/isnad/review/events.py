"""Decisions upon events laid over what the coder read: what was rejected is gone, what was corrected is other.

The coding in the store stays as the machine made it; the incidents rest on this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import structs

from isnad.errors import ReviewError
from isnad.model import CodedArticle, Event
from isnad.model.plover import STATUSES, TYPES, is_mode
from isnad.review.targets import EventTarget, read_target
from isnad.store.incident_records import Decision

#: Fields of an event that can be corrected.
FIELDS = (
    "type", "mode", "status", "actors", "recipients", "place", "date", "killed", "injured", "detained", "source",
)  # fmt: skip
ACCEPT, REJECT, CORRECT = "accept", "reject", "correct"

ByArticle = Mapping[int, Sequence[Decision]]


def by_article(decisions: Iterable[Decision]) -> dict[int, list[Decision]]:
    """Return the decisions that change events, by article, in their order.

    Whoever accepts an event that somebody rejected before brings it back: that rejection is not among them.
    """
    out: dict[int, list[Decision]] = {}
    for decision in decisions:
        target = read_target(decision.target) if decision.kind in (ACCEPT, REJECT, CORRECT) else None
        if not isinstance(target, EventTarget):
            continue
        if decision.kind == ACCEPT:
            before = out.get(target.article)
            if before is not None:
                out[target.article] = [one for one in before if not is_rejection_of(one, target)]
        else:
            out.setdefault(target.article, []).append(decision)
    return out


def is_rejection_of(decision: Decision, target: EventTarget) -> bool:
    """Say whether a decision rejects an event whose trigger shares a letter with the target's."""
    if decision.kind != REJECT:
        return False
    other = read_target(decision.target)
    return (
        isinstance(other, EventTarget)
        and other.article == target.article
        and other.start < target.end
        and target.start < other.end
    )


def laid_over(coded: CodedArticle, decisions: Sequence[Decision]) -> CodedArticle:
    """Return an article with decisions upon its events laid over; those upon what is not there change nothing."""
    events = list(coded.events)
    for decision in decisions:
        target = read_target(decision.target)
        assert isinstance(target, EventTarget)
        at = next((n for n, event in enumerate(events) if is_at(event, target)), None)
        if at is None:
            continue
        if decision.kind == REJECT:
            gone = events.pop(at)
            events = [_unchained(event, gone) for event in events]
        else:
            events[at] = corrected(events[at], str(decision.field), decision.after, coded.text)
    return structs.replace(coded, events=tuple(events))


def is_at(event: Event, target: EventTarget) -> bool:
    """Say whether the event's trigger stands where the target says, by any letter of it."""
    return event.trigger.start < target.end and target.start < event.trigger.end


def _unchained(event: Event, gone: Event) -> Event:
    return structs.replace(event, same_as=gone.same_as) if event.same_as == gone.id else event


def corrected(event: Event, field: str, value: Any, text: str) -> Event:
    """Return an event with another value of one field, in the form of the codebook.

    Where the value does not say which words it rests on, those of the value before, else the trigger, are kept.
    ReviewError (review.value) when the field cannot have this value.
    """
    if field not in FIELDS:
        raise ReviewError(f"an event has no {field!r} that can be corrected; one of {', '.join(FIELDS)}")
    record = msgspec.to_builtins(event)
    read = _READ.get(field)
    record[field] = value if read is None else read(value, record)
    if field == "type" and isinstance(value, str) and not is_mode(value, record["mode"]):
        record["mode"] = None  # a mode belongs to its type
    try:
        out = msgspec.convert(record, Event)
    except msgspec.ValidationError as error:
        raise ReviewError(f"not a {field}: {error}") from None
    _check(out, text)
    return out


def _check(event: Event, text: str) -> None:
    for name, known, value in (("type", TYPES, event.type), ("status", STATUSES, event.status)):
        if value not in known:
            raise ReviewError(f"not a {name} of the codebook: {value!r}")
    if not is_mode(event.type, event.mode):
        raise ReviewError(f"{event.type} has no mode {event.mode!r}")
    spans = [*event.actors, *event.recipients, *(s for s in (event.place, event.source) if s)]
    spans += [event.date.span] if event.date else []  # type: ignore[list-item]
    for span in spans:
        if text[span.start : span.end] != span.text:
            raise ReviewError(f"the words {span.text!r} do not stand at {span.start}-{span.end}")


def _parties(value: Any, record: dict[str, Any], field: str) -> list[dict[str, Any]]:
    given = [{"id": one} if isinstance(one, str) else dict(one) for one in value or ()]
    out = []
    for n, one in enumerate(given):
        same = [old for old in record[field] if old["id"] == one.get("id")]
        basis = (same or record[field][n : n + 1] or [record["trigger"]])[0]
        words = {key: basis[key] for key in ("text", "start", "end")}
        kept = {"framing": same[0]["framing"]} if same else {}
        out.append({**words, **kept, **one})
    return out


def _place(value: Any, record: dict[str, Any]) -> Any:
    if value is None:
        return None
    given = {"name": value} if isinstance(value, str) else dict(value)
    basis = record["place"] or record["trigger"]
    return {**{key: basis[key] for key in ("text", "start", "end")}, **given}


def _date(value: Any, record: dict[str, Any]) -> Any:
    if value is None:
        return None
    given = {"start": value, "end": value} if isinstance(value, str) else dict(value)
    span = record["date"]["span"] if record["date"] else record["trigger"]
    return {"text": span["text"], "span": span, **given}


_READ: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "actors": lambda value, record: _parties(value, record, "actors"),
    "recipients": lambda value, record: _parties(value, record, "recipients"),
    "place": _place,
    "date": _date,
}

__all__ = [
    "CORRECT", "FIELDS", "REJECT", "ByArticle", "by_article", "corrected", "is_at", "is_rejection_of", "laid_over",
]  # fmt: skip
