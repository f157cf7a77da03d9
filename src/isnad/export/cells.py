"""Cells and lines of CSV by RFC 4180, shared by every comma-separated format.

Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV injection"); numbers stay as
they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Number(str):
    """A number already written, such as a coordinate with four decimals: it is no text and is not guarded."""

    __slots__ = ()


def csv_lines(rows: Iterable[Iterable[Cell]]) -> str:
    """Return the lines of `rows`; None is a blank, lines end in CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else safe(cell) for cell in row])
    return out.getvalue()


def safe(cell: Cell) -> Cell:
    """Return the cell, with an apostrophe before text that a spreadsheet would run."""
    if isinstance(cell, str) and not isinstance(cell, Number) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def degrees(value: float | None) -> Number | None:
    """Return a coordinate with four decimals (about eleven metres), None for none."""
    return None if value is None else Number(f"{value:.4f}")


def joined(values: Iterable[str | None]) -> str | None:
    """Return the different values that are there, in order, joined by "; "; None when there is none.

    A semicolon inside a value becomes a comma, so that the list can be read back.
    """
    return "; ".join(dict.fromkeys(value.replace(";", ",") for value in values if value)) or None


def listed(values: Iterable[str]) -> str | None:
    """Return values joined by "; " with a slot for each, so that two such lists can be read together; None for none."""
    return "; ".join(value.replace(";", ",") for value in values) or None


__all__ = ["Cell", "Number", "csv_lines", "degrees", "joined", "listed", "safe"]
