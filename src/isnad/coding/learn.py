"""Training of `Model`: a log-linear model, and small networks over the same features, averaged.

Needs scikit-learn and scipy (the `train` extra).  Every step is seeded and single in its order, so that the same
examples give the same bits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from isnad.coding.model import Floats, Model, feature_hash, softmax


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How a model is trained.  The defaults were chosen by cross-validation on train.jsonl."""

    strength: float = 0.3  # inverse of the penalty on log-linear weights
    least: int = 2  # a feature seen in fewer examples is left out
    networks: int = 1
    units: int = 64
    epochs: int = 8
    batch: int = 256
    rate: float = 2e-3
    drop_features: float = 0.3
    drop_units: float = 0.5


def train(
    examples: Sequence[Sequence[str]],
    labels: Sequence[str],
    *,
    vectors: Floats | None = None,
    recipe: Recipe | None = None,
) -> Model:
    """Train on feature names and labels; `vectors` (examples × size) adds dense features."""
    recipe = recipe or Recipe()
    names, matrix = _matrix(examples, recipe.least)
    width = matrix.shape[1]
    if vectors is not None:
        matrix = sparse.hstack([matrix, sparse.csr_matrix(vectors)]).tocsr()
    classes = tuple(sorted(set(labels)))
    wanted = np.array([classes.index(label) for label in labels])
    linear, bias = _log_linear(matrix, wanted, len(classes), recipe)
    banks, biases, outputs, output_bias = [linear], [bias], [], []
    for seed in range(recipe.networks):
        inner, inner_bias, outer, outer_bias = _network(matrix, wanted, len(classes), seed, recipe)
        banks.append(inner)
        biases.append(inner_bias)
        outputs.append(outer)
        output_bias.append(outer_bias)
    bank = np.hstack(banks).astype(np.float32)
    scale = (np.abs(bank[:width]).max(axis=0) / 127 + 1e-12).astype(np.float32)
    return Model(
        classes,
        {feature_hash(name): n for n, name in enumerate(names)},
        np.round(bank[:width] / scale).astype(np.int8),
        scale,
        np.concatenate(biases).astype(np.float32),
        tuple(outputs),
        tuple(output_bias),
        bank[width:],
    )


def _matrix(examples: Sequence[Sequence[str]], least: int) -> tuple[list[str], sparse.csr_matrix]:
    seen: Counter[str] = Counter()
    for features in examples:
        seen.update(list(dict.fromkeys(features)))  # in order: a set would number them by the hash seed
    names = [f for f, n in seen.items() if n >= least]
    number = {f: n for n, f in enumerate(names)}
    pointers, columns = [0], []
    for features in examples:
        columns += sorted({number[f] for f in features if f in number})
        pointers.append(len(columns))
    data = np.ones(len(columns), dtype=np.float32)
    shape = (len(examples), len(names))
    return names, sparse.csr_matrix((data, np.array(columns, dtype=np.int32), np.array(pointers)), shape=shape)


def _log_linear(
    matrix: sparse.csr_matrix, wanted: NDArray[np.int64], count: int, recipe: Recipe
) -> tuple[Floats, Floats]:
    fitted = LogisticRegression(C=recipe.strength, max_iter=150, tol=1e-3).fit(matrix, wanted)
    weights, bias = fitted.coef_.T, fitted.intercept_
    if count == 2:  # scikit-learn keeps one column for two classes
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    return weights.astype(np.float32), bias.astype(np.float32)


class _Adam:
    """Adam steps over the rows that a batch touched (the others are left as they are)."""

    def __init__(self, value: Floats) -> None:
        self.value = value
        self._mean = np.zeros_like(value)
        self._square = np.zeros_like(value)
        self._steps = 0

    def step(self, rows: NDArray[np.int64] | slice, gradient: Floats, rate: float) -> None:
        self._steps += 1
        mean = self._mean[rows] = 0.9 * self._mean[rows] + 0.1 * gradient
        square = self._square[rows] = 0.999 * self._square[rows] + 0.001 * gradient**2
        corrected = mean / (1 - 0.9**self._steps)
        self.value[rows] -= rate * corrected / (np.sqrt(square / (1 - 0.999**self._steps)) + 1e-8)


def _network(
    matrix: sparse.csr_matrix, wanted: NDArray[np.int64], count: int, seed: int, recipe: Recipe
) -> tuple[Floats, Floats, Floats, Floats]:
    rng = np.random.default_rng(seed)
    units, size = recipe.units, matrix.shape[0]
    inner = _Adam(rng.normal(0, 0.03, (matrix.shape[1], units)).astype(np.float32))
    inner_bias = _Adam(np.zeros(units, dtype=np.float32))
    outer = _Adam(rng.normal(0, units**-0.5, (units, count)).astype(np.float32))
    outer_bias = _Adam(np.zeros(count, dtype=np.float32))
    every = slice(None)
    for epoch in range(recipe.epochs):
        rate = recipe.rate * (1 - epoch / recipe.epochs)
        order = rng.permutation(size)
        for at in range(0, size, recipe.batch):
            chosen = order[at : at + recipe.batch]
            part = matrix[chosen]
            kept = rng.random(len(part.data)) >= recipe.drop_features
            columns, places = np.unique(part.indices, return_inverse=True)
            data = part.data * kept / np.float32(1 - recipe.drop_features)
            small = sparse.csr_matrix((data.astype(np.float32), places, part.indptr), shape=(len(chosen), len(columns)))
            before = small @ inner.value[columns] + inner_bias.value
            mask = (before > 0) * (rng.random(before.shape) >= recipe.drop_units) / np.float32(1 - recipe.drop_units)
            hidden = (before * mask).astype(np.float32)
            error = softmax(hidden @ outer.value + outer_bias.value)
            error[np.arange(len(chosen)), wanted[chosen]] -= 1
            error /= len(chosen)
            back = ((error @ outer.value.T) * mask).astype(np.float32)
            outer.step(every, hidden.T @ error, rate)
            outer_bias.step(every, error.sum(axis=0), rate)
            inner.step(columns, np.asarray(small.T @ back), rate)
            inner_bias.step(every, back.sum(axis=0), rate)
    return inner.value, inner_bias.value, outer.value, outer_bias.value
