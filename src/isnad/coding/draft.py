"""An event while it is being coded."""

from __future__ import annotations

import msgspec

from isnad.lexicon.triggers import TriggerForm


class Draft(msgspec.Struct, kw_only=True):
    """A trigger with its type, to which the later steps add values.

    Words [first, last) are the trigger, `head` the word that was classified; `form` is the lexicon's reading of it under
    the chosen type, None when the lexicon does not offer that type.
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
    #: Indices into `Reading.parties`; ids are settled apart, as a country may act by its army or its government.
    actors: list[int] = []
    recipients: list[int] = []
    same_as: int | None = None


def best_form(forms: tuple[TriggerForm, ...], type_: str) -> TriggerForm | None:
    """Return the reading whose first type is `type_`, or else one that offers it."""
    for form in forms:
        if form.types and form.types[0][0] == type_:
            return form
    return next((f for f in forms if any(t == type_ for t, _ in f.types)), None)
