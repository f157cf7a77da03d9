"""Neutral names of parties, countries and outlets in English and Arabic, from the party lexicon and export/data.

A name never depends on who reports: the loaded word an outlet hangs on a party stays in the claims as framing, and
what texts call a party (the lexicon's `names`) is never its name here.
"""

from __future__ import annotations

from isnad.coding.classes import party_class
from isnad.export.tables import acled_table, arabic_names, name_table
from isnad.lexicon.parties import PartyLexicon
from isnad.weigh.sides import load_sides


class Names:
    """Names from a lexicon; safe to share."""

    def __init__(self, lexicon: PartyLexicon) -> None:
        self._lexicon = lexicon

    @classmethod
    def load(cls) -> Names:
        """Return the names of the built-in lexicon."""
        return cls(PartyLexicon.load())

    def english(self, party: str) -> str:
        """Return the English name of a party id; an id that is nowhere named is its own name."""
        if (entry := self._lexicon.party(party)) is not None:
            return entry.en
        if (people := name_table().people.get(party)) is not None:
            return people.en
        return self._composed(party) or party

    def arabic(self, party: str) -> str:
        """Return the Arabic name of a party id; an id that is nowhere named is its own name."""
        if (given := arabic_names().get(party)) is not None:
            return given
        if (people := name_table().people.get(party)) is not None:
            return people.ar
        return self._composed_arabic(party) or party

    def _composed(self, party: str) -> str | None:
        """Return the English name of a body of a state, ISO3.sector; None where the id is no such."""
        head, dot, sector = party.partition(".")
        pattern, named = name_table().sectors.get(sector), self.country(head)
        if not dot or pattern is None or named is None:
            return None
        return pattern.en.format(country=f"the {named}" if head in acled_table().with_article else named)

    def _composed_arabic(self, party: str) -> str | None:
        """Return the Arabic name of a body of a state, ISO3.sector; None where the id is no such."""
        head, dot, sector = party.partition(".")
        pattern, named = name_table().sectors.get(sector), self.country_arabic(head)
        if not dot or pattern is None or named is None:
            return None
        if pattern.adjective is not None and (nisba := self._adjective(head)) is not None:
            return pattern.adjective.format(nisba=nisba)
        return pattern.ar.format(country=named)

    def _adjective(self, code: str) -> str | None:
        """Return the Arabic adjective of a country, None where it has none that is clear and one word long."""
        nisba = next(iter(self._lexicon.countries[code].nisba), None)
        return nisba if nisba and " " not in nisba and code not in name_table().no_adjective else None

    def country(self, code: str | None) -> str | None:
        """Return the English name of a country by ISO 3166 alpha-3, None when it is not known."""
        entry = self._lexicon.countries.get(code or "")
        return entry.en if entry else None

    def country_arabic(self, code: str | None) -> str | None:
        """Return the Arabic name of a country by ISO 3166 alpha-3, None when it is not known."""
        entry = self._lexicon.countries.get(code or "")
        return entry.names[0] if entry and entry.names else None

    def outlet(self, outlet: str | None) -> str | None:
        """Return the English name of an outlet, its id where it is not listed."""
        entry = self._lexicon.outlets.get(outlet or "")
        return entry.en if entry else outlet

    def outlet_arabic(self, outlet: str | None) -> str | None:
        """Return the Arabic name of an outlet, its id where it is not listed."""
        entry = self._lexicon.outlets.get(outlet or "")
        return entry.ar if entry else outlet

    def side(self, party: str) -> str | None:
        """Return the side a party is on, as the lexicon states it; a state body's side is its country."""
        entry = self._lexicon.party(party)
        if entry is not None and entry.side:
            return entry.side
        head, dot, _ = party.partition(".")
        return head if dot else None

    def side_arabic(self, side: str) -> str:
        """Return the Arabic name of a side of a conflict; an id that is nowhere named is its own name."""
        named = load_sides().names.get(side)
        return named.ar if named else self.arabic(side)

    def kind(self, party: str) -> str | None:
        """Return the kind of a party (state-forces, rebel, civilians, ...), None when it is not known."""
        entry = self._lexicon.party(party)
        if entry is not None:
            return entry.kind
        return _KIND_OF_SECTOR.get(party.partition(".")[2])

    def home(self, party: str) -> str | None:
        """Return the country of a party by ISO 3166 alpha-3, None when it has none."""
        head, dot, _ = party.partition(".")
        if dot:
            return head
        entry = self._lexicon.party(party)
        return entry.country if entry else None

    def acled_class(self, party: str | None, country: str | None, year: int | None = None) -> str | None:
        """Return the ACLED class of a party in an event in `country` (ISO 3166 alpha-3) in `year`; None if unknown."""
        if party is None:
            return None
        rival = acled_table().rival_states.get(party)
        if rival is not None and rival.country == country and year is not None and year >= rival.since:
            return "state"
        people = name_table().people.get(party)
        return people.class_ if people else party_class(self._lexicon, country, party)


_KIND_OF_SECTOR = {
    "gov": "government", "mil": "state-forces", "police": "police", "spy": "intelligence", "leg": "legislature",
    "jud": "judiciary", "opp": "political-opposition", "med": "media", "civilians": "civilians",
}  # fmt: skip


__all__ = ["Names"]
