"""Tellings as columns of numbers, so that many pairs of them are compared at once.

Each telling has a row; what it says of place, time, parties and counts stands there as the number of the value.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isnad.weigh.days import Days
from isnad.weigh.spots import Spot
from isnad.weigh.tellings import Range, Telling
from isnad.weigh.values import Numbers, Values
from isnad.weigh.wording import is_rare, square_of

#: A shared word adds the square of its weight, and this as well where it is rare: two sums in one number.
RARE_ONE = 1 << 44
_FIRST = 256  # rows at first
Ids = frozenset[str]


class When(NamedTuple):
    """The days a telling gives and its publication."""

    days: Days
    published: int | None


class _Stems:
    """Stems as numbers; number 0 is no stem and weighs nothing, so that no row of words is empty."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.weights = np.zeros(_FIRST, dtype=np.int64)

    def numbers(self, stems: tuple[str, ...]) -> NDArray[np.int32]:
        """Return the numbers of different stems, 0 before them."""
        return np.array([0, *map(self._number, stems)], dtype=np.int32)

    def _number(self, stem: str) -> int:
        known = self._numbers.get(stem)
        if known is None:
            known = self._numbers[stem] = len(self._numbers) + 1
            if known == len(self.weights):
                self.weights = np.concatenate((self.weights, np.zeros_like(self.weights)))
            self.weights[known] = square_of(stem) + (RARE_ONE if is_rare(stem) else 0)
        return known


class Columns:
    """The tellings that may be compared; `row_of` their rows by key, `rows` what stands in each, None where free."""

    def __init__(self) -> None:
        self.row_of: dict[str, int] = {}
        self.rows: list[Telling | None] = []
        self.words: list[NDArray[np.int32]] = []
        self.stems = _Stems()
        self.families = Values[str]()
        self.spots = Values[tuple[Spot, ...]]()
        self.when = Values[When]()
        self.parties = Values[Ids]()
        self.counts = Values[Range | None]()
        self.modes = Values[Ids]()
        self._copies = Values[str]()
        self._articles = Values[str]()
        self._free: list[int] = []
        self._table = np.zeros((_FIRST, 13), dtype=np.int64)
        self.lengths = np.zeros(_FIRST, dtype=np.float64)

    def put(self, telling: Telling) -> int:
        """Take in a telling whose key is not there; return its row."""
        row = self._free.pop() if self._free else len(self.rows)
        if row == len(self.rows):
            self.rows.append(None)
            self.words.append(self.stems.numbers(()))
            if row == len(self._table):
                self._table = np.concatenate((self._table, np.zeros_like(self._table)))
                self.lengths = np.concatenate((self.lengths, np.zeros_like(self.lengths)))
        self.row_of[telling.key], self.rows[row] = row, telling
        self.words[row] = self.stems.numbers(telling.words)
        self.lengths[row] = telling.length
        self._table[row] = self._numbers(telling)
        return row

    def drop(self, key: str) -> Telling:
        """Take out a telling; its row is free for another."""
        row = self.row_of.pop(key)
        telling = self.rows[row]
        assert telling is not None
        self.rows[row] = None
        self._free.append(row)
        return telling

    def at(self, row: int) -> Telling:
        """Return the telling of a row that is taken."""
        telling = self.rows[row]
        assert telling is not None
        return telling

    def _numbers(self, telling: Telling) -> tuple[int, ...]:
        return (
            self.families.number(telling.family),
            self.spots.number(telling.spots),
            self.when.number(When(telling.days, telling.published)),
            self.parties.number(telling.actors),
            self.parties.number(telling.recipients),
            self.counts.number(telling.killed),
            self.counts.number(telling.injured),
            self.counts.number(telling.detained),
            self.modes.number(telling.modes),
            int(telling.lead),
            -1 if telling.copy is None else self._copies.number(telling.copy),
            self._articles.number(telling.doc_id),
            bool(telling.place_words),
        )

    def column(self, name: str, rows: Numbers) -> Numbers:
        """Return the numbers of a column (`COLUMNS`) for `rows`."""
        found: Numbers = self._table[rows, COLUMNS[name]]
        return found


_NAMES = (
    "family", "spots", "when", "actors", "recipients", "killed", "injured", "detained", "modes", "lead", "copy",
    "article", "named",
)  # fmt: skip
COLUMNS = {name: n for n, name in enumerate(_NAMES)}

__all__ = ["COLUMNS", "RARE_ONE", "Columns", "When"]
