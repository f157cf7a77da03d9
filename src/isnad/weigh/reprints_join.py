"""Pairs of rows that share a band, found by sorting one band after the other: time n log n, memory of one band."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.uint64]


def candidates(bands: Rows, first_new: int) -> Iterator[tuple[int, int]]:
    """Yield pairs (smaller, larger) of rows that share a band, the larger at least `first_new`; some more than once."""
    for band in range(bands.shape[1]):
        column = bands[:, band]
        order = np.argsort(column, kind="stable")
        edges = np.flatnonzero(np.diff(column[order]) != 0) + 1
        firsts = np.concatenate(([0], edges))
        lasts = np.concatenate((edges, [len(order)]))
        for run in np.flatnonzero(lasts - firsts > 1):
            rows = order[firsts[run] : lasts[run]].tolist()  # stable: in order of row
            yield from _pairs(rows, first_new)


def _pairs(rows: list[int], first_new: int) -> Iterator[tuple[int, int]]:
    for n, larger in enumerate(rows):
        if larger >= first_new:
            for smaller in rows[:n]:
                yield smaller, larger


__all__ = ["Rows", "candidates"]
