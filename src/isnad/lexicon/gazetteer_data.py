"""The rows of the gazetteer's tables and the key under which a place name is looked up."""

from __future__ import annotations

from pathlib import Path

import msgspec

from isnad.text import fold

DATA = Path(__file__).parent / "data" / "places"

#: How surely a bare word is the place: PLAIN always, UNSURE with a locative word beside it, EVERYDAY only
#: after a head noun («town of ...»).  The last character of a key in a table.
PLAIN, UNSURE, EVERYDAY = "0", "1", "2"


class PlaceRow(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One place: `keys` its folded Arabic names with their class, joined by |; `km` its radius.

    `within` are the folded names of the divisions that hold it, joined by |, where its table says them.
    """

    keys: str
    name: str
    country: str | None
    level: str
    lat: float | None
    lon: float | None
    km: float | None
    population: int
    id: str
    hand: bool = False
    within: str = ""


class PlaceTable(msgspec.Struct, frozen=True):
    """A generated file: how it was made, its rows, and what else the hand-written files say.

    `nisba` maps a folded adjective without article (سوري «Syrian») to ISO 3166 alpha-3, `capitals` that
    code to the look-up key of the capital; `everyday` are names that are everyday words.
    """

    generated: str
    rows: tuple[PlaceRow, ...]
    nisba: dict[str, str] = {}
    capitals: dict[str, str] = {}
    everyday: tuple[str, ...] = ()


def key_of(name: str) -> str:
    """Return the look-up key of a place name: folded, single spaces."""
    return " ".join(fold(name).split())
