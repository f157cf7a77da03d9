"""Who a speaker is: the neutral party behind «المتحدث باسم قسد», the outlet behind «شبكة شام»."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from isnad.read.parties import find_parties
from isnad.text import read_words
from isnad.weigh.agencies import Agencies, load_agencies
from isnad.weigh.sides import Side, Sides, load_sides

#: Kinds of party that are many people without one voice.
_NO_ONE_VOICE = frozenset({"civilians", "people"})
OUTLET, AGENCY, PARTY, CHANNEL, ACCOUNT, MEDIA = "outlet", "agency", "party", "channel", "account", "media"
_BODIES = frozenset({"name", "office"})  # forms of a party mention


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """An original speaker.

    `id` is «kind:name» and the same for everything one speaker says; `kind` is party | person | organisation | media |
    anonymous | agency | outlet | account | channel | unknown; `text` are the words to show.
    """

    id: str
    kind: str
    text: str
    party: str | None = None
    side: Side | None = None


class Names:
    """Resolves names of speakers and outlets; keeps what it has looked up."""

    def __init__(self, sides: Sides, agencies: Agencies) -> None:
        self.sides, self.agencies = sides, agencies
        lexicon = sides.lexicon
        first: dict[str, str] = {}
        self._canonical = {id: first.setdefault(entry.en, id) for id, entry in lexicon.outlets.items()}
        self._by_name: dict[str, str] = {}
        for id, entry in lexicon.outlets.items():
            self._by_name.setdefault(agencies.bare_name(entry.ar), self._canonical[id])
        self._agencies: dict[str, str] = {}
        for agency in agencies.by_id.values():
            for name in () if agency.generic else agency.names:
                self._agencies.setdefault(agencies.bare_name(name), agency.id)
        self._parties: dict[str, str | None] = {}

    def party(self, text: str) -> str | None:
        """Return the party that speaks in the words of a speaker; None where there is none with one voice."""
        if text not in self._parties:
            self._parties[text] = self._find(text)
        return self._parties[text]

    def _find(self, text: str) -> str | None:
        """Take what is named as a body or an office; a country or an adjective only where it is all there is."""
        found = [
            m.id
            for m in (find_parties(read_words(text), self.sides.lexicon) if text.strip() else [])
            if m.id and (m.form in _BODIES or m.text == text.strip()) and self._has_one_voice(m.id)
        ]
        named = [id for id in found if "." not in id]  # «the General Command of the Asayish» is the Asayish
        return next(iter(named or found), None)

    def is_media(self, id: str) -> bool:
        """Say whether a party is a medium, as state television is."""
        entry = self.sides.lexicon.party(id)
        return entry is not None and entry.kind == MEDIA

    def _has_one_voice(self, id: str) -> bool:
        entry = self.sides.lexicon.party(id)
        if entry is not None:
            return entry.kind not in _NO_ONE_VOICE
        return "." in id and not id.endswith((".civilians", ".none"))

    def outlet(self, outlet: str) -> str:
        """Return one id for all ids of an outlet."""
        return self._canonical.get(outlet, outlet)

    def of_outlet(self, outlet: str) -> Voice:
        """Return the voice of an outlet itself: its agency's or its party's where it is one."""
        agency = self.agencies.by_outlet.get(outlet)
        if agency:
            return self.of_agency(agency.id)
        party = self.agencies.own_outlets.get(outlet)
        if party:
            return self.of_party(party, party)
        id = self.outlet(outlet)
        return Voice(id=f"{OUTLET}:{id}", kind=OUTLET, text=id, side=self.sides.of_outlet(outlet))

    def of_agency(self, id: str) -> Voice:
        """Return the voice of an agency."""
        agency = self.agencies.by_id[id]
        if agency.party:
            return self.of_party(agency.party, agency.names[0])
        sides = [side for outlet in agency.outlets if (side := self.sides.of_outlet(outlet))]
        return Voice(id=f"{AGENCY}:{id}", kind=AGENCY, text=agency.names[0], side=sides[0] if sides else None)

    def of_party(self, id: str, text: str) -> Voice:
        """Return the voice of a party, whoever speaks for it."""
        return Voice(id=f"{PARTY}:{id}", kind=PARTY, text=text, party=id, side=self.sides.of_party(id))

    def of_media(self, text: str, kind: str = MEDIA) -> Voice:
        """Return the voice of an outlet, agency or channel that is named in a text."""
        agency = self.agencies.named(text)
        if agency and not agency.generic:
            return self.of_agency(agency.id)
        name = self.agencies.bare_name(text)
        if name in self._by_name:
            return self.of_outlet(self._by_name[name])
        if name in self._agencies:
            return self.of_agency(self._agencies[name])
        return Voice(id=f"{kind}:{name}", kind=kind, text=text)


@lru_cache(maxsize=1)
def load_names() -> Names:
    """Return the built-in names: party lexicon, outlets, agencies and sides."""
    return Names(load_sides(), load_agencies())


__all__ = ["ACCOUNT", "AGENCY", "CHANNEL", "MEDIA", "OUTLET", "PARTY", "Names", "Voice", "load_names"]
