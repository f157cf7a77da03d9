"""A text cut at the edges of its spans, so that nested and overlapping spans are marked without moving a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from isnad.model import CodedArticle, Event


class RoleSpan(msgspec.Struct, frozen=True):
    """A stretch of the text that plays a role in an event."""

    start: int
    end: int
    role: str
    event: int


class Segment(msgspec.Struct, frozen=True):
    """A stretch over which the same spans lie; `spans` is empty for plain text."""

    text: str
    spans: tuple[RoleSpan, ...] = ()


def role_spans(coded: CodedArticle) -> list[RoleSpan]:
    """Return every span of every event: trigger, actor, recipient, place, date, source, via, cue."""
    return [span for event in coded.events for span in _spans_of(event)]


def _spans_of(event: Event) -> Iterator[RoleSpan]:
    def span(value: object, role: str) -> RoleSpan:
        return RoleSpan(value.start, value.end, role, event.id)  # type: ignore[attr-defined]

    yield span(event.trigger, "trigger")
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for party in parties:
            yield span(party, role)
    if event.place:
        yield span(event.place, "place")
    if event.date:
        yield span(event.date.span, "date")
    if event.source:
        yield span(event.source, "source")
        if event.source.via:
            yield span(event.source.via, "via")
    for cue in event.cues:
        yield span(cue, "cue")


def cut(text: str, spans: Iterable[RoleSpan]) -> list[Segment]:
    """Cut `text` at every edge of `spans`.  The segments' texts joined are `text`; empty spans are left out."""
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    opened: dict[int, list[RoleSpan]] = {}
    closed: dict[int, list[RoleSpan]] = {}
    for span in inside:
        opened.setdefault(span.start, []).append(span)
        closed.setdefault(span.end, []).append(span)
    edges = sorted({0, len(text), *opened, *closed})
    active: list[RoleSpan] = []
    segments: list[Segment] = []
    for start, end in pairwise(edges):
        for span in closed.get(start, ()):
            active.remove(span)
        active.extend(opened.get(start, ()))
        segments.append(Segment(text[start:end], tuple(active)))
    return segments


def paragraphs(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Return the segments line by line; line ends themselves and blank lines are left out."""
    lines: list[list[Segment]] = [[]]
    for segment in segments:
        for i, part in enumerate(segment.text.split("\n")):
            if i:
                lines.append([])
            if part:
                lines[-1].append(Segment(part, segment.spans))
    return [line for line in lines if any(segment.text.strip() for segment in line)]


__all__ = ["RoleSpan", "Segment", "cut", "paragraphs", "role_spans"]
