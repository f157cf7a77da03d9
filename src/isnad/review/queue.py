"""What is to be looked at next: unsure pairs first, the most unsure ahead, then incidents that are disputed or weak."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from isnad.store import Store
from isnad.store.incident_records import IncidentCard, IncidentFilter, UnsurePair

PAIR, INCIDENT = "pair", "incident"
_LOOKED_AT = 200
_GRADES = ("contested", "discounted", "weak", "fair", "confirmed")


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """A card for review: two incidents that may be one with the explained score, or one incident.

    `left` counts what is still to be looked at, this card among it; its versions are what a decision expects.
    """

    kind: str
    cards: tuple[IncidentCard, ...]
    pair: UnsurePair | None = None
    left: int = 0


def next_card(store: Store, *, skip: Collection[str] = ()) -> Next | None:
    """Return what to look at next; None when there is nothing.

    `skip` are targets put off for now: pair:ID|ID or incident:ID, as decisions name them.
    """
    away = frozenset(skip)
    pairs = [p for p in store.incidents.pairs(limit=_LOOKED_AT + len(away)) if not _named(p) & away]
    waiting = IncidentFilter(reviewed=False, states=("candidate",))
    count = store.incidents.count(waiting)
    for pair in pairs:
        cards = store.incidents.cards_of([pair.one, pair.two])
        if len(cards) == 2:
            return Next(kind=PAIR, cards=tuple(cards), pair=pair, left=len(pairs) + count)
    for grade in _GRADES:
        wanted = msgspec.structs.replace(waiting, grades=(grade,))
        for card in store.incidents.cards(wanted, limit=len(away) + 1):
            if f"incident:{card.id}" not in away:
                return Next(kind=INCIDENT, cards=(card,), left=count)
    return None


def _named(pair: UnsurePair) -> frozenset[str]:
    return frozenset({f"pair:{pair.one}|{pair.two}", f"pair:{pair.two}|{pair.one}"})


__all__ = ["INCIDENT", "PAIR", "Next", "next_card"]
