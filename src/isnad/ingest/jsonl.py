"""One line of JSONL to an article: `doc_id` and `text` needed; `published`, `outlet`, `title`, `url` if known."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import msgspec

from isnad.errors import Fault
from isnad.model import Article

REQUIRED = ("doc_id", "text")
OPTIONAL = ("published", "outlet", "title", "url")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII)


class Refusal(Exception):
    """Why a line or object is no article: a code of `isnad.errors.CODES` and words for it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_line(line: str, *, path: str, number: int, defaults: Article) -> Article | Fault:
    """Return the article on one line, or the fault that keeps it from being one."""
    doc_id: str | None = None
    try:
        row = _decode(line)
        doc_id = row["doc_id"] if isinstance(row.get("doc_id"), str) else None
        return article_of(row, defaults=defaults)
    except Refusal as refusal:
        return Fault(path=path, line=number, code=refusal.code, message=str(refusal), doc_id=doc_id)


def article_of(row: dict[str, Any], *, defaults: Article) -> Article:
    """Return `row` as an article; `defaults` supplies the outlet and day of publication where the row has none.

    Raises Refusal when a key is missing, a type wrong, the day no day, or the text holds half a character.
    """
    values: dict[str, str | None] = {}
    for key in REQUIRED:
        if row.get(key) is None:
            raise Refusal("input.missing-key", f'the key "{key}" is missing')
    for key in REQUIRED + OPTIONAL:
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            raise Refusal("input.type", f'"{key}" must be a string, not {_kind(value)}')
        if value and _SURROGATE.search(value):
            raise Refusal("input.surrogate", f'"{key}" holds half of a surrogate pair, which is no character')
        values[key] = value or None
    if not (values["text"] or "").strip():
        raise Refusal("input.empty", "the text is empty")
    if values["doc_id"] is None:
        raise Refusal("input.missing-key", 'the key "doc_id" is empty')
    return Article(
        doc_id=values["doc_id"],
        text=values["text"] or "",
        published=day_of(values["published"]) or defaults.published,
        outlet=values["outlet"] or defaults.outlet,
        title=values["title"],
        url=values["url"],
    )


def day_of(value: str | None) -> str | None:
    """Return the ISO day in `value` (a day or an ISO date-time); Refusal when it is no day of the calendar."""
    if not value:
        return None
    found = _DAY.fullmatch(value.strip())
    try:
        return datetime.date.fromisoformat(found[1]).isoformat() if found else _no_day(value)
    except ValueError:
        return _no_day(value)


def _no_day(value: str) -> str:
    raise Refusal("input.date", f'"published" must be a day written YYYY-MM-DD, not {value[:40]!r}')


def _decode(line: str) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError) as error:
        row = _decode_loosely(line, str(error))
    except RecursionError:
        raise Refusal("input.json", "nested too deeply to be an article") from None
    if not isinstance(row, dict):
        raise Refusal("input.json", f"a JSON object is needed, not {_kind(row)}")
    return row


def _decode_loosely(line: str, fault: str) -> Any:
    """Read what the strict decoder refused, so that a lone surrogate is told from broken JSON."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        at = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Refusal("input.json", f"broken JSON{at}: {_reason(error, fault)}") from None
    if isinstance(row, dict) and any(isinstance(v, str) and _SURROGATE.search(v) for v in row.values()):
        return row
    raise Refusal("input.json", f"broken JSON: {fault}")


def _reason(error: Exception, fault: str) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else fault


def _kind(value: object) -> str:
    """Name the JSON type of a value."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


__all__ = ["OPTIONAL", "REQUIRED", "Refusal", "article_of", "day_of", "read_line"]
