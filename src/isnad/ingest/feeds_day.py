"""The day of publication that a feed states for an entry; what is not stated beyond doubt is None."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from isnad.read.dates import publication_day

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ]\d)")
_RFC822 = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\b")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
#: What programs write that have no day: the beginning of their calendar.
_NO_DAY = frozenset({dt.date(1970, 1, 1), dt.date(1, 1, 1), dt.date(1900, 1, 1)})


def entry_day(entry: Mapping[str, Any], *, version: str) -> str | None:
    """Return the ISO day of publication of a feedparser entry, None where it is not stated or not clear.

    The day is the one of the stated time zone.  Atom's `updated` is the day of a change and does not count; Dublin
    Core's `date`, which feedparser gives under the same key, does.
    """
    value = entry.get("published")
    if not value and not version.startswith("atom"):
        value = dict.get(entry, "updated") if isinstance(entry, dict) else entry.get("updated")
    day = day_of_stamp(value) if isinstance(value, str) else None
    return day.isoformat() if day else None


def day_of_stamp(value: str) -> dt.date | None:
    """Return the day in an RFC 822 or ISO timestamp or a written-out Arabic date; None when it is none of these.

    Days in figures alone (05/06/2021) are left alone: which is the month cannot be known.
    """
    text = value.strip()
    day: dt.date | None = None
    try:
        if iso := _ISO.match(text):
            day = dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        elif _RFC822.match(text):
            day = parsedate_to_datetime(text if ":" in text else f"{text} 00:00").date()
        elif len(text) < 200 and _ARABIC_LETTER.search(text):
            day = publication_day(text)
    except ValueError:
        return None
    return None if day in _NO_DAY else day


__all__ = ["day_of_stamp", "entry_day"]
