"""Lines that are a day with its label and hour: «نشر في 6 آب 2015 - 10:30», and what the day is of."""

from __future__ import annotations

import datetime as dt
import re

from isnad.ingest.page_parts import key
from isnad.lexicon.pagewords import page_words
from isnad.read.dates import find_dates
from isnad.read.mentions import DateMention
from isnad.text import read_words

_CLOCK = re.compile(r"\b\d{1,2}[:٫.]\d{2}(?::\d{2})?\s*(?:[صم]\b|am\b|pm\b)?|\bGMT\s*[+-]?\d*", re.I)
_AMPM = re.compile(r"\b[AP]M\b")
FIGURES = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2\d{4}(?!\d)")
YEAR = re.compile(r"\d{4}")
LONGEST = 160  # characters of a line with a day


def is_day_line(line: str) -> bool:
    """Say whether a line of text is a day with its label and hour, and nothing else."""
    return bool(judge(line, ""))


def judge(text: str, before: str) -> list[tuple[str, dt.date | None]]:
    """Return label and day of the dates of a line, [] where it holds other words than dates, hours and labels."""
    if not (text and (YEAR.search(text) or any(c.isdigit() for c in text))) or len(text) > LONGEST:
        return []
    found = [m for m in find_dates(read_words(text), None) if YEAR.search(m.text)]
    if not found:
        return []
    out: list[tuple[str, dt.date | None]] = []
    reached, label = 0, label_of(before)
    for mention in found:
        gap = text[reached : mention.start]
        named = label_of(gap)
        if not named and not _only_beside(gap):
            return []
        label = named or (label if reached == 0 or not out else "")
        out.append((label, _certain(mention, text)))
        reached = mention.end
    after = label_of(text[reached:])
    if not after and not _only_beside(text[reached:]):
        return []
    if after == "updated" and not out[-1][0]:  # «28 آب 2013، آخر تحديث 14:00»: the day goes with the update
        out[-1] = ("updated", out[-1][1])
    return _without_hijri(out, found)


def label_of(text: str) -> str:
    """Return published | updated | other for the label that `text` ends with, '' for none."""
    words = page_words()
    said = key(_CLOCK.sub(" ", text)).split()
    for size in range(min(3, len(said)), 0, -1):
        phrase = " ".join(said[-size:])
        for name, known in (("updated", words.updated), ("other", words.others), ("published", words.published)):
            if phrase in known:
                return name
    return ""


def _only_beside(text: str) -> bool:
    """Say whether `text` holds only hours, numbers and the small words of dates."""
    words = page_words()
    said = key(_CLOCK.sub(" ", text)).split()
    return all(word in words.beside or word in words.weekdays or word.isdigit() for word in said)


def _certain(mention: DateMention, line: str) -> dt.date | None:
    """Return the day of a date that can be read in one way only."""
    if not mention.day_from or mention.day_from != mention.day_to:
        return None
    day = dt.date.fromisoformat(mention.day_from)
    figures = FIGURES.search(mention.text)
    if figures and _AMPM.search(line) and int(figures[1]) <= 12 and int(figures[3]) <= 12 and figures[1] != figures[3]:
        return None  # an English clock: month first as likely as day first
    near = line[max(0, mention.start - 14) : mention.end + 14]
    named = {n for word in key(near).split() if (n := page_words().weekdays.get(word)) is not None}
    if named and day.weekday() not in named:
        return None
    return day if named or not _is_hijri(mention) else None


def _is_hijri(mention: DateMention) -> bool:
    years = [int(y) for y in YEAR.findall(mention.text)]
    return bool(years) and all(1300 <= y <= 1500 for y in years)


def _without_hijri(
    days: list[tuple[str, dt.date | None]], found: list[DateMention]
) -> list[tuple[str, dt.date | None]]:
    """Leave the Hijri day out beside a Gregorian one, which it may miss by a day."""
    western = [pair for pair, mention in zip(days, found, strict=True) if not _is_hijri(mention)]
    if not western or len(western) == len(days):
        return days
    hijri = [m for m in found if _is_hijri(m)]
    label = next((label for label, _ in days if label), "")
    checked: list[tuple[str, dt.date | None]] = []
    for own, day in western:
        near = day and all(m.day_from and abs((dt.date.fromisoformat(m.day_from) - day).days) <= 2 for m in hijri)
        checked.append((own or label, day if near else None))
    return checked


__all__ = ["FIGURES", "LONGEST", "YEAR", "is_day_line", "judge", "label_of"]
