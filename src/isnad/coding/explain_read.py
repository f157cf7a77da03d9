"""What was read in a text, as records of an explanation: words, speakers with their statements, status cues."""

from __future__ import annotations

from typing import Any

from isnad.coding.explained import Statement, StatusSeen, WordSeen
from isnad.coding.reading import Reading
from isnad.model import Span
from isnad.text import Words


def span_of(words: Words, first: int, last: int) -> Span:
    """Return words [first, last) as a span of the text; empty where there is none."""
    last = min(last, len(words))
    if first >= last:
        return Span("", 0, 0)
    return Span(words.surface(first, last), words.start[first], words.end[last - 1])


def read_of(reading: Reading) -> dict[str, Any]:
    """Return the fields of an `Explanation` that tell what was read, by name."""
    return {
        "words": _words(reading),
        "parties": tuple(reading.parties),
        "places": tuple(reading.places),
        "dates": tuple(reading.dates),
        "counts": tuple(reading.counts),
        "statements": _statements(reading),
        "status_cues": _status_cues(reading),
    }


def _words(reading: Reading) -> tuple[WordSeen, ...]:
    words = reading.words
    return tuple(
        WordSeen(
            text=words.surface(i, i + 1),
            start=words.start[i],
            end=words.end[i],
            kind=kind.kind.name.lower(),
            mark="furniture" if reading.inert[i] else "quoted" if reading.quoted[i] else None,
        )
        for i, kind in enumerate(words.types)
    )


def _statements(reading: Reading) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            speaker=Span(a.text, a.start, a.end),
            kind=a.kind,
            verb=a.verb.text if a.verb else None,
            via=a.via.text if a.via else None,
            party=a.party,
            says=span_of(reading.words, a.scope_first, a.scope_last),
        )
        for a in reading.attributions
    )


def _status_cues(reading: Reading) -> tuple[StatusSeen, ...]:
    return tuple(
        StatusSeen(
            cue=Span(c.text, c.start, c.end),
            status=c.status,
            rule=c.rule,
            covers=span_of(reading.words, c.scope_first, c.scope_last),
        )
        for c in reading.cues
    )


__all__ = ["read_of", "span_of"]
