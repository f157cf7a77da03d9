"""Clusters of tellings from pair scores: average link with vetoes, the same whatever the order of arrival.

Connected components over pairs above the joining score are worked one by one; in each, the two clusters whose members
agree best on average are joined until no average is above the joining score.  Ties go to the smaller keys, so that
the outcome depends on nothing but the set of tellings.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

#: What a pair counts that forbids joining; far below any sum of weights.
FORBIDDEN = float("-inf")
Scorer = Callable[[str, str], float]


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


class _Cluster(NamedTuple):
    keys: tuple[str, ...]
    sums: dict[int, float]  # to other clusters: sum of the pair scores


def agglomerate(keys: Sequence[str], scorer: Scorer, *, join: float) -> list[tuple[str, ...]]:
    """Return `keys` (one component, sorted) as clusters, each sorted, in order of their first members.

    `scorer` gives the score of two keys, `FORBIDDEN` where they must not be joined.
    """
    live = {at: _Cluster((key,), {}) for at, key in enumerate(keys)}
    for i, one in enumerate(keys):
        for j in range(i):
            live[i].sums[j] = live[j].sums[i] = scorer(keys[j], one)
    heap = [entry for i in live for j in live[i].sums if j < i and (entry := _entry(live, j, i, join))]
    heapq.heapify(heap)
    fresh = len(live)
    while heap:
        _, _, _, i, j = heapq.heappop(heap)
        if i not in live or j not in live:
            continue
        first, second = live.pop(i), live.pop(j)
        merged = _Cluster(tuple(sorted(first.keys + second.keys)), {})
        for n, other in live.items():
            merged.sums[n] = other.sums[fresh] = first.sums[n] + second.sums[n]
        live[fresh] = merged
        for k in merged.sums:
            entry = _entry(live, k, fresh, join)
            if entry:
                heapq.heappush(heap, entry)
        fresh += 1
    return sorted(cluster.keys for cluster in live.values())


def _entry(
    live: dict[int, _Cluster], i: int, j: int, join: float
) -> tuple[float, tuple[str, ...], tuple[str, ...], int, int] | None:
    """Return a heap entry that puts the best average first, then the smaller keys; None below the joining score."""
    one, two = live[i].keys, live[j].keys
    average = live[i].sums[j] / (len(one) * len(two))
    if average < join or average == FORBIDDEN:
        return None
    first, second = sorted((one, two))
    return (-round(average, 9), first, second, i, j)


__all__ = ["FORBIDDEN", "agglomerate", "components"]
