"""From a coded event to ACLED event types and CAMEO codes, by the table `lexicon/data/crosswalk.yaml`.

ACLED's types hang on who acted on whom and with what outcome, so both functions take the classes of parties
from the caller.  Where the codebooks do not meet, or what is needed is not coded, the value is None and a
reason code says why; `reasons()` explains the codes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from isnad.model import Acled, Cameo, Event, Party

#: A party's id to state | rebel | militia | external | rioters | protesters | civilians; None if unknown.
PartyClass = Callable[[str | None], str | None]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNKNOWN = "unknown"
_NULL = "-"  # mode null in the table
_ACTUAL = "actual"
_NOT_ACTUAL = "not-actual"
_NO_COUNTERPART = "no-counterpart"

Count = tuple[int | None, int | None]


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Conditions of a row, all of which must hold; explained at the head of the table."""

    actors: str | None = None
    recipients: str | None = None
    reaches: str | None = None
    sides: str | None = None
    joint: bool = False
    killed: bool = False
    hurt: bool = False
    held: bool = False
    mass: bool = False


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the table: when it holds, what it gives."""

    when: When = When()
    event: str | None = None
    sub: str | None = None
    code: str | None = None
    reason: str | None = None


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rows for a PLOVER type and some of its modes."""

    type: str
    modes: tuple[str, ...]
    rows: tuple[Row, ...]


class Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Classes that ids themselves tell: whole ids, and sectors of state bodies (SYR.mil)."""

    ids: dict[str, str]
    sectors: dict[str, str]


class Crosswalk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table as read."""

    reasons: dict[str, str]
    mass_arrest: int
    sets: dict[str, frozenset[str]]
    plain: Plain
    events: dict[str, tuple[str, ...]]
    acled: tuple[Group, ...]
    cameo: tuple[Group, ...]


class _Facts(msgspec.Struct, frozen=True):
    """What the conditions ask of an event."""

    actors: tuple[str | None, ...]
    recipients: tuple[str | None, ...]
    parties: dict[str, str]  # id -> class, of every party whose class is known
    event: Event


@cache
def crosswalk() -> Crosswalk:
    """Return the built-in table, read once a process."""
    text = (files("isnad.lexicon") / "data" / "crosswalk.yaml").read_text(encoding="utf-8")
    loaded: Any = yaml.load(text, Loader=_LOADER)
    return msgspec.convert(loaded, Crosswalk)


@cache
def _index(book: str) -> dict[tuple[str, str], tuple[Row, ...]]:
    groups: tuple[Group, ...] = getattr(crosswalk(), book)
    return {(group.type, mode): group.rows for group in groups for mode in group.modes}


@cache
def _event_of() -> dict[str, str]:
    return {sub: event for event, subs in crosswalk().events.items() for sub in subs}


def reasons() -> dict[str, str]:
    """Return every reason code with its explanation in English."""
    return dict(crosswalk().reasons)


def plain_class(party: str | None) -> str | None:
    """Return the class an id tells by itself (`SYR.mil`: state, `civilians`), else None.

    An army abroad is not seen as external here: a caller that knows where the event was should say so.
    """
    if party is None:
        return None
    plain = crosswalk().plain
    head, dot, sector = party.partition(".")
    if dot and len(head) == 3 and head.isupper():
        return plain.sectors.get(sector)
    return plain.ids.get(party)


def acled(event: Event, party_class: PartyClass = plain_class) -> Acled:
    """Return ACLED's event and sub-event type of a coded event, with a reason code for what is None.

    `party_class` maps a party's id to its ACLED class (see `PartyClass`).  The event type stands alone, with
    the reason, where only the sub-event type is unknown.
    """
    row = find_row("acled", event, party_class)
    if row.sub is not None:
        return Acled(event_type=_event_of()[row.sub], sub_event_type=row.sub)
    return Acled(event_type=row.event, reason=row.reason)


def cameo(event: Event, party_class: PartyClass = plain_class) -> Cameo:
    """Return CAMEO's root (two digits) and the best code under it, or None with a reason code.

    The root is the code's own: CAMEO keeps some acts under another root than PLOVER (116 «find guilty»).
    """
    row = find_row("cameo", event, party_class)
    if row.code is None:
        return Cameo(reason=row.reason)
    return Cameo(root=row.code[:2], code=row.code)


def find_row(book: str, event: Event, party_class: PartyClass) -> Row:
    """Return the row of `book` (acled | cameo) that decides for the event; ad hoc rows only give a reason."""
    if event.status != _ACTUAL:
        return Row(reason=_NOT_ACTUAL)
    rows = _index(book).get((event.type, event.mode or _NULL), ())
    facts = _Facts(
        actors=tuple(party_class(p.id) for p in event.actors),
        recipients=tuple(party_class(p.id) for p in event.recipients),
        parties=_classes((*event.actors, *event.recipients), party_class),
        event=event,
    )
    for row in rows:
        if _holds(row.when, facts):
            return row
    return Row(reason=_NO_COUNTERPART)


def _classes(parties: tuple[Party, ...], party_class: PartyClass) -> dict[str, str]:
    out: dict[str, str] = {}
    for party in parties:
        kind = party_class(party.id)
        if party.id is not None and kind is not None:
            out[party.id] = kind
    return out


def _holds(when: When, facts: _Facts) -> bool:
    return (
        _who_holds(when, facts)
        and _outcome_holds(when, facts.event)
        and (not when.joint or (len(facts.actors) > 1 and not facts.recipients))
        and (when.sides is None or when.sides == _sides(facts))
    )


def _who_holds(when: When, facts: _Facts) -> bool:
    known = {kind for kind in facts.actors if kind is not None}
    if when.actors is not None and not _is_in(known, when.actors):
        return False
    if when.recipients is not None:
        named = {kind for kind in facts.recipients if kind is not None}
        if not _is_in(set() if None in facts.recipients else named, when.recipients):
            return False
    return when.reaches is None or not crosswalk().sets[when.reaches].isdisjoint(facts.recipients)


def _is_in(classes: set[str], wanted: str) -> bool:
    """Say whether the classes, if any, all belong to the set named `wanted`; none at all is `unknown`."""
    if wanted == _UNKNOWN:
        return not classes
    return bool(classes) and classes <= crosswalk().sets[wanted]


def _outcome_holds(when: When, event: Event) -> bool:
    if when.killed and not _at_least(event.killed, 1):
        return False
    if when.hurt and not (_at_least(event.killed, 1) or _at_least(event.injured, 1)):
        return False
    if when.held and not _at_least(event.detained, 1):
        return False
    return not when.mass or _at_least(event.detained, crosswalk().mass_arrest)


def _at_least(count: Count | None, least: int) -> bool:
    return count is not None and (count[0] or 0) >= least


def _sides(facts: _Facts) -> str:
    """Say who deals with whom: `armed` (a side is no state), `states`, `unknown`, or "" (unarmed sides)."""
    sets = crosswalk().sets
    armed = {_side(party, kind): kind for party, kind in facts.parties.items() if kind in sets["armed"]}
    if len(armed) >= 2:
        return "states" if sets["states"].issuperset(armed.values()) else "armed"
    classes = (*facts.actors, *facts.recipients)
    return _UNKNOWN if None in classes or len(classes) < 2 else ""


def _side(party: str, kind: str) -> str:
    """Return what counts as one side: a state for all its bodies (SYR.gov, SYR.mil), else the party."""
    return party.partition(".")[0] if kind in crosswalk().sets["states"] else party
