"""Files that hold one report (text, a saved page), and JSON files with one or a list of them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import msgspec

from isnad.errors import Fault
from isnad.ingest.encoding import decode
from isnad.ingest.jsonl import Refusal, article_of
from isnad.ingest.origin import Item, Origin, whole
from isnad.model import Article
from isnad.model.intake import Incoming

SOURCE = "file"


def read_text_file(stream: io.BufferedReader, origin: Origin) -> Iterator[Item]:
    """A plain text file is one report, as received; the bytes are kept where the text is not simply them."""
    data = whole(stream, origin)
    if isinstance(data, Fault):
        yield data
        return
    text, fault = decode(data, path=origin.path)
    if fault is not None:
        yield fault
    if text is None:
        return
    if not text.strip():
        yield Fault(path=origin.path, code="input.empty", message="the file is empty")
        return
    yield Incoming(
        address=origin.address,
        text=text,
        source=SOURCE,
        fetched=origin.fetched,
        published=origin.published,
        outlet=origin.outlet,
        raw=data if fault is not None else None,
        media_type="text/plain" if fault is not None else None,
    )


def read_html(stream: io.BufferedReader, origin: Origin) -> Iterator[Item]:
    """A saved page comes out unread: its bytes."""
    data = whole(stream, origin)
    if isinstance(data, Fault):
        yield data
        return
    if not data.strip():
        yield Fault(path=origin.path, code="input.empty", message="the file is empty")
        return
    yield Incoming(
        address=origin.address,
        text="",
        source=SOURCE,
        fetched=origin.fetched,
        published=origin.published,
        outlet=origin.outlet,
        raw=data,
        media_type="text/html",
    )


def read_json(stream: io.BufferedReader, origin: Origin) -> Iterator[Item]:
    """A JSON file is one report or a list of them, with the keys of JSONL."""
    data = whole(stream, origin)
    if isinstance(data, Fault):
        yield data
        return
    text, fault = decode(data, path=origin.path)
    if fault is not None:
        yield fault
    if text is None:
        return
    try:
        tree = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        yield Fault(path=origin.path, code="input.json", message=f"broken JSON: {error}")
        return
    for number, row in enumerate(tree if isinstance(tree, list) else [tree], start=1):
        yield _row(row, number, origin)


def _row(row: object, number: int, origin: Origin) -> Item:
    where = f"{origin.path} (item {number})"
    defaults = Article(doc_id="", text="", published=origin.published, outlet=origin.outlet)
    try:
        if not isinstance(row, dict):
            raise Refusal("input.json", "an article must be a JSON object")
        article = article_of(row, defaults=defaults)
    except Refusal as refusal:
        return Fault(path=where, code=refusal.code, message=str(refusal))
    web = article.url is not None and article.url.startswith(("http://", "https://"))
    return Incoming(
        address=article.url if web and article.url else f"{origin.address}#{article.doc_id}",
        text=article.text,
        source=SOURCE,
        fetched=origin.fetched,
        doc_id=article.doc_id,
        title=article.title,
        published=article.published,
        outlet=article.outlet,
    )


__all__ = ["read_html", "read_json", "read_text_file"]
