"""JSONL with column mapping: one report a line; `doc_id` may be missing, and keys may be paths (`body.text`)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import msgspec

from isnad.errors import Fault
from isnad.ingest.columns import FIELDS, at_path
from isnad.ingest.encoding import decode
from isnad.ingest.jsonl import Refusal, read_line
from isnad.ingest.origin import Item, Origin, megabytes
from isnad.ingest.table_rows import incoming_of
from isnad.model import Article

SOURCE = "jsonl"
_BROKEN = ("input.json", "input.surrogate")
_NOTHING = Article(doc_id="", text="")


def read_jsonl(stream: io.BufferedReader, origin: Origin) -> Iterator[Item]:
    """Yield a report for each line, and a fault for each that cannot be taken; blank lines are passed over."""
    number, seen, noted = 0, False, False
    while data := stream.readline(origin.limit + 1):
        number += 1
        if not data.strip():
            continue
        seen = True
        if len(data) > origin.limit and not data.endswith(b"\n"):
            length = len(data) + _skip_line(stream)
            message = f"the line is {megabytes(length)} long, the limit is {megabytes(origin.limit)}"
            yield Fault(path=origin.path, line=number, code="input.too-large", message=message)
            continue
        line, fault = decode(data, path=origin.path, line=number)
        if fault is not None and (line is None or not noted):
            yield fault
            noted = noted or line is not None  # a whole file in an old code page is said once
        if line is not None:
            yield _item(line, number, origin)
    if not seen:
        yield Fault(path=origin.path, code="input.empty", message="the file is empty")


def _item(line: str, number: int, origin: Origin) -> Item:
    try:
        row = msgspec.json.decode(line)
        if not isinstance(row, dict):
            raise Refusal("input.json", "a JSON object is needed")
        return incoming_of(_values(row, origin), origin=origin, number=number, source=SOURCE)
    except Refusal as refusal:
        return Fault(path=origin.path, line=number, code=refusal.code, message=str(refusal))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        fault = read_line(line, path=origin.path, number=number, defaults=_NOTHING)  # it knows the better words
        if isinstance(fault, Fault) and fault.code in _BROKEN:
            return fault
        message = f"broken JSON, or half of a surrogate pair: {error}"
        return Fault(path=origin.path, line=number, code="input.surrogate", message=message)


def _values(row: dict[str, Any], origin: Origin) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    for field in FIELDS:
        column = origin.columns.column(field)
        value = at_path(row, column)
        if field == "doc_id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise Refusal("input.type", f'"{column}" must be a string')
        values[field] = value
    return values


def _skip_line(stream: io.BufferedReader) -> int:
    """Read to the end of the line without keeping it; return how many bytes that were."""
    length = 0
    while data := stream.readline(1 << 20):
        length += len(data)
        if data.endswith(b"\n"):
            break
    return length


__all__ = ["read_jsonl"]
