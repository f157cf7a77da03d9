"""Files, folders and standard input to articles; what cannot be taken becomes a `Fault` and the rest goes on.

Text, HTML and JSONL, each plain or gzipped.  The kind is told by the name (.txt .html .htm .jsonl .ndjson .json, with
.gz), and by the first bytes where the name does not say.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
from msgspec import structs

from isnad.errors import Fault
from isnad.ingest.encoding import decode
from isnad.ingest.fetch_text import read_text
from isnad.ingest.html import Page, read_page
from isnad.ingest.jsonl import Refusal, article_of, read_line
from isnad.lexicon.outlets import Outlets
from isnad.model import Article
from isnad.settings import Settings

STANDARD_INPUT = "-"
KINDS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
GZIP_MAGIC = b"\x1f\x8b"
_HTML_HEADS = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<body", b"<!--")
_PEEK = 65_536


class Received(Article, frozen=True, kw_only=True):
    """An article and where it came from: file, and line in it where the file holds several."""

    path: str
    line: int | None = None


class _Source(msgspec.Struct, frozen=True, kw_only=True):
    """One stream to read: its name in messages, its id as a document, its kind, limits and defaults."""

    path: str
    doc_id: str
    kind: str | None
    limit: int
    defaults: Article


def read_articles(
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    settings: Settings = Settings(),  # noqa: B008 (frozen)
) -> Iterator[Received | Fault]:
    """Yield the articles under `paths` in order, and a fault for everything that cannot be taken as it is.

    `published` and `outlet` are used for articles that do not state their own.  `-` is standard input.  A folder
    is read recursively in the order of names; files in it of other kinds and hidden ones are passed over.
    """
    defaults = Article(doc_id="", text="", published=published, outlet=outlet)
    for path in paths:
        if str(path) == STANDARD_INPUT:
            source = _Source(
                path="<stdin>", doc_id="stdin", kind=None, limit=settings.max_article_bytes, defaults=defaults
            )
            yield from _read_stream(sys.stdin.buffer, source)
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), settings=settings, defaults=defaults)
        else:
            yield from _read_path(Path(path), doc_id=Path(path).name, settings=settings, defaults=defaults)


def kind_of(path: Path) -> str | None:
    """Return text | html | jsonl | json by the file's name, None when the name does not say."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return KINDS.get(suffixes[-1]) if suffixes else None


def _read_folder(folder: Path, *, settings: Settings, defaults: Article) -> Iterator[Received | Fault]:
    found = False
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            if name.startswith(".") or kind_of(path) is None:
                continue
            found = True
            doc_id = path.relative_to(folder).as_posix()
            yield from _read_path(path, doc_id=doc_id, settings=settings, defaults=defaults)
    if not found:
        yield Fault(
            path=str(folder), code="input.nothing", message="no text, HTML or JSONL file in this folder"
        )


def _read_path(
    path: Path, *, doc_id: str, settings: Settings, defaults: Article
) -> Iterator[Received | Fault]:
    source = _Source(
        path=str(path), doc_id=doc_id, kind=kind_of(path), limit=settings.max_article_bytes, defaults=defaults
    )
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, source)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Fault(path=str(path), code="input.not-found", message=f"cannot be opened: {reason}")


def _read_stream(stream: BinaryIO, source: _Source) -> Iterator[Received | Fault]:
    """Unpack where needed, tell the kind, and hand on to the reader of that kind."""
    try:
        opened = _buffered(stream)
        if opened.peek(2)[:2] == GZIP_MAGIC:
            opened = _buffered(gzip.GzipFile(fileobj=opened))
        kind = source.kind or _sniff(opened.peek(_PEEK))
        yield from _READERS[kind](opened, source)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Fault(path=source.path, code="input.gzip", message=f"the compressed data is broken: {error}")


def _buffered(stream: object) -> io.BufferedReader:
    """Return `stream` as one that can be peeked into."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast(io.RawIOBase, stream), buffer_size=_PEEK)


def _sniff(head: bytes) -> str:
    """Tell the kind of a stream without a telling name by its first bytes."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    if start.startswith(_HTML_HEADS):
        return "html"
    if start.startswith(b"{"):
        return "jsonl"
    return "json" if start.startswith(b"[{") else "text"


def _read_text(stream: io.BufferedReader, source: _Source) -> Iterator[Received | Fault]:
    """A plain text file is one article, as received."""
    text = yield from _whole(stream, source)
    if text is not None:
        yield _checked(structs.replace(source.defaults, doc_id=source.doc_id, text=text), source)


