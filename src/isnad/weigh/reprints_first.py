"""Which of several articles came first: by the time of publication, else it is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

EARLIEST, SAME_TIME, UNDATED = "earliest", "same-time", "undated"


def earliest(published: Mapping[str, str | None]) -> tuple[str | None, str]:
    """Return the key of the article published first, and the rule; None with the reason where it is not known.

    `published` are ISO days or instants.  A day is only before another day: of two articles of one day, one without
    an hour, neither is known to be first.
    """
    moments = {key: moment(value) for key, value in published.items()}
    known = {key: value for key, value in moments.items() if value is not None}
    if len(known) < len(moments) or not known:
        return None, UNDATED
    day = min(value[0] for value in known.values())
    first = {key: value[1] for key, value in known.items() if value[0] == day}
    if len(first) == 1:
        return next(iter(first)), EARLIEST
    hours = {key: hour for key, hour in first.items() if hour is not None}
    least = min(hours.values(), default=None)
    if least is None or len(hours) < len(first) or list(hours.values()).count(least) > 1:
        return None, SAME_TIME
    return next(key for key, hour in hours.items() if hour == least), EARLIEST


def moment(published: str | None) -> tuple[dt.date, dt.time | None] | None:
    """Return the day and, where it is told, the hour in UTC; None where there is no day."""
    try:
        if published and len(published) > 10:
            instant = dt.datetime.fromisoformat(published)
            instant = instant.astimezone(dt.UTC) if instant.tzinfo else instant
            return instant.date(), instant.time()
        return (dt.date.fromisoformat(published), None) if published else None
    except ValueError:
        return None


__all__ = ["EARLIEST", "SAME_TIME", "UNDATED", "earliest", "moment"]
