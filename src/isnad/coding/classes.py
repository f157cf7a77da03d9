"""The ACLED class of a party, from its id, its kind in the lexicon, and whose country the event is in."""

from __future__ import annotations

from isnad.coding.crosswalk import plain_class
from isnad.lexicon.parties import PartyLexicon

#: Kinds of the party lexicon as ACLED classes (FORMATS.md 1.1): journalists, aid workers and monitors are civilians
#: there; what is only political or international has no class.
_OF_KIND = {
    "state-forces": "state", "police": "state", "intelligence": "state", "rebel": "rebel", "militia": "militia",
    "external": "external", "civilians": "civilians", "people": "civilians", "media": "civilians", "aid": "civilians",
    "monitor": "civilians",
}  # fmt: skip
_ARMED_STATE = ("mil", "police", "spy")


def party_class(lexicon: PartyLexicon, country: str | None, party: str | None) -> str | None:
    """Return the ACLED class of party id `party` in an event in `country` (ISO3, None if unknown).

    A state's forces outside their own country are external.
    """
    if party is None:
        return None
    head, dot, sector = party.partition(".")
    if dot and sector in _ARMED_STATE and country is not None and head != country:
        return "external"
    found = plain_class(party)
    if found is None and (entry := lexicon.party(party)) is not None:
        found = _OF_KIND.get(entry.kind)
    return found
