"""The arithmetic of dates: from what the words say to first and last day.  Rules: CODEBOOK section 7."""

from __future__ import annotations

import calendar
import datetime as dt

from hijridate import Hijri

Range = tuple[dt.date, dt.date]

#: A day and month without year is the nearest one, a day to come weighing this much more than one gone by.
FUTURE_WEIGHT = 4
#: How many months ahead a bare month is taken for one to come.
MONTHS_AHEAD = 2


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the Gregorian day, or None when there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def hijri_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the Gregorian day of a Hijri day (Umm al-Qura calendar), or None when there is no such day."""
    try:
        return dt.date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    except (ValueError, OverflowError):
        return None


def hijri_month(year: int, month: int) -> Range | None:
    """Return first and last Gregorian day of a Hijri month."""
    first = hijri_day(year, month, 1)
    if first is None:
        return None
    return first, hijri_day(year, month, 30) or first + dt.timedelta(days=28)


def month_range(year: int, month: int) -> Range:
    """Return first and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_range(year: int) -> Range:
    """Return first and last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def weekday(base: dt.date, day: int, shift: str | None) -> dt.date:
    """Return the weekday meant: the latest not after `base`; last: before it; next: after it.

    A weekday without «last» that would be six days gone is the morrow: pages are dated when fetched or begun.
    """
    back = (base.weekday() - day) % 7
    if shift is None and back == 6:
        back = -1
    if shift == "last":
        back = back or 7
    if shift == "next":
        back -= 7
    return base - dt.timedelta(days=back)


def month_of(base: dt.date, month: int, shift: str | None) -> int:
    """Return the year of a month named without one.

    The latest begun; with next the first not yet begun; a bare month at most two ahead is still to come, as
    the one gone by would be called «last».
    """
    if shift is None and 0 < (month - base.month) % 12 <= MONTHS_AHEAD:
        shift = "next"
    begun = month <= base.month if shift != "last" else month < base.month
    if shift == "next":
        return base.year if month > base.month else base.year + 1
    return base.year if begun or shift == "this" else base.year - 1


def day_of(base: dt.date, month: int, day: int, shift: str | None) -> dt.date | None:
    """Return the day and month meant when no year is given."""
    if shift == "this":
        return make_day(base.year, month, day)
    found = [d for year in (base.year - 1, base.year, base.year + 1) if (d := make_day(year, month, day))]
    if shift == "last":
        return max((d for d in found if d <= base), default=None)
    if shift == "next":
        return min((d for d in found if d > base), default=None)
    return min(found, key=lambda day: _distance(base, day), default=None)


def _distance(base: dt.date, day: dt.date) -> int:
    days = (base - day).days
    return days if days >= 0 else -FUTURE_WEIGHT * days


def add_months(base: dt.date, months: int) -> dt.date:
    """Return the same day some months on or back, or the last day of a shorter month."""
    year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
    return dt.date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))


def move(base: dt.date, unit: str, number: int) -> dt.date | None:
    """Return `base` moved by a number of units, None where that leaves the calendar."""
    try:
        if unit == "day":
            return base + dt.timedelta(days=number)
        if unit == "week":
            return base + dt.timedelta(days=7 * number)
        if unit == "hour":
            return base + dt.timedelta(days=-(-number // 24) if number > 0 else number // 24)
        return add_months(base, number * (12 if unit == "year" else 1))
    except (ValueError, OverflowError):
        return None


def clip(span: Range, base: dt.date) -> Range:
    """Return the part of a running month or year that is over on `base`."""
    return (span[0], base) if span[0] <= base <= span[1] else span


def two_digit_year(year: int) -> int:
    """Return the full year for one written with two digits."""
    return year if year >= 100 else 2000 + year if year < 70 else 1900 + year
