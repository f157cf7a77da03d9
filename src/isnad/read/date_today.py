"""The day that a text itself calls today: what stands for its publication where that is unknown.

Told in full («اليوم السبت 6 آب 2022»), or in two places: a day without year («اليوم السبت 6 آب»), and the year that the
text calls the current one («منذ مطلع العام الحالي 2022»).  Anything less is not taken: the year nearest to those that a
text names is often another one (measured: 3 of 13 wrong).
"""

from __future__ import annotations

import datetime as dt

from isnad.lexicon.timewords import Tag
from isnad.read.date_days import Days

_EARLY = 1  # the first day of مطلع «the beginning of»


def own_today(grammar: Days) -> dt.date | None:
    """Return the day a text calls today, by what `grammar` read of it; None where it names none, or several."""
    if grammar.stated:
        return grammar.stated[0] if len(set(grammar.stated)) == 1 else None
    years = current_years(grammar) if grammar.told else set()
    found = {_in_year(told, year) for told in grammar.told for year in years}
    return found.pop() if len(found) == 1 else None  # None too where a weekday contradicts


def _in_year(told: tuple[int, int | None, int, int], year: int) -> dt.date | None:
    """Return today in `year`; `told` is a day by its distance from today, its weekday, month and day of the month."""
    away, week, month, day = told
    for of_day in (year, year - 1):  # «أمس 31 كانون الأول» on the first of January
        try:
            named = dt.date(of_day, month, day)
        except ValueError:
            continue
        today = named - dt.timedelta(days=away)
        if today.year == year and week in (None, named.weekday()):
            return today
    return None


def current_years(grammar: Days) -> set[int]:
    """Return the years that a text calls the current one: «العام الحالي 2022», «منذ مطلع العام 2022»."""
    out = set()
    for i in range(grammar.size):
        noun = grammar.tag(i, "year_noun")
        if noun is None:
            continue
        shift, j = grammar.shift(noun[1])
        j = grammar.skip(j, frozenset("(،,"), 1)
        found = grammar.year(j)
        if found and not found[1] and (shift == "this" or (shift is None and _begun(grammar, i))):
            out.add(found[0])
    return out


def _begun(grammar: Days, i: int) -> bool:
    """Say whether the words before i are «since the beginning of»."""
    early = _before(grammar, i, "third")
    if early is None or early[0].value[0] != _EARLY:
        return False
    return _before(grammar, early[1], "since") is not None


def _before(grammar: Days, i: int, role: str) -> tuple[Tag, int] | None:
    """Return the tag of a phrase of one or two words that ends before word i, and where it starts."""
    for start in range(i - 1, max(i - 3, -1), -1):
        found = grammar.tag(start, role)
        if found and found[1] == i:
            return found[0], start
    return None


__all__ = ["current_years", "own_today"]
