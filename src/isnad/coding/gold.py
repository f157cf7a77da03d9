"""Gold articles: whole (CODEBOOK section 1), or as standoff codings of articles whose texts stay where they are.

A standoff line holds `doc_id`, a SHA-256 of the text, and events whose spans are [start, end] code points without
the words, so that codings can be kept in a repository that may not hold the texts:

    {"doc_id", "sha256", "events": [{"id", "trigger": [start, end], "type", "mode", "status", "same_as",
      "actors": [[start, end, id, framing]], "recipients": [...], "place": [start, end, name, country, level],
      "date": [start, end, first day, last day], "source": [start, end, kind], "killed": [least, most], ...}]}

Keys that were not coded are left out.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

_SPANS = {"place": ("name", "country", "level"), "source": ("kind",)}
_COUNTS = ("killed", "injured", "detained")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file, gzipped or not.  Raises OSError or msgspec.DecodeError."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            if line.strip():
                yield msgspec.json.decode(line)


def digest(text: str) -> str:
    """Return the SHA-256 by which a coding knows its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_standoff(path: Path, texts: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield the articles of a standoff file with their texts, in its order.

    Raises ValueError when a text is missing from `texts` or is not the one that was coded.
    """
    wanted = {record["doc_id"]: record for record in read_lines(path)}
    found = _texts(texts, set(wanted))
    for doc_id, record in wanted.items():
        article = found.get(doc_id)
        if article is None:
            raise ValueError(f"{path}: no text for {doc_id}")
        if digest(article["text"]) != record["sha256"]:
            raise ValueError(f"{path}: the text of {doc_id} is not the one that was coded")
        yield {**article, "events": [_whole(e, article["text"]) for e in record["events"]]}


def read_peaceful(path: Path, texts: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield the articles whose ids stand in `path`, one a line: news without any event."""
    ids = path.read_text(encoding="utf-8").split()
    found = _texts(texts, set(ids))
    for doc_id in ids:
        if doc_id in found:
            yield {**found[doc_id], "events": []}


def _texts(corpora: Sequence[Path], ids: set[str]) -> dict[str, dict[str, Any]]:
    return {record["doc_id"]: record for corpus in corpora for record in read_lines(corpus) if record["doc_id"] in ids}


def _whole(event: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a standoff event in the codebook's form."""
    out = dict(event)
    out["trigger"] = _span(event["trigger"], text)
    for role in ("actors", "recipients"):
        if role in event:
            out[role] = [{**_span(p, text), "id": p[2], "framing": p[3]} for p in event[role]]
    for field, names in _SPANS.items():
        if event.get(field):
            out[field] = {**_span(event[field], text), **dict(zip(names, event[field][2:], strict=True))}
    if event.get("date"):
        span = _span(event["date"], text)
        out["date"] = {"text": span["text"], "start": event["date"][2], "end": event["date"][3], "span": span}
    return out


def _span(value: Sequence[Any], text: str) -> dict[str, Any]:
    return {"text": text[value[0] : value[1]], "start": value[0], "end": value[1]}
