"""Scores of many pairs at once: the sums of `features.compare` and `scoring.score`, to the last bit.

The contributions are added in the order in which `compare` names the features, so that a pair has one score however
it is worked out (a test compares them).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnad.weigh import days, spots
from isnad.weigh.cluster import FORBIDDEN
from isnad.weigh.columns import RARE_ONE, Columns, When
from isnad.weigh.families import BY_ACTOR
from isnad.weigh.features import MOST_RARE, counts, modes, named, parties, published, told_before
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.scoring import Weights
from isnad.weigh.spots import Spot
from isnad.weigh.values import Floats, Numbers, Relation

_PLACES = ("same", "close", "near", "areas", "inside", "unknown", "named")
_DAYS = ("same", "near", "date-words", "weekday", "other-date", "other-weekday", "unknown")
_REPORTED = (
    "settled", "day", "soon", "late", "far", "unknown",
    "fits-date", "misfit-date", "fits-weekday", "misfit-weekday",
)  # fmt: skip
_PARTIES = ("civilians", "same", "allied", "kind", "different", "unknown")
_COUNTS = ("same", "meet", "close", "different", "unknown")
_MODES = ("same", "kin", "different", "unknown")
_VETO = -1.0
_UNKNOWN_PLACE, _NAMED = _PLACES.index("unknown"), _PLACES.index("named")
_AT_ONCE = 1 << 17  # pairs worked at once: bounds memory
Flags = NDArray[np.bool_]


class PairScores:
    """Scores pairs of the tellings in `columns`; keeps how their values relate."""

    def __init__(self, columns: Columns, kinds: PartyKinds, weights: Weights) -> None:
        self._columns = columns
        self._weights = weights
        self._place = Relation(columns.spots, _place, 2)
        self._when = Relation(columns.when, _when, 2)
        self._parties = Relation(columns.parties, lambda a, b: (_PARTIES.index(parties(a, b, kinds)),), 1)
        self._counts = Relation(columns.counts, lambda a, b: (_COUNTS.index(counts(a, b)),), 1)
        self._modes = Relation(columns.modes, lambda a, b: (_MODES.index(modes(a, b)),), 1)

    def of(self, ones: Numbers, twos: Numbers) -> Floats:
        """Return the score of each pair of rows in log-odds; minus infinity where a veto forbids joining it."""
        out = np.empty(len(ones), dtype=np.float64)
        for start in range(0, len(ones), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            out[part] = self._some(ones[part], twos[part])
        return out

    def _some(self, ones: Numbers, twos: Numbers) -> Floats:
        out = np.full(len(ones), FORBIDDEN)
        open_ = np.flatnonzero(self._may(ones, twos))
        ones, twos = ones[open_], twos[open_]
        place, when = self._related(self._place, "spots", ones, twos), self._related(self._when, "when", ones, twos)
        open_two = np.flatnonzero((place[:, 0] != _VETO) & (when[:, 0] != _VETO))
        if len(open_two):
            ones, twos = ones[open_two], twos[open_two]
            out[open_[open_two]] = self._sums(ones, twos, place[open_two], when[open_two])
        return out

    def _may(self, ones: Numbers, twos: Numbers) -> Flags:
        """Return which pairs are of one family and, where that asks for it, of a common actor."""
        column = self._columns.column
        family = column("family", ones)
        may: Flags = np.equal(family, column("family", twos))
        by_actor = np.array([name in BY_ACTOR for name in self._columns.families.values], dtype=np.bool_)
        asked = np.flatnonzero(may & by_actor[family])
        if len(asked):
            actors = self._related(self._parties, "actors", ones[asked], twos[asked])[:, 0]
            may[asked] = actors <= _PARTIES.index("same")
        return may

    def _related(self, relation: Relation[Any], name: str, ones: Numbers, twos: Numbers) -> Floats:
        return relation.of(self._columns.column(name, ones), self._columns.column(name, twos))

    def _sums(self, ones: Numbers, twos: Numbers, place: Floats, when: Floats) -> Floats:
        """Return the scores of pairs without a veto: one contribution after the other."""
        known, column = self._weights.features, self._columns.column
        where = self._named(ones, twos, place[:, 0].astype(np.int64))
        day, reported = np.divmod(when[:, 0].astype(np.int64), len(_REPORTED))
        total = np.full(len(ones), self._weights.bias)
        total += self._weight("place", _PLACES)[where]
        total += self._weight("day", _DAYS)[day]
        total += known.get("place-km", 0.0) * place[:, 1]
        total += self._weight("published", _REPORTED)[reported]
        for name, relation, values in (
            ("actors", self._parties, _PARTIES),
            ("recipients", self._parties, _PARTIES),
            ("killed", self._counts, _COUNTS),
            ("injured", self._counts, _COUNTS),
            ("detained", self._counts, _COUNTS),
            ("modes", self._modes, _MODES),
        ):
            found = self._related(relation, name, ones, twos)[:, 0].astype(np.int64)
            total += self._weight("mode" if name == "modes" else name, values)[found]
        total += self._weight("lead", ("0", "1", "2"))[column("lead", ones) + column("lead", twos)]
        alike, rarities = self._wording(ones, twos)
        total += known.get("wording", 0.0) * alike
        total += known.get("rare-words", 0.0) * rarities
        timeless = np.flatnonzero((day == _DAYS.index("unknown")) & (reported == _REPORTED.index("unknown")))
        total[timeless] += known.get("timeless", 0.0)
        total[timeless] += known.get("timeless-rare-words", 0.0) * rarities[timeless]
        total[timeless] += self._weight("timeless-place", _PLACES)[where[timeless]]
        copy = column("copy", ones)
        total[(copy >= 0) & (copy == column("copy", twos))] += known.get("reprint", 0.0)
        total[column("article", ones) == column("article", twos)] += known.get("one-article", 0.0)
        return total

    def _weight(self, feature: str, values: Sequence[str]) -> Floats:
        return np.array([self._weights.features.get(f"{feature}:{value}", 0.0) for value in values])

    def _named(self, ones: Numbers, twos: Numbers, place: Numbers) -> Numbers:
        """Return `place` with «named» for pairs in which the words of one have the place of the other."""
        one, two = self._columns.column("named", ones), self._columns.column("named", twos)
        asked = np.flatnonzero((place == _UNKNOWN_PLACE) & (one != two))
        at = self._columns.at
        for n, a, b in zip(asked.tolist(), ones[asked].tolist(), twos[asked].tolist(), strict=True):
            if named(at(a), at(b)):
                place[n] = _NAMED
        return place

    def _wording(self, ones: Numbers, twos: Numbers) -> tuple[Floats, Floats]:
        """Return the cosine of the words of each pair, and how many rare words it shares."""
        shared = self._shared(ones, twos)
        squares, rare = shared % RARE_ONE, shared // RARE_ONE
        norms = self._columns.lengths[ones] * self._columns.lengths[twos]
        alike = np.divide(squares, norms, out=np.zeros(len(ones)), where=norms > 0)
        return alike, np.minimum(MOST_RARE, rare).astype(np.float64)

    def _shared(self, ones: Numbers, twos: Numbers) -> Numbers:
        """Return the sums over the words shared by each pair, for each telling on the left with all on the right."""
        words, weights = self._columns.words, self._columns.stems.weights
        out = np.empty(len(ones), dtype=np.int64)
        if not len(ones):
            return out
        order = np.argsort(ones, kind="stable")
        bounds = [0, *(np.flatnonzero(np.diff(ones[order])) + 1).tolist(), len(order)]
        marked = np.zeros(len(weights), dtype=np.int64)
        for first, last in pairwise(bounds):
            pairs = order[first:last]
            mine = words[int(ones[pairs[0]])]
            theirs = [words[row] for row in twos[pairs].tolist()]
            marked[mine] = weights[mine]
            starts = _starts(theirs)
            out[pairs] = np.add.reduceat(marked[np.concatenate(theirs)], starts)
            marked[mine] = 0
        return out


def _starts(rows: Sequence[NDArray[np.int32]]) -> Numbers:
    ends = np.cumsum([len(row) for row in rows])
    return np.concatenate(([0], ends[:-1]))


def _place(one: tuple[Spot, ...], two: tuple[Spot, ...]) -> tuple[float, float]:
    """Return the number of the relation of two places, and tens of kilometres where these count."""
    relation, km = spots.relation(one, two)
    if relation in ("apart", "outside"):
        return _VETO, 0.0
    return _PLACES.index(relation), km / 10 if km is not None and relation in ("close", "near") else 0.0


def _when(one: When, two: When) -> tuple[float, float]:
    """Return the numbers of how days and publications agree, in one; the veto where they forbid joining."""
    day = days.relation(one.days, two.days)
    if day == "apart" or one.days.period != two.days.period or told_before(one, two) or told_before(two, one):
        return _VETO, 0.0
    return _DAYS.index(day) * len(_REPORTED) + _REPORTED.index(published(one, two)), 0.0


__all__ = ["Flags", "PairScores"]
