"""Search hits: the passages that answer, not the whole text."""

from __future__ import annotations

from isnad.api.shapes.articles import Hit, HitSegment
from isnad.api.views.naming import Naming
from isnad.store import Hit as StoredHit
from isnad.store import Mark

_AROUND = 60
_MOST = 12  # marks shown
_GAP = " … "


def hit_view(hit: StoredHit, naming: Naming) -> Hit:
    """Return a hit with its passages."""
    return Hit(
        article=str(hit.article),
        title=hit.title,
        outlet=naming.outlet_or_none(hit.outlet),
        published=hit.published,
        segments=passages(hit.text, hit.marks),
    )


def passages(text: str, marks: tuple[Mark, ...]) -> tuple[HitSegment, ...]:
    """Return the marked words with what stands around them, in whole words, an ellipsis where some of the text is
    left out; the beginning of the text where there are no marks."""
    shown = marks[:_MOST]
    if not shown:
        end = _word_end(text, 2 * _AROUND, 0)
        return _joined([HitSegment(text[:end], False), HitSegment(_GAP if end < len(text) else "", False)])
    out: list[HitSegment] = []
    at = shown_to = 0  # the end of the mark before, and of what is shown after it
    for mark in shown:
        before = _word_start(text, mark.start - _AROUND, mark.start)
        if before > shown_to:
            out += [HitSegment(text[at:shown_to], False), HitSegment(_GAP, False)]
            at = before
        out += [HitSegment(text[at : mark.start], False), HitSegment(text[mark.start : mark.end], True)]
        at, shown_to = mark.end, _word_end(text, mark.end + _AROUND, mark.end)
    return _joined(
        [*out, HitSegment(text[at:shown_to], False), HitSegment(_GAP if shown_to < len(text) else "", False)]
    )


def _word_start(text: str, at: int, most: int) -> int:
    """Return where the first whole word from `at` on begins, `most` for want of one."""
    if at <= 0:
        return 0
    while at < most and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, least: int) -> int:
    """Return where the last whole word up to `at` ends, `least` for want of one."""
    if at >= len(text):
        return len(text)
    while at > least and not text[at].isspace():
        at -= 1
    return at


def _joined(parts: list[HitSegment]) -> tuple[HitSegment, ...]:
    out: list[HitSegment] = []
    for part in parts:
        if not part.text:
            continue
        if out and not part.hit and not out[-1].hit:
            out[-1] = HitSegment(out[-1].text + part.text, False)
        else:
            out.append(part)
    return tuple(out)


__all__ = ["hit_view", "passages"]
