"""What can stand in a text: the records the readers hand to the coder.

`first` and `last` are word indices into `Words` (last exclusive); `start` and `end` code points of the stored
text, which may cut a written word where clitics stand before the name.
"""

from __future__ import annotations

import msgspec

from isnad.model import Span


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of words that names something."""

    first: int
    last: int
    start: int
    end: int
    text: str


class PartyMention(Mention, frozen=True, kw_only=True):
    """A party named: `id` is neutral, None when it is a party of unknown identity.

    `form` tells how it is named: name | country | nisba (an adjective alone) | office (a person or post
    standing for a body) | people (civilians, victims, unnamed groups).  `kind` is the party lexicon's kind of
    actor.  `framing` is the loaded word hung on it, which may stand outside the mention.  `count` is the number
    of people in the mention («ثلاثة مدنيين»: (3, 3)).
    """

    id: str | None
    form: str
    kind: str
    country: str | None = None
    framing: Span | None = None
    count: tuple[int | None, int | None] | None = None
    definite: bool = False


class PlaceMention(Mention, frozen=True, kw_only=True):
    """A place named, with its gazetteer entry; `level` and `precision` as in `isnad.model.Place`.

    `reason` says why a name that the gazetteer knows has no coordinates: ambiguous (namesakes equally likely), far (the
    only namesake lies elsewhere than the text says), wide (a building somewhere in a country).
    """

    name: str | None
    country: str | None
    level: str
    lat: float | None = None
    lon: float | None = None
    precision: float | None = None
    source_id: str | None = None
    cue: Span | None = None
    reason: str | None = None


class DateMention(Mention, frozen=True, kw_only=True):
    """Time words: first and last ISO day, or None for both with a `reason` code."""

    day_from: str | None
    day_to: str | None
    reason: str | None = None
    rule: str = ""


class CountMention(Mention, frozen=True, kw_only=True):
    """A number of people: (least, most), either open (None).

    `unit` is the folded noun counted ("" when none); `people` says whether it counts people; `sense` is killed |
    injured | detained where the noun itself says so (قتلى «dead», جرحى «wounded»), else None.  `part` marks a
    share of a number that went before («بينهم طفلان»), which never counts on its own.
    """

    least: int | None
    most: int | None
    unit: str = ""
    people: bool = False
    sense: str | None = None
    part: bool = False


class Attribution(Mention, frozen=True, kw_only=True):
    """A speaker and what he vouches for: words [scope_first, scope_last) are his statement.

    `kind` as in `isnad.model.Source`; `via` is who passed it on; `verb` the words of saying.
    """

    kind: str
    scope_first: int
    scope_last: int
    party: str | None = None
    via: Span | None = None
    via_kind: str | None = None
    verb: Span | None = None


class StatusCue(Mention, frozen=True, kw_only=True):
    """Words that make the events in [scope_first, scope_last) denied, planned or hypothetical."""

    status: str
    rule: str
    scope_first: int
    scope_last: int
