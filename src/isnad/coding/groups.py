"""Features in groups: a group is a function and what its features hang on, so that the rows of a model that a group
names are looked up once and kept.

The groups of one example must name no feature twice; inside a group a feature may stand twice and counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnad.coding.model import Floats, Model

#: (function, arguments ...): the features are what the function returns for the arguments.
Group = tuple[Any, ...]
_KEPT = 40_000  # groups remembered a model; bounds the memory of a long run


def spell(groups: Iterable[Group]) -> list[str]:
    """Return the names of the features of an example."""
    out: list[str] = []
    for group in groups:
        out += group[0](*group[1:])
    return out


def same(*features: str) -> Sequence[str]:
    """Return the features themselves: the function of a group that is given by its features."""
    return features


def once(*features: str) -> Sequence[str]:
    """Return the features themselves: the function of a group that hardly comes back, and is not kept."""
    return features


class Weigher:
    """Sums the rows of examples given as groups, for one model at a time; the same figures as `Model.columns`."""

    def __init__(self) -> None:
        self._model: Model | None = None
        self._bank: NDArray[np.int8] = np.zeros((0, 0), dtype=np.int8)
        self._rows: dict[Group, tuple[int, ...]] = {}

    def columns(self, model: Model, examples: Sequence[Iterable[Group]]) -> Floats:
        """Return the summed columns (examples × columns).  A model that is watched is asked by feature names."""
        if type(model) is not Model:
            return np.stack([model.columns(spell(groups)) for groups in examples])
        if model is not self._model:
            self._model, self._rows = model, {}
            self._bank = np.vstack([model.rows, np.zeros_like(model.rows[:1])])
            if not len(model.rows):
                self._bank = np.zeros((1, len(model.bias)), dtype=np.int8)
        known, lists = self._rows, []
        if len(known) > _KEPT:
            known.clear()
        for groups in examples:
            rows: list[int] = []
            for group in groups:
                if group[0] is once:
                    rows += model.indices(group[1:])
                    continue
                found = known.get(group)
                if found is None:
                    found = known[group] = tuple(model.indices(group[0](*group[1:])))
                rows += found
            lists.append(rows)
        return self._sum(model, lists)

    def _sum(self, model: Model, lists: Sequence[list[int]]) -> Floats:
        longest = max(map(len, lists))
        nothing = len(self._bank) - 1  # the row of zeros fills up the shorter lists
        flat: list[int] = []
        for rows in lists:
            flat += rows
            flat += [nothing] * (longest - len(rows))
        width = self._bank.shape[1]
        taken = self._bank.take(flat, axis=0) if flat else np.zeros((0, width), dtype=np.int8)
        total = taken.reshape(len(lists), longest, width).sum(axis=1, dtype=np.int32)
        out: Floats = (total * model.scale + model.bias).astype(np.float32)
        return out
