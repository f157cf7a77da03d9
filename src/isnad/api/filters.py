"""The filters of the query string, as the lists of the store take them.

The same names everywhere: q, from, to (or OGC's datetime), bbox, type, party, place, outlet, status, grade, dispute,
noplace, state, reviewed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated

from fastapi import Query
from starlette.datastructures import QueryParams

from isnad.api.problems import Problem
from isnad.errors import UsageError
from isnad.model.plover import STATUSES, TYPES
from isnad.store.incident_records import STATES, IncidentFilter
from isnad.store.records import Filter
from isnad.store.words import read_query
from isnad.weigh.grade import GRADES

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST = 500
_MOST = 50
_BOX = ((-180.0, 180.0), (-90.0, 90.0))
DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
Text = Annotated[str, Query(max_length=_LONGEST)]
Several = Annotated[list[Text] | None, Query(max_length=_MOST)]

Q = Annotated[str | None, Query(max_length=_LONGEST, description="Words of an article that tells of it.")]
From = Annotated[
    str | None, Query(alias="from", pattern=DAY_PATTERN, description="From this day on.", examples=["2026-01-01"])
]
To = Annotated[str | None, Query(pattern=DAY_PATTERN, description="Until this day, itself included.")]
Interval = Annotated[
    str | None,
    Query(
        max_length=_LONGEST,
        description="OGC: a day, or an interval `a/b` open with `..`.",
        examples=["../2026-01-31"],
    ),
]
Types = Annotated[list[Text] | None, Query(max_length=_MOST, description="PLOVER types.", examples=[["ASSAULT"]])]
Parties = Annotated[list[Text] | None, Query(max_length=_MOST, description="Neutral ids of parties.")]
Role = Annotated[str | None, Query(pattern="^(actor|recipient)$", description="The party's role.")]
Place = Annotated[
    str | None,
    Query(
        max_length=_LONGEST,
        description="Name in Arabic or Latin letters (any namesake), gazetteer id, or country code.",
    ),
]
Outlets = Annotated[list[Text] | None, Query(max_length=_MOST, description="Ids of outlets.")]
Statuses = Annotated[list[Text] | None, Query(max_length=_MOST, description="Statuses of a report.")]

#: What articles and events cannot be asked for.
_OF_INCIDENTS = ("bbox", "grades", "dispute", "noplace", "states")


async def incident_filter(
    q: Q = None,
    from_: From = None,
    to: To = None,
    datetime: Interval = None,
    bbox: Annotated[
        str | None,
        Query(
            max_length=_LONGEST,
            description="west,south,east,north in degrees; west may be beyond east.",
            examples=["35,32,43,38"],
        ),
    ] = None,
    type: Types = None,
    party: Parties = None,
    role: Role = None,
    place: Place = None,
    outlet: Outlets = None,
    status: Statuses = None,
    grade: Annotated[list[Text] | None, Query(max_length=_MOST, description="Grades.")] = None,
    dispute: Annotated[str | None, Query(max_length=_LONGEST, description="A disputed field, or true for any.")] = None,
    noplace: Annotated[bool, Query(description="Only those without coordinates.")] = False,
    state: Annotated[
        list[Text] | None, Query(max_length=_MOST, description="candidate, accepted, rejected; else not the rejected.")
    ] = None,
    reviewed: Annotated[bool | None, Query(description="Only those somebody decided upon, or not.")] = None,
) -> IncidentFilter:
    """Return the filter of a request.  Asynchronous, as what only computes needs no thread of its own."""
    return _filter(
        q=q, from_=from_, to=to, datetime=datetime, bbox=bbox, type=type, party=party, role=role, place=place,
        outlet=outlet, status=status, grade=grade, dispute=dispute, noplace=noplace, state=state, reviewed=reviewed,
    )  # fmt: skip


async def event_filter(
    q: Q = None,
    from_: From = None,
    to: To = None,
    datetime: Interval = None,
    type: Types = None,
    party: Parties = None,
    role: Role = None,
    place: Place = None,
    outlet: Outlets = None,
    status: Statuses = None,
) -> IncidentFilter:
    """Return the filter of a request for articles or events, which have no more of them than these."""
    return _filter(
        q=q, from_=from_, to=to, datetime=datetime, bbox=None, type=type, party=party, role=role, place=place,
        outlet=outlet, status=status, grade=None, dispute=None, noplace=False, state=None, reviewed=None,
    )  # fmt: skip


def _filter(
    *,
    q: str | None,
    from_: str | None,
    to: str | None,
    datetime: str | None,
    bbox: str | None,
    type: list[str] | None,
    party: list[str] | None,
    role: str | None,
    place: str | None,
    outlet: list[str] | None,
    status: list[str] | None,
    grade: list[str] | None,
    dispute: str | None,
    noplace: bool,
    state: list[str] | None,
    reviewed: bool | None,
) -> IncidentFilter:
    first, last = _interval(datetime) if datetime else (None, None)
    return IncidentFilter(
        text=_words(q),
        day_from=_day("from", from_) or first,
        day_to=_day("to", to) or last,
        bbox=_box(bbox),
        types=_of("type", TYPES, type),
        parties=_several(party),
        role=role,
        place=sound(place),
        outlets=_several(outlet),
        statuses=_of("status", STATUSES, status),
        grades=_of("grade", GRADES, grade),
        dispute=sound(dispute),
        noplace=noplace,
        states=_of("state", STATES, state),
        reviewed=reviewed,
    )


def article_filter(wanted: IncidentFilter) -> Filter:
    """Return the same filter for lists of articles and events, which know one type, party, outlet and status each.

    A problem where it asks what they cannot answer.
    """
    if any(getattr(wanted, name) for name in _OF_INCIDENTS) or wanted.reviewed is not None:
        raise bad("filter")
    return Filter(
        day_from=wanted.day_from,
        day_to=wanted.day_to,
        type=_one("type", wanted.types),
        party=_one("party", wanted.parties),
        role=wanted.role if wanted.parties else None,
        place=wanted.place,
        outlet=_one("outlet", wanted.outlets),
        status=_one("status", wanted.statuses),
        text=wanted.text,
    )


def filter_from(query: str) -> IncidentFilter:
    """Return the filter of a query string, as the page's address or a saved search has it; others are passed over."""
    given = QueryParams(query[:8_000])

    def last(name: str) -> str | None:
        value = given.get(name)
        if value is not None and len(value) > _LONGEST:
            raise bad(name)
        return value or None

    reviewed = last("reviewed")
    return _filter(
        q=last("q"),
        from_=last("from"),
        to=last("to"),
        datetime=last("datetime"),
        bbox=last("bbox"),
        type=given.getlist("type"),
        party=given.getlist("party"),
        role=last("role") if last("role") in ("actor", "recipient") else None,
        place=last("place"),
        outlet=given.getlist("outlet"),
        status=given.getlist("status"),
        grade=given.getlist("grade"),
        dispute=last("dispute"),
        noplace=last("noplace") in ("true", "1"),
        state=given.getlist("state"),
        reviewed=None if reviewed is None else reviewed in ("true", "1"),
    )


