"""In which encoding a table is written, told by its beginning, so that the rest can be read as a stream."""

from __future__ import annotations

import codecs

from isnad.errors import Fault
from isnad.ingest.encoding import CODE_PAGES, decode

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(head: bytes, *, path: str) -> tuple[str | None, Fault | None]:
    """Return the name of the encoding and what is to be said about it; the name is None when it cannot be told.

    NUL characters in a table that is otherwise text are left to the rows they stand in.
    """
    for mark, name in _MARKED:
        if head.startswith(mark):
            return name, None
    lines = head[: head.rfind(b"\n") + 1] or _whole_characters(head)
    if not lines:
        return "utf-8", None
    sample = lines.replace(b"\0", b"") if lines.count(b"\0") < len(lines) // 100 else lines
    text, fault = decode(sample, path=path)
    if text is None or fault is None:
        return ("utf-8" if text is not None else None), fault
    page = next((name for name in CODE_PAGES if sample.decode(name, errors="replace") == text), None)
    return page, fault


def _whole_characters(head: bytes) -> bytes:
    """Cut an unfinished UTF-8 character off the end (a sample may end inside one)."""
    for size in range(1, min(4, len(head)) + 1):
        byte = head[-size]
        if byte >= 0xC0:
            return head[:-size] if size < _length(byte) else head
        if byte < 0x80:
            break
    return head


def _length(first: int) -> int:
    return 2 if first < 0xE0 else 3 if first < 0xF0 else 4


__all__ = ["encoding_of"]
