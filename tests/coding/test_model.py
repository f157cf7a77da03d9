"""A model adds the weights of features, each once, and comes back from its file as it was."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pytest

from isnad.coding.coder import STEPS, built_in_models
from isnad.coding.model import Model, feature_hash, load_models, save_models, softmax
from isnad.coding.witness import Witness, heaviest


@pytest.fixture
def model() -> Model:
    """Two classes; «a» speaks for the first, «b» for the second, «c» a little for the second."""
    rows = np.array([[100, -100], [-50, 50], [-5, 5]], dtype=np.int8)
    return Model(
        ("no", "yes"),
        {feature_hash(name): n for n, name in enumerate("abc")},
        rows,
        np.array([0.01, 0.02], dtype=np.float32),
        np.array([0.1, -0.1], dtype=np.float32),
        (),
        (),
        np.zeros((0, 2), dtype=np.float32),
    )


def test_columns_are_the_sum_of_rows_and_bias(model: Model) -> None:
    assert model.columns(["a", "c"]) == pytest.approx([0.95 + 0.1, -1.9 - 0.1])


def test_a_feature_counts_once(model: Model) -> None:
    assert model.columns(["a", "b", "a", "a"]).tolist() == model.columns(["b", "a"]).tolist()


def test_unknown_features_count_nothing(model: Model) -> None:
    assert model.columns(["never seen"]).tolist() == model.bias.tolist()
    assert model.indices(["never seen", "c"]) == [2]


def test_probabilities_are_of_the_softmax(model: Model) -> None:
    columns = np.stack([model.columns(["a"]), model.columns(["b"])])
    found = model.probabilities(columns)
    assert found == pytest.approx(softmax(columns))
    assert found.sum(axis=1) == pytest.approx([1, 1])
    assert found[0].argmax() == 0
    assert found[1].argmax() == 1


def test_weights_are_sorted_by_size(model: Model) -> None:
    assert model.weights(["c", "b", "a", "x"], "no") == [
        ("a", pytest.approx(1.0)),
        ("b", pytest.approx(-0.5)),
        ("c", pytest.approx(-0.05)),
    ]


def test_file_gives_the_same_models(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "models.npz"
    save_models({"one": model, "two": model}, path)
    back = load_models(path)
    assert sorted(back) == ["one", "two"]
    for name in back:
        assert back[name].classes == model.classes
        for features in (["a"], ["b", "c"], []):
            assert back[name].columns(features).tolist() == model.columns(features).tolist()


def test_saving_again_writes_the_same_bytes(model: Model, tmp_path: Path) -> None:
    for name in ("first", "second"):
        save_models({"one": model}, tmp_path / name)
    save_models(load_models(tmp_path / "first"), tmp_path / "third")
    first = (tmp_path / "first").read_bytes()
    assert first == (tmp_path / "second").read_bytes() == (tmp_path / "third").read_bytes()


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04broken"])
def test_a_file_that_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "models.npz"
    path.write_bytes(content)
    with pytest.raises((OSError, ValueError, EOFError, BadZipFile)):
        load_models(path)


def test_package_has_a_model_for_every_step() -> None:
    models = built_in_models()
    assert {"event", "role1", "role2", *(step.name for step in STEPS)} <= set(models)


def test_witness_answers_as_its_model_and_keeps_what_it_was_asked(model: Model) -> None:
    witness = Witness.of(model)
    columns = np.stack([witness.columns(features) for features in (["a", "a", "c"], ["b"])])
    found = witness.probabilities(columns)
    assert found.tolist() == model.probabilities(columns).tolist()
    first, second = witness.answers()
    assert (first.features, second.features) == (("a", "c"), ("b",))
    assert list(first.chances.values()) == found[0].tolist()


def test_witness_without_one_example_an_answer_tells_no_features(model: Model) -> None:
    witness = Witness.of(model)
    witness.columns(["a"])
    witness.probabilities(np.stack([model.columns(["a"]), model.columns(["b"])]))
    assert [answer.features for answer in witness.answers()] == [(), ()]


def test_heaviest_leaves_out_what_weighs_next_to_nothing(model: Model) -> None:
    assert heaviest(model, ["a", "b", "x"], "yes") == [("a", -2.0), ("b", 1.0)]
