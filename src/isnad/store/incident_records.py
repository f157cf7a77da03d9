"""What the store takes and gives of incidents and decisions.  Days are ISO, instants ISO UTC."""

from __future__ import annotations

from typing import Any

import msgspec

from isnad.model.incidents import Incident

#: What an incident is to its reviewers.
CANDIDATE, ACCEPTED, REJECTED = "candidate", "accepted", "rejected"
STATES = (CANDIDATE, ACCEPTED, REJECTED)

Count = tuple[int | None, int | None]


class IncidentFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which incidents are wanted; what is None or empty asks nothing, several together must all hold.

    `day_from` and `day_to` (ISO, both ends belong to it) meet the days of the incident, those of its reports for want
    of any; what has neither is left out.  Of `types`, `parties`, `outlets`, `grades`, `statuses` (of its members) one
    must hold.  `bbox` is west, south, east, north in degrees; west may be beyond east, across the date line.  `place`
    is a name in any spelling, a gazetteer id or a country code of three capitals, or several of which any may hold
    (`isnad.lexicon.gazetteer_names` gives all names of namesakes).  `dispute` is a field, or "any".
    `states` are those of review; without any, what was rejected is left out.  `text` is what `Store.search` takes, of
    an article that tells of the incident.
    """

    text: str | None = None
    day_from: str | None = None
    day_to: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    types: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    role: str | None = None
    place: str | tuple[str, ...] | None = None
    outlets: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    dispute: str | None = None
    noplace: bool = False
    states: tuple[str, ...] = ()
    reviewed: bool | None = None


class CardPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where, as a list shows it; `precision` is a radius in kilometres."""

    name: str | None
    text: str
    level: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: float | None = None
    source_id: str | None = None


class CardBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The fields of an incident that a list shows; `outlets`, `texts` and `speakers` count the voices."""

    type: str
    mode: str | None = None
    date: dict[str, str] | None = None
    reported: dict[str, str] | None = None
    place: CardPlace | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    killed: Count | None = None
    injured: Count | None = None
    detained: Count | None = None
    grade: str | None = None
    reasons: tuple[str, ...] = ()
    outlets: int = 0
    texts: int = 0
    speakers: int = 0
    disputes: tuple[str, ...] = ()
    status: str = "actual"
    members: int = 0


class IncidentCard(msgspec.Struct, frozen=True, kw_only=True):
    """One incident in a list; `cursor` continues the list after it, `version` grows when it changes."""

    id: str
    version: int
    state: str
    reviewed: bool
    body: CardBody
    cursor: str


class StoredIncident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as it stands.

    `keys` are those of its tellings (`isnad.weigh.Registry`); `weighed` is the incident before decisions corrected it.
    """

    id: str
    number: int
    version: int
    state: str
    reviewed: bool
    imported: bool
    keys: tuple[str, ...]
    incident: Incident
    weighed: Incident


class ToKeep(msgspec.Struct, frozen=True, kw_only=True):
    """An incident to be kept: with the decisions upon it laid over (`incident`) and as weighed without them."""

    incident: Incident
    weighed: Incident
    keys: tuple[str, ...]
    state: str = CANDIDATE
    reviewed: bool = False
    imported: bool = False


class UnsurePair(msgspec.Struct, frozen=True, kw_only=True):
    """Two incidents that may be one, with the score and what it is made of: feature, value, contribution."""

    one: str
    two: str
    score: float
    reasons: tuple[tuple[str, float, float], ...] = ()


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many incidents there are of each day, type, ...: (name, count), the largest first, days in order."""

    total: int
    noplace: int
    days: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    grades: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    parties: tuple[tuple[str, int], ...]
    disputes: tuple[tuple[str, int], ...]


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """Every incident with coordinates, column by column; radius in kilometres, 0 where it is not known."""

    ids: list[str]
    lon: list[float]
    lat: list[float]
    type: list[str]
    radius_km: list[float]
    grade: list[str | None]


class Repeated(msgspec.Struct, frozen=True, kw_only=True):
    """`count` reports of an outlet that has it from others: `media` are their names in the text, the nearest first."""

    outlet: str
    media: tuple[str, ...]
    count: int


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What an outlet says: reports that affirm, deny and repeat; with whom it agrees or not, in so many incidents.

    Two outlets disagree on an incident where claims of theirs exclude each other, and agree where both affirm it and
    none do.
    """

    affirmed: int
    denied: int
    copied: int
    repeated: tuple[Repeated, ...]
    agree: dict[str, int]
    disagree: dict[str, int]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided: never changed afterwards; `undone_by` is the later decision that takes it back.

    `target` is incident:ID, event:ARTICLE:START-END or pair:ID|ID.  `before` and `after` are the values of `field`,
    or what the kind of decision needs to be taken back (isnad.review).
    """

    id: int
    kind: str
    target: str
    user: str
    at: str
    reason: str | None = None
    field: str | None = None
    before: Any = None
    after: Any = None
    members: tuple[str, ...] = ()
    undoes: int | None = None
    undone_by: int | None = None


__all__ = [
    "ACCEPTED",
    "CANDIDATE",
    "REJECTED",
    "CardBody",
    "CardPlace",
    "Count",
    "Counts",
    "Decision",
    "IncidentCard",
    "IncidentFilter",
    "Points",
    "Repeated",
    "Said",
    "StoredIncident",
    "ToKeep",
    "UnsurePair",
]
