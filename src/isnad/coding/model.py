"""The small trained models: sums of feature weights, seen through one hidden layer where that earned its keep.

A model is a bank of rows, one a feature, of 8-bit numbers with a scale a column: the first columns are the weights
of a log-linear model, the others feed the hidden units of one or more small networks.  One gather and sum serves
all.  Features are known by the 32-bit hash of their name, so that no words are stored.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_KNOWN = 40_000  # feature names remembered a model; bounds the memory of a long run


def feature_hash(feature: str) -> int:
    """Return the hash under which a feature's row is stored."""
    return zlib.crc32(feature.encode("utf-8", "replace"))


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
    known: dict[str, int] = {}

    def indices(self, features: Iterable[str]) -> list[int]:
        """Return the rows of the features that the model knows, each once however often it is named."""
        known, out = self.known, []
        for f in set(features):
            row = known.get(f)
            if row is None:
                row = self.row_of.get(feature_hash(f), -1)
                if len(known) > _KNOWN:
                    known.clear()
                known[f] = row
            if row >= 0:
                out.append(row)
        return out

    def columns(self, features: Iterable[str], vector: Floats | None = None) -> Floats:
        """Return the summed columns of a candidate; `vector` holds its dense features where the model has any."""
        total: Floats = self.rows[self.indices(features)].sum(axis=0, dtype=np.int32) * self.scale + self.bias
        if vector is not None and len(self.dense):
            total = total + vector @ self.dense
        return total.astype(np.float32)

    def probabilities(self, columns: Floats) -> Floats:
        """Return class probabilities (candidates × classes) from summed columns (candidates × columns)."""
        size = len(self.classes)
        total = softmax(columns[:, :size])
        at = size
        for output, bias in zip(self.outputs, self.output_bias, strict=True):
            hidden = np.maximum(columns[:, at : at + len(output)], 0)
            total = total + softmax(hidden @ output + bias)
            at += len(output)
        out: Floats = total / np.float32(1 + len(self.outputs))
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


def softmax(scores: Floats) -> Floats:
    """Return the softmax of each row."""
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    out: Floats = e / e.sum(axis=1, keepdims=True)
    return out


def save_models(models: dict[str, Model], path: Path) -> None:
    """Write models into one file of plain arrays (the same bits for the same models)."""
    arrays = {f"{name}/{key}": value for name, model in sorted(models.items()) for key, value in model.arrays().items()}
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load_models(path: Path) -> dict[str, Model]:
    """Read models written by `save_models`.  Raises OSError or ValueError on a file that is not one."""
    with path.open("rb") as file:
        data = np.load(file, allow_pickle=False)
        parts: dict[str, dict[str, Any]] = {}
        for key in data.files:
            name, _, field = key.partition("/")
            parts.setdefault(name, {})[field] = data[key]
    return {name: _model(fields) for name, fields in parts.items()}


def _model(fields: dict[str, Any]) -> Model:
    count = sum(1 for f in fields if f.startswith("output_bias"))
    return Model(
        tuple(str(c) for c in fields["classes"]),
        {h: n for n, h in enumerate(fields["hashes"].tolist())},
        fields["rows"],
        fields["scale"],
        fields["bias"],
        tuple(fields[f"output{n}"] for n in range(count)),
        tuple(fields[f"output_bias{n}"] for n in range(count)),
        fields["dense"],
    )
