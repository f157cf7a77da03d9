"""What the store takes and gives, beyond the records of `isnad.model`.  Days are ISO, instants ISO UTC."""

from __future__ import annotations

import msgspec

from isnad.model import Article, CodedArticle


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which articles or events are wanted; None asks nothing, several together must all hold.

    `day_from` and `day_to` bound the publication day of articles and the first day of events, the publication day for
    want of one (both ends belong to it; what has no known day is left out).  `type`, `party`, `place` and `status` are
    those of an event, for articles of one and the same event.  `party` is a neutral id; `role` (actor | recipient)
    narrows it.  `place` is a name in any spelling, a gazetteer id, or a country code of three capitals, or several of
    them of which any may hold (`isnad.lexicon.gazetteer_names`).  `outlet` is an outlet's id: any address of the
    article may be of it.  `text` is what `Store.search` takes.
    """

    day_from: str | None = None
    day_to: str | None = None
    type: str | None = None
    party: str | None = None
    role: str | None = None
    place: str | tuple[str, ...] | None = None
    outlet: str | None = None
    status: str | None = None
    text: str | None = None


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True):
    """One article in a list.  `events` is None while it is not coded; `cursor` continues the list after it."""

    article: int
    title: str | None
    published: str | None
    outlet: str | None
    events: int | None
    note: str | None
    coder: str | None
    cursor: str


class PartyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A party of a listed event; `role` is actor or recipient."""

    role: str
    id: str | None
    text: str
    framing: str | None


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event in a list: the current coding of the current version of its article."""

    article: int
    event: int
    type: str
    mode: str | None
    status: str
    trigger: tuple[int, int]
    day: tuple[str | None, str | None] | None
    published: str | None
    outlet: str | None
    title: str | None
    place: str | None
    place_id: str | None
    level: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: float | None
    parties: tuple[PartyRow, ...]
    killed: tuple[int | None, int | None] | None
    injured: tuple[int | None, int | None] | None
    detained: tuple[int | None, int | None] | None
    same_as: int | None
    score: float
    cursor: str


class ToCode(msgspec.Struct, frozen=True, kw_only=True):
    """A stored text that waits for its coding: hand `version` back with what became of `article`."""

    version: int
    article: Article


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An article's current version with its current coding; `article` is its id in the store."""

    article: int
    version: int
    coded: CodedArticle


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """How one content came in from one address.  `raw` is the SHA-256 of the bytes as received, where kept."""

    address: str
    version: int
    current: bool
    fetched: str
    source: str
    doc_id: str | None
    published: str | None
    outlet: str | None
    forwarded_from: str | None
    publisher: str | None
    raw: str | None
    media_type: str | None


class CodingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One coding of one version: by which coder, when, and whether it is the one in use."""

    coder: str
    made: str
    current: bool
    coded: CodedArticle


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One content an article has had.  `hash` is the SHA-256 of its title and text in NFC."""

    version: int
    number: int
    hash: str
    added: str
    article: Article
    codings: tuple[CodingRow, ...]


class StoredArticle(msgspec.Struct, frozen=True, kw_only=True):
    """Everything kept of one article; `current` is the id of the version in use, versions oldest first."""

    article: int
    current: int
    versions: tuple[Version, ...]
    sightings: tuple[Sighting, ...]

    @property
    def coded(self) -> CodedArticle | None:
        """Return the coding in use, None while there is none."""
        found = [c for v in self.versions if v.version == self.current for c in v.codings if c.current]
        return found[0].coded if found else None

    @property
    def text(self) -> Article:
        """Return the version in use."""
        return next(v.article for v in self.versions if v.version == self.current)


class Mark(msgspec.Struct, frozen=True):
    """A stretch of a hit's text or title that answers the query, in code points."""

    start: int
    end: int


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An article that answers a search; `cursor` continues the search after it."""

    article: int
    title: str | None
    published: str | None
    outlet: str | None
    text: str
    marks: tuple[Mark, ...]
    title_marks: tuple[Mark, ...]
    cursor: str


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet as the store knows it; one that came by its domain alone has the domain as its id."""

    id: str
    name_ar: str | None = None
    name_en: str | None = None
    country: str | None = None
    side: str | None = None
    side_source: str | None = None
    domains: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something `Store.check` found wrong; `kind` is a stable word, `where` names the row."""

    kind: str
    where: str
    message: str

    def __str__(self) -> str:
        """Return the one line shown to people."""
        return f"{self.where}: {self.message} [{self.kind}]"


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """What is there.  Lists are (name, count), the largest first."""

    revision: str
    bytes: int
    articles: int
    versions: int
    addresses: int
    coded: int
    uncoded: int
    events: int
    raws: int
    raw_bytes: int
    feeds: int
    outlets: int
    first_day: str | None
    last_day: str | None
    without_day: int
    coders: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    largest_outlets: tuple[tuple[str, int], ...]


class Totals(msgspec.Struct, frozen=True):
    """How much there is, and the first and last day of publication."""

    articles: int
    events: int
    outlets: int
    first_day: str | None
    last_day: str | None


__all__ = [
    "ArticleRow",
    "CodingRow",
    "EventRow",
    "Filter",
    "Finding",
    "Hit",
    "Mark",
    "Outlet",
    "PartyRow",
    "Sighting",
    "Stats",
    "Stored",
    "StoredArticle",
    "ToCode",
    "Totals",
    "Version",
]
