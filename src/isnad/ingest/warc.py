"""WARC files (ISO 28500), plain, gzipped by record or as a whole: the HTML pages of their responses.

A page comes out unread (`text` empty, `raw` the body without its HTTP coding, `media_type` with the character set):
finding the main text is the costly part and is done by the processes that code.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Generator, Iterator
from typing import BinaryIO

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from isnad.errors import Fault
from isnad.ingest.origin import GZIP_MAGIC, Item, Origin, PassedOver, megabytes
from isnad.model.intake import Incoming

SOURCE = "warc"
HTML = frozenset({"text/html", "application/xhtml+xml"})
_TYPES = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource
_HTML_HEADS = (b"<!doctype html", b"<html", b"<head", b"<body")
_PLAIN_START = b"WARC/1."
_GZIP_START = GZIP_MAGIC + b"\x08"
_BLOCK = 1 << 20
#: Payloads whose place is remembered for the revisits of the same file (about 100 bytes each).
_MOST_REMEMBERED = 500_000
_NOTES = {
    "kind": "records that are no HTML page were passed over",
    "status": "answers that are no page (redirects, errors) were passed over",
    "revisit": "revisits of pages that had not changed were passed over",
    "elsewhere": "revisits of pages that are not in this file were passed over",
}


class _Broken(Exception):
    """Why a record cannot be read: a code and words; `again` when its end is not to be trusted: search for the next."""

    def __init__(self, code: str, message: str, *, again: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.again = again


class _State(msgspec.Struct):
    """What is remembered of a file: payload digest → place of its record, and what was passed over."""

    origin: Origin
    places: dict[str, tuple[int, str]] = {}
    passed: Counter[str] = msgspec.field(default_factory=Counter)
    records: int = 0

    def pass_over(self, sort: str) -> Incoming | None:
        """Count a record of this sort; there is no report in it."""
        self.passed[sort] += 1
        return None


def read_warc(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the pages of a WARC file, a fault for each broken stretch, and how many records were passed over.

    `stream` must be seekable and is not unpacked by the caller.
    """
    state, start = _State(origin=origin), 0
    packed = stream.read(2) == GZIP_MAGIC
    while True:
        resume = yield from _stretch(stream, start, state)
        if resume is None:
            break
        found = _next_start(stream, resume, packed=packed)
        if found is None:
            break
        start = found
    if state.records == 0:
        yield Fault(path=origin.path, code="input.warc", message="no response record: not a WARC file of pages")
    for sort, count in sorted(state.passed.items()):
        yield PassedOver(
            path=origin.path, code=f"input.{_CODES[sort]}", message=f"{count:,} {_NOTES[sort]}",
            count=count, skipped=False,
        )  # fmt: skip


_CODES = {"kind": "no-page", "status": "no-page", "revisit": "revisit", "elsewhere": "revisit"}


def _stretch(stream: BinaryIO, start: int, state: _State) -> Generator[Item, None, int | None]:
    """Yield the items from `start` on; the value returned is where to search after a break, None at the end."""
    stream.seek(start)
    at, uri = start, ""
    try:
        for record in ArchiveIterator(stream, record_types=_TYPES, parse_http=False, fsspec_args=False):
            at, uri = start + record.stream_pos, _uri(record)
            state.records += 1
            try:
                item = _item(record, at, state, stream)
            except _Broken as broken:
                yield Fault(path=_where(state, uri, at), code=broken.code, message=str(broken))
                if broken.again:
                    return at + 1
                continue
            if item is not None:
                yield item
    except OSError as error:
        if uri or start == 0:  # else the search met a false start inside the stretch that is named already
            after = f" after {uri}" if uri else ""
            message = f"broken at or after byte {at:,}{after}: {str(error).strip()[:120]}"
            yield Fault(path=state.origin.path, code="input.warc", message=message)
        return at + 1
    return None


def _item(record: WarcRecord, at: int, state: _State, stream: BinaryIO) -> Incoming | None:
    if record.record_type == WarcRecordType.revisit:
        return _revisited(record, state, stream)
    page = _page(record, state)
    digest = record.headers.get("WARC-Payload-Digest")
    if page is not None and digest and len(state.places) < _MOST_REMEMBERED:
        state.places.setdefault(digest, (at, page.address))
    return page


