"""Incidents as lists, maps and the page of one incident show them."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from isnad.api.shapes.common import (
    Count,
    Days,
    Label,
    OutletRef,
    PartyRef,
    PlaceView,
    QuotePart,
    SpanView,
)


class VoiceCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Outlets, distinct texts, and original speakers that affirm."""

    outlets: int
    texts: int
    speakers: int


class IncidentCard(msgspec.Struct, frozen=True, kw_only=True):
    """One incident in a list.  `version` grows when it changes; `state` is candidate | accepted | rejected."""

    id: str
    type: str
    mode: str | None
    title: Label
    date: Days | None
    reported: Days | None
    place: PlaceView | None
    actors: tuple[PartyRef, ...]
    recipients: tuple[PartyRef, ...]
    killed: Count | None
    injured: Count | None
    detained: Count | None
    grade: str | None
    reasons: tuple[str, ...]
    voices: VoiceCounts
    disputes: tuple[str, ...]
    status: str
    state: str
    reviewed: bool
    members: int
    version: int


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A GeoJSON point: longitude, latitude."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as a GeoJSON feature (RFC 7946); no geometry where the place is not known."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Point | None
    properties: IncidentCard


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link of the collection."""

    href: str
    rel: str
    type: str


class IncidentPage(msgspec.Struct, frozen=True, kw_only=True):
    """Incidents as a GeoJSON collection with the members of OGC API Features."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    numberMatched: int
    numberReturned: int
    next: str | None
    links: tuple[Link, ...]
    features: tuple[Feature, ...]


class DayCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many incidents there are of a day."""

    day: str
    count: int


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many incidents there are of something."""

    id: str
    ar: str
    en: str
    count: int


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """How many of those that answer there are of each; `noplace` are those without coordinates."""

    days: tuple[DayCount, ...]
    types: tuple[Counted, ...]
    grades: tuple[Counted, ...]
    outlets: tuple[Counted, ...]
    parties: tuple[Counted, ...]
    statuses: tuple[Counted, ...]
    states: tuple[Counted, ...]
    disputes: tuple[Counted, ...]
    noplace: int
    total: int


class PointsView(msgspec.Struct, frozen=True, kw_only=True):
    """Every incident with coordinates, column by column; the radius is in kilometres, 0 where it is not known."""

    ids: tuple[str, ...]
    lon: tuple[float, ...]
    lat: tuple[float, ...]
    type: tuple[str, ...]
    radius_km: tuple[float, ...]
    grade: tuple[str | None, ...]


class SpeakerView(msgspec.Struct, frozen=True, kw_only=True):
    """Who says it, in the words of the article."""

    text: str
    kind: str
    party: PartyRef | None = None
    side: str | None = None


class ClaimView(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one field and whose word it is; `quote` is the sentence with the words marked."""

    field: str
    value: Any
    label: Label
    says: str
    status: str
    article: str
    event: int
    outlet: OutletRef | None
    speaker: SpeakerView | None
    via: SpeakerView | None
    quote: tuple[QuotePart, ...]
    span: SpanView


class ListedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in the list of all claims, with its incident and its place among the incident's claims."""

    incident: str
    number: int
    claim: ClaimView


class ValueView(msgspec.Struct, frozen=True, kw_only=True):
    """The summary value of a field and the rule that chose it (decision.N: a reviewer)."""

    value: Any
    rule: str


class VoicesView(msgspec.Struct, frozen=True, kw_only=True):
    """Who affirms it: outlets, distinct texts (groups of article ids), original speakers."""

    outlets: tuple[OutletRef, ...]
    texts: tuple[tuple[str, ...], ...]
    speakers: tuple[str, ...]
    sides: tuple[str, ...]
    opposed_agree: bool


class DisputeView(msgspec.Struct, frozen=True, kw_only=True):
    """A field on which claims exclude each other; `claims` are indexes."""

    field: str
    kind: str
    claims: tuple[int, ...]


class MemberView(msgspec.Struct, frozen=True, kw_only=True):
    """An event of an article that tells of the incident; `part` is happening | beside."""

    article: str
    event: int
    trigger: SpanView
    type: str
    status: str
    part: str
    outlet: OutletRef | None
    published: str | None
    title: str | None = None


class WordCount(msgspec.Struct, frozen=True, kw_only=True):
    """A word and how often it stands there."""

    word: str
    count: int


class NamesView(msgspec.Struct, frozen=True, kw_only=True):
    """How an outlet calls a party."""

    party: PartyRef
    outlet: OutletRef
    words: tuple[WordCount, ...]


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that texts connect with this one, and the words that do."""

    kind: str
    incident: str
    card: IncidentCard | None
    quote: tuple[QuotePart, ...] | None


class ChainNode(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the chain of transmission."""

    id: str
    kind: str
    label: Label


class ChainEdge(msgspec.Struct, frozen=True, kw_only=True):
    """Words that went from one to another; `claim` are the indexes of the claims."""

    from_: str = msgspec.field(name="from")
    to: str
    claim: tuple[int, ...]


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """Who had it from whom."""

    nodes: tuple[ChainNode, ...]
    edges: tuple[ChainEdge, ...]


class MaybeSame(msgspec.Struct, frozen=True, kw_only=True):
    """Another incident that may be the same."""

    id: str
    score: float
    card: IncidentCard | None


class DecisionView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided, and the later decision that takes it back."""

    id: str
    kind: str
    target: dict[str, Any]
    field: str | None
    before: Any
    after: Any
    user: str
    reason: str | None
    at: str
    undone_by: str | None
    members: tuple[str, ...] = ()


class IncidentView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known of one incident.  `claims_left_out` counts those beyond the limit."""

    id: str
    type: str
    mode: str | None
    title: Label
    date: Days | None
    reported: Days | None
    place: PlaceView | None
    geometry: Point | None
    actors: tuple[PartyRef, ...]
    recipients: tuple[PartyRef, ...]
    killed: Count | None
    injured: Count | None
    detained: Count | None
    grade: str | None
    reasons: tuple[str, ...]
    status: str
    state: str
    reviewed: bool
    version: int
    etag: str
    summary: dict[str, ValueView]
    claims: tuple[ClaimView, ...]
    claims_left_out: int
    voices: VoicesView
    disputes: tuple[DisputeView, ...]
    members: tuple[MemberView, ...]
    names: tuple[NamesView, ...]
    links: tuple[LinkView, ...]
    chain: Chain
    maybe_same: tuple[MaybeSame, ...]
    history: tuple[DecisionView, ...]
    merged: tuple[str, ...]


__all__ = [
    "Chain", "ChainEdge", "ChainNode", "ClaimView", "Counted", "DayCount", "DecisionView", "DisputeView", "Feature",
    "IncidentCard", "IncidentPage", "IncidentView", "Link", "LinkView", "ListedClaim", "MaybeSame", "MemberView",
    "NamesView", "Point", "PointsView", "SpeakerView", "Summary", "ValueView", "VoiceCounts", "VoicesView", "WordCount",
]  # fmt: skip
