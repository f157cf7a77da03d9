"""Features in groups: a group is a function and what its features hang on, so that the rows of a model that a group
names are looked up once and kept.

The groups of one example must name no feature twice; inside a group a feature may stand twice and counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

from isnad.coding.model import UNKNOWN, Floats, Model, feature_hash

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


class _Rows(dict[Group, tuple[int, ...]]):
    """Group to the rows that it names in one model, found when the group is met first."""

    __slots__ = ("_model",)

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._model = model

    def __missing__(self, group: Group) -> tuple[int, ...]:
        function, *arguments = group
        if function is once:
            return tuple(self._model.indices(arguments))
        row_of = self._model.row_of.get
        found = {row_of(feature_hash(feature), UNKNOWN) for feature in function(*arguments)}
        found.discard(UNKNOWN)
        rows = self[group] = tuple(found)
        return rows


class Weigher:
    """Sums the rows of examples given as groups, for one model at a time; the same figures as `Model.columns`."""

    def __init__(self) -> None:
        self._model: Model | None = None
        self._rows: dict[Group, tuple[int, ...]] = {}

    def columns(self, model: Model, examples: Sequence[Iterable[Group]]) -> Floats:
        """Return the summed columns (examples × columns).  A model that is watched is asked by feature names."""
        if type(model) is not Model:
            return np.stack([model.columns(spell(groups)) for groups in examples])
        if model is not self._model:
            self._model, self._rows = model, _Rows(model)
        elif len(self._rows) > _KEPT:
            self._rows.clear()
        rows_of = self._rows.__getitem__
        return model.sums([list(chain.from_iterable(map(rows_of, groups))) for groups in examples])
