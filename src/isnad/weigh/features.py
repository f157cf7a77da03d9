"""The named features of a pair of tellings, and what forbids joining them (DESIGN section 4)."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from isnad.weigh.days import relation as day_relation
from isnad.weigh.families import BY_ACTOR
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.spots import relation as place_relation
from isnad.weigh.tellings import Range, Telling
from isnad.weigh.wording import cosine, rare

#: Modes that different reports give to one attack; others of different name are different means.
_MEANS = (
    frozenset({"aerial", "drone"}),
    frozenset({"heavy-weapons", "aerial", "explosives"}),
    frozenset({"firearms", "targeted"}),
    frozenset({"explosives", "suicide-attack", "drone"}),
)
_SOON = 3  # days within which a happening is news
_LATE = 10
#: Shared rare words beyond this many add nothing.
_MOST_RARE = 8


class Pair(NamedTuple):
    """Features by name with their values, and the veto (None where there is none)."""

    features: list[tuple[str, float]]
    veto: str | None


def compare(one: Telling, two: Telling, kinds: PartyKinds, *, brief: bool = False) -> Pair:
    """Return what speaks for and against `one` and `two` telling of one happening.  Symmetric.

    With `brief` the features of a pair with a veto are left out: nothing depends on them.
    """
    if brief and (early := _kind_veto(one, two)):
        return Pair([], early)
    place, km = place_relation(one.spots, two.spots)
    day = day_relation(one.days, two.days)
    forbidden = veto(one, two, place=place, day=day)
    if brief and forbidden:
        return Pair([], forbidden)
    if place == "unknown" and (_names(one, two) or _names(two, one)):
        place = "named"
    out: list[tuple[str, float]] = [(f"place:{place}", 1.0), (f"day:{day}", 1.0)]
    if km is not None and place in ("close", "near"):
        out.append(("place-km", km / 10))
    reported = published(one, two)
    out.append((f"published:{reported}", 1.0))
    out.append((f"actors:{_parties(one.actors, two.actors, kinds)}", 1.0))
    out.append((f"recipients:{_parties(one.recipients, two.recipients, kinds)}", 1.0))
    out.append((f"killed:{_counts(one.killed, two.killed)}", 1.0))
    out.append((f"injured:{_counts(one.injured, two.injured)}", 1.0))
    out.append((f"detained:{_counts(one.detained, two.detained)}", 1.0))
    out.append((f"mode:{_modes(one.modes, two.modes)}", 1.0))
    out.append((f"lead:{int(one.lead) + int(two.lead)}", 1.0))
    shared = one.words & two.words
    alike, rarities = cosine(shared, one.length, two.length), float(min(_MOST_RARE, rare(shared)))
    out += [("wording", alike), ("rare-words", rarities)]
    if day == "unknown" and reported == "unknown":  # nothing tells when: only the words can tell it from another day
        out += [("timeless", 1.0), ("timeless-rare-words", rarities), (f"timeless-place:{place}", 1.0)]
    if one.copy is not None and one.copy == two.copy:
        out.append(("reprint", 1.0))
    if one.doc_id == two.doc_id:
        out.append(("one-article", 1.0))
    return Pair(out, forbidden)


def _names(one: Telling, two: Telling) -> bool:
    """Whether the place of `one` stands in the words of `two`, which has no place of its own."""
    return bool(one.place_words) and not two.spots and one.place_words <= two.scope


def veto(one: Telling, two: Telling, *, place: str, day: str) -> str | None:
    """Return why two tellings cannot be of one happening.

    different-family | different-actors | different-towns | different-area | different-days |
    total-and-part | told-before.
    """
    if kind := _kind_veto(one, two):
        return kind
    if place == "apart":
        return "different-towns"
    if place == "outside":
        return "different-area"
    if day == "apart":
        return "different-days"
    if one.days.period != two.days.period:
        return "total-and-part"
    if _told_before(one, two) or _told_before(two, one):
        return "told-before"
    return None


def _kind_veto(one: Telling, two: Telling) -> str | None:
    if one.family != two.family:
        return "different-family"
    return "different-actors" if one.family in BY_ACTOR and not one.actors & two.actors else None


def _told_before(report: Telling, other: Telling) -> bool:
    """Whether `report` was published before the day of the happening that `other` tells."""
    return (
        report.published is not None
        and other.days.known
        and other.days.first is not None
        and report.published < other.days.first - 1
    )


def published(one: Telling, two: Telling) -> str:
    """Return how the days of publication agree, or one of them with the other's day of the happening.

    day | soon | late | far | unknown, or fits-date, fits-weekday, misfit-date, misfit-weekday where one of them knows
    no more than a weekday or a day of a month; when both know the day of the happening it is left to that (`settled`).
    """
    if one.days.known and two.days.known:
        return "settled"
    anchors = [t.days.last if t.days.known and t.days.last is not None else t.published for t in (one, two)]
    if anchors[0] is None or anchors[1] is None:
        return _fit(anchors[0] or anchors[1], one if anchors[0] is None else two)
    gap = abs(anchors[0] - anchors[1])
    return "day" if gap <= 1 else "soon" if gap <= _SOON else "late" if gap <= _LATE else "far"


def _fit(anchor: int | None, partial: Telling) -> str:
    """Return how a day of publication agrees with the weekday or day of a month of a report that has none."""
    if anchor is None:
        return "unknown"
    near = [dt.date.fromordinal(n) for n in (anchor, anchor - 1)]
    days = partial.days
    if days.month_day:
        return "fits-date" if any((d.month, d.day) == days.month_day for d in near) else "misfit-date"
    if days.weekday is not None:
        return "fits-weekday" if any(d.weekday() == days.weekday for d in near) else "misfit-weekday"
    return "unknown"


def _parties(one: frozenset[str], two: frozenset[str], kinds: PartyKinds) -> str:
    if not one or not two:
        return "unknown"
    if one & two:
        return "civilians" if one & two == {"civilians"} else "same"
    if kinds.sides(one) & kinds.sides(two):
        return "allied"
    return "kind" if kinds.kinds(one) & kinds.kinds(two) else "different"


def _counts(one: Range | None, two: Range | None) -> str:
    """Return how two counts agree: same (one number) | meet | close (a toll that grew) | different | unknown."""
    if one is None or two is None:
        return "unknown"
    if one == two and one[0] == one[1] and one[0] is not None:
        return "same"
    low, high = max(one[0] or 0, two[0] or 0), min(_top(one), _top(two))
    if low <= high:
        return "meet"
    return "close" if low - high <= max(1, 0.5 * low) else "different"


def _top(given: Range) -> float:
    return float("inf") if given[1] is None else given[1]


def _modes(one: frozenset[str], two: frozenset[str]) -> str:
    if not one or not two:
        return "unknown"
    if one & two:
        return "same"
    return "kin" if any(one & means and two & means for means in _MEANS) else "different"


__all__ = ["Pair", "compare", "published", "veto"]
