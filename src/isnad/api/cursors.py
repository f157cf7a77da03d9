"""Cursors: what continues a list, as its page before gave it."""

from __future__ import annotations

import re

from isnad.api.filters import is_day
from isnad.api.problems import Problem

#: Day and number of the last row; only its number; of claims, the card before them and how many were shown.
DAY_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})?~\d{1,18}", re.ASCII)
NUMBER_CURSOR = re.compile(r"\d{1,18}", re.ASCII)
CLAIM_CURSOR = re.compile(r"(?:(\d{4}-\d{2}-\d{2})?~\d{1,18})?@\d{1,18}", re.ASCII)


def sound_cursor(cursor: str | None, form: re.Pattern[str]) -> str | None:
    """Return a cursor that has the form of its list's; a problem otherwise."""
    if cursor is None or cursor == "":
        return None
    found = form.fullmatch(cursor)
    if not found or any(not is_day(day) for day in found.groups() if day):
        raise Problem("api.cursor")
    return cursor


__all__ = ["CLAIM_CURSOR", "DAY_CURSOR", "NUMBER_CURSOR", "sound_cursor"]
