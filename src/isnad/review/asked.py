"""What is asked for and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from isnad.store.incident_records import Decision

ACCEPT, REJECT, CORRECT, MERGE, SPLIT, SAME, NOT_SAME, UNDO = (
    "accept", "reject", "correct", "merge", "split", "same", "not-same", "undo",
)  # fmt: skip
KINDS = (ACCEPT, REJECT, CORRECT, MERGE, SPLIT, SAME, NOT_SAME, UNDO)


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that somebody wants to make.

    `target` is incident:ID, event:ARTICLE:START-END (where its trigger stands) or pair:ID|ID; for `undo` None, with the
    decision's id in `undoes`.  `correct` takes `field` and `value`; `merge` the ids of the incidents that go into the
    target in `members`; `split` in `members` the events that go out of it, as event:... or ARTICLE#EVENT.  `expected`
    are the versions of incidents as they were read: where one is another by now, nothing is decided.
    """

    kind: str
    target: str | None = None
    field: str | None = None
    value: Any = None
    members: tuple[str, ...] = ()
    reason: str | None = None
    undoes: int | None = None
    expected: Mapping[str, int] = {}


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that was made, and the versions of the incidents that it changed (None: there is none any more)."""

    decision: Decision
    affected: dict[str, int | None]


__all__ = ["ACCEPT", "CORRECT", "KINDS", "MERGE", "NOT_SAME", "REJECT", "SAME", "SPLIT", "UNDO", "Ask", "Decided"]