def _read_html(stream: io.BufferedReader, source: _Source) -> Iterator[Received | Fault]:
    """A saved page is one article: its main text."""
    html = yield from _whole(stream, source)
    if html is None:
        return
    page = read_page(html)
    if page is None:
        yield Fault(path=source.path, code="input.html", message="no main text was found in this page")
        return
    article = Article(
        doc_id=source.doc_id,
        text=page.text,
        published=page.published or source.defaults.published,
        outlet=source.defaults.outlet or _outlet_of(page),
        title=page.title,
        url=page.url,
    )
    yield _checked(article, source)


def _outlet_of(page: Page) -> str | None:
    """Return the id of the outlet that the page names, else the host of its address."""
    outlet = Outlets.load().find(page.site, address=page.url)
    return outlet.id if outlet else page.domain


def _read_json(stream: io.BufferedReader, source: _Source) -> Iterator[Received | Fault]:
    """A JSON file is one article, a list of them, or JSONL under another name."""
    text = yield from _whole(stream, source)
    if text is None:
        return
    try:
        tree = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield _received(
                    read_line(line, path=source.path, number=number, defaults=source.defaults),
                    source.path,
                    number,
                )
        return
    for row in tree if isinstance(tree, list) else [tree]:
        try:
            if not isinstance(row, dict):
                raise Refusal("input.json", "an article must be a JSON object")
            yield _received(article_of(row, defaults=source.defaults), source.path)
        except Refusal as refusal:
            doc_id = row.get("doc_id") if isinstance(row, dict) else None
            name = doc_id if isinstance(doc_id, str) else None
            yield Fault(path=source.path, code=refusal.code, message=str(refusal), doc_id=name)


def _read_lines(stream: io.BufferedReader, source: _Source) -> Iterator[Received | Fault]:
    """JSONL: one article a line, however long the file; blank lines are passed over."""
    number, seen, noted = 0, False, False
    while data := stream.readline(source.limit + 1):
        number += 1
        if len(data) > source.limit and not data.endswith(b"\n"):
            length = len(data) + _skip_line(stream)
            message = f"the line is {_megabytes(length)} long, the limit is {_megabytes(source.limit)}"
            yield Fault(path=source.path, line=number, code="input.too-large", message=message)
            seen = True
            continue
        if not data.strip():
            continue
        seen = True
        line, fault = decode(data, path=source.path, line=number)
        if fault is not None and (line is None or not noted):
            yield fault
            noted = noted or line is not None  # a whole file in an old code page is said once
        if line is not None:
            yield _received(
                read_line(line, path=source.path, number=number, defaults=source.defaults),
                source.path,
                number,
            )
    if not seen:
        yield Fault(path=source.path, code="input.empty", message="the file is empty")


def _whole(stream: io.BufferedReader, source: _Source) -> Generator[Fault, None, str | None]:
    """Read and decode a whole stream: faults are yielded, the text (None when refused) is returned."""
    data = stream.read(source.limit + 1)
    if len(data) > source.limit:
        message = f"the file is longer than the limit of {_megabytes(source.limit)}"
        yield Fault(path=source.path, code="input.too-large", message=message)
        return None
    if source.kind == "html":
        text, fault = read_text(data, charset=None, path=source.path)
    else:
        text, fault = decode(data, path=source.path)
    if fault is not None:
        yield fault
    return text


def _checked(article: Article, source: _Source) -> Received | Fault:
    if article.text.strip():
        return _received(article, source.path)
    return Fault(path=source.path, code="input.empty", message="the file is empty")


def _received(article: Article | Fault, path: str, line: int | None = None) -> Received | Fault:
    """Note on an article where it came from; a fault already says so."""
    return (
        article if isinstance(article, Fault) else Received(**structs.asdict(article), path=path, line=line)
    )


def _skip_line(stream: io.BufferedReader) -> int:
    """Read to the end of the line without keeping it; return how many bytes that were."""
    length = 0
    while data := stream.readline(1 << 20):
        length += len(data)
        if data.endswith(b"\n"):
            break
    return length


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count} bytes"


_READERS: dict[str, Callable[[io.BufferedReader, _Source], Iterator[Received | Fault]]] = {
    "text": _read_text,
    "html": _read_html,
    "json": _read_json,
    "jsonl": _read_lines,
}

__all__ = ["KINDS", "STANDARD_INPUT", "Received", "kind_of", "read_articles"]
