"""The small trained models: sums of feature weights, seen through one hidden layer where that earned its keep.

A model is a bank of rows, one a feature, of 8-bit numbers with a scale a column: the first columns are the weights
of a log-linear model, the others feed the hidden units of one or more small networks.  One gather and sum serves
all.  Features are known by the 32-bit hash of their name, so that no words are stored.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import force_setattr
from numpy.typing import NDArray

Floats = NDArray[np.float32]
UNKNOWN = -1  # row of a feature that the model does not know
_ZEROS = b"\xff"  # the bytes of UNKNOWN, the row of zeros, which fills up the shorter examples
_ONE_THREAD = 200_000  # multiplications; OpenBLAS takes more threads from 262,144
_KNOWN = 20_000  # feature names remembered a model; bounds the memory of a long run


def feature_hash(feature: str) -> int:
    """Return the hash under which a feature's row is stored."""
    return zlib.crc32(feature.encode("utf-8", "replace"))


class KnownRows(dict[str, int]):
    """Feature name to row, `UNKNOWN` for a feature without one; a name is hashed when it is met first."""

    __slots__ = ("_row_of",)

    def __init__(self, row_of: dict[int, int]) -> None:
        super().__init__()
        self._row_of = row_of

    def __missing__(self, feature: str) -> int:
        row = self[feature] = self._row_of.get(feature_hash(feature), UNKNOWN)
        return row


