"""Features in groups: a group is a function and what its features hang on, so that the rows of a model that a group
names are looked up once and kept.

The groups of one example must name no feature twice; inside a group a feature may stand twice and counts once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

import numpy as np

from isnad.coding.model import UNKNOWN, Floats, Model

#: (function, arguments ...): the features are what the function returns for the arguments.
Group = tuple[Any, ...]
_KEPT = 20_000  # groups of a generation, a model; bounds the memory of a long run


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


class _Rows(dict[Group, bytes]):
    """Group to the rows that it names in one model (32-bit numbers), found when the group is met first.

    As in `isnad.text.kept`, what is known goes in two generations, so that what is met often stays.
    """

    __slots__ = ("_model", "_old", "_row_of")

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._model = model
        self._row_of = model.row_of
        self._old: dict[Group, bytes] = {}

    def __missing__(self, group: Group) -> bytes:
        rows = self._old.get(group)
        if rows is None:
            function, *arguments = group
            if function is once:
                return array("i", self._model.indices(arguments)).tobytes()
            get = self._row_of.get
            found = {get(crc32(feature.encode("utf-8", "replace")), UNKNOWN) for feature in function(*arguments)}
            found.discard(UNKNOWN)
            rows = array("i", found).tobytes() if found else b""
        self[group] = rows
        return rows

    def grow_old(self) -> None:
        """Begin a new generation when this one is full."""
        if len(self) > _KEPT:
            self._old = dict(self)
            self.clear()


class Weigher:
    """Sums the rows of examples given as groups, for one model at a time; the same figures as `Model.columns`."""

    def __init__(self) -> None:
        self._model: Model | None = None
        self._rows: _Rows | None = None

    def columns(self, model: Model, examples: Sequence[Iterable[Group]]) -> Floats:
        """Return the summed columns (examples × columns).  A model that is watched is asked by feature names."""
        if type(model) is not Model:
            return np.stack([model.columns(spell(groups)) for groups in examples])
        if self._rows is None or model is not self._model:
            self._model, self._rows = model, _Rows(model)
        self._rows.grow_old()
        rows_of = self._rows.__getitem__
        return model.sums_of([b"".join(map(rows_of, groups)) for groups in examples])
