"""The looks at roles as one step: weigh each party alone, then among the others, then the slots as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from isnad.coding.casting import settled_id
from isnad.coding.casting_step import CastingStep
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures
from isnad.coding.groups import Group, Weigher
from isnad.coding.model import Floats, Model
from isnad.coding.reading import Reading
from isnad.coding.roles import ACTOR, NEITHER, RECIPIENT, SEEN_AGAIN, Cast, candidates
from isnad.coding.roles_again import Memory, Opinion

UNSURE = "?"  # label of a mention that gold neither names nor excludes: same party, other mention

Pairs = list[tuple[int, int, list[Group]]]  # (draft, party, what the first look sees)


def pairs_of(reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> Pairs:
    """Return every (event, candidate party) pair with the features of the first look, in groups."""
    if not reading.parties:
        return []
    cast = Cast(reading, forms, drafts)
    return [
        (n, index, cast.groups(n, index, rank))
        for n, draft in enumerate(drafts)
        for rank, index in enumerate(candidates(reading, draft))
    ]


def labels_of(reading: Reading, drafts: Sequence[Draft], gold: Sequence[dict[str, Any]], pairs: Pairs) -> list[str]:
    """Return the gold label of each pair: by overlap of spans, else the first mention of the same id."""
    by_event: dict[int, list[int]] = {}
    for n, index, _ in pairs:
        by_event.setdefault(n, []).append(index)
    found = {n: _labels(reading, drafts[n], gold[n], indices) for n, indices in by_event.items()}
    return [found[n][index] for n, index, _ in pairs]


def _labels(reading: Reading, draft: Draft, event: dict[str, Any], indices: list[int]) -> dict[int, str]:
    out: dict[int, str] = {}
    named = {a["id"] for role in ("actors", "recipients") for a in event[role] if a["id"]}
    for role, label in (("actors", ACTOR), ("recipients", RECIPIENT)):
        for a in event[role]:
            over = [n for n in indices if reading.parties[n].start < a["end"] and reading.parties[n].end > a["start"]]
            same = [n for n in indices if a["id"] and settled_id(reading.parties[n], draft.type, label) == a["id"]]
            for n in over or same[:1]:
                out[n] = label
    for n in indices:
        if n not in out:
            ids = {settled_id(reading.parties[n], draft.type, r) for r in (ACTOR, RECIPIENT)}
            out[n] = UNSURE if ids & named else NEITHER
    return out


def opinions_of(pairs: Pairs, probabilities: Floats, classes: Sequence[str], size: int) -> list[list[Opinion]]:
    """Return the first look's opinions, event by event."""
    chances = probabilities[:, [classes.index(ACTOR), classes.index(RECIPIENT)]].tolist()
    out: list[list[Opinion]] = [[] for _ in range(size)]
    for (n, index, _), (actor, recipient) in zip(pairs, chances, strict=True):
        out[n].append(Opinion(index, actor, recipient))
    return out


def second_groups(
    reading: Reading, drafts: Sequence[Draft], pairs: Pairs, opinions: list[list[Opinion]]
) -> list[list[Group]]:
    """Return the features of the second look, in groups, in the order of `pairs`."""
    memory = Memory(reading, drafts, opinions)
    # the opinions are in the order of the pairs
    flat = [opinion for row in opinions for opinion in row]
    return [
        groups[:SEEN_AGAIN] + memory.groups(n, opinion) for (n, _, groups), opinion in zip(pairs, flat, strict=True)
    ]


class RolesStep:
    """Sets `actors` and `recipients` of each draft."""

    def __init__(self) -> None:
        self._first = Weigher()
        self._second = Weigher()
        self._casting = CastingStep()

    def apply(
        self, models: Mapping[str, Model], reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]
    ) -> None:
        """Weigh each party by two looks, and by a third settle who fills the slots."""
        first, second = models["role1"], models["role2"]
        pairs = pairs_of(reading, forms, drafts)
        if not pairs:
            return
        looked = first.probabilities(self._first.columns(first, [groups for _, _, groups in pairs]))
        opinions = opinions_of(pairs, looked, first.classes, len(drafts))
        again = second_groups(reading, drafts, pairs, opinions)
        # The mean of both looks: the second alone leans too much on what other events say.
        again_looked = second.probabilities(self._second.columns(second, again))
        both: Floats = (looked + again_looked) / np.float32(2)
        weighed = opinions_of(pairs, both, second.classes, len(drafts))
        self._casting.apply(models["cast"], reading, drafts, weighed)
