"""Which column or key of a table holds which field of a report: `--map text=body,published=date`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from isnad.errors import UsageError
from isnad.ingest.jsonl import Refusal, day_of

FIELDS = ("text", "title", "published", "outlet", "url", "doc_id", "forwarded_from", "publisher")


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Field → column.  A column is a name (for JSON a path, `body.text`), or a number from 1 in a table without names.

    Fields that `given` does not name are looked for under their own names.  `day_format` is how days are written
    (as for strptime, `%d/%m/%Y`); without it ISO days and date-times are read, and no other.
    """

    given: dict[str, str] = {}
    day_format: str | None = None

    def column(self, field: str) -> str:
        """Return the column that holds `field`."""
        return self.given.get(field, field)

    @property
    def numbered(self) -> bool:
        """Say whether columns are given by number, so that the table has no line of names."""
        return any(column.isdecimal() for column in self.given.values())

    def day(self, value: str | None) -> str | None:
        """Return the ISO day in a cell; Refusal when it holds something else than a day."""
        if self.day_format is None or not value or not value.strip():
            return day_of((value or "").strip() or None)
        try:
            return dt.datetime.strptime(value.strip(), self.day_format).date().isoformat()
        except ValueError:
            raise Refusal("input.date", f"{value.strip()[:40]!r} is no day written {self.day_format}") from None


def columns_from(text: str | None, *, day_format: str | None = None) -> Columns:
    """Read what was given to `--map` and `--day-format`; UsageError names what is not understood."""
    given: dict[str, str] = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column:
            raise UsageError(f"--map: {part.strip()!r} is not FIELD=COLUMN")
        if field not in FIELDS:
            raise UsageError(f"--map: there is no field {field!r}; the fields are {', '.join(FIELDS)}")
        given[field] = column
    numbers = [column.isdecimal() for column in given.values()]
    if any(numbers) and not all(numbers):
        raise UsageError("--map: name the columns all by name or all by number")
    if "0" in given.values():
        raise UsageError("--map: columns are counted from 1")
    if day_format is not None and "%" not in day_format:
        raise UsageError(f"--day-format: {day_format!r} names no part of a date; try %d/%m/%Y")
    return Columns(given=given, day_format=day_format)


def at_path(row: dict[str, Any], column: str) -> Any:
    """Return the value under a key, or under a path of keys joined by points; None where there is none."""
    if column in row:
        return row[column]
    value: Any = row
    for key in column.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


__all__ = ["FIELDS", "Columns", "at_path", "columns_from"]
