"""What an `Incoming` is to the store: cleaned text, the hash of its content, the key of its address."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib

import msgspec
from msgspec import structs

from isnad.model.intake import Incoming

#: NUL and halves of surrogate pairs: no database keeps them in text.  One character for one, so that offsets hold.
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_LONGEST_ID = 200


class Content(msgspec.Struct, frozen=True, eq=False):
    """An `Incoming` ready to be stored: `incoming` is cleaned, `hash` and `key` are SHA-256 in hex."""

    incoming: Incoming
    hash: str
    key: str


def content_of(incoming: Incoming) -> Content:
    """Clean and hash what came in."""
    key = address_key(incoming.address)
    dirty = [
        name
        for name in _TEXTS
        if isinstance(value := getattr(incoming, name), str) and not value.isascii() and _UNKEEPABLE.search(value)
    ] + [name for name in _TEXTS if "\0" in (getattr(incoming, name) or "")]
    if dirty:
        incoming = structs.replace(incoming, **{name: clean(getattr(incoming, name)) for name in dirty})
    return Content(incoming, content_hash(incoming.title, incoming.text), key)


_TEXTS = tuple(name for name in Incoming.__struct_fields__ if name != "raw")


def address_key(address: str) -> str:
    """Return the key under which an address is found: its SHA-256 in hex, as addresses may be too long for an index."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def clean(text: str) -> str:
    """Return `text` with U+FFFD for what no database keeps."""
    return _UNKEEPABLE.sub("\ufffd", text)


def content_hash(title: str | None, text: str) -> str:
    """Return the SHA-256, in hex, of title and text in NFC with a NUL between them, in UTF-8."""
    whole = unicodedata.normalize("NFC", f"{title or ''}\0{text}")
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()


def outlet_id(name: str) -> str:
    """Return an outlet's id or domain as it is kept."""
    return name.strip()[:_LONGEST_ID]


def pack(raw: bytes) -> bytes:
    """Compress bytes as received."""
    return zlib.compress(raw, 6)


def unpack(data: bytes) -> bytes:
    """Undo `pack`.  ValueError when the data is damaged."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise ValueError(f"the compressed bytes are damaged: {error}") from error


__all__ = ["Content", "clean", "content_hash", "content_of", "outlet_id", "pack", "unpack"]
