"""What is told as planned, demanded, supposed or denied, put beside the happening it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from isnad.weigh.blocking import MOST, blocks_of
from isnad.weigh.cluster import FORBIDDEN
from isnad.weigh.families import HAPPENING
from isnad.weigh.grouping import Grouping
from isnad.weigh.tellings import Telling
from isnad.weigh.values import Numbers


def homes_of(grouping: Grouping) -> dict[str, str]:
    """Return for each such telling the key of the telling of a happening that it stands beside; others are left out.

    It is the one of the same article that the coder's chain names, else the one that scores best: above the joining
    score, or in the same article with nothing that tells them apart.
    """
    own: dict[str, list[Telling]] = {}
    for telling in grouping.tellings.values():
        if telling.part == HAPPENING:
            own.setdefault(telling.doc_id, []).append(telling)
    out: dict[str, str] = {}
    asked: list[tuple[int, Numbers, int]] = []  # row, rows of happenings near it, how many of these in its article
    for key, telling in grouping.tellings.items():
        if telling.part != HAPPENING:
            near = own.get(telling.doc_id, [])
            home = _chained(telling, near)
            if home is None:
                asked.append((grouping.columns.row_of[key], *_near(telling, near, grouping)))
            else:
                out[key] = home
    return out | _best(asked, grouping)


def _chained(telling: Telling, own: Sequence[Telling]) -> str | None:
    chained = set(telling.chained)
    found = sorted(t.key for t in own if t.family == telling.family and not chained.isdisjoint(t.events))
    return found[0] if found else None


def _near(telling: Telling, own: Sequence[Telling], grouping: Grouping) -> tuple[Numbers, int]:
    """Return the rows of happenings that `telling` may stand beside, its article's first, and how many these are."""
    inside = [grouping.columns.row_of[t.key] for t in own if t.family == telling.family]
    near: set[int] = set()
    for name in blocks_of(telling):
        rows = grouping.block(name)
        if len(rows) <= MOST:
            near.update(rows)
    return np.array([*inside, *near.difference(inside)], dtype=np.int64), len(inside)


def _best(asked: Sequence[tuple[int, Numbers, int]], grouping: Grouping) -> dict[str, str]:
    """Return for the key of each row that was asked for the happening that scores best, of equals the smaller key."""
    if not asked:
        return {}
    ones = np.repeat([row for row, _, _ in asked], [len(near) for _, near, _ in asked])
    twos = np.concatenate([near for _, near, _ in asked])
    inside = np.concatenate([np.arange(len(near)) < count for _, near, count in asked])
    scores = grouping.row_scores(ones, twos)
    good = np.flatnonzero((scores >= grouping.weights.join) | (inside & (scores > FORBIDDEN)))
    best: dict[str, tuple[float, str]] = {}
    at = grouping.columns.at
    for one, two, value in zip(ones[good].tolist(), twos[good].tolist(), scores[good].tolist(), strict=True):
        key, found = at(one).key, (-value, at(two).key)
        best[key] = min(found, best.get(key, found))
    return {key: other for key, (_, other) in best.items()}


__all__ = ["homes_of"]