def _of(name: str, known: Sequence[str], values: list[str] | None) -> tuple[str, ...]:
    """Return values of a closed list; a problem where one is not on it."""
    found = _several(values)
    if not set(found) <= set(known):
        raise bad(name)
    return found


def _words(q: str | None) -> str | None:
    """Return what is searched for; a problem where there is no word in it."""
    words = sound(q)
    if words is not None:
        try:
            read_query(words)
        except UsageError:
            raise Problem("api.query") from None
    return words


def sound(value: str | None) -> str | None:
    """Return text that a database takes; a problem where it holds what no word does (NUL, half a pair)."""
    if value is None:
        return None
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise Problem("api.invalid", values={"where": "query"})
    return value.strip() or None


def bad(where: str) -> Problem:
    """Return the problem of a value that cannot be."""
    return Problem("api.invalid", values={"where": where})


def _several(values: list[str] | None) -> tuple[str, ...]:
    return tuple(v for value in (values or [])[:_MOST] if (v := sound(value)))


def _one(name: str, values: tuple[str, ...]) -> str | None:
    if len(values) > 1:
        raise Problem("api.invalid", values={"where": name}, cause=f"articles and events take one {name}")
    return values[0] if values else None


def _day(name: str, value: str | None) -> str | None:
    if not value:
        return None
    if not is_day(value):
        raise bad(name)
    return value


def is_day(value: str) -> bool:
    """Say whether text is a day of the calendar, YYYY-MM-DD."""
    if not _DAY.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _interval(value: str) -> tuple[str | None, str | None]:
    """Return first and last day of OGC's datetime: one instant, or two of which one may be open (RFC 3339)."""
    first, sign, last = value.partition("/")
    ends = (first, last if sign else first)
    days = tuple(None if end in ("..", "") else end[:10] for end in ends)
    if not any(days) or not all(day is None or is_day(day) for day in days):
        raise bad("datetime")
    return days[0], days[1]


def _box(value: str | None) -> tuple[float, float, float, float] | None:
    if not value:
        return None
    parts = value.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise bad("bbox") from None
    if len(numbers) == 6:  # with heights, which incidents do not have
        numbers = [*numbers[0:2], *numbers[3:5]]
    if len(numbers) != 4:
        raise bad("bbox")
    west, south, east, north = numbers
    (least, most), (lowest, highest) = _BOX
    fits = all(least <= x <= most for x in (west, east)) and lowest <= south <= north <= highest
    if not fits:
        raise bad("bbox")
    return west, south, east, north


__all__ = [
    "article_filter", "bad", "event_filter", "filter_from", "incident_filter", "is_day", "sound",
]  # fmt: skip
