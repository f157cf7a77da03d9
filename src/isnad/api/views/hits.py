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
    """Return the marked words with what stands around them; the beginning of the text where there are none."""
    out: list[HitSegment] = []
    at = 0
    shown = marks[:_MOST]
    if not shown:
        return (HitSegment(text[: 2 * _AROUND], False),)
    for mark in shown:
        before = max(at, mark.start - _AROUND)
        if before > at:
            out.append(HitSegment(text[at : min(at + _AROUND, before)] if at else "", False))
            out.append(HitSegment(_GAP if out or at == 0 else "", False))
        out.append(HitSegment(text[before : mark.start], False))
        out.append(HitSegment(text[mark.start : mark.end], True))
        at = mark.end
    out.append(HitSegment(text[at : at + _AROUND], False))
    return _joined(out)


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
