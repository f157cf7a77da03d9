"""Values given a number each, and relations of two values worked out once for each two of them that meet.

Thousands of tellings give a few hundred different days, towns and sets of parties, so that a relation is found once
for two values and not once for each of the pairs of tellings that have them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

V = TypeVar("V", bound=Hashable)
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

_MOST_KEPT = 1 << 20  # relations kept before all are forgotten and found anew
_SHIFT = 32


class Values(Generic[V]):
    """Different values, numbered as they are met."""

    def __init__(self, values: Iterable[V] = ()) -> None:
        self._numbers: dict[V, int] = {}
        self.values: list[V] = []
        for value in values:
            self.number(value)

    def number(self, value: V) -> int:
        """Return the number of a value; a new one for a value not met before."""
        known = self._numbers.setdefault(value, len(self.values))
        if known == len(self.values):
            self.values.append(value)
        return known


class Relation(Generic[V]):
    """What two values are to each other as a row of `width` numbers, by a function that is asked once for each two."""

    def __init__(self, values: Values[V], function: Callable[[V, V], tuple[float, ...]], width: int) -> None:
        self._values = values
        self._function = function
        self._rows = np.empty((1024, width), dtype=np.float64)
        self._row_of: dict[int, int] = {}

    def of(self, ones: Numbers, twos: Numbers) -> Floats:
        """Return the rows for pairs of numbers of values: an array of pairs × width."""
        codes, inverse = np.unique((ones << _SHIFT) | twos, return_inverse=True)
        if len(self._row_of) > _MOST_KEPT:
            self._row_of.clear()
        rows = np.fromiter(map(self._row, codes.tolist()), dtype=np.int64, count=len(codes))
        return self._rows[rows[inverse]]

    def _row(self, code: int) -> int:
        known = self._row_of.get(code)
        if known is None:
            known = len(self._row_of)
            if known == len(self._rows):
                self._rows = np.concatenate((self._rows, np.empty_like(self._rows)))
            values = self._values.values
            self._rows[known] = self._function(values[code >> _SHIFT], values[code & 0xFFFFFFFF])
            self._row_of[code] = known
        return known


__all__ = ["Floats", "Numbers", "Relation", "Values"]
