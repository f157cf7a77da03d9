"""The pairs that some block proposes, each with how many blocks do and its score.

Held as sorted columns, so that a million pairs take a few megabytes; a pair is one number, its two rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np

from isnad.weigh.values import Floats, Numbers

_SHIFT = 32
_AT_ONCE = 1 << 21  # proposals gathered before equal ones are counted: bounds memory
_SHORT = 64  # sequences whose pairs are kept: nearly all
_NONE: Numbers = np.empty(0, dtype=np.int64)


def codes_of(ones: Numbers, twos: Numbers) -> Numbers:
    """Return pairs of rows as one number each, whichever comes first."""
    return (np.minimum(ones, twos) << _SHIFT) | np.maximum(ones, twos)


def rows_of(codes: Numbers) -> tuple[Numbers, Numbers]:
    """Return the smaller and the larger row of each pair."""
    return codes >> _SHIFT, codes & 0xFFFFFFFF


def upper(length: int) -> tuple[Numbers, Numbers]:
    """Return the places of all pairs of a sequence, in the order of `itertools.combinations`."""
    return _upper(length) if length <= _SHORT else np.triu_indices(length, 1)


@lru_cache(maxsize=_SHORT + 1)
def _upper(length: int) -> tuple[Numbers, Numbers]:
    return np.triu_indices(length, 1)


def all_pairs(rows: Sequence[int]) -> Numbers:
    """Return every two of `rows` as pairs."""
    found = np.array(rows, dtype=np.int64)
    ones, twos = upper(len(found))
    return codes_of(found[ones], found[twos])


def counted(groups: Iterable[Sequence[int]], alone: Iterable[Numbers] = ()) -> tuple[Numbers, Numbers]:
    """Return the pairs of rows that stand in one of `groups`, sorted, and how many groups each stands in.

    `alone` are further arrays of pairs, each counted as one group's.
    """
    by_size: dict[int, list[Sequence[int]]] = {}
    for group in groups:
        if len(group) > 1:
            by_size.setdefault(len(group), []).append(group)
    codes, counts, waiting, size = _NONE, _NONE, list(alone), 0
    for length, same in sorted(by_size.items()):
        ones, twos = upper(length)
        most = max(1, _AT_ONCE // len(ones))
        rest = iter(same)
        while some := list(islice(rest, most)):
            rows = np.array(some, dtype=np.int64)
            waiting.append(codes_of(rows[:, ones], rows[:, twos]).ravel())
            size += len(waiting[-1])
            if size >= _AT_ONCE:
                codes, counts = _added(codes, counts, waiting)
                waiting, size = [], 0
    return _added(codes, counts, waiting) if waiting else (codes, counts)


def _added(codes: Numbers, counts: Numbers, more: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    fresh, numbers = np.unique(np.concatenate(more), return_counts=True)
    return summed(codes, counts, fresh, numbers.astype(np.int64))


def summed(codes: Numbers, counts: Numbers, others: Numbers, more: Numbers) -> tuple[Numbers, Numbers]:
    """Return the pairs of two sorted columns, sorted, with the sums of their counts; those of sum 0 are left out."""
    both, inverse = np.unique(np.concatenate((codes, others)), return_inverse=True)
    total = np.zeros(len(both), dtype=np.int64)
    np.add.at(total, inverse, np.concatenate((counts, more)))
    kept = total != 0
    return both[kept], total[kept]


class Proposals:
    """Pairs of rows with counts and scores; `codes` are sorted, `scores` stand beside them."""

    def __init__(self) -> None:
        self.codes: Numbers = _NONE
        self._counts: Numbers = _NONE
        self.scores: Floats = np.empty(0, dtype=np.float64)

    def change(self, codes: Numbers, counts: Numbers) -> Numbers:
        """Add `counts` (some below 0) to those of the sorted `codes`; return which pairs are proposed for the first
        time: their scores are to be given by `score`."""
        before, scores = self.codes, self.scores
        self.codes, self._counts = summed(before, self._counts, codes, counts)
        self.scores = np.full(len(self.codes), np.nan)
        if len(before) and len(self.codes):
            at = np.searchsorted(before, self.codes).clip(max=len(before) - 1)
            known = before[at] == self.codes
            self.scores[known] = scores[at[known]]
        return self.codes[np.isnan(self.scores)]

    def score(self, scores: Floats) -> None:
        """Give the scores of the pairs that `change` returned."""
        self.scores[np.isnan(self.scores)] = scores

    def known(self, code: int) -> float | None:
        """Return the score of a pair; None where no block proposes it."""
        at = int(np.searchsorted(self.codes, code))
        return float(self.scores[at]) if at < len(self.codes) and self.codes[at] == code else None


__all__ = ["Proposals", "all_pairs", "codes_of", "counted", "rows_of", "summed", "upper"]
