"""What a decision is upon, as a line of text: incident:ID, event:ARTICLE:START-END, pair:ID|ID.

An event is named by its article and where its trigger stands, which outlives another coding of the same text.
"""

from __future__ import annotations

import re

import msgspec

from isnad.errors import ReviewError

_EVENT = re.compile(r"event:(\d+):(\d+)-(\d+)")
_PAIR = re.compile(r"pair:([^|]+)\|([^|]+)")


class EventTarget(msgspec.Struct, frozen=True):
    """The event of an article (by its id in the store) whose trigger stands at `start` to `end`."""

    article: int
    start: int
    end: int

    def __str__(self) -> str:
        """Return the target as a line."""
        return f"event:{self.article}:{self.start}-{self.end}"


class IncidentTarget(msgspec.Struct, frozen=True):
    """An incident."""

    id: str

    def __str__(self) -> str:
        """Return the target as a line."""
        return f"incident:{self.id}"


class PairTarget(msgspec.Struct, frozen=True):
    """Two incidents."""

    one: str
    two: str

    def __str__(self) -> str:
        """Return the target as a line."""
        return f"pair:{self.one}|{self.two}"


Target = EventTarget | IncidentTarget | PairTarget


def read_target(line: str) -> Target:
    """Return what a line names; ReviewError (review.value) when it names nothing."""
    if match := _EVENT.fullmatch(line):
        return EventTarget(*(int(part) for part in match.groups()))
    if match := _PAIR.fullmatch(line):
        return PairTarget(match[1], match[2])
    kind, sign, id_ = line.partition(":")
    if kind == "incident" and sign and id_:
        return IncidentTarget(id_)
    raise ReviewError(f"not the target of a decision: {line!r}; incident:ID, event:ARTICLE:START-END or pair:ID|ID")


__all__ = ["EventTarget", "IncidentTarget", "PairTarget", "Target", "read_target"]
