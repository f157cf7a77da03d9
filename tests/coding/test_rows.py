"""The rows that reading finds without spelling features are those of the features that training names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from isnad.coding import Coder
from isnad.coding.context_rows import ContextRows
from isnad.coding.detect import candidates, event_features
from isnad.coding.features import WINDOW, Forms, document_features
from isnad.coding.form_rows import FormRows
from isnad.coding.groups import Group, Weigher, spell
from isnad.coding.model import Floats, Model, product
from isnad.coding.reader import fill, propose
from isnad.coding.vectors import word_vectors

#: Headline; quotes, numbers, phrases and parties beside triggers; a sentence of one word.
TEXT = (
    "قصف على سراقب ومقتل 5 مدنيين\n\n"
    "قال \"المرصد\" إن الطائرات الروسية شنت غارات جوية على مدينة سراقب أمس، فقتلت خمسة مدنيين وجرحت آخرين.\n"
    "قُصِفت.\n"
    "ونفذت الشرطة حملة اعتقالات في حمص بعد هجوم استهدف حاجزاً للجيش، ثم عقد الطرفان اجتماعاً لوقف إطلاق النار."
)


@pytest.mark.parametrize("name", ["event", "mode"])
@pytest.mark.parametrize("keep", [False, True])
def test_rows_of_a_candidate(coder: Coder, name: str, keep: bool) -> None:
    """Every candidate names the same rows by hash as by name, also when its forms are met again."""
    model = coder.models[name]
    reading = propose(TEXT, coder.lexicons, published="2015-07-20")
    fill(reading, coder.lexicons, {})
    forms = Forms(coder.lexicons.triggers, word_vectors()).of_all(reading.words)
    rows = ContextRows(model, keep=keep)
    document = document_features(forms)
    chosen = candidates(reading)
    assert len(chosen) > 5
    for _ in range(2):
        rows.begin(forms)
        for i in chosen:
            assert rows.of(reading, forms, i) == set(model.indices(event_features(reading, forms, i, document)))


def test_rows_of_a_form(coder: Coder) -> None:
    """The glance sees a form's own features and those of a neighbour on either side."""
    model = coder.models["glance"]
    reading = propose(TEXT, coder.lexicons)
    rows = FormRows(model)
    for form in Forms(coder.lexicons.triggers, word_vectors()).of_all(reading.words):
        assert set(rows.own(form)) == set(model.indices(form.own))
        for offset in range(-WINDOW, WINDOW + 1):
            assert set(rows.near(offset)(form)) == set(model.indices(form.near(offset)))


def test_groups_weigh_what_their_names_weigh(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Roles, castings, places, dates and tolls: pairs weighed by groups get the figures of the names that training
    sees, met first or again, and no two groups of a pair share a name.
    """
    asked: list[tuple[Model, list[list[Group]]]] = []
    columns = Weigher.columns

    def noted(self: Weigher, model: Model, examples: Sequence[Sequence[Group]]) -> Floats:
        asked.append((model, [list(groups) for groups in examples]))
        return columns(self, model, examples)

    monkeypatch.setattr(Weigher, "columns", noted)
    assert coder.code(TEXT, published="2015-07-20").events
    assert {id(model) for model, _ in asked} == {
        id(coder.models[name]) for name in ("role1", "role2", "cast", "place", "date", "toll")
    }
    for model, examples in asked:
        weigher, wanted = Weigher(), [model.columns(spell(groups)).tolist() for groups in examples]
        for _ in range(2):
            assert columns(weigher, model, examples).tolist() == wanted
        for groups in examples:
            assert len(set(spell(groups))) == sum(len(set(group[0](*group[1:]))) for group in groups)


def test_columns_of_many(coder: Coder) -> None:
    """Examples summed together get the figures that each gets alone, an empty one the bias."""
    model = coder.models["role1"]
    examples = [["b", "side=<", "side=<"], [], ["b", "never seen", "k=civilians", "side=>"]]
    together = model.columns_of(examples)
    assert together.tolist() == [model.columns(example).tolist() for example in examples]
    assert together[1].tolist() == model.bias.tolist()
    assert model.columns_of([]).shape == (0, len(model.bias))


def test_product_in_pieces() -> None:
    """A product too large for one piece is that of its pieces."""
    rng = np.random.default_rng(0)
    one = rng.random((50, 100), dtype=np.float32)
    other = rng.random((100, 209), dtype=np.float32)
    assert np.allclose(product(one, other), one @ other)
