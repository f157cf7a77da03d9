"""What every reader of an archive knows of the file before it, and the checks that every text passes."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import msgspec

from isnad.errors import Fault
from isnad.ingest.columns import Columns
from isnad.model.intake import Incoming

GZIP_MAGIC = b"\x1f\x8b"
_BUFFER = 1 << 18


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The file that is read.

    `path` names it in messages, `address` in the store (its absolute path).  `published` (ISO day) and `outlet` hold
    where the file states none.  `limit` bounds one report, in bytes; `fetched` is the ISO UTC instant of reading.
    """

    path: str
    address: str
    fetched: str
    limit: int
    published: str | None = None
    outlet: str | None = None
    columns: Columns = Columns()


class PassedOver(Fault, frozen=True, kw_only=True):
    """`count` things of one sort that hold no report and were left out, said once instead of `count` times."""

    count: int = 1


Item = Incoming | Fault
Reader = Callable[[io.BufferedReader, Origin], Iterator[Item]]


def unpacked(reader: Reader, stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield what `reader` finds in `stream`, which may be gzipped."""
    opened = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream), _BUFFER)
    if opened.peek(2)[:2] != GZIP_MAGIC:
        yield from reader(opened, origin)
        return
    try:
        with gzip.GzipFile(fileobj=opened) as packed:
            yield from reader(io.BufferedReader(cast(io.RawIOBase, packed), _BUFFER), origin)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Fault(path=origin.path, code="input.gzip", message=f"the compressed data is broken: {error}")


def now() -> str:
    """Return the present instant as it is stored: ISO, UTC, whole seconds."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def megabytes(count: int) -> str:
    """Return a number of bytes in words."""
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count} bytes"


def whole(stream: io.BufferedReader, origin: Origin) -> bytes | Fault:
    """Return all of `stream`, or the fault that it is longer than one report may be."""
    data = stream.read(origin.limit + 1)
    if len(data) <= origin.limit:
        return data
    return Fault(
        path=origin.path, code="input.too-large", message=f"longer than the limit of {megabytes(origin.limit)}"
    )


def what_is_wrong(incoming: Incoming) -> tuple[str, str] | None:
    """Return the code and the words for why a report cannot be stored, None when it can.

    A page that is still to be read (no text, but raw bytes) passes.
    """
    if not incoming.text.strip() and incoming.raw is None:
        return "input.empty", "the text is empty"
    for name in ("address", "text", "title", "outlet", "doc_id", "forwarded_from", "publisher"):
        value = getattr(incoming, name)
        if value is None:
            continue
        if "\0" in value:
            return "input.binary", f"the {name} holds a NUL character, which is no character of a text"
        if not _is_text(value):
            return "input.surrogate", f"the {name} holds half of a surrogate pair, which is no character"
    return None


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


__all__ = [
    "Item",
    "Origin",
    "PassedOver",
    "Reader",
    "megabytes",
    "now",
    "unpacked",
    "what_is_wrong",
    "whole",
]
