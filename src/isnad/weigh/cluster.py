"""Clusters of tellings from pair scores: average link with vetoes, the same whatever the order of arrival.

Connected components over pairs above the joining score are worked one by one; in each, the two clusters whose members
agree best on average are joined until no average is above the joining score.  Ties go to the smaller keys, so that
the outcome depends on nothing but the set of tellings.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from isnad.weigh.values import Floats, Numbers

#: What a pair counts that forbids joining; far below any sum of weights.
FORBIDDEN = float("-inf")
Scorer = Callable[[str, str], float]
_Entry = tuple[float, tuple[str, ...], tuple[str, ...], int, int]


def components(edges: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return the connected components of `edges`, each sorted, in order of their first members."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        root = key
        while parent[root] != root:
            root = parent[root]
        while parent[key] != root:
            parent[key], key = root, parent[key]
        return root

    for one, two in edges:
        parent.setdefault(one, one)
        parent.setdefault(two, two)
        a, b = find(one), find(two)
        if a != b:
            parent[max(a, b)] = min(a, b)
    groups: dict[str, list[str]] = {}
    for key in parent:
        groups.setdefault(find(key), []).append(key)
    return sorted(tuple(sorted(group)) for group in groups.values())


def agglomerate(keys: Sequence[str], scorer: Scorer, *, join: float) -> list[tuple[str, ...]]:
    """Return `keys` (one component, sorted) as clusters, each sorted, in order of their first members.

    `scorer` gives the score of two keys, `FORBIDDEN` where they must not be joined.
    """
    scores = [scorer(one, two) for one, two in combinations(keys, 2)]
    return agglomerate_scores(keys, np.array(scores, dtype=np.float64), join=join)


def agglomerate_scores(keys: Sequence[str], scores: Floats, *, join: float) -> list[tuple[str, ...]]:
    """Return the same from the scores of all pairs, in the order of `itertools.combinations`."""
    if len(keys) < 2:
        return [tuple(keys)] if keys else []
    live: dict[int, tuple[str, ...]] = {n: (key,) for n, key in enumerate(keys)}
    sums = np.full((2 * len(keys) - 1, 2 * len(keys) - 1), FORBIDDEN)  # between clusters: sums of the pair scores
    ones, twos = np.triu_indices(len(keys), 1)
    sums[ones, twos] = sums[twos, ones] = scores
    heap = [_entry(live, i, j, v) for i, j, v in _joining(ones, twos, scores, join)]
    heapq.heapify(heap)
    sizes = np.ones(2 * len(keys) - 1, dtype=np.int64)
    while heap:
        _, _, _, i, j = heapq.heappop(heap)
        if i not in live or j not in live:
            continue
        fresh = len(keys) + len(keys) - len(live)
        live[fresh] = tuple(sorted(live.pop(i) + live.pop(j)))
        sums[fresh] = sums[:, fresh] = sums[i] + sums[j]
        sizes[fresh] = len(live[fresh])
        others = np.array([n for n in live if n != fresh], dtype=np.int64)
        averages = sums[others, fresh] / (sizes[others] * sizes[fresh])
        for n, _, v in _joining(others, np.full(len(others), fresh), averages, join):
            heapq.heappush(heap, _entry(live, n, fresh, v))
    return sorted(live.values())


def _joining(ones: Numbers, twos: Numbers, averages: Floats, join: float) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of clusters whose average is the joining score or more."""
    good = np.flatnonzero((averages >= join) & (averages > FORBIDDEN))
    return zip(ones[good].tolist(), twos[good].tolist(), averages[good].tolist(), strict=True)


def _entry(live: Mapping[int, tuple[str, ...]], i: int, j: int, average: float) -> _Entry:
    """Return a heap entry that puts the best average first, then the smaller keys."""
    first, second = sorted((live[i], live[j]))
    return (-round(average, 9), first, second, i, j)


__all__ = ["FORBIDDEN", "agglomerate", "agglomerate_scores", "components"]
