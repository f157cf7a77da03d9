"""The body of an answer, unpacked while it streams, under limits on what is sent and on what it unpacks to."""

from __future__ import annotations

import http.client
import zlib
from typing import Protocol

import brotli

from isnad.ingest.fetch_errors import FetchError

_BLOCK = 65_536
_GZIP_MAGIC = b"\x1f\x8b"
#: What is asked for (Accept-Encoding).
ENCODINGS = "gzip, deflate, br"


class Unpacker(Protocol):
    """Bytes as sent in, bytes as meant out, never more than was room for."""

    def feed(self, data: bytes, room: int) -> bytes:
        """Return what `data` unpacks to, cut soon after `room` bytes; ValueError when it is broken."""

    def finish(self) -> None:
        """Raise ValueError when the data ended too early."""


class Plain:
    """Not packed."""

    def feed(self, data: bytes, room: int) -> bytes:
        """Return the data."""
        return data

    def finish(self) -> None:
        """Never too early."""


class Zip:
    """gzip (several members too) and deflate, with or without the zlib header, as servers disagree (RFC 9110 8.4.1)."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._engine = zlib.decompressobj(wbits=31) if gzip else None

    def feed(self, data: bytes, room: int) -> bytes:
        """Return what `data` unpacks to; ValueError when it is broken."""
        out: list[bytes] = []
        while data and room > 0:
            if self._engine is None:
                self._engine = zlib.decompressobj(wbits=15 if data[0] & 0x0F == 8 else -15)
            elif self._engine.eof:
                if not (self._gzip and data.startswith(_GZIP_MAGIC)):
                    break  # filling after the end
                self._engine = zlib.decompressobj(wbits=31)
            try:
                out.append(self._engine.decompress(data, room))
            except zlib.error as error:
                raise ValueError(str(error)) from None
            room -= len(out[-1])
            data = self._engine.unconsumed_tail or self._engine.unused_data
        return b"".join(out)

    def finish(self) -> None:
        """Raise ValueError when the data ended too early."""
        if self._engine is not None and not self._engine.eof:
            raise ValueError("it ends in the middle")


class Brotli:
    """br (RFC 7932)."""

    def __init__(self) -> None:
        self._engine = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        """Return what `data` unpacks to; ValueError when it is broken."""
        out: list[bytes] = []
        try:
            while room > 0:
                out.append(self._engine.process(data, output_buffer_limit=room))
                data = b""
                room -= len(out[-1])
                if self._engine.can_accept_more_data() or self._engine.is_finished():
                    break
        except brotli.error as error:
            raise ValueError(str(error)) from None
        return b"".join(out)

    def finish(self) -> None:
        """Raise ValueError when the data ended too early."""
        if not self._engine.is_finished():
            raise ValueError("it ends in the middle")


def unpacker_for(encoding: str | None) -> Unpacker:
    """Return the unpacker for a Content-Encoding; FetchError `fetch.encoding` when it is unknown or doubled."""
    name = (encoding or "").strip().lower()
    if name in ("", "identity"):
        return Plain()
    if name in ("gzip", "x-gzip", "deflate"):
        return Zip(gzip=name != "deflate")
    if name == "br":
        return Brotli()
    raise FetchError("fetch.encoding", f"the answer is packed in an unknown way: {name[:40]!r}")


def read_body(response: http.client.HTTPResponse, *, max_wire_bytes: int, max_bytes: int, cut: bool = False) -> bytes:
    """Read and unpack the body of `response`.

    Raises FetchError `fetch.too-large` as soon as a limit is passed (with `cut`, what fits is returned instead),
    `fetch.encoding` for broken packing and `fetch.protocol` for a body shorter than announced.
    """
    if not cut and response.length is not None and response.length > max_wire_bytes:
        raise _too_large("is announced with", max_wire_bytes)
    unpacker = unpacker_for(response.getheader("Content-Encoding"))
    out = bytearray()
    wire = 0
    try:
        while data := response.read1(_BLOCK):
            wire += len(data)
            out += unpacker.feed(data, max_bytes - len(out) + 1)
            if wire > max_wire_bytes or len(out) > max_bytes:
                if cut:
                    return bytes(out[:max_bytes])
                raise _too_large("has", max_wire_bytes) if wire > max_wire_bytes else _unpacked(max_bytes)
        if wire:
            unpacker.finish()
    except ValueError as error:
        raise FetchError("fetch.encoding", f"the compressed answer is broken: {error}") from None
    if response.length:
        raise FetchError("fetch.protocol", f"the answer broke off {response.length} bytes before its end")
    return bytes(out)


def _too_large(how: str, limit: int) -> FetchError:
    return FetchError("fetch.too-large", f"the answer {how} more than the limit of {limit / 1e6:g} MB")


def _unpacked(limit: int) -> FetchError:
    return FetchError("fetch.too-large", f"the answer unpacks to more than the limit of {limit / 1e6:g} MB")


__all__ = ["ENCODINGS", "read_body", "unpacker_for"]
