"""The kind, side and country of parties by their ids, from the party lexicon."""

from __future__ import annotations

from functools import cache

from isnad.lexicon.parties import PartyLexicon
from isnad.lexicon.party_schema import KIND_OF_SECTOR


class PartyKinds:
    """Looks up kinds and sides; keeps what it has looked up."""

    def __init__(self, lexicon: PartyLexicon | None = None) -> None:
        self._lexicon = lexicon or PartyLexicon.load()
        self._kinds: dict[str, str] = {}
        self._sides: dict[str, frozenset[str]] = {}

    def kind(self, id: str) -> str:
        """Return the kind of a party (state-forces, rebel, civilians ...); "" when unknown."""
        known = self._kinds.get(id)
        if known is None:
            entry = self._lexicon.party(id)
            known = self._kinds[id] = entry.kind if entry else KIND_OF_SECTOR.get(id.rpartition(".")[2], "")
        return known

    def side(self, id: str) -> str | None:
        """Return the side of a party in its conflict, or None."""
        entry = self._lexicon.party(id)
        return entry.side if entry else None

    def country(self, id: str) -> str | None:
        """Return the country of a party: stated, or the first part of ISO3.sector."""
        entry = self._lexicon.party(id)
        if entry and entry.country:
            return entry.country
        head, dot, _ = id.partition(".")
        return head if dot and len(head) == 3 else None

    def kinds(self, ids: frozenset[str]) -> set[str]:
        """Return the known kinds among `ids`."""
        return {self.kind(i) for i in ids} - {""}

    def sides(self, ids: frozenset[str]) -> set[str]:
        """Return what allies share: sides, affiliated bodies and the states behind ISO3.sector ids."""
        out: set[str] = set()
        for id in ids:
            known = self._sides.get(id)
            if known is None:
                known = self._sides[id] = self._belongs(id)
            out |= known
        return out

    def _belongs(self, id: str) -> frozenset[str]:
        entry = self._lexicon.party(id)
        out = {id}
        if entry:
            out.update(entry.affiliations)
            if entry.side:
                out.add(f"side:{entry.side}")
        head, dot, _ = id.partition(".")
        if dot and len(head) == 3:
            out.add(f"state:{head}")
        out.update(f"state:{a[:3]}" for a in list(out) if a[3:4] == "." and a != id)
        return frozenset(out)


@cache
def built_in_kinds() -> PartyKinds:
    """Return the kinds of the built-in parties, loaded once a process: what is looked up in it never changes."""
    return PartyKinds()


__all__ = ["PartyKinds", "built_in_kinds"]
