"""The records that come in and go out.  Offsets are code points into `Article.text` as stored.

Field names and meanings follow CODEBOOK section 1, so that coded articles can be scored against gold as
they are; keys beyond it (coordinates, cues, scores, ACLED, CAMEO) only add.
"""

from __future__ import annotations

import msgspec


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One report as received.  `published` is an ISO day (YYYY-MM-DD) or None when unknown."""

    doc_id: str
    text: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


class Span(msgspec.Struct, frozen=True):
    """A stretch of the stored text: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """Words that led to a value: which `field` of the event, by which `rule`."""

    field: str
    rule: str
    text: str
    start: int
    end: int


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A party as named here; `id` is neutral (None when unknown), `framing` the outlet's loaded word."""

    text: str
    start: int
    end: int
    id: str | None = None
    framing: str | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where: the words, and the gazetteer entry when one is known.

    `level` is site | neighbourhood | town | district | governorate | country | region; `precision` is the
    radius in kilometres within which the report places the event, None without coordinates.
    """

    text: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None
    level: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: float | None = None
    source_id: str | None = None


class DateValue(msgspec.Struct, frozen=True, kw_only=True):
    """When: the words, first and last ISO day (None when the words do not settle a day), and their span."""

    text: str
    start: str | None
    end: str | None
    span: Span


class Via(msgspec.Struct, frozen=True, kw_only=True):
    """Who passed a statement on."""

    text: str
    kind: str
    start: int
    end: int


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Who vouches, the innermost; kind is official | named-person | organisation | media | anonymous | self."""

    text: str
    start: int
    end: int
    kind: str
    via: Via | None = None


class Acled(msgspec.Struct, frozen=True, kw_only=True):
    """ACLED event and sub-event type, or None with the reason code why the codebooks do not meet."""

    event_type: str | None = None
    sub_event_type: str | None = None
    reason: str | None = None


class Cameo(msgspec.Struct, frozen=True, kw_only=True):
    """CAMEO root (two digits) and the best code under it, or None with a reason code."""

    root: str | None = None
    code: str | None = None
    reason: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of one event (CODEBOOK sections 1-10)."""

    id: int
    trigger: Span
    type: str
    mode: str | None
    status: str
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    date: DateValue | None = None
    killed: tuple[int | None, int | None] | None = None
    injured: tuple[int | None, int | None] | None = None
    detained: tuple[int | None, int | None] | None = None
    source: Source | None = None
    same_as: int | None = None
    score: float = 0.0
    cues: tuple[Cue, ...] = ()
    reasons: dict[str, str] = {}
    acled: Acled = Acled()
    cameo: Cameo = Cameo()


class CodedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article with its events; `note` says why nothing was read where that is so."""

    doc_id: str
    text: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    events: tuple[Event, ...] = ()
    note: str | None = None
    coder: str = ""
