"""The one value shown for each field of an incident, and the rule that chose it.  The claims stay beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from isnad.model import Place
from isnad.model.incidents import Value
from isnad.weigh.days import Days
from isnad.weigh.spots import Spot, Where, distance, where_of
from isnad.weigh.tellings import Range, Telling

#: Parties of an incident are those that this share of the tellings with parties names.
_SHARE = 0.34
_NEAR_KM = 12.0
_NAMED = 4  # one in so many of a telling's mentions with a place: fewer may be of something beside it
_ASIDE = 0.5  # of a vote: for a place that a telling names beside another, or only in its words


class Day(msgspec.Struct, frozen=True):
    """First and last ISO day of a happening."""

    start: str
    end: str


def date_of(tellings: Sequence[Telling]) -> Value:
    """Return {start, end} and the rule.

    `day.most-named` the day most tellings give, of equals the narrowest, then the earliest; `day.words-and-publication`
    a weekday or day of the month in one telling against the first publication; `day.not-told` where only publication
    is known (it bounds the day and is not the day: see `reported_of`); `day.unknown`.
    """
    known = Counter((t.days.first, t.days.last) for t in tellings if t.days.known)
    if known:
        best = max(known, key=lambda k: (known[k], (k[0] or 0) - (k[1] or 0), -(k[0] or 0)))
        return Value(value=_iso(*best), rule="day.most-named")
    first = min((t.published for t in tellings if t.published is not None), default=None)
    if first is None:
        return Value(value=None, rule="day.unknown")
    for telling in tellings:
        day = _fitted(telling.days, first)
        if day is not None:
            return Value(value=_iso(day, day), rule="day.words-and-publication")
    return Value(value=None, rule="day.not-told")


def reported_of(tellings: Sequence[Telling]) -> Value:
    """Return {start, end}: the first and the last publication of a report, which bound the day from above."""
    days = [t.published for t in tellings if t.published is not None]
    if not days:
        return Value(value=None, rule="reported.unknown")
    return Value(value=_iso(min(days), max(days)), rule="reported.publication")


def _fitted(days: Days, published: int) -> int | None:
    """Return the latest day, of the week up to `published`, that the words fit."""
    for day in range(published, published - 7, -1):
        at = dt.date.fromordinal(day)
        if days.month_day == (at.month, at.day) and not days.misfit(at):
            return day
        if days.month_day is None and days.weekday == at.weekday():
            return day
    return None


def _iso(first: int | None, last: int | None) -> dict[str, str]:
    assert first is not None
    assert last is not None
    return {"start": dt.date.fromordinal(first).isoformat(), "end": dt.date.fromordinal(last).isoformat()}


def place_of(tellings: Sequence[Telling], given: Sequence[Mapping[Where, int]], places: Mapping[Where, Place]) -> Value:
    """Return the finest place that the tellings agree on, and the rule.

    Towns, places in them and roads between them go before areas.  Each has a vote of the tellings that put the
    happening first of all within 12 km of it, and half a vote of those that name it beside another place, or only in
    their words.  Of those with most votes, and named by half as many tellings as any of them, the finest level, then
    the most often named, then the smallest is taken: `place.finest-agreed`, or `place.finest-named` when only one
    telling speaks for it.  A telling names what a quarter of its mentions give.

    `given` has the mentions of each telling by spot, `places` the place of each spot.
    """
    spots = {where_of(s): s for t in tellings for s in t.spots}
    if not spots:
        return Value(value=None, rule="place.unknown")
    pool = {w: s for w, s in spots.items() if s.precise or s.level == "site"} or spots
    named = Counter(w for counts in given for w, n in counts.items() if _NAMED * n >= sum(counts.values()))
    votes = {w: sum(_vote(t, s) for t in tellings) for w, s in pool.items()}
    agreed = [w for w in pool if votes[w] == max(votes.values())]
    often = max(named[w] for w in agreed)
    kept = (w for w in agreed if 2 * named[w] >= often)
    best = min(kept, key=lambda w: (_fineness(pool[w]), -named[w], pool[w].km, w))
    several = sum(_vote(t, pool[best]) > 0 for t in tellings) > 1
    return Value(value=places.get(best), rule="place.finest-agreed" if several else "place.finest-named")


def _vote(telling: Telling, spot: Spot) -> float:
    near = [distance(spot, other) <= max(_NEAR_KM, spot.km) for other in telling.spots]
    if not near:
        words = _telling_words(spot)
        return _ASIDE if words and words <= set(telling.scope) else 0.0
    return 1.0 if near[0] else _ASIDE if any(near) else 0.0


def _telling_words(spot: Spot) -> set[str]:
    return set(spot.words) if spot.precise else set()


def _fineness(spot: Spot) -> int:
    order = ("site", "neighbourhood", "town")
    return order.index(spot.level) if spot.level in order else len(order)


def count_of(ranges: Sequence[Range | None]) -> Value:
    """Return the range over all claims: [the least, the most] that anybody says; an open end stays open."""
    given = [r for r in ranges if r is not None]
    if not given:
        return Value(value=None, rule="count.unknown")
    lows = [r[0] for r in given if r[0] is not None]
    highs = [r[1] for r in given]
    closed = [h for h in highs if h is not None]
    low = min(lows, default=None)
    exact = [r for r in given if r[0] is not None and r[1] is not None]
    if exact:  # «people were killed» adds nothing to a number
        low, high = min(r[0] for r in exact if r[0] is not None), max(r[1] for r in exact if r[1] is not None)
        return Value(value=(low, high), rule="count.one" if low == high else "count.range")
    return Value(value=(low, max(closed) if len(closed) == len(highs) else None), rule="count.open")


def parties_of(groups: Sequence[frozenset[str]]) -> Value:
    """Return the ids that at least a third of the tellings with parties name, the most named first."""
    naming = [g for g in groups if g]
    counts = Counter(id for g in naming for id in g)
    kept = [id for id, n in counts.items() if n >= _SHARE * len(naming)]
    ordered = tuple(sorted(kept, key=lambda id: (-counts[id], id)))
    return Value(value=ordered, rule="parties.named-by-a-third" if ordered else "parties.unknown")


def most_common(values: Sequence[Any]) -> Any:
    """Return the most frequent value, of equals the first in order; None when there are none."""
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


__all__ = ["count_of", "date_of", "most_common", "parties_of", "place_of", "reported_of"]
