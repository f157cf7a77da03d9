"""Training: the same examples give the same bytes, and what is learned tells the classes apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="training needs the `train` extra")

from isnad.coding.learn import Recipe, train  # (after the skip: it imports scikit-learn)
from isnad.coding.model import Model, save_models

#: Forty examples of three classes: one telling feature each, one shared, one of chance.
EXAMPLES = [["b", f"t={'abc'[n % 3]}", f"x={n % 7}", f"once={n}"] for n in range(40)]
LABELS = [("event", "none", "other")[n % 3] for n in range(40)]
RECIPE = Recipe(units=8, epochs=4, networks=2)


def learn(recipe: Recipe = RECIPE, **changes: object) -> Model:
    return train(EXAMPLES, LABELS, recipe=recipe, **changes)  # type: ignore[arg-type]


def answers(model: Model) -> list[str]:
    found = model.probabilities(np.stack([model.columns(example) for example in EXAMPLES]))
    return [model.classes[n] for n in found.argmax(axis=1)]


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        save_models({"toy": learn()}, tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.parametrize("networks", [0, 1])
def test_what_is_learned_tells_the_classes_apart(networks: int) -> None:
    model = learn(Recipe(strength=1.0, networks=networks, units=8, epochs=4))
    assert model.classes == ("event", "none", "other")
    assert answers(model) == LABELS


def test_a_feature_named_twice_in_an_example_counts_once(tmp_path: Path) -> None:
    save_models({"toy": learn()}, tmp_path / "once")
    save_models({"toy": train([[*e, *e] for e in EXAMPLES], LABELS, recipe=RECIPE)}, tmp_path / "twice")
    assert (tmp_path / "once").read_bytes() == (tmp_path / "twice").read_bytes()


def test_a_feature_seen_once_is_left_out() -> None:
    model = learn()
    assert model.indices(["once=3"]) == []
    assert len(model.indices(["b", "t=a", "x=3"])) == 3


def test_the_telling_feature_weighs_most() -> None:
    model = learn(Recipe(networks=0))
    weights = model.weights(EXAMPLES[0], "event")
    assert weights[0][0] == "t=a"
    assert weights[0][1] > 0
    sizes = [abs(weight) for _, weight in weights]
    assert sizes == sorted(sizes, reverse=True)


def test_two_classes_have_a_column_each() -> None:
    labels = ["yes" if n % 2 else "no" for n in range(40)]
    model = train([[f"t={n % 2}", "b"] for n in range(40)], labels, recipe=Recipe(networks=0))
    assert model.weights(["t=1"], "yes")[0][1] == pytest.approx(-model.weights(["t=1"], "no")[0][1])
    assert model.probabilities(model.columns(["t=1"])[None, :])[0, 1] > 0.5


def test_dense_features_are_learned_beside_named_ones() -> None:
    vectors = np.array([[float(n % 3 == k) for k in range(3)] for n in range(40)], dtype=np.float32)
    model = train([["b"]] * 40, LABELS, vectors=vectors, recipe=Recipe(strength=10.0, networks=0))
    found = model.probabilities(np.stack([model.columns(["b"], vector) for vector in vectors]))
    assert [model.classes[n] for n in found.argmax(axis=1)] == LABELS
