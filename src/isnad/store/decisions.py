"""Decisions: append-only.  Taking one back is a further decision that names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, or_, select

from isnad.errors import StoreError, UsageError
from isnad.store.bulk import insert_rows, new_ids
from isnad.store.incident_records import Decision
from isnad.store.schema import decisions

UNDO = "undo"
_ENCODER = msgspec.json.Encoder()


class _Payload(msgspec.Struct, frozen=True, omit_defaults=True):
    field: str | None = None
    before: Any = None
    after: Any = None
    members: tuple[str, ...] = ()


def reserve(connection: Connection) -> int:
    """Return the id of the next decision."""
    return new_ids(connection, decisions, 1)[0]


def append(connection: Connection, decision: Decision) -> Decision:
    """Write a decision down (`at` is given here); StoreError when what it undoes is undone already."""
    if decision.undoes is not None:
        _check_live(connection, decision.undoes)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = {
        "id": decision.id,
        "made": now,
        "user": decision.user,
        "kind": decision.kind,
        "subject": decision.target,
        "payload": _payload(decision),
        "reason": decision.reason,
        "undoes": decision.undoes,
    }
    insert_rows(connection, decisions, [row])
    return msgspec.structs.replace(decision, at=now)


def is_written(connection: Connection, decision: Decision) -> bool:
    """Say whether this very decision is there already."""
    row = connection.execute(select(decisions).where(decisions.c.id == decision.id)).one_or_none()
    told = (decision.user, decision.kind, decision.target, decision.undoes, _payload(decision))
    return row is not None and (row.user, row.kind, row.subject, row.undoes, row.payload) == told


def _payload(decision: Decision) -> str:
    payload = _Payload(decision.field, decision.before, decision.after, decision.members)
    return _ENCODER.encode(payload).decode()


def _check_live(connection: Connection, id_: int) -> None:
    found = get(connection, id_)
    if found.undone_by is not None:
        raise StoreError(f"decision {id_} was taken back already, by decision {found.undone_by}", code="review.undone")


def get(connection: Connection, id_: int) -> Decision:
    """Return a decision; StoreError (review.unknown) when there is none of this id."""
    row = connection.execute(_QUERY.where(decisions.c.id == id_)).one_or_none()
    if row is None:
        raise StoreError(f"there is no decision {id_}", code="review.unknown")
    return _decision(row)


def live(connection: Connection) -> list[Decision]:
    """Return the decisions that hold, the oldest first: neither undone nor an undoing."""
    return [d for row in connection.execute(_QUERY.order_by(decisions.c.id)) if (d := _decision(row)) and holds(d)]


def last(connection: Connection) -> int:
    """Return the id of the latest decision, 0 when there is none."""
    return connection.execute(select(decisions.c.id).order_by(decisions.c.id.desc()).limit(1)).scalar() or 0


def log(
    connection: Connection,
    *,
    target: str | None = None,
    targets: Sequence[str] = (),
    kind: str | None = None,
    user: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> list[Decision]:
    """Return decisions, the latest first; continue with `after=str(last.id)`."""
    query = _QUERY.order_by(decisions.c.id.desc()).limit(limit)
    subjects = [*targets, *([target] if target else [])]
    if subjects:
        pairs = [decisions.c.subject.like(f"pair:%{s.removeprefix('incident:')}%") for s in subjects if ":" in s]
        query = query.where(or_(decisions.c.subject.in_(subjects), *pairs))
    if kind is not None:
        query = query.where(decisions.c.kind == kind)
    if user is not None:
        query = query.where(decisions.c.user == user)
    if after is not None:
        if not after.isdecimal():
            raise UsageError(f"not a place to continue from: {after!r}")
        query = query.where(decisions.c.id < int(after))
    return [_decision(row) for row in connection.execute(query)]


def holds(decision: Decision) -> bool:
    """Say whether a decision is in force."""
    return decision.undone_by is None and decision.kind != UNDO


_LATER = decisions.alias("later")
_QUERY = select(decisions, _LATER.c.id.label("undone_by")).outerjoin(_LATER, _LATER.c.undoes == decisions.c.id)


def _decision(row: Any) -> Decision:
    payload = msgspec.json.decode(row.payload, type=_Payload)
    return Decision(
        id=row.id,
        kind=row.kind,
        target=row.subject,
        user=row.user,
        at=row.made,
        reason=row.reason,
        field=payload.field,
        before=payload.before,
        after=payload.after,
        members=payload.members,
        undoes=row.undoes,
        undone_by=row.undone_by,
    )


__all__ = ["UNDO", "append", "get", "holds", "is_written", "last", "live", "log", "reserve"]
