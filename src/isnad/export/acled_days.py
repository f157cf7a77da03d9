"""The days of an incident as ACLED counts them: one row a day, or one day that is not known exactly."""

from __future__ import annotations

import datetime
import re
from functools import cache

import msgspec

from isnad.export.figures import affirmed
from isnad.export.tables import acled_table
from isnad.model.incidents import Incident
from isnad.text.fold import fold


class Days(msgspec.Struct, frozen=True):
    """The days to write and ACLED's time_precision of each; no day with the reason why."""

    days: tuple[datetime.date, ...] = ()
    precision: int | None = None
    reason: str | None = None


def days_of(incident: Incident) -> Days:
    """Return the days of an incident.

    A span is a day not known exactly (the mid-day is written, precision 2 or 3) unless the words of a text say that it
    lasted: then every day of it is a row.  Reasons: day-unknown, span-too-long.
    """
    span = day_span(incident)
    if span is None:
        return Days(reason="day-unknown")
    start, end = span
    length = (end - start).days + 1
    if length > 1 and lasts(incident):
        if length > acled_table().most_days:
            return Days(reason="span-too-long")
        return Days(tuple(start + datetime.timedelta(n) for n in range(length)), 1)
    for most, precision in acled_table().time_precision:
        if length <= most:
            return Days((start + datetime.timedelta((length - 1) // 2),), precision)
    return Days(reason="span-too-long")


def day_span(incident: Incident) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day of an incident, None when they are not known or no days of the calendar."""
    date = incident.date or {}
    start, end = date.get("start"), date.get("end")
    first, last = start or end, end or start
    if not first or not last:
        return None
    try:
        span = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    except ValueError:
        return None
    return span if span[0] <= span[1] else (span[1], span[0])


def lasts(incident: Incident) -> bool:
    """Say whether the words of a date claim tell of something that went on («على مدى», «لليوم الثالث»)."""
    return any(_lasting().search(fold(claim.span.text)) for claim in affirmed(incident, "date"))


@cache
def _lasting() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in acled_table().lasting)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


__all__ = ["Days", "day_span", "days_of", "lasts"]
