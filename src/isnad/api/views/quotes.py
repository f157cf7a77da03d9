"""Quotations: the words with a little of what stands around them, cut on the server by code points."""

from __future__ import annotations

from isnad.api.shapes.common import QuotePart

_AROUND = 160  # code points on either side; a sentence of news has about as many
_EDGES = ".!?؟\n"  # full stop, exclamation, question marks of both scripts, line end


def quote_of(text: str | None, start: int, end: int, *, words: str) -> tuple[QuotePart, ...]:
    """Return the words at `start` to `end` in their sentence; the words alone where the text is not at hand."""
    if text is None or not 0 <= start < end <= len(text):
        return (QuotePart(words[:2_000], True),)
    before = _after_edge(text[max(start - _AROUND, 0) : start])
    after = _to_edge(text[end : end + _AROUND])
    marked = text[start : min(end, start + 2_000)]
    parts = (QuotePart(before, False), QuotePart(marked, True), QuotePart(after, False))
    return tuple(part for part in parts if part.text)


def _after_edge(text: str) -> str:
    at = max(text.rfind(edge) for edge in _EDGES)
    return text[at + 1 :].lstrip() if at >= 0 else text


def _to_edge(text: str) -> str:
    found = [at for edge in _EDGES if (at := text.find(edge)) >= 0]
    return text[: min(found) + 1].rstrip("\n") if found else text


__all__ = ["quote_of"]
