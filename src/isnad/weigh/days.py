"""What a telling says of its day: whole days, or only a weekday or a day of a month, and how two of these agree."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import msgspec

from isnad.model import DateValue
from isnad.read.dates import find_dates, named_weekday
from isnad.text import read_words

#: Two days of different weekday, month and year: what a phrase gives against both, it says itself.
_BASES = (dt.date(2019, 12, 30), dt.date(2022, 6, 29))
_PERIOD = 15  # days
_BESIDE = (0, 1, 6)  # days later, in a week
_WIDE = 4  # days; a longer stretch is a period, not the day of a happening


class Days(msgspec.Struct, frozen=True):
    """First and last day as ordinals where known, else what the words say of it: weekday (Monday 0), (month, day).

    Both where they say both: a day of a month falls on a weekday in some years only.

    `vague` when there are time words that name no day («in recent weeks»).
    """

    first: int | None = None
    last: int | None = None
    weekday: int | None = None
    month_day: tuple[int, int] | None = None
    vague: bool = False

    @property
    def known(self) -> bool:
        """Whether whole days are known, and few enough to be the day of a happening."""
        return self.first is not None and self.last is not None and self.last - self.first < _WIDE

    def misfit(self, day: dt.date) -> bool:
        """Say whether the words name a weekday that `day` is not, nor the days beside it (reports err by one)."""
        return self.weekday is not None and (day.weekday() - self.weekday) % 7 not in _BESIDE

    @property
    def period(self) -> bool:
        """Whether it is a stretch of weeks or more: what is told of it is a total, not a happening."""
        return self.first is not None and self.last is not None and self.last - self.first > _PERIOD


UNKNOWN = Days()


def days_of(date: DateValue | None, published: dt.date | None) -> Days:
    """Return what a date says; `published` resolves words such as «today» that the coder had to leave open."""
    if date is None:
        return UNKNOWN
    if date.start and date.end:
        return Days(dt.date.fromisoformat(date.start).toordinal(), dt.date.fromisoformat(date.end).toordinal())
    return _read(date.text, published)


@lru_cache(maxsize=65536)
def _read(text: str, published: dt.date | None) -> Days:
    if published is not None:
        span = _resolve(text, published)
        return Days(*span) if span else Days(vague=True)
    found = [_resolve(text, base) for base in _BASES]
    one, two = found
    if one is None or two is None:
        return Days(vague=True)
    if one[1] - one[0] > 1 or two[1] - two[0] > 1:
        return UNKNOWN
    first, second = dt.date.fromordinal(one[0]), dt.date.fromordinal(two[0])
    weekday = first.weekday() if first.weekday() == second.weekday() else named_weekday(read_words(text))
    month_day = (first.month, first.day)
    return Days(weekday=weekday, month_day=month_day if month_day == (second.month, second.day) else None)


def _resolve(text: str, base: dt.date) -> tuple[int, int] | None:
    for mention in find_dates(read_words(text), base):
        if mention.day_from and mention.day_to:
            return (
                dt.date.fromisoformat(mention.day_from).toordinal(),
                dt.date.fromisoformat(mention.day_to).toordinal(),
            )
    return None


def merged(all_days: list[Days]) -> Days:
    """Return the days of a telling from those of its mentions: the shortest known, else the partial words."""
    known = [d for d in all_days if d.first is not None and d.last is not None]
    if known:
        return min(known, key=lambda d: (d.last - d.first, -d.first))  # type: ignore[operator]
    weekday = next((d.weekday for d in all_days if d.weekday is not None), None)
    month_day = next((d.month_day for d in all_days if d.month_day is not None), None)
    return Days(weekday=weekday, month_day=month_day, vague=bool(all_days) and all(d.vague for d in all_days))


def relation(one: Days, two: Days) -> str:
    """Return how the days of two tellings agree.

    same | near (a day apart) | apart (contradict) | date-words | weekday | other-date | other-weekday | unknown.
    """
    if one.known and two.known:
        return _gap(one, two)
    if one.known or two.known:
        whole, partial = (one, two) if one.known else (two, one)
        if partial.first is not None:
            return "unknown" if _gap(whole, partial) != "apart" else "other-date"
        return _fit(whole, partial)
    if one.month_day and two.month_day:
        years_apart = one.weekday is not None and two.weekday is not None and _far(one.weekday - two.weekday)
        return "date-words" if _close(one.month_day, two.month_day) and not years_apart else "other-date"
    if one.weekday is not None and two.weekday is not None:
        return _weekdays((one.weekday - two.weekday) % 7)
    return "unknown"


def _gap(one: Days, two: Days) -> str:
    assert one.first is not None
    assert one.last is not None
    assert two.first is not None
    assert two.last is not None
    gap = max(one.first, two.first) - min(one.last, two.last)
    return "same" if gap <= 0 else "near" if gap == 1 else "apart"


def _fit(whole: Days, partial: Days) -> str:
    assert whole.first is not None
    assert whole.last is not None
    near = [dt.date.fromordinal(n) for n in range(whole.first - 1, whole.last + 2)]
    if partial.month_day:
        fits = any((d.month, d.day) == partial.month_day and not partial.misfit(d) for d in near)
        return "date-words" if fits else "other-date"
    if partial.weekday is not None:
        return _weekdays(min((d.weekday() - partial.weekday) % 7 for d in near[1:-1] or near))
    return "unknown"


def _weekdays(difference: int) -> str:
    return "weekday" if difference == 0 else "other-weekday" if _far(difference) else "unknown"


def _far(difference: int) -> bool:
    return difference % 7 not in _BESIDE


def _close(one: tuple[int, int], two: tuple[int, int]) -> bool:
    a, b = (dt.date(2020, month, min(day, 28 if month == 2 else 30)) for month, day in (one, two))
    return abs((a - b).days) <= 1


__all__ = ["UNKNOWN", "Days", "days_of", "merged", "relation"]
