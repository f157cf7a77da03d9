"""A decision as it is sent, made into what `isnad.review` asks for; and the answer when somebody was quicker."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import structs
from pydantic import BaseModel, ConfigDict, Field

from isnad.api.desk import Desk
from isnad.api.problems import Problem
from isnad.api.second_looks import note_decision
from isnad.api.shapes.desk import Affected, Decided
from isnad.api.views.decisions import decision_view
from isnad.errors import ReviewError, StoreError
from isnad.review import Ask, decide
from isnad.review.weigher import DECISIONS_FACT

_TAG = re.compile(r'(?:W/)?"v(\d{1,15})(?:-(\d{1,15}))?"', re.ASCII)
#: The ETag of an event that belongs to no incident.
NO_INCIDENT = '"none"'
Short = Annotated[str, Field(max_length=300)]


class EventRef(BaseModel):
    """An event of an article."""

    model_config = ConfigDict(extra="forbid")
    article: Short = Field(examples=["17"])
    event: int = Field(ge=0, le=2_000_000_000, examples=[0])


class Target(BaseModel):
    """What is decided upon: exactly one of these."""

    model_config = ConfigDict(extra="forbid")
    incident: Short | None = None
    event: EventRef | None = None
    pair: Annotated[list[Short], Field(min_length=2, max_length=2)] | None = None
    decision: Short | None = None


class NewDecision(BaseModel):
    """A decision to make."""

    kind: Literal["accept", "reject", "correct", "merge", "split", "same", "not-same", "undo"] = Field(
        examples=["correct"]
    )
    target: Target = Field(examples=[{"incident": "inc-4f1c22a90b1e"}])
    field: Annotated[str, Field(max_length=40)] | None = Field(default=None, examples=["killed"])
    value: Any = Field(default=None, examples=[[4, 4]])
    members: Annotated[list[Short | EventRef], Field(max_length=500)] = []
    reason: Annotated[str, Field(max_length=2_000)] | None = Field(default=None, examples=["قائمة المشفى"])
    second: bool = Field(default=False, description="Ask somebody else to look at it too.")


def decided(desk: Desk, new: NewDecision, *, if_match: str, user: str) -> Decided:
    """Make the decision; a problem with the present state when what it is upon was changed meanwhile."""
    ask = _ask(desk, new)
    expected = _expected(desk, new, if_match)
    if expected is None:
        raise _changed(desk, new)
    try:
        made = decide(desk.store, structs.replace(ask, expected=expected), user=user)
    except ReviewError as error:
        if error.code == "review.stale":
            raise _changed(desk, new) from error
        raise
    if desk.store.incidents.fact(DECISIONS_FACT) != str(made.decision.id):
        desk.imports.weigh_soon()
    note_decision(desk.store, made.decision, wanted=new.second)
    view = decision_view(made.decision)
    given = {name: getattr(view, name) for name in view.__struct_fields__}
    affected = tuple(
        Affected(id=id, etag=None if version is None else f'"v{version}"') for id, version in made.affected.items()
    )
    return Decided(**given, affected=affected)


def _ask(desk: Desk, new: NewDecision) -> Ask:
    check_sound(new.model_dump())
    target = new.target
    given = [name for name in ("incident", "event", "pair", "decision") if getattr(target, name) is not None]
    if len(given) != 1:
        raise Problem("api.invalid", values={"where": "target"})
    members = tuple(_member(member) for member in new.members)
    if target.decision is not None:
        if new.kind != "undo" or not (target.decision.isascii() and target.decision.isdecimal()):
            raise Problem("api.invalid", values={"where": "target.decision"})
        number = int(target.decision)
        if number >= 2**62:
            raise Problem("api.not-found")
        return Ask(kind=new.kind, undoes=number, reason=new.reason)
    return Ask(
        kind=new.kind,
        target=_line(desk, target),
        field=new.field,
        value=new.value,
        members=members,
        reason=new.reason,
    )


def _line(desk: Desk, target: Target) -> str:
    if target.pair is not None:
        return f"pair:{target.pair[0]}|{target.pair[1]}"
    if target.event is not None:
        start, end = _trigger(desk, target.event)
        return f"event:{int(target.event.article)}:{start}-{end}"
    return f"incident:{target.incident}"


def _trigger(desk: Desk, ref: EventRef) -> tuple[int, int]:
    coded = desk.store.article(_number(ref.article)).coded
    for event in coded.events if coded else ():
        if event.id == ref.event:
            return event.trigger.start, event.trigger.end
    raise Problem("store.unknown")


def _member(member: str | EventRef) -> str:
    return member if isinstance(member, str) else f"{_number(member.article)}#{member.event}"


def _number(article: str) -> int:
    if not (article.isascii() and article.isdecimal()) or len(article) > 15:
        raise Problem("store.unknown")
    return int(article)


def _expected(desk: Desk, new: NewDecision, if_match: str) -> dict[str, int] | None:
    """Return the versions that the tag stands for, by incident; None where it cannot be the present one."""
    if if_match.strip() == "*":
        return {}
    ids = _incidents(desk, new)
    if not ids:
        return {} if if_match.strip() == NO_INCIDENT else None
    match = _TAG.fullmatch(if_match.strip())
    if match is None:
        return None
    versions = [int(part) for part in match.groups() if part is not None]
    return dict(zip(ids, versions, strict=True)) if len(ids) == len(versions) else None


def _incidents(desk: Desk, new: NewDecision) -> list[str]:
    """Return the incidents whose versions the tag of a target stands for."""
    target = new.target
    if target.pair is not None:
        return list(target.pair)
    if target.event is not None:
        number = _number(target.event.article)
        found = desk.store.incidents.of_articles([number]).get((number, target.event.event))
        return [found] if found else []
    return [target.incident] if target.incident else []


def _changed(desk: Desk, new: NewDecision) -> Problem:
    """Return the problem with what the target is now, so that the reader can decide again."""
    tags: list[str] = []
    current: list[Any] = []
    for id in _incidents(desk, new):
        try:
            now = desk.store.incidents.resolve(id)
        except StoreError as error:
            if error.code != "incident.unknown":
                raise
            continue
        for stored in desk.store.incidents.cards_of([now]):
            card = desk.cards.card(stored)
            tags.append(str(card.version))
            current.append(card)
    tag = f'"v{"-".join(tags)}"' if tags else NO_INCIDENT
    more = {"etag": tag, "current": current[0] if len(current) == 1 else current or None}
    return Problem("api.changed", more=more, headers={"ETag": tag})


def check_sound(value: Any) -> None:
    """Refuse what cannot be written down: half pairs, NUL, numbers beyond all measure."""
    try:
        content = msgspec.json.encode(value)
    except (UnicodeEncodeError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise Problem("api.invalid", values={"where": "body"}) from error
    if b"\\u0000" in content:
        raise Problem("api.invalid", values={"where": "body"})


__all__ = ["NO_INCIDENT", "EventRef", "NewDecision", "Target", "check_sound", "decided"]
