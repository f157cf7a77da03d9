"""The desk itself: meta, sessions, keys, imports, exports, searches, the log, the next card to review."""

from __future__ import annotations

from typing import Any

import msgspec

from isnad.api.shapes.articles import EventView, Segment
from isnad.api.shapes.common import Label, Named, OutletRef
from isnad.api.shapes.incidents import DecisionView, IncidentCard


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the store."""

    articles: int
    events: int
    incidents: int
    outlets: int


class UserView(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in."""

    name: str
    scopes: tuple[str, ...]


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What the page needs first.  Without the read scope, `counts` are zero and the days null."""

    version: str
    counts: Totals
    first_day: str | None
    last_day: str | None
    types: tuple[Named, ...]
    modes: tuple[Named, ...]
    grades: tuple[Named, ...]
    reasons: tuple[Named, ...]
    statuses: tuple[Named, ...]
    tiles: str | None
    auth: str
    user: UserView | None
    csrf: str | None


class KeyView(msgspec.Struct, frozen=True, kw_only=True):
    """An API key; `key` is its secret, shown once when it is made."""

    id: str
    name: str
    scopes: tuple[str, ...]
    maker: str
    created: str
    key: str | None = None


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    """A saved filter and the address of its Atom feed."""

    id: str
    name: str
    query: str
    user: str
    created: str
    feed: str


class ImportView(msgspec.Struct, frozen=True, kw_only=True):
    """An import; `done` and `total` are bytes read, `rate` reports a second, `left` seconds."""

    id: str
    state: str
    phase: str
    name: str
    at: str
    user: str
    done: int
    total: int | None
    reports: int
    added: int
    linked: int
    known: int
    changed: int
    skipped: int
    failed: int
    events: int
    incidents: int | None = None
    rate: float | None = None
    left: float | None = None
    message: str | None = None
    faults: tuple[FaultView, ...] = ()


class FaultView(msgspec.Struct, frozen=True, kw_only=True):
    """Something of an import that could not be taken as it is."""

    path: str
    code: str
    message: str
    line: int | None = None
    skipped: bool = True


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """A job that was taken on."""

    id: str
    href: str


class ExportView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was made; `left_out` counts by reason what the format cannot say."""

    id: str
    href: str
    format: str
    what: str
    filter: str
    user: str
    at: str
    count: int
    bytes: int
    left_out: dict[str, int] = {}


class LogEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the log."""

    id: str
    at: str
    user: str
    action: str
    subject: str
    detail: dict[str, Any]


class Affected(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that a decision changed, and its new ETag (null where the id leads elsewhere now)."""

    id: str
    etag: str | None


class Decided(DecisionView, frozen=True, kw_only=True):
    """A decision that was taken, and what it changed."""

    affected: tuple[Affected, ...] = ()


class PairFeature(msgspec.Struct, frozen=True, kw_only=True):
    """A feature of a pair's score: its value and what it adds."""

    name: str
    label: Label
    value: float
    contribution: float


class PairView(msgspec.Struct, frozen=True, kw_only=True):
    """Two incidents that may be one."""

    left: IncidentCard
    right: IncidentCard
    score: float
    features: tuple[PairFeature, ...]


class ArticleRef(msgspec.Struct, frozen=True, kw_only=True):
    """An article by title."""

    id: str
    title: str | None
    outlet: OutletRef | None
    published: str | None


class ReviewCard(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be decided: a pair, an incident or an event; `etag` is for If-Match."""

    id: str
    etag: str
    kind: str
    pair: PairView | None = None
    incident: IncidentCard | None = None
    why: tuple[str, ...] = ()
    article: ArticleRef | None = None
    event: EventView | None = None
    segments: tuple[Segment, ...] = ()


class NextCard(msgspec.Struct, frozen=True, kw_only=True):
    """The next card, null when nothing is left."""

    card: ReviewCard | None
    left: int


__all__ = [
    "Accepted", "Affected", "ArticleRef", "Decided", "ExportView", "FaultView", "ImportView", "KeyView", "LogEntry",
    "Meta", "NextCard", "PairFeature", "PairView", "ReviewCard", "SearchView", "Totals", "UserView",
]  # fmt: skip
