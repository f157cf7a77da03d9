"""A model that keeps what it was asked and what it answered, so that a run of the coder can be explained as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import msgspec

from isnad.coding.model import Floats, Model

MOST_FEATURES = 5  # features shown for one answer
_LEAST_WEIGHT = 0.005  # less than this is not worth showing


class Answer(msgspec.Struct, frozen=True):
    """One example: its features (empty when they were not seen) and the probability of each class."""

    features: tuple[str, ...]
    chances: dict[str, float]


class Witness(Model, frozen=True, eq=False, kw_only=True):
    """Answers as the model it stands for, and keeps the features asked of it and its probabilities."""

    asked: list[tuple[str, ...]]
    answered: list[dict[str, float]]

    @classmethod
    def of(cls, model: Model) -> Self:
        """Return a witness that shares the weights of `model`."""
        weights = {name: getattr(model, name) for name in Model.__struct_fields__}
        return cls(**weights, asked=[], answered=[])

    def indices(self, features: Iterable[str]) -> list[int]:
        """Return the rows of the features, and keep the features."""
        kept = tuple(dict.fromkeys(features))
        self.asked.append(kept)
        return super().indices(kept)

    def probabilities(self, columns: Floats) -> Floats:
        """Return class probabilities, and keep them."""
        out = super().probabilities(columns)
        self.answered.extend(dict(zip(self.classes, row, strict=True)) for row in out.tolist())
        return out

    def answers(self) -> list[Answer]:
        """Return every example in the order of asking; features only where each example has its own."""
        asked = self.asked if len(self.asked) == len(self.answered) else [()] * len(self.answered)
        return [Answer(features, chances) for features, chances in zip(asked, self.answered, strict=True)]


def heaviest(model: Model, features: Iterable[str], name: str) -> list[tuple[str, float]]:
    """Return the features with the heaviest log-linear weights for class `name`, rounded."""
    found = model.weights(features, name)[:MOST_FEATURES]
    return [(feature, round(weight, 3)) for feature, weight in found if abs(weight) >= _LEAST_WEIGHT]


__all__ = ["MOST_FEATURES", "Answer", "Witness", "heaviest"]
