"""Incidents: happenings in the world, made of events from many articles (DESIGN sections 1 and 4).

A field is never overwritten by a vote: every `Claim` is kept, and the summary value names the rule that chose it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from isnad.model.records import Place, Span


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One event of one article that tells of the incident.

    `doc_id` is the id that came in with the article, `event` the event's id in it.  `part` is `happening` for what
    is told as actual, and `beside` for what is planned, demanded, hypothetical or denied.
    """

    doc_id: str
    event: int
    trigger: Span
    type: str
    status: str
    part: str
    outlet: str | None = None
    published: str | None = None
    article: int | None = None


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Who says it: the words, the kind (official, anonymous, self, ...), the neutral party id and side if known."""

    text: str
    kind: str
    party: str | None = None
    side: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one field, and whose word it is.

    `field` is type | place | date | actor | recipient | killed | injured | detained | happening.  `value` is what
    JSON holds: a party id, a [min, max], a {start, end}, a place, or for `happening` true (affirmed) / false (denied).
    `speaker` is the innermost voucher (None: the outlet itself), `via` who passed it on.  `says` is says | repeats |
    denies.  `span` are the words in the article `doc_id`, whose id in the store is `article` (None outside one).
    """

    field: str
    value: Any
    says: str
    status: str
    doc_id: str
    event: int
    span: Span
    outlet: str | None = None
    speaker: Speaker | None = None
    via: Speaker | None = None
    framing: str | None = None
    article: int | None = None


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """The summary value of a field and the rule (a stable code) that chose it; None with the reason as the rule."""

    value: Any
    rule: str


class SideWitness(msgspec.Struct, frozen=True, kw_only=True):
    """The side a speaker stands on, and the list that says so: party-lexicon | outlet-list | side-list."""

    speaker: str
    side: str
    source: str


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that speakers of two opposed sides affirm; `claims` are indexes into the incident's claims."""

    field: str
    sides: tuple[str, str]
    claims: tuple[int, ...]


class Voices(msgspec.Struct, frozen=True, kw_only=True):
    """Three counts, each with the list behind it: outlets, distinct texts (groups of doc_ids), original speakers.

    Only those who affirm are counted.  `sides` are the sides known among the speakers, `witnesses` who stands on
    which and how that is known, `agreements` the facts that opposed sides affirm.
    """

    outlets: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    speakers: tuple[str, ...]
    sides: tuple[str, ...] = ()
    opposed_agree: bool = False
    witnesses: tuple[SideWitness, ...] = ()
    agreements: tuple[Agreement, ...] = ()


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A field on which claims exclude each other: a denial, rival agents, rival tolls, rival days.

    `claims` are indexes into the incident's claims.
    """

    field: str
    kind: str
    claims: tuple[int, ...]


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """confirmed | fair | weak | contested | discounted, by rule, with the reason codes."""

    grade: str
    reasons: tuple[str, ...]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """What a text states of two incidents: response | cause | part-of | release-of | maybe-same."""

    kind: str
    incident: str
    doc_id: str | None = None
    span: Span | None = None
    score: float | None = None


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One happening.  `id` never changes; `merged` are the ids that lead here."""

    id: str
    type: str
    mode: str | None
    members: tuple[Member, ...]
    claims: tuple[Claim, ...] = ()
    place: Place | None = None
    date: dict[str, str] | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    killed: tuple[int | None, int | None] | None = None
    injured: tuple[int | None, int | None] | None = None
    detained: tuple[int | None, int | None] | None = None
    summary: dict[str, Value] = {}
    voices: Voices | None = None
    disputes: tuple[Dispute, ...] = ()
    grade: Grade | None = None
    links: tuple[Link, ...] = ()
    merged: tuple[str, ...] = ()


__all__ = [
    "Agreement",
    "Claim",
    "Dispute",
    "Grade",
    "Incident",
    "Link",
    "Member",
    "SideWitness",
    "Speaker",
    "Value",
    "Voices",
]
