"""Of what kind a file is: by its name, and by its first bytes where the name does not say."""

from __future__ import annotations

import codecs
import re
import zlib
from pathlib import Path

from isnad.ingest.origin import GZIP_MAGIC

PEEK = 65_536
#: What a name tells for sure; `.json`, `.txt` and `.tsv` are below.
_NAMES = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".warc": "warc",
    ".urls": "urls",
}
#: Names that leave a choice: Telegram's export is JSON, a list of addresses is text.
_AMBIGUOUS = {".json": "json", ".txt": "text"}
_HTML_HEADS = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<body", b"<!--")
_CHATS = re.compile(rb'"(?:messages|chats|left_chats)"\s*:')
_ROW = re.compile(rb'"(?:doc_id|text)"\s*:')


def kind_by_name(path: Path, *, ambiguous: bool = False) -> str | None:
    """Return the kind that a name tells, None when the first bytes must decide.

    With `ambiguous`, names that leave a choice count as well.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    if not suffixes:
        return None
    found = _NAMES.get(suffixes[-1])
    return found or (_AMBIGUOUS.get(suffixes[-1]) if ambiguous else None)


def kind_by_head(head: bytes) -> str:
    """Tell the kind of a file by its first bytes, gzipped or not; text where nothing else fits."""
    if head.startswith(GZIP_MAGIC):
        head = _inflated(head)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"WARC/"):
        return "warc"
    if start[:200].lower().startswith(_HTML_HEADS):
        return "html"
    if start.startswith((b"{", b"[")):
        return _json_kind(start)
    return "urls" if _is_list(start) else "text"


def _json_kind(start: bytes) -> str:
    if start.startswith(b"["):
        return "json"
    first = start.split(b"\n", 1)[0].rstrip()
    if first.endswith(b"}") and _ROW.search(first):
        return "jsonl"
    found = _CHATS.search(start)
    row = _ROW.search(start)
    if found and (row is None or found.start() < row.start()):
        return "telegram"
    return "jsonl" if first.endswith(b"}") and len(first) > 2 else "json"


def _is_list(start: bytes) -> bool:
    """A list of addresses: every line that is complete is one, or a comment, and there is at least one."""
    lines = [line.strip() for line in start.split(b"\n")]
    lines = [line for line in (lines[:-1] if len(start) >= PEEK else lines) if line]
    links = [line for line in lines if line.lower().startswith((b"http://", b"https://"))]
    return bool(links) and all(line in links or line.startswith(b"#") for line in lines)


def _inflated(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, PEEK)
    except zlib.error:
        return b""


__all__ = ["PEEK", "kind_by_head", "kind_by_name"]