class Model(msgspec.Struct, frozen=True, eq=False):
    """A trained classifier.  `classes` names its outputs.

    `rows` is features × columns (8 bits), `scale` a number a column; `bias` is added to the sum of rows.  Columns are
    len(classes) log-linear weights, then `hidden` units for each network in `outputs` (units × classes; `output_bias`).
    """

    classes: tuple[str, ...]
    row_of: dict[int, int]
    rows: NDArray[np.int8]
    scale: Floats
    bias: Floats
    outputs: tuple[Floats, ...]
    output_bias: tuple[Floats, ...]
    dense: Floats
    bank: NDArray[np.int8] | None = None
    known: KnownRows | None = None

    def __post_init__(self) -> None:
        """Put a row of zeros under the rows, and start remembering feature names."""
        if self.bank is None:
            bank = np.zeros((len(self.rows) + 1, len(self.bias)), dtype=np.int8)
            bank[:-1] = self.rows
            force_setattr(self, "bank", bank)
            force_setattr(self, "rows", bank[:-1])  # a view: the rows are in memory once
        force_setattr(self, "known", KnownRows(self.row_of))

    def indices(self, features: Iterable[str]) -> list[int]:
        """Return the rows of the features that the model knows, each once however often it is named."""
        known = self.known
        assert known is not None
        if len(known) > _KNOWN:
            known.clear()
        rows = set(map(known.__getitem__, features))  # no step of Python for a name that is remembered
        rows.discard(UNKNOWN)
        return list(rows)

    def columns(self, features: Iterable[str], vector: Floats | None = None) -> Floats:
        """Return the summed columns of a candidate; `vector` holds its dense features where the model has any."""
        total: Floats = self.rows[self.indices(features)].sum(axis=0, dtype=np.int32) * self.scale + self.bias
        if vector is not None and len(self.dense):
            total = total + vector @ self.dense
        return total.astype(np.float32)

    def columns_of(self, examples: Iterable[Iterable[str]]) -> Floats:
        """Return the summed columns of many candidates (examples × columns), cheaper than one by one."""
        return self.sums([self.indices(features) for features in examples])

    def sums(self, lists: Sequence[Collection[int]]) -> Floats:
        """Return the bias plus the summed rows of each example: one gather for all of them."""
        return self.sums_of([array("i", rows).tobytes() for rows in lists])

    def sums_of(self, packed: Sequence[bytes]) -> Floats:
        """Return the bias plus the summed rows of each example, given as 32-bit numbers."""
        assert self.bank is not None
        longest = max(map(len, packed), default=0)
        flat = b"".join([rows.ljust(longest, _ZEROS) for rows in packed])
        table = np.frombuffer(flat, dtype=np.int32).reshape(len(packed), longest // 4)
        taken = self.bank.take(table, axis=0, mode="wrap")
        # sixteen bits hold the sum of 256 rows; einsum is the quickest of numpy's ways to add up small numbers
        total = np.einsum("elc->ec", taken, dtype=np.int16 if table.shape[1] <= 256 else np.int32)
        out: Floats = (total.astype(np.int32) * self.scale + self.bias).astype(np.float32)
        return out

    def probabilities(self, columns: Floats) -> Floats:
        """Return class probabilities (candidates × classes) from summed columns (candidates × columns)."""
        size = len(self.classes)
        scores = np.empty((1 + len(self.outputs), len(columns), size), dtype=np.float32)
        scores[0] = columns[:, :size]
        at = size
        for n, (output, bias) in enumerate(zip(self.outputs, self.output_bias, strict=True), 1):
            hidden = np.maximum(columns[:, at : at + len(output)], 0)
            scores[n] = product(hidden, output) + bias
            at += len(output)
        out: Floats = softmax(scores).sum(axis=0) / np.float32(len(scores))
        return out

    def weights(self, features: Iterable[str], name: str) -> list[tuple[str, float]]:
        """Return the log-linear weight of each known feature for the class `name`, the heaviest first."""
        column = self.classes.index(name)
        found = [(f, rows[0]) for f in features if (rows := self.indices([f]))]
        scored = [(f, float(self.rows[row, column]) * float(self.scale[column])) for f, row in found]
        return sorted(scored, key=lambda p: -abs(p[1]))

    def arrays(self) -> dict[str, Any]:
        """Return the model as plain arrays, to be written with numpy."""
        hashes = sorted(self.row_of)
        order = [self.row_of[h] for h in hashes]
        out: dict[str, Any] = {
            "classes": np.array(self.classes), "hashes": np.array(hashes, dtype=np.uint32), "rows": self.rows[order],
            "scale": self.scale, "bias": self.bias, "dense": self.dense,
        }  # fmt: skip
        for n, (output, bias) in enumerate(zip(self.outputs, self.output_bias, strict=True)):
            out[f"output{n}"], out[f"output_bias{n}"] = output, bias
        return out


def product(one: Floats, other: Floats) -> Floats:
    """Return the matrix product, in pieces too small for BLAS to wake other threads for.

    An article is small work: threads would cost more than they give, and coding takes a process for each core.
    """
    height = max(1, _ONE_THREAD // other.size)
    if len(one) <= height:
        out: Floats = one @ other
        return out
    return np.concatenate([one[at : at + height] @ other for at in range(0, len(one), height)])


def softmax(scores: Floats) -> Floats:
    """Return the softmax along the last axis."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    out: Floats = e / e.sum(axis=-1, keepdims=True)
    return out


def save_models(models: dict[str, Model], path: Path) -> None:
    """Write models into one file of plain arrays (the same bits for the same models)."""
    arrays = {f"{name}/{key}": value for name, model in sorted(models.items()) for key, value in model.arrays().items()}
    with path.open("wb") as file:
        np.savez(file, **arrays)  # not compressed: 8-bit weights shrink by a quarter, and take 0.2 s more to load


def load_models(path: Path) -> dict[str, Model]:
    """Read models written by `save_models`.  Raises OSError or ValueError on a file that is not one."""
    with path.open("rb") as file:
        data = np.load(file, allow_pickle=False)
        parts: dict[str, dict[str, Any]] = {}
        for key in data.files:
            name, _, field = key.partition("/")
            parts.setdefault(name, {})[field] = data[key]
    longest = max((len(fields["hashes"]) for fields in parts.values()), default=0)
    numbers = list(range(longest))  # the models share them: some hundred thousand small objects less
    return {name: _model(fields, numbers) for name, fields in parts.items()}


def _model(fields: dict[str, Any], numbers: Sequence[int]) -> Model:
    count = sum(1 for f in fields if f.startswith("output_bias"))
    return Model(
        tuple(str(c) for c in fields["classes"]),
        dict(zip(fields["hashes"].tolist(), numbers, strict=False)),
        fields["rows"],
        fields["scale"],
        fields["bias"],
        tuple(fields[f"output{n}"] for n in range(count)),
        tuple(fields[f"output_bias{n}"] for n in range(count)),
        fields["dense"],
    )
