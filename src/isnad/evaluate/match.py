"""Which gold event a system event stands for, and when two values count as the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from isnad.evaluate.gold import GoldEvent, GoldPlace, GoldSpan

_STRIPPED = re.compile("[\u064b-\u065f\u0670\u0640]")  # harakat, dagger alif, tatweel
_LETTERS = str.maketrans("أإآٱىة", "اااايه")
_WORD = re.compile(r"\w+")
# The article ال, alone and behind و ف ب ك, and its contraction لل.
_ARTICLE = re.compile("^(?:وال|بال|فال|كال|لل|ال)")


class Worded(Protocol):
    """Anything with the words of the text."""

    @property
    def text(self) -> str | None: ...


def overlap(a: GoldSpan, b: GoldSpan) -> int:
    """Return how many code points two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def align(gold: Sequence[GoldEvent], system: Sequence[GoldEvent], *, by_type: bool) -> list[tuple[int, int]]:
    """Pair gold and system events one to one whose triggers overlap: the largest overlap first, then the nearest.

    With `by_type` only events of one type pair.  Returns indices into both sequences.
    """
    candidates: list[tuple[int, int, int, int]] = []
    for i, g in enumerate(gold):
        for j, s in enumerate(system):
            shared = overlap(g.trigger, s.trigger)
            if shared and (not by_type or g.type == s.type):
                candidates.append((shared, -abs(g.trigger.start - s.trigger.start), i, j))
    taken_gold: set[int] = set()
    taken_system: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(candidates, reverse=True):
        if i not in taken_gold and j not in taken_system:
            taken_gold.add(i)
            taken_system.add(j)
            pairs.append((i, j))
    return pairs


def content_words(text: str | None) -> frozenset[str]:
    """Return the words of `text` without vowels and articles, one spelling for each, for comparing values."""
    folded = _STRIPPED.sub("", text or "").lower().translate(_LETTERS)
    return frozenset(word for word in (_ARTICLE.sub("", w) for w in _WORD.findall(folded)) if word)


def same_words(a: Worded | None, b: Worded | None) -> bool:
    """Say whether two values share a word."""
    return a is not None and b is not None and bool(content_words(a.text) & content_words(b.text))


def same_place(a: GoldPlace | None, b: GoldPlace | None) -> bool:
    """Say whether two places share a word or have the same English name."""
    if a is None or b is None:
        return False
    return same_words(a, b) or (bool(a.name) and (a.name or "").casefold() == (b.name or "").casefold())


def chains(events: Sequence[GoldEvent]) -> dict[int, int]:
    """Return event id → id of the first mention of the same event, following `same_as`; loops end where they began."""
    parent = {event.id: event.same_as for event in events}
    return {event_id: _root(event_id, parent) for event_id in parent}


def _root(event_id: int, parent: dict[int, int | None]) -> int:
    seen: set[int] = set()
    up = parent.get(event_id)
    while up is not None and up in parent and event_id not in seen:
        seen.add(event_id)
        event_id = up
        up = parent.get(event_id)
    return event_id


__all__ = ["align", "chains", "content_words", "overlap", "same_place", "same_words"]
