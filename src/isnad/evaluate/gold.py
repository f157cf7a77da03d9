"""Gold and system files: one JSON object a document, in the form of CODEBOOK section 1.

Only the keys that are scored are read, and leniently, so that gold, isnad's own output and another program's can
all be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from isnad.errors import GoldError
from isnad.model import CodedArticle


class GoldSpan(msgspec.Struct, frozen=True):
    """Where a trigger stands, in code points."""

    start: int
    end: int
    text: str = ""


class GoldParty(msgspec.Struct, frozen=True):
    """A party as scored: its neutral id and the loaded word."""

    id: str | None = None
    framing: str | None = None


class GoldPlace(msgspec.Struct, frozen=True):
    """A place as scored: its words and its English name."""

    text: str | None = None
    name: str | None = None


class GoldDate(msgspec.Struct, frozen=True):
    """First and last ISO day, None when not settled."""

    start: str | None = None
    end: str | None = None


class GoldSource(msgspec.Struct, frozen=True):
    """Who vouches, in the text's words."""

    text: str | None = None


Count = tuple[int | None, int | None]


class GoldEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event mention as scored."""

    id: int
    trigger: GoldSpan
    type: str
    mode: str | None = None
    status: str | None = None
    actors: tuple[GoldParty, ...] | None = ()
    recipients: tuple[GoldParty, ...] | None = ()
    place: GoldPlace | None = None
    date: GoldDate | None = None
    killed: Count | None = None
    injured: Count | None = None
    detained: Count | None = None
    source: GoldSource | None = None
    same_as: int | None = None


class GoldDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document with its events; `text` and what is known of it are there when it can be coded anew."""

    doc_id: str
    events: tuple[GoldEvent, ...] = ()
    text: str = ""
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


def read_gold(path: Path) -> list[GoldDocument]:
    """Return the documents of a JSONL file in its order; GoldError names file and line of what cannot be read."""
    return list(_documents(path))


def _documents(path: Path) -> Iterator[GoldDocument]:
    decoder = msgspec.json.Decoder(GoldDocument)
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _document(decoder, line, where=f"{path}:{number}")
    except OSError as error:
        raise GoldError(f"{path}: cannot be opened: {(error.strerror or str(error)).lower()}") from None


def _document(decoder: msgspec.json.Decoder[GoldDocument], line: bytes, *, where: str) -> GoldDocument:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise GoldError(f"{where}: not a coded document: {error}") from None


def as_scored(coded: CodedArticle) -> GoldDocument:
    """Return isnad's own record in the form that is scored."""
    return msgspec.convert(msgspec.to_builtins(coded), GoldDocument)


__all__ = ["GoldDocument", "GoldEvent", "GoldParty", "GoldSpan", "as_scored", "read_gold"]
