"""Which tellings people said belong together or apart, laid over what the machine grouped.

Decisions are applied in their order to the machine's groups, which depend on nothing but the set of tellings; so the
outcome depends on the tellings and the decisions alone, whatever the order in which articles came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from isnad.review.targets import PairTarget, read_target
from isnad.store.incident_records import Decision
from isnad.weigh.families import HAPPENING
from isnad.weigh.grouping import Grouping, Key, Scorer
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.scoring import Weights

MERGE, SPLIT, SAME, NOT_SAME = "merge", "split", "same", "not-same"
#: Letters by which a trigger may have moved in another coding and its telling still be the one that was meant.
_NEAR = 25

Groups = list[tuple[str, ...]]


class Together(msgspec.Struct, frozen=True):
    """Tellings that are of one happening."""

    keys: tuple[str, ...]


class Apart(msgspec.Struct, frozen=True):
    """Tellings of which none on the left is of one happening with one on the right."""

    left: tuple[str, ...]
    right: tuple[str, ...]


Rule = Together | Apart


def rules_of(decisions: Iterable[Decision]) -> list[Rule]:
    """Return what the decisions say of tellings, in their order."""
    out: list[Rule] = []
    for decision in decisions:
        if decision.kind in (MERGE, SAME):
            keys = [key for keys in decision.before["keys"].values() for key in keys]
            out.append(Together(tuple(keys)))
        elif decision.kind == SPLIT:
            out.append(Apart(tuple(decision.after["left"]), tuple(decision.after["right"])))
        elif decision.kind == NOT_SAME:
            target = read_target(decision.target)
            assert isinstance(target, PairTarget)
            keys_of = decision.before["keys"]
            out.append(Apart(tuple(keys_of[target.one]), tuple(keys_of[target.two])))
    return out


class DecidedGrouping(Grouping):
    """A grouping that people's decisions are laid over."""

    def __init__(
        self,
        *,
        kinds: PartyKinds | None = None,
        weights: Weights | None = None,
        scorer: Scorer | None = None,
        rules: Sequence[Rule] = (),
    ) -> None:
        super().__init__(kinds=kinds, weights=weights, scorer=scorer)
        self.rules: Sequence[Rule] = rules

    def clusters(self) -> Groups:
        """Return the happenings as tuples of keys of tellings, as decided."""
        groups = super().clusters()
        return self._decided(groups) if self.rules else groups

    def unsure(self, where: dict[str, int]) -> Iterable[tuple[Key, float]]:
        """Yield the pairs in the unsure band that nobody has told apart."""
        apart = [rule for rule in map(self._found, self.rules) if isinstance(rule, Apart)]
        told: dict[str, list[tuple[int, bool]]] = {}
        for n, rule in enumerate(apart):
            for side, keys in ((True, rule.left), (False, rule.right)):
                for key in keys:
                    told.setdefault(key, []).append((n, side))
        for pair, value in super().unsure(where):
            others = {(n, not side) for n, side in told.get(pair[0], ())}
            if others.isdisjoint(told.get(pair[1], ())):
                yield pair, value

    def _decided(self, groups: Groups) -> Groups:
        now = dict(enumerate(groups))
        where = {key: n for n, group in now.items() for key in group}
        for rule in map(self._found, self.rules):
            if isinstance(rule, Together):
                homes = sorted({where[key] for key in rule.keys})
                self._put(now, where, homes, [tuple(sorted(key for n in homes for key in now[n]))] if homes else [])
                continue
            both = {where[key] for key in rule.left} & {where[key] for key in rule.right}
            for home in sorted(both):
                self._put(now, where, [home], self._parted(now[home], rule))
        return sorted(now.values())

    @staticmethod
    def _put(now: dict[int, tuple[str, ...]], where: dict[str, int], homes: list[int], groups: Groups) -> None:
        for home in homes:
            del now[home]
        free = max(now, default=-1) + 1
        for n, group in enumerate(groups, start=max(free, max(homes, default=-1) + 1)):
            now[n] = group
            where.update(dict.fromkeys(group, n))

    def _parted(self, group: tuple[str, ...], rule: Apart) -> Groups:
        """Return a group as two; what nobody spoke of goes where it scores better, to the left for want of that."""
        sides = (frozenset(rule.left), frozenset(rule.right) - frozenset(rule.left))
        left, right = ([key for key in group if key in side] for side in sides)
        if not left or not right:
            return [group]
        parts: tuple[list[str], list[str]] = (list(left), list(right))
        for key in group:
            if key not in sides[0] and key not in sides[1]:
                scores = [sum(self._known(key, other) for other in side) / len(side) for side in (left, right)]
                parts[scores[1] > scores[0]].append(key)
        return [tuple(sorted(part)) for part in parts]

    def _found(self, rule: Rule) -> Rule:
        """Return a rule over the tellings that are there."""
        if isinstance(rule, Together):
            return Together(self._there(rule.keys))
        return Apart(self._there(rule.left), self._there(rule.right))

    def _there(self, keys: Iterable[str]) -> tuple[str, ...]:
        found = (find_telling(key, self.tellings, self._by_doc) for key in keys)
        return tuple(key for key in found if key is not None and self.tellings[key].part == HAPPENING)


def find_telling(key: str, tellings: Mapping[str, object], by_doc: Mapping[str, Sequence[str]]) -> str | None:
    """Return the key of the telling that `key` meant: itself, else the nearest of its article within a few words."""
    if key in tellings:
        return key
    doc_id, _, at = key.rpartition("@")
    near = [(abs(int(other.rpartition("@")[2]) - int(at)), other) for other in by_doc.get(doc_id, ())]
    best = min(near, default=None)
    return best[1] if best is not None and best[0] <= _NEAR else None


__all__ = [
    "MERGE",
    "NOT_SAME",
    "SAME",
    "SPLIT",
    "Apart",
    "DecidedGrouping",
    "Rule",
    "Together",
    "find_telling",
    "rules_of",
]
