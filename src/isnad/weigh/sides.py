"""Which side a party or an outlet stands on, where that is known from, and which sides are opposed."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib.resources import files

import msgspec
import yaml

from isnad.lexicon.parties import PartyLexicon

LEXICON, OUTLETS, SIDES = "party-lexicon", "outlet-list", "side-list"
_OF_STATE = frozenset({"gov", "mil", "police", "spy", "leg", "jud", "med"})


class Side(msgspec.Struct, frozen=True):
    """A side, and the list that says so: party-lexicon | outlet-list | side-list."""

    id: str
    source: str


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A side's names."""

    id: str
    en: str
    ar: str
    gloss: str


class Opposed(msgspec.Struct, frozen=True, kw_only=True):
    """Two sides at odds, from and until the days given."""

    sides: tuple[str, str]
    from_: dt.date | None = msgspec.field(default=None, name="from")
    until: dt.date | None = None


class _Data(msgspec.Struct, frozen=True):
    states: dict[str, str]
    parties: dict[str, str]
    sides: list[Named]
    opposed: list[Opposed]


class Sides:
    """Looks up sides.  `lexicon` is the party lexicon with its outlets."""

    def __init__(self, lexicon: PartyLexicon, data: _Data) -> None:
        self.lexicon = lexicon
        self.names = {side.id: side for side in data.sides}
        self._data = data
        self._opposed: dict[frozenset[str], Opposed] = {frozenset(pair.sides): pair for pair in data.opposed}

    def of_party(self, id: str | None) -> Side | None:
        """Return the side of a party; None where it is not known."""
        if not id:
            return None
        if id in self._data.parties:
            return Side(self._data.parties[id], SIDES)
        entry = self.lexicon.party(id)
        if entry and entry.side:
            return Side(entry.side, LEXICON)
        state, dot, sector = id.partition(".")
        if dot and sector in _OF_STATE and state in self._data.states:
            return Side(self._data.states[state], SIDES)
        return None

    def of_outlet(self, outlet: str | None) -> Side | None:
        """Return the side an outlet or its owner states, None where it states none."""
        entry = self.lexicon.outlets.get(outlet or "")
        if entry is None or entry.side is None:
            return None
        side = self.of_party(entry.side)
        return Side(side.id if side else entry.side, OUTLETS)

    def opposed(self, one: str, two: str, day: dt.date | None = None) -> bool:
        """Say whether two sides are at odds on `day`; with a bound, only where the day is known."""
        pair = self._opposed.get(frozenset((one, two)))
        if pair is None:
            return False
        if pair.from_ is None and pair.until is None:
            return True
        return (
            day is not None and (pair.from_ is None or day >= pair.from_) and (pair.until is None or day <= pair.until)
        )

    def any_opposed(self, sides: set[str], day: dt.date | None = None) -> tuple[str, str] | None:
        """Return the first two of `sides` that are at odds, None where there are none."""
        ordered = sorted(sides)
        return next(((a, b) for a in ordered for b in ordered if a < b and self.opposed(a, b, day)), None)


@lru_cache(maxsize=1)
def load_sides() -> Sides:
    """Return the built-in sides over the built-in party lexicon."""
    data = yaml.safe_load((files("isnad.weigh") / "data" / "sides.yaml").read_text(encoding="utf-8"))
    return Sides(PartyLexicon.load(), msgspec.convert(data, _Data))


__all__ = ["LEXICON", "OUTLETS", "SIDES", "Named", "Opposed", "Side", "Sides", "load_sides"]
