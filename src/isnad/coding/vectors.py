"""Word vectors and clusters learned from unlabelled news (tools/build_vectors.py), looked up by hashed key."""

from __future__ import annotations

import zlib
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from isnad.text import WordType
from isnad.text.words import Kind

CLUSTERS = ("c64", "c256", "c1024")
_NUMBER = "0"  # every number has one vector


class WordVectors:
    """Unit vectors of 100 numbers a folded word, and its clusters at three grains."""

    def __init__(self) -> None:
        with resources.files("isnad.coding").joinpath("weights/vectors.npz").open("rb") as file:
            data = np.load(file, allow_pickle=False)
            self._row = {int(k): n for n, k in enumerate(data["keys"])}
            self._vectors: NDArray[np.int8] = data["vectors"]
            self._scale = float(data["scale"])
            self._clusters = {name: data[name] for name in CLUSTERS}
        self.size = int(self._vectors.shape[1])

    def row(self, kind: WordType) -> int | None:
        """Return the row of a word: its own, or else that of its likeliest host or stem; None when unknown."""
        if kind.kind is Kind.NUMBER:
            return self._row.get(zlib.crc32(_NUMBER.encode()))
        found = self._row.get(zlib.crc32(kind.key.encode("utf-8", "replace")))
        if found is None and kind.splits:
            best = kind.splits[0]
            for form in (best.host, best.stem):
                found = self._row.get(zlib.crc32(form.encode("utf-8", "replace")))
                if found is not None:
                    break
        return found

    def clusters(self, row: int) -> tuple[int, ...]:
        """Return the cluster numbers of a row, coarse to fine."""
        return tuple(int(self._clusters[name][row]) for name in CLUSTERS)

    def vector(self, row: int | None) -> NDArray[np.float32]:
        """Return the vector of a row; zeros for an unknown word."""
        if row is None:
            return np.zeros(self.size, dtype=np.float32)
        out: NDArray[np.float32] = self._vectors[row].astype(np.float32) * np.float32(self._scale)
        return out


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """Return the built-in vectors, loaded once a process."""
    return WordVectors()
