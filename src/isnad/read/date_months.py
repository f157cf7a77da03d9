"""Reading months and years, and the small look-ups that all date grammar shares."""

from __future__ import annotations

import datetime as dt

import msgspec

from isnad.lexicon.timewords import Tag, time_words
from isnad.read import date_calendar as cal
from isnad.read.phrase_tags import PhraseTags
from isnad.text import Words
from isnad.text.words import Kind

_SEPARATORS = frozenset("/-–—(),،«»[]:")
_DOUBLET = frozenset("/-–—(\\")
HIJRI_MARK = frozenset({"ه", "هجريه", "هجري"})  # AH
YEAR_MARK = frozenset({"م", "ميلادي", "ميلاديه"})  # AD
#: How many words before a day may carry a mark of what is to come.
_LOOK_BACK = 9
#: How many months or years each shift moves.
STEP = {"last": -1, "this": 0, "next": 1}


class When(msgspec.Struct, frozen=True):
    """Time read: days (None: not settled), the word after it, the rule, and whether it leans on `base`."""

    lo: dt.date | None
    hi: dt.date | None
    last: int
    rule: str
    relative: bool = True
    point: bool = False


def spanning(span: cal.Range | None, last: int, rule: str, *, relative: bool = False) -> When:
    """Return a stretch of time for a range of days, or for none."""
    lo, hi = span or (None, None)
    return When(lo, hi, last, rule, relative)


