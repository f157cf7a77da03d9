"""The score of a pair: a sum of contributions, one for each feature, with weights from data/weights.json."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from isnad.weigh.features import Pair


class Weights(msgspec.Struct, frozen=True):
    """`made` tells how; `bias` stands in every score.

    Scores from `join` on are of one happening, from `maybe` on of what may be one.
    """

    made: str
    bias: float
    join: float
    maybe: float
    features: dict[str, float]


class Reason(NamedTuple):
    """One line of an explanation: the feature, its value, and what it adds to the score."""

    feature: str
    value: float
    contribution: float


@cache
def built_in() -> Weights:
    """Return the weights of the package."""
    data = (resources.files("isnad.weigh") / "data" / "weights.json").read_bytes()
    return msgspec.json.decode(data, type=Weights)


def explain(pair: Pair, weights: Weights) -> list[Reason]:
    """Return the contributions; their sum in this order is the score."""
    known = weights.features
    return [
        Reason("bias", 1.0, weights.bias),
        *(Reason(name, value, known.get(name, 0.0) * value) for name, value in pair.features),
    ]


def score(pair: Pair, weights: Weights) -> float:
    """Return the score of a pair in log-odds; vetoes are not part of it."""
    known = weights.features
    total = weights.bias
    for name, value in pair.features:
        total += known.get(name, 0.0) * value
    return total


__all__ = ["Reason", "Weights", "built_in", "explain", "score"]
