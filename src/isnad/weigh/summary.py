"""The one value shown for each field of an incident, and the rule that chose it.  The claims stay beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from isnad.model import Place
from isnad.model.incidents import Value
from isnad.weigh.days import Days
from isnad.weigh.spots import Spot, distance
from isnad.weigh.tellings import Range, Telling

#: Parties of an incident are those that this share of the tellings with parties names.
_SHARE = 0.34
_NEAR_KM = 12.0


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
        if days.month_day == (at.month, at.day):
            return day
        if days.month_day is None and days.weekday == at.weekday():
            return day
    return None


def _iso(first: int | None, last: int | None) -> dict[str, str]:
    assert first is not None
    assert last is not None
    return {"start": dt.date.fromordinal(first).isoformat(), "end": dt.date.fromordinal(last).isoformat()}


def place_of(tellings: Sequence[Telling], places: dict[str, Place]) -> Value:
    """Return the finest place that the tellings agree on, and the rule.

    Towns and places in them go before areas.  Each has the votes of the tellings that put the happening within 12 km
    of it; of those with most votes the finest level, then the one most often named, is taken: `place.finest-agreed`,
    or `place.finest-named` when only one telling names it.  `places` has the place of each spot id.
    """
    named = Counter(t.spots[0] for t in tellings if t.spots)
    if not named:
        return Value(value=None, rule="place.unknown")
    pool = [s for s in named if s.precise] or list(named)
    votes = {s: sum(n for other, n in named.items() if distance(s, other) <= max(_NEAR_KM, s.km)) for s in pool}
    most = max(votes.values())
    agreed = [s for s in pool if votes[s] == most]
    best = min(agreed, key=lambda s: (-named[s], _fineness(s), s.km, s.id))
    rule = "place.finest-agreed" if named[best] > 1 or most > 1 else "place.finest-named"
    return Value(value=places.get(best.id), rule=rule)


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
