"""Incident ids that never change, whatever joins or parts later.

A cluster takes the id under which the larger part of an earlier incident is in it.  Where two earlier incidents have
become one, the id with more members here (of equals the older, then the smaller) stays and the other leads to it.
Where one has parted, the larger part keeps the id and the others get ids of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import msgspec


class Registry(msgspec.Struct, frozen=True, kw_only=True):
    """What must be kept of ids between runs: the members of each id, in order of creation, and the redirects."""

    members: dict[str, tuple[str, ...]] = {}
    redirects: dict[str, str] = {}

    def resolve(self, id: str) -> str:
        """Return the id that `id` leads to now."""
        while id in self.redirects:
            id = self.redirects[id]
        return id

    def merged(self) -> dict[str, tuple[str, ...]]:
        """Return for each living id the ids that lead to it, sorted."""
        out: dict[str, list[str]] = defaultdict(list)
        for old in self.redirects:
            out[self.resolve(old)].append(old)
        return {id: tuple(sorted(olds)) for id, olds in out.items()}


def assign(clusters: Sequence[tuple[str, ...]], registry: Registry | None = None) -> tuple[dict[str, int], Registry]:
    """Return id → index of its cluster, and the registry to keep.

    `clusters` hold the keys of members; each key stands in one cluster.
    """
    registry = registry or Registry()
    where = {key: n for n, cluster in enumerate(clusters) for key in cluster}
    claims: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    gone: dict[str, tuple[str, ...]] = {}
    for age, (id, members) in enumerate(registry.members.items()):
        home = _home(members, where)
        if home is None:
            gone[id] = members
        else:
            claims[home[0]].append((-home[1], age, id))
    ids: dict[str, int] = {}
    redirects = dict(registry.redirects)
    for n, claimed in claims.items():
        (_, _, kept), *others = sorted(claimed)
        ids[kept] = n
        redirects.update({id: kept for _, _, id in others})
    taken = {*registry.members, *redirects}
    for n, cluster in enumerate(clusters):
        if n not in claims:
            ids[_fresh(cluster[0], taken)] = n
    order = [id for id in registry.members if id in ids] + [id for id in ids if id not in registry.members]
    kept_members = {id: tuple(clusters[ids[id]]) for id in order} | gone
    return ids, Registry(members=kept_members, redirects=redirects)


def _home(members: Iterable[str], where: dict[str, int]) -> tuple[int, int] | None:
    """Return the cluster that holds most of `members`, of equals the one with the smallest of them, and how many."""
    held = Counter(where[key] for key in sorted(members) if key in where)
    if not held:
        return None
    best = max(held.values())
    return next((n, best) for key in sorted(members) if key in where and held[n := where[key]] == best)


def _fresh(key: str, taken: set[str]) -> str:
    """Return a new id for a cluster whose first member is `key`."""
    for turn in range(len(taken) + 1):
        name = key if not turn else f"{key}#{turn}"
        id = "inc-" + blake2b(name.encode(), digest_size=6).hexdigest()
        if id not in taken:
            taken.add(id)
            return id
    raise AssertionError("more names tried than are taken")


__all__ = ["Registry", "assign"]
