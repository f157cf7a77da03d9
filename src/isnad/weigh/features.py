"""The named features of a pair of tellings, and what forbids joining them (DESIGN section 4)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from typing import NamedTuple, Protocol

from isnad.weigh.days import Days
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
MOST_RARE = 8


class Dated(Protocol):
    """What says when: a telling, or only that of it."""

    @property
    def days(self) -> Days: ...

    @property
    def published(self) -> int | None: ...


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
    if place == "unknown" and named(one, two):
        place = "named"
    out: list[tuple[str, float]] = [(f"place:{place}", 1.0), (f"day:{day}", 1.0)]
    if km is not None and place in ("close", "near"):
        out.append(("place-km", km / 10))
    reported = published(one, two)
    out.append((f"published:{reported}", 1.0))
    out.append((f"actors:{parties(one.actors, two.actors, kinds)}", 1.0))
    out.append((f"recipients:{parties(one.recipients, two.recipients, kinds)}", 1.0))
    out.append((f"killed:{counts(one.killed, two.killed)}", 1.0))
    out.append((f"injured:{counts(one.injured, two.injured)}", 1.0))
    out.append((f"detained:{counts(one.detained, two.detained)}", 1.0))
    out.append((f"mode:{modes(one.modes, two.modes)}", 1.0))
    out.append((f"lead:{int(one.lead) + int(two.lead)}", 1.0))
    shared = frozenset(one.words).intersection(two.words)
    alike, rarities = cosine(shared, one.length, two.length), float(min(MOST_RARE, rare(shared)))
    out += [("wording", alike), ("rare-words", rarities)]
    if day == "unknown" and reported == "unknown":  # nothing tells when: only the words can tell it from another day
        out += [("timeless", 1.0), ("timeless-rare-words", rarities), (f"timeless-place:{place}", 1.0)]
    if one.copy is not None and one.copy == two.copy:
        out.append(("reprint", 1.0))
    if one.doc_id == two.doc_id:
        out.append(("one-article", 1.0))
    return Pair(out, forbidden)


def named(one: Telling, two: Telling) -> bool:
    """Say whether the place of one stands in the words of the other, which has no place of its own."""
    return _names(one, two) or _names(two, one)


def _names(one: Telling, two: Telling) -> bool:
    return bool(one.place_words) and not two.spots and all(_stands(word, two.scope) for word in one.place_words)


def _stands(word: str, words: tuple[str, ...]) -> bool:
    """Whether a word is among sorted words."""
    at = bisect_left(words, word)
    return at < len(words) and words[at] == word


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
    if told_before(one, two) or told_before(two, one):
        return "told-before"
    return None


def _kind_veto(one: Telling, two: Telling) -> str | None:
    if one.family != two.family:
        return "different-family"
    return "different-actors" if one.family in BY_ACTOR and not one.actors & two.actors else None


def told_before(report: Dated, other: Dated) -> bool:
    """Say whether `report` was published before the day of the happening that `other` tells."""
    return (
        report.published is not None
        and other.days.known
        and other.days.first is not None
        and report.published < other.days.first - 1
    )


def published(one: Dated, two: Dated) -> str:
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


def _fit(anchor: int | None, partial: Dated) -> str:
    """Return how a day of publication agrees with the weekday or day of a month of a report that has none."""
    if anchor is None:
        return "unknown"
    near = [dt.date.fromordinal(n) for n in (anchor, anchor - 1)]
    days = partial.days
    if days.month_day:
        fits = any((d.month, d.day) == days.month_day and not days.misfit(d) for d in near)
        return "fits-date" if fits else "misfit-date"
    if days.weekday is not None:
        return "fits-weekday" if any(d.weekday() == days.weekday for d in near) else "misfit-weekday"
    return "unknown"


def parties(one: frozenset[str], two: frozenset[str], kinds: PartyKinds) -> str:
    """Return how two sets of parties agree: civilians | same | allied | kind | different | unknown."""
    if not one or not two:
        return "unknown"
    if one & two:
        return "civilians" if one & two == {"civilians"} else "same"
    if kinds.sides(one) & kinds.sides(two):
        return "allied"
    return "kind" if kinds.kinds(one) & kinds.kinds(two) else "different"


def counts(one: Range | None, two: Range | None) -> str:
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


def modes(one: frozenset[str], two: frozenset[str]) -> str:
    """Return how two sets of modes agree: same | kin (told of one attack) | different | unknown."""
    if not one or not two:
        return "unknown"
    if one & two:
        return "same"
    return "kin" if any(one & means and two & means for means in _MEANS) else "different"


__all__ = [
    "MOST_RARE",
    "Dated",
    "Pair",
    "compare",
    "counts",
    "modes",
    "named",
    "parties",
    "published",
    "told_before",
    "veto",
]
