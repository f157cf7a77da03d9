"""Numbers out of claims: which are affirmed, the lowest of them, low, best and high.

A claim counts when somebody says or repeats the value of what is told as actual; denials stay in the claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from isnad.export.tables import acled_table
from isnad.model.incidents import Claim, Incident, Member

Range = tuple[int | None, int | None]


class Estimate(msgspec.Struct, frozen=True):
    """Low, best and high of a count of people (UCDP's three figures); low <= best <= high."""

    low: int
    best: int
    high: int


def affirmed(incident: Incident, field: str) -> Iterator[Claim]:
    """Yield the claims that state a value of `field` for what is told as having happened."""
    for claim in incident.claims:
        if claim.field == field and claim.says != "denies" and claim.status == "actual":
            yield claim


def ranges(incident: Incident, field: str) -> list[tuple[Range, str]]:
    """Return each affirmed range of a count with whose word it is; the summary where no claim states one."""
    found = [
        (bounds, voice(claim)) for claim in affirmed(incident, field) if (bounds := _range(claim.value)) is not None
    ]
    summary: Range | None = getattr(incident, field)
    return found or ([(summary, "")] if summary is not None else [])


def voice(claim: Claim) -> str:
    """Return whose word a claim is: the innermost speaker's party or words, else the outlet, else the article."""
    if claim.speaker is not None:
        return claim.speaker.party or claim.speaker.text
    return claim.outlet or claim.doc_id


def _range(value: object) -> Range | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    least, most = value
    if not all(bound is None or type(bound) is int for bound in value):
        return None
    return (least, most)


def told(incident: Incident) -> list[Member]:
    """Return the members that tell of the incident as having happened."""
    return [member for member in incident.members if member.part == "happening"]


def lowest(incident: Incident, field: str = "killed") -> int:
    """Return ACLED's figure: the lowest reported, vague words by its table, 0 when nothing is said."""
    return min((_acled_figure(bounds) for bounds, _ in ranges(incident, field)), default=0)


def _acled_figure(bounds: Range) -> int:
    for vague in acled_table().vague_figures:
        if vague.range == bounds:
            return vague.figure
    return bounds[0] or 0


def estimate(incident: Incident, field: str = "killed") -> Estimate | None:
    """Return low, best and high of a count; None when nobody states one.

    Low is the least and high the most that anyone states.  Best is the exact figure that most different speakers state,
    the lower one on a tie; where nobody is exact, it is low.
    """
    stated = ranges(incident, field)
    if not stated:
        return None
    low = min(least or 0 for (least, _), _ in stated)
    high = max(most if most is not None else (least or 0) for (least, most), _ in stated)
    voices: defaultdict[int, set[str]] = defaultdict(set)
    for (least, most), who in stated:
        if least is not None and least == most:
            voices[least].add(who)
    best = max(voices, key=lambda figure: (len(voices[figure]), -figure), default=low)
    return Estimate(low, best, high)


__all__ = ["Estimate", "Range", "affirmed", "estimate", "lowest", "ranges", "told", "voice"]
