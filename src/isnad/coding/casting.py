"""Who fills the slots of an event, all of them at once: the likely castings, of which a trained model takes one.

Weighing each party alone gives no event with two agents too few or an agent that is its own target; weighing whole
castings sees how many a type of event takes, which parties face each other, and what the events around it say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

import msgspec

from isnad.coding.draft import Draft
from isnad.coding.reading import Reading
from isnad.coding.roles import ACTOR, RECIPIENT
from isnad.coding.roles_again import Opinion, neutral
from isnad.read.mentions import PartyMention

UNKNOWN_PARTY = "?"  # stands for every party without an id
_PARTIES = 5  # of an event at most that are cast, the likeliest
_CASTINGS = 12  # weighed of an event at most, the likeliest
_RANGE = 3.0  # in log chance below the likeliest, from which a casting is not weighed
_LIKELY = 0.06  # chance of either slot from which a party is cast at all
_POSSIBLE = 0.03  # chance of one slot from which it is cast in that slot
_LEAST = 1e-4
_FORCE = frozenset(("ASSAULT", "MOBILIZE"))


class Casting(msgspec.Struct, frozen=True):
    """Parties in the slots of one event, and the log chance of that when each party is weighed alone."""

    actors: tuple[Opinion, ...] = ()
    recipients: tuple[Opinion, ...] = ()
    chance: float = 0.0


Sets = tuple[frozenset[str], frozenset[str]]


def settled_id(party: PartyMention, type_: str, role: str) -> str | None:
    """Return the party's id in that slot: a country as agent of force acts by its army (CODEBOOK section 5)."""
    if party.form in ("country", "nisba") and party.id and party.id.endswith(".gov"):
        return party.id[:-3] + ("mil" if role == ACTOR and type_ in _FORCE else "gov")
    return party.id


def ids_in(reading: Reading, draft: Draft, casting: Casting) -> Sets:
    """Return the ids of actors and recipients; parties without an id count as one."""
    return (
        frozenset(_ids(reading, draft.type, casting.actors, ACTOR)),
        frozenset(_ids(reading, draft.type, casting.recipients, RECIPIENT)),
    )


def _ids(reading: Reading, type_: str, cast: Iterable[Opinion], role: str) -> Iterable[str]:
    return (settled_id(reading.parties[o.index], type_, role) or UNKNOWN_PARTY for o in cast)


def likeliest(reading: Reading, opinions: Sequence[Opinion]) -> list[Opinion]:
    """Return the opinions of the parties that are cast, one mention of each party, the likeliest first."""
    best: dict[str, Opinion] = {}
    for opinion in opinions:
        if _either(opinion) > _LIKELY:
            name = neutral(reading, opinion.index)
            if name not in best or _either(opinion) > _either(best[name]):
                best[name] = opinion
    return sorted(best.values(), key=lambda o: -_either(o))[:_PARTIES]


def _either(opinion: Opinion) -> float:
    return max(opinion.actor, opinion.recipient)


def castings(parties: Sequence[Opinion]) -> list[Casting]:
    """Return the castings of `parties` that are worth weighing, the likeliest first."""
    found = [Casting()]
    for party in parties:
        out = log(max(_LEAST, 1 - party.actor - party.recipient))
        grown = []
        for c in found:
            grown.append(Casting(c.actors, c.recipients, c.chance + out))
            if party.actor > _POSSIBLE:
                grown.append(Casting((*c.actors, party), c.recipients, c.chance + log(party.actor)))
            if party.recipient > _POSSIBLE:
                grown.append(Casting(c.actors, (*c.recipients, party), c.chance + log(party.recipient)))
        found = sorted(grown, key=lambda c: -c.chance)[:_CASTINGS]
    return [c for c in found if found[0].chance - c.chance < _RANGE]


def first_choice(reading: Reading, opinions: Sequence[Opinion], threshold: float) -> Casting:
    """Return the casting in which each party alone takes its likelier slot, if that is above `threshold`."""
    taken: set[str] = set()
    actors: list[Opinion] = []
    recipients: list[Opinion] = []
    for opinion in sorted(opinions, key=lambda o: -_either(o)):
        if _either(opinion) <= threshold:
            break
        name = neutral(reading, opinion.index)
        if name not in taken:
            taken.add(name)
            (actors if opinion.actor >= opinion.recipient else recipients).append(opinion)
    return Casting(tuple(actors), tuple(recipients))
