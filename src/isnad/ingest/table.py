"""CSV (and TSV) with column mapping: one report a row, read as a stream, whatever the size.

A row that cannot be read is one fault with the line it begins in, and the next line is tried: a quotation mark that
is never closed costs its own line, not the rest of the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator

import msgspec

from isnad.errors import Fault
from isnad.ingest.columns import FIELDS
from isnad.ingest.encoding import SAMPLE
from isnad.ingest.jsonl import Refusal
from isnad.ingest.origin import Item, Origin, megabytes
from isnad.ingest.table_encoding import encoding_of
from isnad.ingest.table_rows import incoming_of

SOURCE = "table"
DELIMITERS = (",", ";", "\t", "|")
_BAD_BYTES = re.compile("[\udc80-\udcff]")


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a table is written: its delimiter, the names in its first line (None when columns go by number)."""

    delimiter: str
    names: tuple[str, ...] | None
    #: Field → index of its column.
    places: dict[str, int]


def read_csv(stream: io.BufferedReader, origin: Origin) -> Iterator[Item]:
    """Yield a report for each row, and a fault for each that cannot be taken."""
    head = stream.peek(SAMPLE)[:SAMPLE]
    encoding, note = encoding_of(head, path=origin.path)
    if note is not None:
        yield note
    if encoding is None:
        return
    lines = _Lines(io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline=""), origin.limit)
    try:
        first = lines.peek()
        if first is None:
            yield Fault(path=origin.path, code="input.empty", message="the file is empty")
            return
        layout = layout_of(first, origin)
        if isinstance(layout, Fault):
            yield layout
            return
        if layout.names is not None:
            next(_records(lines, layout.delimiter), None)
        yield from _rows(lines, layout, origin)
    finally:
        lines.detach()


def layout_of(first: str, origin: Origin) -> Layout | Fault:
    """Tell the delimiter and the columns by the first line; the fault says which columns there are instead."""
    columns = origin.columns
    found = [(delimiter, _cells(first, delimiter)) for delimiter in DELIMITERS]
    if columns.numbered:
        delimiter, cells = max(found, key=lambda item: len(item[1]))
        places = {field: int(column) - 1 for field, column in columns.given.items()}
        if max(places.values()) >= len(cells):
            return _no_column(str(max(places.values()) + 1), cells, origin)
        return Layout(delimiter=delimiter, names=None, places=places)
    wanted = [columns.given[field] for field in columns.given] or ["text"]
    delimiter, cells = max(
        found, key=lambda item: (sum(_find(item[1], name) is not None for name in wanted), len(item[1]))
    )
    missing = [name for name in dict.fromkeys([*wanted, columns.column("text")]) if _find(cells, name) is None]
    if missing:
        return _no_column(missing[0], cells, origin)
    places = {field: at for field in FIELDS if (at := _find(cells, columns.column(field))) is not None}
    return Layout(delimiter=delimiter, names=tuple(cells), places=places)


def _no_column(name: str, cells: list[str], origin: Origin) -> Fault:
    there = ", ".join(cell.strip()[:40] for cell in cells[:20])
    message = f"no column {name!r}; the first line has: {there}; say which is which with --map text=COLUMN,..."
    return Fault(path=origin.path, line=1, code="input.columns", message=message)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _find(cells: list[str], name: str) -> int | None:
    """Return the index of the column of a name, whatever its case and the blanks around it."""
    wanted = name.strip().casefold()
    return next((at for at, cell in enumerate(cells) if cell.strip().casefold() == wanted), None)


def _rows(lines: _Lines, layout: Layout, origin: Origin) -> Iterator[Item]:
    for number, row in _records(lines, layout.delimiter):
        if isinstance(row, str):
            yield Fault(path=origin.path, line=number, code="input.table", message=row)
        elif any(cell.strip() for cell in row):
            try:
                yield _incoming(row, number, layout, origin)
            except Refusal as refusal:
                yield Fault(path=origin.path, line=number, code=refusal.code, message=str(refusal))


def _incoming(row: list[str], number: int, layout: Layout, origin: Origin) -> Item:
    if layout.names is not None and len(row) > len(layout.names):
        raise Refusal(
            "input.table", f"{len(row)} cells under {len(layout.names)} columns: a delimiter that is not quoted?"
        )
    values = {field: row[at] if at < len(row) else None for field, at in layout.places.items()}
    if any(value and _BAD_BYTES.search(value) for value in values.values()):
        raise Refusal("input.encoding", "bytes that do not fit the encoding of the file")
    return incoming_of(values, origin=origin, number=number, source=SOURCE)


def _records(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each record with the line it begins in; words instead of a row say what is wrong with that line."""
    while lines.peek() is not None:
        start = lines.mark()
        try:
            row = next(csv.reader(lines, delimiter=delimiter, strict=True), None)
        except csv.Error as error:
            lines.back_to_second()
            yield start, _reason(error)
            continue
        except _TooLong as error:
            lines.back_to_second()
            yield start, str(error)
            continue
        if row is not None:
            yield start, row


def _reason(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end" in text:
        return "a quotation mark is opened and not closed; this line was left out"
    if "field larger" in text:
        return "a field is too long, or a quotation mark is not closed; this line was left out"
    return f"quotation marks do not fit ({text}); this line was left out"


class _TooLong(Exception):
    """A record is longer than a report may be."""


class _Lines:
    """Lines of a text with their numbers; the lines of the record under way are kept, to be read again."""

    def __init__(self, stream: io.TextIOWrapper, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._ahead: deque[str] = deque()
        self._record: list[str] = []
        self._size = 0
        self._number = 0
        csv.field_size_limit(max(limit, csv.field_size_limit()))  # the library's, for the process; ours is `limit`

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._stream.readline(self._limit)
        if not line:
            raise StopIteration
        self._record.append(line)
        self._number += 1
        self._size += len(line)
        if self._size >= self._limit:
            raise _TooLong(
                f"longer than the limit of {megabytes(self._limit)}, or a quotation mark is not closed; left out"
            )
        return line

    def peek(self) -> str | None:
        """Return the next line without taking it."""
        if not self._ahead:
            line = self._stream.readline(self._limit)
            if not line:
                return None
            self._ahead.append(line)
        return self._ahead[0]

    def mark(self) -> int:
        """Begin a record; return the number of its first line, from 1."""
        self._record.clear()
        self._size = 0
        return self._number + 1

    def back_to_second(self) -> None:
        """Take the record under way back, but for its first line, which is read to its end."""
        first, rest = self._record[0], self._record[1:]
        self._ahead.extendleft(reversed(rest))
        self._number -= len(rest)
        while not first.endswith(("\n", "\r")) and not rest:
            first = self._stream.readline(1 << 20)
            if not first:
                break
        self._record.clear()

    def detach(self) -> None:
        """Leave the bytes below open: they are the caller's."""
        self._stream.detach()


__all__ = ["DELIMITERS", "Layout", "layout_of", "read_csv"]
