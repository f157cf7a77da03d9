"""A name met in a text, and a place named there before it is settled which place it is."""

from __future__ import annotations

import msgspec

from isnad.lexicon.gazetteer import PLAIN
from isnad.lexicon.gazetteer_data import PlaceRow
from isnad.lexicon.placewords import Head

#: Stands among `codes` for a nation whose adjective the lists lack.
UNKNOWN = "?"


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """A name at words [first, last): its key, its namesakes (none when unknown), how sure, clitics cut."""

    first: int
    last: int
    key: str
    rows: tuple[PlaceRow, ...] = ()
    cut: str = ""
    sure: str = PLAIN
    inner: bool = False  # named by a head noun inside
    level: str | None = None


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A place named at words [first, last).  `pattern` says how; `level` what the words ask for.

    `way` are direction words in English, `codes` countries named by adjectives, `other` the namesakes of the
    other end of a road.
    """

    first: int
    last: int
    cut: str = ""
    pattern: str
    level: str | None = None
    key: str = ""
    rows: tuple[PlaceRow, ...] = ()
    head: Head | None = None
    way: str = ""
    codes: tuple[str, ...] = ()
    sure: str = PLAIN
    cued: bool = False
    other: tuple[PlaceRow, ...] = ()
