"""Actors as ACLED names and pairs them: who stands on which side of a row, and each one's class (FORMATS 1.1)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from isnad.export.cells import joined
from isnad.export.names import Names
from isnad.export.tables import acled_table, countries, name_table
from isnad.model.incidents import Incident

_ARMED = ("state", "rebel", "militia", "external")
_CROWD = ("protesters", "rioters")
_BODIES = {
    "mil": "Military Forces of {country}",
    "police": "Police Forces of {country}",
    "spy": "Military Forces of {country}",
}
_UNDER_CIVILIANS = ("civilians", "people", "media", "aid", "monitor")


class Setting(msgspec.Struct, frozen=True):
    """Where and when names and classes are asked for: a country by ISO 3166 alpha-3 (None: unknown) and a day."""

    names: Names
    country: str | None
    day: datetime.date

    def class_of(self, party: str) -> str | None:
        """Return the ACLED class of a party here, None when it is not known."""
        return self.names.acled_class(party, self.country, self.day.year)


class Pair(msgspec.Struct, frozen=True):
    """The parties of one row, each side's own first."""

    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


class Side(msgspec.Struct, frozen=True):
    """One side as written: the actor, its associates joined, the name of its class; None where unknown."""

    actor: str | None = None
    associates: str | None = None
    inter: str | None = None
    kind: str | None = None


def pairs(incident: Incident, setting: Setting) -> list[Pair]:
    """Return the pairs of sides that ACLED writes as events of their own, at least one.

    Co-actors of one attack are one actor and its associates.  Armed targets of different sides are different events;
    the unarmed hit with them are associates of the first.  Of several who fight with no recipient, each side against
    the first is a pair.
    """
    actors, recipients = incident.actors, incident.recipients
    if len(actors) > 1 and not recipients and _fighting(incident):
        groups = _by_side(actors, setting.names)
        if len(groups) > 1:
            return [Pair(groups[0], other) for other in groups[1:]]
    armed = [party for party in recipients if setting.class_of(party) in _ARMED]
    unarmed = tuple(party for party in recipients if party not in armed)
    targets = _by_side(armed, setting.names) or [()]
    targets[0] += unarmed
    found = [Pair(actors, target) for target in targets]
    return [_crowd_first(pair, setting) for pair in found]


def _fighting(incident: Incident) -> bool:
    return incident.type == "ASSAULT" and incident.mode in (None, "firearms", "heavy-weapons", "primitive")


def _by_side(parties: Sequence[str], names: Names) -> list[tuple[str, ...]]:
    """Group parties by the side they are on, in order; one of no known side stands alone."""
    groups: dict[str, tuple[str, ...]] = {}
    for party in parties:
        side = names.side(party) or party
        groups[side] = (*groups.get(side, ()), party)
    return list(groups.values())


def _crowd_first(pair: Pair, setting: Setting) -> Pair:
    """Protesters and rioters are ACLED's first actor even where others act on them."""
    classes = [setting.class_of(party) for party in pair.second]
    if classes and all(kind in _CROWD for kind in classes):
        return Pair(pair.second, pair.first)
    return pair


def side(parties: Sequence[str], setting: Setting) -> Side:
    """Return a side as ACLED writes it; the first party is the actor, an armed one before others."""
    ordered = sorted(dict.fromkeys(parties), key=lambda party: setting.class_of(party) not in _ARMED)
    if not ordered:
        return Side()
    written = [_written(party, setting) for party in ordered]
    actor = written[0][0]
    others = [name for names in written for name in names if name != actor]
    kind = setting.class_of(ordered[0])
    known = acled_table().classes.get(kind or "")
    return Side(actor, joined(others), known.name if known else None, kind)


def _written(party: str, setting: Setting) -> tuple[str, ...]:
    """Return the name of a party and, for civilians of a kind, the kind as a second name."""
    people = name_table().people.get(party)
    if people is not None:
        own = _in_country(people.acled or people.en, setting)
        return (_in_country("Civilians", setting), own) if people.under else (own,)
    if (state := _state_actor(party, setting)) is not None:
        return (state,)
    name = setting.names.english(party)
    if setting.names.kind(party) in _UNDER_CIVILIANS:
        return (_in_country("Civilians", setting), name)
    return (name,)


def _in_country(group: str, setting: Setting) -> str:
    named = country_name(setting.country, setting.names)
    return f"{group} ({named})" if named else group


def _state_actor(party: str, setting: Setting) -> str | None:
    """Return «Military Forces of Syria (2000-2024)» for SYR.mil; None for what is no body of a state."""
    head, dot, sector = party.partition(".")
    if not dot or setting.names.acled_class(party, head) != "state":
        return None
    named = country_name(head, setting.names)
    if named is None:
        return None
    the = "the " if head in acled_table().with_article else ""
    body = _BODIES.get(sector, "Government of {country}").format(country=f"{the}{named}")
    years = _government(head, setting.day)
    unit = " Intelligence" if sector == "spy" else ""
    return f"{body} ({years}){unit}" if years else f"{body}{unit}"


def _government(country: str, day: datetime.date) -> str | None:
    years = [written for since, written in acled_table().governments.get(country, ()) if since <= day]
    return years[-1] if years else None


def country_name(code: str | None, names: Names) -> str | None:
    """Return ACLED's name of a country by ISO 3166 alpha-3, None when it is not known."""
    return countries().acled_names.get(code or "") or names.country(code)


def interaction(first: Side, second: Side) -> str | None:
    """Return the pair of classes, the smaller code first; None when a side that is there has no known class."""
    table = acled_table().classes
    sides = [one for one in (first, second) if one.actor is not None]
    known = sorted((table[one.kind] for one in sides if one.kind in table), key=lambda one: one.code)
    if not sides or len(known) < len(sides) or first.actor is None:
        return None
    if len(known) == 1:
        return f"{known[0].name} only"
    if [one.code for one in known] == [7, 8]:
        return acled_table().external_and_civilians
    return "-".join(one.name for one in known)


__all__ = ["Pair", "Setting", "Side", "country_name", "interaction", "pairs", "side"]
