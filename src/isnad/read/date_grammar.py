"""The grammar of dates: time points, months, years and spans that start at a word.

Every method takes a word index and returns what it read there, or None.  `When.last` is the word after it.
"""

from __future__ import annotations

import datetime as dt

from isnad.read import date_calendar as cal
from isnad.read.date_days import Days
from isnad.read.date_months import STEP, When
from isnad.text.numerals import read_number

__all__ = ["Grammar", "When"]


class Grammar(Days):
    """Reads dates of one text against one day of publication."""

    def amount(self, i: int) -> tuple[str, int | None, int] | None:
        """Return (unit, number, word after) of «ثلاثة أيام», «يومين», «نحو أسبوع» (loose: number None)."""
        start = self.after(i, "about")
        loose = start > i
        unit = self.tag(start, "unit")
        if unit:
            name, number = unit[0].value
            exact = {"one": 1, "two": 2, "many": None}[number]
            last = self.after(unit[1], "few")
            return name, None if loose or last > unit[1] else exact, last
        few = self.tag(start, "few")
        if few and (unit := self.tag(few[1], "unit")):
            return unit[0].value[0], None, unit[1]
        number = read_number(self.words, start)
        if not number or not (unit := self.tag(number[0], "unit")):
            return None
        exact = number[1] if number[3] and not loose else None
        return unit[0].value[0], exact, unit[1]

    def unit_shift(self, i: int) -> When | None:
        """Read «الشهر الماضي», «الأيام الثلاثة الماضية», «الـ24 ساعة الفائتة», «الأسبوع المقبل»."""
        start = i + 1 if self.key[i] in {"ال", "لل"} and i + 1 < self.size else i
        ahead = read_number(self.words, start)
        unit = self.tag(ahead[0] if ahead else start, "unit" if ahead and start > i else "the_unit")
        if not unit or (start > i and not ahead):
            return None
        (name, number), j = unit[0].value, unit[1]
        j = self.after(j, "few") if not ahead else j
        behind = None if ahead else read_number(self.words, j)
        shift, last = self.shift(behind[0] if behind else j)
        if (
            not shift
            and i
            and self.tag(i - 1, "this")
            and number == "one"
            and not (ahead or behind)
            and name != "day"
        ):
            shift = "this"
        if not shift or (unit[0].value == ("day", "one") and not ahead):
            return None
        stated = ahead or behind
        count = stated[1] if stated else {"one": 1, "two": 2, "many": None}[number]
        return self._shifted(name, number, count, shift, last)

    def _shifted(self, name: str, number: str, count: int | None, shift: str, last: int) -> When:
        none = When(None, None, last, f"{shift}-{name}")
        if count is None or name == "vague" or (name == "week" and number == "one"):
            return none
        if number == "one" and count == 1 and name in {"month", "year"}:
            step = STEP[shift]
            first = cal.add_months(self.base.replace(day=1), step)
            span = (
                cal.month_range(first.year, first.month)
                if name == "month"
                else cal.year_range(self.base.year + step)
            )
            return When(*cal.clip(span, self.base), last, f"{shift}-{name}")
        if shift == "this" or (name == "hour" and count < 24):
            return none
        if shift == "last":
            return When(cal.move(self.base, name, -count), self.base, last, f"last-{name}s")
        return When(self.base, cal.move(self.base, name, count), last, f"next-{name}s")

    def third(self, i: int) -> When | None:
        """Read «مطلع الشهر الجاري», «أواخر يونيو الماضي»; «منتصف عام 2014» settles no day."""
        found = self.tag(i, "third")
        if not found:
            return None
        j = self.after(found[1], "from")
        if j >= self.size:
            return None
        month = self.month(j, supported=True) or self._month_unit(j)
        if month:
            return self._third_of(month, found[0].value)
        year = self.year_alone(j) or self._bare_year(j)
        if year:
            return When(None, None, year.last, "third-of-year", year.relative)
        unit = self.tag(j, "the_unit")
        if unit and unit[0].value[1] == "one" and unit[0].value[0] in {"week", "year"}:
            return When(None, None, self.shift(unit[1])[1], "third-of-unit")
        return None

    def _bare_year(self, j: int) -> When | None:
        found = self.year(j)
        return self._year(found) if found else None

    def _month_unit(self, j: int) -> When | None:
        unit = self.tag(j, "the_unit")
        if not unit or unit[0].value != ("month", "one"):
            return None
        shift, last = self.shift(unit[1])
        month = cal.add_months(self.base.replace(day=1), STEP[shift or "this"])
        return When(*cal.month_range(month.year, month.month), last, "month-unit")

    def _third_of(self, month: When, days: list[int]) -> When:
        if not month.lo:
            return month
        first, final = cal.month_range(month.lo.year, month.lo.month)
        if month.rule.startswith("hijri"):
            first, final = month.lo, month.lo + dt.timedelta(days=29)
        lo = first + dt.timedelta(days=days[0] - 1)
        hi = min(first + dt.timedelta(days=days[1] - 1), final)
        return When(lo, hi, month.last, "third-of-month", month.relative)
