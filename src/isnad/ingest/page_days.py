"""The day of publication of a page: as stated in its head, as shown beside its headline, as in its address.

Never a guess: days that contradict one another give None, and so do days that may be of something else (the visit,
an update, another story, an event).  Words are read by the project's own date reader, since general readers take
«6 آب 2015» for the first of January (measured).
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

import msgspec

from isnad.ingest.page_parts import Element
from isnad.ingest.page_shown import Shown, shown_days
from isnad.read.dates import find_dates
from isnad.text import read_words

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?.*)?", re.I
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\b.*")
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}.*", re.S)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=/|$|[?#]|[-_.])")
_EARLIEST = dt.date(1994, 1, 1)  # no news page is older; 1970-01-01 is an empty field
_UTC = frozenset({"z", "utc", "gmt", "+00:00", "+0000", "-00:00"})


class Stated(msgspec.Struct, frozen=True):
    """A day as stated; `utc`: it is the day at Greenwich, which may be the day before the outlet's own."""

    day: dt.date
    utc: bool = False


def stated_value(value: str) -> Stated | None:
    """Return the day in a value of JSON-LD or a meta element: ISO, RFC 2822 or words; None when it is doubtful."""
    value = value.strip()[:80]
    iso = _ISO.fullmatch(value) or _YEAR_FIRST.fullmatch(value) or _COMPACT.fullmatch(value)
    if iso:
        zone = iso[4] if iso.re is _ISO else None
        return _checked(_day(iso[1], iso[2], iso[3]), utc=(zone or "").lower() in _UTC)
    figures = _FIGURES.match(value)
    if figures and int(figures[1]) <= 12 and int(figures[2]) <= 12 and figures[1] != figures[2]:
        return None  # day first or month first
    try:
        when = parsedate_to_datetime(value)
        return _checked(when.date(), utc=not when.utcoffset())
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    days = {m.day_from for m in find_dates(read_words(value), None) if m.day_from and m.day_from == m.day_to}
    return _checked(dt.date.fromisoformat(days.pop())) if len(days) == 1 else None


def url_day(url: str | None) -> dt.date | None:
    """Return the day in an address (/2015/08/06/); None where it has none, or more than one."""
    found = {day for m in _URL_DAY.finditer(url or "") if (day := _day(m[1], m[2], m[3]))}
    return found.pop() if len(found) == 1 else None


def publication(
    root: Element,
    prose: dict[Element, int],
    *,
    stated: tuple[str, ...],
    heading: Element | None,
    url: str | None,
    fetched: dt.date | None = None,
) -> str | None:
    """Return the ISO day of publication of a page, None when it states none or is in doubt.

    `prose` is `prose_of(root)`, `stated` are the values of its head, `heading` is the element of its headline, `url`
    its canonical address; `fetched` is the day it was fetched, later than which no page is published.
    """
    head = [found for value in stated if (found := stated_value(value))]
    shown = shown_days(root, heading, prose)
    day = _agreed(head, shown, url_day(url))
    if day is None or day < _EARLIEST or (fetched and day > fetched + dt.timedelta(days=1)):
        return None
    return day.isoformat()


def _agreed(head: list[Stated], shown: Shown, address: dt.date | None) -> dt.date | None:
    """Return the one day that all sources allow, or None."""
    micro = [Stated(day) for day in shown.marked]
    claims = head + micro
    visible = shown.published
    if not claims:
        if len(visible) != 1:
            return address if not visible and not shown.doubtful else None
        day = next(iter(visible))
        return day if address is None or abs((address - day).days) <= 1 else None
    days = {claim.day for claim in claims}
    near = max(days) - min(days) <= dt.timedelta(days=1)
    if not near:
        return None
    local = {claim.day for claim in claims if not claim.utc}
    if visible:
        kept = {day for day in visible if day in days or (not local and abs((day - min(days)).days) <= 1)}
        return kept.pop() if len(kept) == 1 and len(visible) == 1 else _one(days & visible)
    if address is not None and all(abs((address - day).days) > 1 for day in days):
        return None
    return _one(days) or _one(local)


def _one(days: set[dt.date] | frozenset[dt.date]) -> dt.date | None:
    return next(iter(days)) if len(days) == 1 else None


def _checked(day: dt.date | None, *, utc: bool = False) -> Stated | None:
    return Stated(day, utc) if day and day >= _EARLIEST else None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


__all__ = ["Stated", "publication", "stated_value", "url_day"]