class Months:
    """Reads months and years of one text against one day of publication."""

    def __init__(self, words: Words, tags: PhraseTags, base: dt.date) -> None:
        self.words = words
        self.key = words.key
        self.types = words.types
        self.tags = tags
        self.tag = tags.tag
        self.base = base
        self.lexicon = time_words()
        self.size = len(words)
        self.implied: list[dt.date] = []  # days of publication that the text's own words imply
        self.stated: list[dt.date] = []  # those of them that it gives with their year
        # days beside «today» and the like without year: distance from today, weekday, month, day of the month
        self.told: list[tuple[int, int | None, int, int]] = []

    # -- small look-ups

    def after(self, i: int, role: str) -> int:
        """Return the word after an optional phrase with that role."""
        found = self.tag(i, role)
        return found[1] if found else i

    def skip(self, i: int, marks: frozenset[str] = _SEPARATORS, most: int = 2) -> int:
        """Return the word after at most some separators, within the sentence."""
        n = i
        while n < self.size and n - i < most and self.key[n] in marks:
            n += 1
        return n

    def number(self, i: int) -> int | None:
        """Return the whole number written in figures at word i."""
        if i < self.size and self.types[i].kind is Kind.NUMBER and self.key[i].isdigit():
            return int(self.key[i])
        return None

    def shift(self, i: int) -> tuple[str | None, int]:
        """Return an optional last | this | next at word i, and the word after it."""
        found = self.tag(i, "shift")
        return (found[0].value, found[1]) if found else (None, i)

    def same_sentence(self, i: int, j: int) -> bool:
        """Say whether words i and j stand in one sentence."""
        return j < self.size and self.words.sentence_of[i] == self.words.sentence_of[j]

    def to_come(self, i: int) -> bool:
        """Say whether words shortly before i, in its sentence, mark what is to come («المقرر» scheduled)."""
        first = max(self.words.sentences[self.words.sentence_of[i - 1]].first, i - _LOOK_BACK)
        return any(self.tag(j, "future") for j in range(first, i))

    # -- years and months

    def year(self, i: int) -> tuple[int, bool, int] | None:
        """Return a year in figures with an optional era mark: (year, hijri, word after)."""
        value = self.number(i)
        if value is None or not (1300 <= value <= 1500 or 1900 <= value <= 2100):
            return None
        mark = self.key[i + 1] if i + 1 < self.size else ""
        hijri = value <= 1500
        return value, hijri, i + 2 if mark in (HIJRI_MARK if hijri else YEAR_MARK) else i + 1

    def year_tail(self, i: int) -> tuple[int, bool, int, bool] | None:
        """Return the year after a month, as `year` gives it, and whether it leans on the day of publication.

        «2015», «من عام 2015», «، 2015»; leaning on it: «من العام الماضي».
        """
        j = self.skip(i, frozenset(",،"), 1)
        j = self.after(j, "from")
        noun = self.tag(j, "year_noun")
        found = self.year(noun[1] if noun else j)
        if found or not noun:
            return (*found, False) if found else None
        shift, last = self.shift(noun[1])
        return (self.base.year + STEP[shift], False, last, True) if shift else None

    def month_name(self, i: int) -> tuple[int, bool, bool, int] | None:
        """Return (month, hijri, supported, word after) for a month name or a doublet «أيلول/ سبتمبر»."""
        found = self.tag(i, "month") or self.tag(i, "hijri")
        if not found:
            return None
        tag, j = found
        support = not tag.weak or self._written_ab(i, tag)
        k = self.skip(j, _DOUBLET)
        twin = self.tag(k, "month")
        if twin and twin[0].role == tag.role and (twin[0].value == tag.value or k > j):
            closing = twin[1] < self.size and self.key[twin[1]] == ")" and "(" in self.key[j:k]
            return tag.value, False, True, twin[1] + closing
        return tag.value, tag.role == "hijri", support, j

    def _written_ab(self, i: int, tag: Tag) -> bool:
        """Say whether a weak «اب» is written with its madda, آب «August», and not «father»."""
        surface = self.types[i].surface
        return tag.role == "month" and len(surface) == 2 and surface[0] == "آ"

    def month(self, i: int, *, supported: bool = False) -> When | None:
        """Read a month: «شهر سبتمبر/ أيلول الماضي», «آذار عام 2020», «أبريل نيسان»."""
        noun = self.tag(i, "month_noun")
        name = self.month_name(noun[1] if noun else i)
        if not name:
            return None
        month, hijri, support, j = name
        shift, k = self.shift(j)
        year = self.year_tail(k)
        if not (support or supported or noun or year or shift):
            return None
        if year:
            value, in_hijri, last, leans = year
            shift, last = (shift, last) if shift else self.shift(last)
            if hijri:
                return spanning(cal.hijri_month(value, month) if in_hijri else None, last, "hijri-month")
            if not in_hijri:
                return When(*cal.clip(cal.month_range(value, month), self.base), last, "month-year", relative=leans)
        if hijri:
            return self._hijri_near(month, shift, k)
        if shift is None and month > self.base.month and self.to_come(j):
            shift = "this"
        year_meant = cal.month_of(self.base, month, shift)
        return When(*cal.clip(cal.month_range(year_meant, month), self.base), k, "month")

    def _hijri_near(self, month: int, shift: str | None, last: int) -> When:
        year = int((self.base.year - 622) * 1.0307)  # a lunar year is that much shorter
        guess = [cal.hijri_month(y, month) for y in range(year - 1, year + 3)]
        begun = [r for r in guess if r and r[0] <= self.base]
        coming = [r for r in guess if r and r[0] > self.base]
        chosen = coming[:1] if shift == "next" else begun[-1:]
        span = cal.clip(chosen[0], self.base) if chosen else None
        return spanning(span, last, "hijri-month", relative=True)

    def year_alone(self, i: int) -> When | None:
        """Read «عام 2012», «العام الماضي», and a bare year after في, منذ and the like."""
        noun = self.tag(i, "year_noun")
        if noun:
            found = self.year(noun[1])
            if found:
                return self._year(found)
            shift, last = self.shift(noun[1])
            if shift and self.key[i].lstrip("وبلف").startswith("ال"):
                return When(*cal.clip(cal.year_range(self.base.year + STEP[shift]), self.base), last, "year-shift")
            return None
        if i and self.key[i - 1] in self.lexicon.year_after and (found := self.year(i)):
            following = self.key[found[2]] if found[2] < self.size else ""
            return None if following in {"/", "-"} or following[:2] == "شخ" else self._year(found)
        return None

    def _year(self, found: tuple[int, bool, int]) -> When:
        value, hijri, last = found
        if hijri:
            first, final = cal.hijri_day(value, 1, 1), cal.hijri_day(value, 12, 29)
            return When(first, final, last, "hijri-year", relative=False)
        return When(*cal.clip(cal.year_range(value), self.base), last, "year", relative=False)
