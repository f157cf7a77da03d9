"""Articles, their events, and search."""

from __future__ import annotations

import msgspec

from isnad.api.shapes.common import Count, Days, OutletRef, PlaceView, SpanView


class ArticleItem(msgspec.Struct, frozen=True, kw_only=True):
    """One article in a list; `events` is null while it is not coded."""

    id: str
    title: str | None
    outlet: OutletRef | None
    published: str | None
    events: int | None
    note: str | None
    coder: str | None


class Role(msgspec.Struct, frozen=True):
    """What a stretch of text is to an event: trigger, actor, recipient, place, date, source, via, count or cue; `n`
    counts the spans of one role of one event."""

    event: int
    role: str
    n: int


class Segment(msgspec.Struct, frozen=True):
    """A stretch of text over which the same roles lie; segments joined are the text."""

    text: str
    roles: tuple[Role, ...] = ()


class PartyView(msgspec.Struct, frozen=True, kw_only=True):
    """A party as the article names it; `framing` is the outlet's own loaded word."""

    text: str
    id: str | None
    ar: str | None
    en: str | None
    framing: str | None
    span: SpanView | None


class SourceView(msgspec.Struct, frozen=True, kw_only=True):
    """Who vouches, and who passed it on."""

    text: str
    kind: str
    via: str | None = None


class CueView(msgspec.Struct, frozen=True, kw_only=True):
    """Words that led to a value."""

    field: str
    rule: str
    text: str


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """One event of an article; `incident` is where it belongs."""

    id: int
    type: str
    mode: str | None
    status: str
    trigger: SpanView
    actors: tuple[PartyView, ...]
    recipients: tuple[PartyView, ...]
    place: PlaceView | None
    date: Days | None
    killed: Count | None
    injured: Count | None
    detained: Count | None
    source: SourceView | None
    cues: tuple[CueView, ...]
    score: float
    incident: str | None


class VersionView(msgspec.Struct, frozen=True, kw_only=True):
    """A content that the article has had."""

    number: int
    added: str
    hash: str
    published: str | None
    current: bool


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """An article: text as segments and events, from `offset` on; `next` is the offset that continues both.

    `length` counts the code points of the whole text, `events_total` all events.
    """

    id: str
    title: str | None
    outlet: OutletRef | None
    published: str | None
    url: str | None
    addresses: tuple[str, ...]
    versions: tuple[VersionView, ...]
    coder: str | None
    note: str | None
    lang: str | None
    length: int
    offset: int
    next: int | None
    segments: tuple[Segment, ...]
    events: tuple[EventView, ...]
    events_total: int


class EventItem(msgspec.Struct, frozen=True, kw_only=True):
    """One event in the list of all events."""

    article: str
    event: int
    type: str
    mode: str | None
    status: str
    title: str | None
    outlet: OutletRef | None
    published: str | None
    actors: tuple[PartyView, ...]
    recipients: tuple[PartyView, ...]
    place: PlaceView | None
    date: Days | None
    killed: Count | None
    injured: Count | None
    detained: Count | None
    score: float
    incident: str | None


class HitSegment(msgspec.Struct, frozen=True):
    """A piece of a found text; `hit` where it answers the query."""

    text: str
    hit: bool


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An article that answers a search, with the passages that do; passages are parted by an ellipsis."""

    article: str
    title: str | None
    outlet: OutletRef | None
    published: str | None
    segments: tuple[HitSegment, ...]


__all__ = [
    "ArticleItem", "ArticleView", "CueView", "EventItem", "EventView", "Hit", "HitSegment", "PartyView", "Role",
    "Segment", "SourceView", "VersionView",
]  # fmt: skip
