"""The records of an explanation: what was read, what was weighed, and what was made of it."""

from __future__ import annotations

import msgspec

from isnad.model import Event, Span
from isnad.read.mentions import CountMention, DateMention, PartyMention, PlaceMention


class WordSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A word: `kind` is word | number | latin | punct; `mark` is furniture | quoted, or None."""

    text: str
    start: int
    end: int
    kind: str
    mark: str | None = None


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker with the words he vouches for."""

    speaker: Span
    kind: str
    verb: str | None
    via: str | None
    party: str | None
    says: Span


class StatusSeen(msgspec.Struct, frozen=True, kw_only=True):
    """Words that may make the events in `covers` something other than actual."""

    cue: Span
    status: str
    rule: str
    covers: Span


class WordSense(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of a candidate by the lexicon: `types` as TYPE or TYPE.mode, the likeliest first."""

    lemma: str
    gloss: str
    pos: str
    tense: str
    types: tuple[str, ...]


class Chance(msgspec.Struct, frozen=True):
    """The probability of one answer."""

    answer: str
    probability: float


class Weight(msgspec.Struct, frozen=True):
    """A feature and its log-linear weight for the answer explained (networks share the probability)."""

    feature: str
    weight: float


class TriggerWeighed(msgspec.Struct, frozen=True, kw_only=True):
    """A word that may be a trigger; `event` is the probability that it is one.

    `why` is taken | below threshold | overlaps a surer one | left at a glance | page furniture.
    """

    word: Span
    phrase: Span | None
    readings: tuple[WordSense, ...]
    chances: tuple[Chance, ...]
    event: float | None
    threshold: float
    taken: bool
    why: str
    explains: str | None = None
    features: tuple[Weight, ...] = ()


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One look at a party's role: its probabilities and the heaviest features for the likelier of the two roles."""

    actor: float
    recipient: float
    features: tuple[Weight, ...] = ()


class PartyWeighed(msgspec.Struct, frozen=True, kw_only=True):
    """A party as a part of one event, weighed alone; the casting taken decides.  `role` is actor | recipient | none."""

    party: Span
    id: str | None
    role: str
    mean_actor: float
    mean_recipient: float
    first: Look
    second: Look


class CastingWeighed(msgspec.Struct, frozen=True, kw_only=True):
    """All actors and recipients of one event together (ids, ? for an unknown party).

    `alone` is the chance when each party is weighed alone, `chance` that of the look at all of them, which decides.
    """

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    alone: float
    chance: float
    taken: bool
    features: tuple[Weight, ...]


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """A place, time, speaker or earlier event as the value of one event."""

    mention: Span
    value: str | None
    chance: float
    taken: bool
    features: tuple[Weight, ...] = ()


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """An answer among a fixed set: what was chosen, against what, for which features."""

    chosen: str | None
    chances: tuple[Chance, ...]
    features: tuple[Weight, ...] = ()


class EventExplained(msgspec.Struct, frozen=True, kw_only=True):
    """An event with everything weighed for it, and its final record."""

    id: int
    trigger: Span
    type: str
    mode: Choice
    status: Choice
    parties: tuple[PartyWeighed, ...]
    castings: tuple[CastingWeighed, ...]
    places: tuple[Weighed, ...]
    dates: tuple[Weighed, ...]
    sources: tuple[Weighed, ...]
    earlier: tuple[Weighed, ...]
    acled: str
    cameo: str
    event: Event


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read and weighed in a text; `note` says why nothing was read where that is so."""

    text: str
    published: str | None = None
    outlet: str | None = None
    note: str | None = None
    words: tuple[WordSeen, ...] = ()
    parties: tuple[PartyMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    counts: tuple[CountMention, ...] = ()
    statements: tuple[Statement, ...] = ()
    status_cues: tuple[StatusSeen, ...] = ()
    triggers: tuple[TriggerWeighed, ...] = ()
    events: tuple[EventExplained, ...] = ()


__all__ = [
    "CastingWeighed",
    "Chance",
    "Choice",
    "EventExplained",
    "Explanation",
    "Look",
    "PartyWeighed",
    "Statement",
    "StatusSeen",
    "TriggerWeighed",
    "Weighed",
    "Weight",
    "WordSeen",
    "WordSense",
]
