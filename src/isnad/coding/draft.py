"""An event while it is being coded, and the steps that add values to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from isnad.coding.features import FormFeatures
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.lexicon.trigger_records import TriggerForm
from isnad.model import Cue
from isnad.read.tolls import Toll


class Draft(msgspec.Struct, kw_only=True):
    """A trigger with its type, to which the later steps add values.

    Words [first, last) are the trigger, `head` the word that was classified; `form` is the lexicon's reading of it
    under the chosen type, None when the lexicon does not offer that type.  `actors`, `recipients`, `place`, `date` and
    `attribution` are indices into the mentions of `Reading`; `same_as` is the index of an earlier draft.
    """

    head: int
    first: int
    last: int
    sentence: int
    type: str
    mode: str | None = None
    status: str = "actual"
    score: float = 0.0
    form: TriggerForm | None = None
    forms: tuple[TriggerForm, ...] = ()
    actors: list[int] = []
    recipients: list[int] = []
    place: int | None = None
    date: int | None = None
    attribution: int | None = None
    tolls: dict[str, Toll] = {}
    same_as: int | None = None
    cues: list[Cue] = []


class Step(Protocol):
    """One question asked of every draft of an article, answered by a model of its own.

    `examples` gives training features and labels from gold events (`gold[n]` belongs to `drafts[n]`; the dicts are
    CODEBOOK records); `apply` writes the answer into the drafts.
    """

    name: str

    def examples(
        self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft], gold: Sequence[dict[str, Any]]
    ) -> tuple[list[list[str]], list[str]]: ...

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None: ...


def best_form(forms: tuple[TriggerForm, ...], type_: str) -> TriggerForm | None:
    """Return the reading whose first type is `type_`, or else one that offers it."""
    for form in forms:
        if form.types and form.types[0][0] == type_:
            return form
    return next((f for f in forms if any(t == type_ for t, _ in f.types)), None)
