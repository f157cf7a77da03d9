"""Word vectors and clusters learned from unlabelled news (tools/build_vectors.py), looked up by hashed key."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from isnad.text import WordType
from isnad.text.words import Kind

CLUSTERS = ("c64", "c256", "c1024")
UNKNOWN = -1
_NO_CLUSTERS = (-1, -1, -1)
_NUMBER = "0"  # every number has one vector


class WordVectors:
    """Unit vectors of 100 numbers a folded word, and its clusters at three grains."""

    def __init__(self) -> None:
        with resources.files("isnad.coding").joinpath("weights/vectors.npz").open("rb") as file:
            data = np.load(file, allow_pickle=False)
            self._row = {int(k): n for n, k in enumerate(data["keys"])}
            self._vectors: NDArray[np.int8] = data["vectors"]
            self._scale = float(data["scale"])
            self._triples = list(zip(*(data[name].tolist() for name in CLUSTERS), strict=True))
        self.size = int(self._vectors.shape[1])

    def row(self, kind: WordType) -> int:
        """Return the row of a word: its own, or else that of its likeliest host or stem; -1 when unknown."""
        if kind.kind is Kind.NUMBER:
            return self._row.get(zlib.crc32(_NUMBER.encode()), UNKNOWN)
        found = self._row.get(zlib.crc32(kind.key.encode("utf-8", "replace")))
        if found is None and kind.splits:
            best = kind.splits[0]
            for form in (best.host, best.stem):
                found = self._row.get(zlib.crc32(form.encode("utf-8", "replace")))
                if found is not None:
                    break
        return UNKNOWN if found is None else found

    def clusters(self, row: int) -> tuple[int, ...]:
        """Return the cluster numbers of a row, coarse to fine; -1 for an unknown word."""
        return self._triples[row] if row >= 0 else _NO_CLUSTERS

    def vector(self, row: int) -> NDArray[np.float32]:
        """Return the vector of a row; zeros for an unknown word."""
        if row < 0:
            return np.zeros(self.size, dtype=np.float32)
        out: NDArray[np.float32] = self._vectors[row].astype(np.float32) * np.float32(self._scale)
        return out

    def matrix(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return the vectors of rows, one below the other; zeros for unknown words."""
        out: NDArray[np.float32] = self._vectors[rows].astype(np.float32) * np.float32(self._scale)
        out[[row < 0 for row in rows]] = 0
        return out


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """Return the built-in vectors, loaded once a process."""
    return WordVectors()