def _page(record: WarcRecord, state: _State) -> Incoming | None:
    limit = state.origin.limit
    response = record.record_type == WarcRecordType.response
    if record.content_length > 2 * limit:
        if response:
            record.parse_http(auto_decode="none")
        if _media_type(record) in HTML:
            raise _Broken("input.too-large", f"the page is longer than the limit of {megabytes(limit)}")
        return state.pass_over("kind")
    block = record.reader.read()
    _check_block(record, block)
    record.set_bytes_content(block)
    if response:
        _parse_http(record)
        if record.http_headers is not None and record.http_headers.status_code != 200:
            return state.pass_over("status")
    body = _body(record, limit)
    if not _is_html(record, body):
        return state.pass_over("kind")
    if len(body) > limit:
        raise _Broken("input.too-large", f"the page is longer than the limit of {megabytes(limit)}")
    charset = record.http_charset if response else None
    return Incoming(
        address=_uri(record),
        text="",
        source=SOURCE,
        fetched=(record.headers.get("WARC-Date") or state.origin.fetched).strip()[:19].rstrip("Z") + "Z",
        published=state.origin.published,
        outlet=state.origin.outlet,
        raw=body,
        media_type=f"text/html; charset={charset}" if charset else "text/html",
    )


def _revisited(record: WarcRecord, state: _State, stream: BinaryIO) -> Incoming | None:
    """The same content at another address is one more address of the article; at the same one it is nothing new."""
    uri = _uri(record)
    referred = (record.headers.get("WARC-Refers-To-Target-URI") or "").strip().strip("<>")
    place = state.places.get(record.headers.get("WARC-Payload-Digest") or "")
    if uri in (referred, place[1] if place else None):
        return state.pass_over("revisit")
    page = _page_at(stream, place, state) if place else None
    if page is None:
        return state.pass_over("elsewhere")
    date = (record.headers.get("WARC-Date") or page.fetched).strip()[:19].rstrip("Z") + "Z"
    return msgspec.structs.replace(page, address=uri, fetched=date)


def _page_at(stream: BinaryIO, place: tuple[int, str], state: _State) -> Incoming | None:
    """Read the page at `place` once more, with the stream left where it was."""
    position = stream.seek(0, io.SEEK_CUR)
    try:
        stream.seek(place[0])
        record = next(iter(ArchiveIterator(stream, record_types=_TYPES, parse_http=False, fsspec_args=False)), None)
        if record is None or _uri(record) != place[1]:  # packed as one piece: its records have no places
            return None
        return _page(record, state)
    except (OSError, _Broken):
        return None
    finally:
        stream.seek(position)


def _check_block(record: WarcRecord, block: bytes) -> None:
    if len(block) < record.content_length:
        raise _Broken("input.warc", f"cut off: {len(block):,} of {record.content_length:,} bytes are there", again=True)
    inside = block.find(b"\r\n\r\n" + _PLAIN_START)
    if inside >= 0 and b"WARC-Type:" in block[inside : inside + 2000]:
        raise _Broken("input.warc", "its stated length reaches into the next record", again=True)


def _parse_http(record: WarcRecord) -> None:
    try:
        record.parse_http(auto_decode="all")
    except (OSError, ValueError) as error:
        raise _Broken("input.warc", f"broken HTTP headers or coding: {error}", again=True) from None
    if record.http_headers is None or record.http_headers.status_code is None:
        raise _Broken("input.warc", "no HTTP answer in the record", again=True)


def _body(record: WarcRecord, limit: int) -> bytes:
    try:
        body: bytes = record.reader.read(limit + 1)
    except OSError as error:
        raise _Broken("input.warc", f"broken content coding: {error}") from None
    return body


def _media_type(record: WarcRecord) -> str | None:
    if record.record_type == WarcRecordType.response:
        stated = record.http_content_type
    else:
        stated = record.headers.get("Content-Type")
    return stated.partition(";")[0].strip().lower() if stated else None


def _is_html(record: WarcRecord, body: bytes) -> bool:
    stated = _media_type(record)
    return stated in HTML or (stated is None and body[:200].lstrip().lower().startswith(_HTML_HEADS))


def _uri(record: WarcRecord) -> str:
    """Return the address of a record; old writers put it in angle brackets."""
    return (record.headers.get("WARC-Target-URI") or "").strip().strip("<>").split("\n")[0].strip()


def _where(state: _State, uri: str, at: int) -> str:
    return f"{state.origin.path}@{at} ({uri})" if uri else f"{state.origin.path}@{at}"


def _next_start(stream: BinaryIO, position: int, *, packed: bool) -> int | None:
    """Return where the next record may begin at or after `position`: its first line, or a gzip header."""
    mark = _GZIP_START if packed else _PLAIN_START
    stream.seek(position)
    kept = b""
    while block := stream.read(_BLOCK):
        data = kept + block
        found = data.find(mark)
        if found >= 0:
            return position - len(kept) + found
        position += len(block)
        kept = data[-len(mark) + 1 :]
    return None


__all__ = ["HTML", "read_warc"]
