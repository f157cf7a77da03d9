"""Reading days: named, counted from publication, in figures and ordinals, with what stands before them."""

from __future__ import annotations

import datetime as dt

from isnad.lexicon.timewords import Tag
from isnad.read import date_calendar as cal
from isnad.read.date_months import HIJRI_MARK, STEP, YEAR_MARK, Months, When
from isnad.text.words import Kind

_JOINS = frozenset("/-–.")
_PREFIX = frozenset({"part", "day_noun", "this", "dated", "from", "adverb", "two_days"})
_HOUR_TAIL = frozenset({"والنصف", "عشره"})  # and a half; -teen


class Days(Months):
    """Reads days of one text against one day of publication."""

    def numeric(self, i: int) -> When | None:
        """Read 15/2/2021 (day first), 2021-02-15, 15.2.2021, 24/1/1434هـ."""
        parts, last = self._figures(i)
        if len(parts) != 3:
            return None
        year_first = parts[0] > 999
        if not year_first and parts[2] <= 999 and self.key[i + 1 : i + 2] != ["/"]:  # 4-4-2 is a line-up
            return None
        year, month, day = parts if year_first else parts[::-1]
        if not year_first and month > 12 >= day:  # 2/15/2021, month first
            month, day = day, month
        if year < 70 or year > 999 or not year_first:
            year = cal.two_digit_year(year)
        hijri = 1300 <= year <= 1500
        found = cal.hijri_day(year, month, day) if hijri else cal.make_day(year, month, day)
        if found is None or found.year < 1900:
            return None
        if last < self.size and self.key[last] in (HIJRI_MARK if hijri else YEAR_MARK):
            last += 1
        return When(found, found, last, "numeric", relative=False, point=True)

    def _figures(self, i: int) -> tuple[list[int], int]:
        if "." in self.key[i]:
            pieces = self.key[i].split(".")
            return ([int(p) for p in pieces] if all(p.isdigit() for p in pieces) else []), i + 1
        parts: list[int] = []
        while (value := self.number(i)) is not None:
            parts.append(value)
            if len(parts) == 3 or i + 2 >= self.size or self.key[i + 1] not in _JOINS:
                return parts, i + 1
            i += 2
        return parts, i

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """Return a day of the month in figures or ordinal words, and the word after it."""
        value = self.number(i)
        if value is not None:
            return (value, i + 1) if 1 <= value <= 31 else None
        found = self.tag(i, "ordinal")
        if not found:
            return None
        tag, j = found
        if tag.value < 10:
            if self.tag(j, "teen"):
                return 10 + tag.value, j + 1
            tens = self.tag(j, "ordinal")
            if tens and tens[0].value >= 20 and self.tags.cut(j) == "و":
                return tag.value + tens[0].value, tens[1]
        return tag.value, j

    def day_month(self, i: int) -> When | None:
        """Read «15 يوليو الجاري», «السادس من آذار/مارس 2020», «العاشر من الشهر الجاري», «Dec 25, 2025»."""
        if self.types[i].kind is Kind.LATIN:
            return self.month_first(i)
        head = self.ordinal(i)
        if not head:
            return self.month_first(i)
        day, j = head
        j = self.after(j, "from")
        name = self.month_name(self.after(j, "month_noun"))
        if not name:
            return self._day_of_this_month(day, j)
        month, hijri, _, j = name
        shift, j = self.shift(j)
        year = self.year_tail(j)
        if year:
            value, in_hijri, j, leans = year
            if not shift:
                shift, j = self.shift(j)
            found = cal.hijri_day(value, month, day) if hijri and in_hijri else None
            if not hijri and not in_hijri:
                found = cal.make_day(value, month, day)
            return When(found, found, j, "date", relative=leans, point=True)
        if hijri:
            near = self._hijri_near(month, shift, j)
            found = near.lo + dt.timedelta(days=day - 1) if near.lo else None
        else:
            found = cal.day_of(self.base, month, day, shift)
        return When(found, found, j, "day-month", point=True)

    def month_first(self, i: int) -> When | None:
        """Read a month before its day, with a year: «Dec 25, 2025», «أبريل 26, 2022»."""
        found = self.tag(i, "month")
        if not found:
            return None
        j = self.skip(found[1], frozenset("."), 1)
        day = self.number(j)
        k = self.skip(j + 1, frozenset(",،"), 1)
        year = self.number(k)
        value = cal.make_day(year, found[0].value, day) if day and year else None
        return When(value, value, k + 1, "english", relative=False, point=True) if value else None

    def _day_of_this_month(self, day: int, j: int) -> When | None:
        noun = self.tag(j, "the_unit")
        if not noun or noun[0].value != ("month", "one"):
            return None
        shift, last = self.shift(noun[1])
        if not shift:
            return None
        month = cal.add_months(self.base.replace(day=1), STEP[shift])
        found = cal.make_day(month.year, month.month, day)
        return When(found, found, last, "day-of-month-shift", point=True)

    def point(self, i: int) -> When | None:
        """Read a day, with what stands before it: «صباح أمس», «الساعة 8 من مساء يوم الخميس 25 آب»."""
        j, part, many = self._prefix(i)
        found = self._core(j, named=j > i)
        if found is None:
            return None
        if part or many:
            found = self._two_days(found, part)
        return found

    def nth_day(self, i: int) -> When | None:
        """Read «لليوم الثاني على التوالي»: from that many days ago to today."""
        found = self.tag(i, "nth_day")
        number = self.ordinal(found[1]) if found else None
        if not number or number[0] > 15 or number[0] < 2:
            return None
        lo = self.base - dt.timedelta(days=number[0] - 1)
        return When(lo, self.base, self.after(number[1], "running"), "nth-day")

    def _prefix(self, i: int) -> tuple[int, str, bool]:
        j, part, many = i, "", False
        hour = self.tag(j, "hour")
        if hour:
            j = hour[1]
            while j < self.size and j - i < 9 and self._hour_word(j):
                j += 1
        for _ in range(5):
            found = next((t for t in self.tags.get(j) if t[0].role in _PREFIX), None)
            if not found or (found[0].role in {"from", "adverb"} and j == i):
                break
            if self.tag(j, "day") and found[1] <= j + 1:
                break
            part = found[0].value or part if found[0].role == "part" else part
            many = many or found[0].role == "two_days"
            j = found[1]
        return j, part, many

    def _hour_word(self, j: int) -> bool:
        if self.types[j].kind is Kind.NUMBER or self.key[j] in {":", "."} or self.tag(j, "ordinal"):
            return True
        return bool(self.tag(j, "adverb") and not self.tag(j, "part")) or self.key[j] in _HOUR_TAIL

    def _core(self, j: int, *, named: bool) -> When | None:
        if j >= self.size:
            return None
        day = self.tag(j, "day")
        if day and (named or self._really_a_day(j, day)):
            return self._deictic(j, day)
        week = self.tag(j, "weekday")
        if week and not (j and self.key[j - 1] in self.lexicon.weekday_not_after):
            return self._weekday(week)
        if self.types[j].kind is Kind.NUMBER:
            return self.numeric(j) or self.day_month(j) or self._first_of_two(j)
        return self.day_month(j)

    def _first_of_two(self, j: int) -> When | None:
        """Read «10 و11 أبريل», «15 - 17 يوليو»: from the first day to the second."""
        day = self.number(j)
        k = j + 2 if self.key[j + 1 : j + 2] in (["و"], ["-"], ["–"]) else j + 1
        second = self.day_month(k) if day and day <= 31 and k < self.size else None
        if second is None or second.lo is None or day is None or day >= second.lo.day:
            return None
        return When(second.lo.replace(day=day), second.hi, second.last, "two-dates", second.relative, point=True)

    def _really_a_day(self, j: int, day: tuple[Tag, int]) -> bool:
        tag, last = day
        if tag.value or last > j + 1:
            return True
        before = self.key[j - 1] if j else ""
        following = self.key[last] if last < self.size else ""
        return before not in self.lexicon.today_not_after and following not in self.lexicon.today_not_before

    def _deictic(self, j: int, day: tuple[Tag, int]) -> When:
        tag, last = day
        value = self.base + dt.timedelta(days=tag.value)
        k = self.skip(last)
        exact = self._dated(k)
        week = self.tag(k, "weekday")
        if week and self.same_sentence(j, k):
            k = self._close(week[1], last)
            exact = self._dated(self.skip(k))
            value = self._contradicted(tag.value, week[0].value)
            last = self.shift(k)[1]
        if exact and exact.lo and self.same_sentence(j, exact.last - 1):
            self.implied.append(exact.lo - dt.timedelta(days=tag.value))
            if not exact.relative:
                self.stated.append(exact.lo - dt.timedelta(days=tag.value))
            elif exact.rule == "day-month":
                self.told.append((tag.value, week[0].value if week else None, exact.lo.month, exact.lo.day))
            return When(exact.lo, exact.hi, self._close(exact.last, last), "day+date", exact.relative, point=True)
        return When(value, value, last, "day", point=True)

    def _close(self, k: int, opened: int) -> int:
        """Return the word after a closing bracket, where one was opened between `opened` and k."""
        return k + 1 if k < self.size and self.key[k] == ")" and "(" in self.key[opened:k] else k

    def _dated(self, k: int) -> When | None:
        k = self.after(k, "dated")
        if k >= self.size:
            return None
        found = self.numeric(k) if self.types[k].kind is Kind.NUMBER else None
        return found or self.day_month(k)

    def _contradicted(self, offset: int, week: int) -> dt.date:
        """Return the weekday beside today or yesterday; against `base` it wins (CODEBOOK section 7)."""
        back = (self.base.weekday() - week) % 7
        found = self.base - dt.timedelta(days=back)
        if offset == 0 and back == 6:
            found = self.base + dt.timedelta(days=1)
        if offset > 0:
            found = self.base + dt.timedelta(days=(-back) % 7)
        self.implied.append(found - dt.timedelta(days=offset))
        return found

    def _weekday(self, week: tuple[Tag, int]) -> When:
        tag, last = week
        shift, k = self.shift(last)
        exact = self._dated(self.skip(k))
        if exact and exact.lo and self.same_sentence(last - 1, exact.last - 1):
            return When(exact.lo, exact.hi, self._close(exact.last, last), "weekday+date", exact.relative, point=True)
        value = cal.weekday(self.base, tag.value, shift)
        if shift is None and value != self.base and self.to_come(last):
            value += dt.timedelta(days=7)
        return When(value, value, k, "weekday" + (f"-{shift}" if shift else ""), point=True)

    def _two_days(self, found: When, part: str) -> When:
        """Read the second day of «ليل الجمعة – السبت», «يومي الاثنين والثلاثاء»."""
        k = self.skip(found.last, frozenset("-–—/"), 1)
        week = self.tag(k, "weekday")
        if not week or not found.hi or not self.same_sentence(found.last - 1, k):
            return found
        second = found.hi + dt.timedelta(days=(week[0].value - found.hi.weekday()) % 7)
        back = dt.timedelta(days=7 if second > self.base and found.rule == "weekday" else 0)
        lo = second if part in self.lexicon.after_midnight and k > found.last else found.hi
        return When(lo - back, second - back, self.shift(week[1])[1], "two-days", point=True)
