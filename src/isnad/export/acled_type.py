"""An incident as one event of the codebooks: its ACLED type and CAMEO code by the crosswalk."""

from __future__ import annotations

from isnad.coding.crosswalk import acled, cameo, crosswalk
from isnad.export.names import Names
from isnad.model import Acled, Cameo, Event, Party, Span
from isnad.model.incidents import Incident

#: Sub-event types in ACLED's order: where tactics coincide, the first wins.
_NOWHERE = Span("", 0, 0)


def types(incident: Incident, names: Names, *, year: int | None = None) -> tuple[Acled, Cameo]:
    """Return ACLED's and CAMEO's types of an incident, or None with a reason code in each.

    An incident that nobody tells as actual has the reason not-actual.
    """
    event = _as_event(incident)
    country = incident.place.country if incident.place else None

    def party_class(party: str | None) -> str | None:
        return names.acled_class(party, country, year)

    return acled(event, party_class), cameo(event, party_class)


def _as_event(incident: Incident) -> Event:
    happened = any(member.part == "happening" for member in incident.members)
    return Event(
        id=1,
        trigger=_NOWHERE,
        type=incident.type,
        mode=incident.mode,
        status="actual" if happened else "hypothetical",
        actors=tuple(map(_party, incident.actors)),
        recipients=tuple(map(_party, incident.recipients)),
        killed=incident.killed,
        injured=incident.injured,
        detained=incident.detained,
    )


def _party(id_: str) -> Party:
    return Party(text="", start=0, end=0, id=id_)


def rank(type_: Acled) -> tuple[int, int]:
    """Return where a type stands in ACLED's hierarchy, 0 the highest; what is not known comes last."""
    events = crosswalk().events
    order = list(events)
    if type_.event_type is None:
        return (len(order), 0)
    subs = events[type_.event_type]
    sub = subs.index(type_.sub_event_type) if type_.sub_event_type else len(subs)
    return (order.index(type_.event_type), sub)


def disorder(type_: Acled) -> str | None:
    """Return ACLED's disorder_type of an event type, None where it hangs on what is not known."""
    event, sub = type_.event_type, type_.sub_event_type
    if event in ("Battles", "Explosions/Remote violence", "Violence against civilians") or sub == "Mob violence":
        return "Political violence"
    if sub == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if event == "Protests" or sub == "Violent demonstration":
        return "Demonstrations" if sub is not None else None
    return "Strategic developments" if event == "Strategic developments" else None


__all__ = ["disorder", "rank", "types"]
