"""The two sides of an incident as UCDP names them, the type of violence, and whose dead the dead are."""

from __future__ import annotations

import msgspec

from isnad.export.names import Names
from isnad.export.tables import countries, name_table
from isnad.model.incidents import Incident

_ORGANISED = ("state", "rebel", "militia", "external")
_UNARMED = ("civilians", "protesters", "rioters")
_STATE = ("gov", "mil", "police", "spy")
CIVILIANS = "Civilians"


class Dyad(msgspec.Struct, frozen=True):
    """The party ids of both sides (b is None: civilians), their names, GED's type 1 | 2 | 3, the column of the dead."""

    side_a: str
    side_b: str | None
    name_a: str
    name_b: str
    violence: int
    dead: str


def dyad_of(incident: Incident, names: Names, *, year: int) -> Dyad | str:
    """Return the dyad of an incident, or why there is none: side-unnamed, target-unknown, side-with-itself.

    A government stands on side a in state-based violence, the perpetrator in one-sided violence.
    """
    country = incident.place.country if incident.place else None

    def armed(party: str) -> bool:
        return party not in name_table().people and names.acled_class(party, country, year) in _ORGANISED

    actors = [party for party in incident.actors if armed(party)]
    targets = [party for party in incident.recipients if armed(party)]
    hit = [names.acled_class(party, country, year) for party in incident.recipients]
    if not actors:
        return "side-unnamed"
    if not incident.recipients and len(actors) > 1:
        enemy = next((party for party in actors[1:] if _side(party, names) != _side(actors[0], names)), None)
        return _fight(actors[0], enemy, "deaths_unknown", names) if enemy else "target-unknown"
    if targets:
        alone = len(targets) == len(incident.recipients) and len({_side(p, names) for p in targets}) == 1
        return _fight(actors[0], targets[0], "deaths_b" if alone else "deaths_unknown", names)
    if hit and all(kind in _UNARMED for kind in hit):
        name = named(actors[0], names)
        return Dyad(actors[0], None, name, CIVILIANS, 3, "deaths_civilians")
    return "target-unknown" if not incident.recipients else "side-unnamed"


def _fight(first: str, second: str, dead: str, names: Names) -> Dyad | str:
    if _side(first, names) == _side(second, names) and government_of(first) == government_of(second):
        return "side-with-itself"
    if government_of(second) and not government_of(first):
        first, second = second, first
        dead = "deaths_a" if dead == "deaths_b" else dead
    violence = 1 if government_of(first) else 2
    return Dyad(first, second, named(first, names), named(second, names), violence, dead)


def _side(party: str, names: Names) -> str:
    return government_of(party) or names.side(party) or party


def government_of(party: str | None) -> str | None:
    """Return the country (ISO 3166 alpha-3) whose government a party belongs to, None for any other party."""
    head, dot, sector = (party or "").partition(".")
    return head if dot and sector in _STATE else None


def named(party: str, names: Names) -> str:
    """Return UCDP's kind of name: «Government of Syria» for every body of the state, else the group's name."""
    code = government_of(party)
    if code is None:
        return names.english(party)
    return f"Government of {countries().ged_names.get(code) or names.country(code) or code}"


__all__ = ["CIVILIANS", "Dyad", "dyad_of", "government_of", "named"]
