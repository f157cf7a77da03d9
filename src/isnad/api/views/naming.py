"""Neutral names of parties and outlets in both languages."""

from __future__ import annotations

from functools import lru_cache

from isnad.api.shapes.common import OutletRef, PartyRef
from isnad.export.names import Names
from isnad.lexicon.outlets import Outlet, Outlets
from isnad.store import Store


class Naming:
    """Names, looked up once each; safe between threads."""

    def __init__(self, names: Names, outlets: Outlets) -> None:
        self.names = names
        self.outlets = outlets
        self.party = lru_cache(maxsize=20_000)(self._party)
        self.outlet = lru_cache(maxsize=20_000)(self._outlet)

    @classmethod
    def load(cls, store: Store) -> Naming:
        """Return the names of the built-in lexicons."""
        return cls(Names.load(), Outlets.load())

    def _party(self, id: str) -> PartyRef:
        return PartyRef(id=id, ar=self.names.arabic(id), en=self.names.english(id))

    def _outlet(self, id: str) -> OutletRef:
        known = self.outlets.get(id) or self.outlets.at(id)
        if known is not None:
            return OutletRef(id=id, ar=known.ar, en=known.en)
        return OutletRef(id=id, ar=self.names.outlet_arabic(id) or id, en=self.names.outlet(id) or id)

    def outlet_or_none(self, id: str | None) -> OutletRef | None:
        """Return the outlet of an id, None for none."""
        return None if id is None else self.outlet(id)

    def parties(self, ids: tuple[str, ...]) -> tuple[PartyRef, ...]:
        """Return parties by their ids."""
        return tuple(self.party(id) for id in ids)

    def known_outlet(self, id: str) -> Outlet | None:
        """Return what the lexicon says of an outlet."""
        return self.outlets.get(id) or self.outlets.at(id)


__all__ = ["Naming"]
