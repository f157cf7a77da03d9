"""Groups tellings into happenings, at once or as articles arrive: the same groups either way.

What is kept is only what follows from the set of tellings: the blocks, the score of each pair that some block
proposes, the components over joining scores, and the clusters of each component.  An update works anew what the new
tellings touch.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from isnad.weigh.blocking import blocks_of, pairs_of
from isnad.weigh.cluster import FORBIDDEN, agglomerate, components
from isnad.weigh.families import HAPPENING
from isnad.weigh.features import compare
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.scoring import Weights, built_in, score
from isnad.weigh.tellings import Telling

Key = tuple[str, str]
#: Tellings of a component beyond which its weakest joins are cut before it is clustered.
MOST_TOGETHER = 300
_STEP = 0.5  # by how much the joining score rises to cut a component that is too big


#: Scores pairs of a grouping in order: here, or over processes (`isnad.scale`).
Scorer = Callable[["Grouping", Sequence[Key]], Iterable[float]]


def score_here(grouping: Grouping, pairs: Sequence[Key]) -> Iterable[float]:
    """Return the score of each pair, one after the other."""
    return [grouping.score(one, two) for one, two in pairs]


class Grouping:
    """The tellings of a collection and the clusters they form."""

    def __init__(
        self, *, kinds: PartyKinds | None = None, weights: Weights | None = None, scorer: Scorer | None = None
    ) -> None:
        self._scorer = scorer or score_here
        self.kinds = kinds or PartyKinds()
        self.weights = weights or built_in()
        self.tellings: dict[str, Telling] = {}
        self._by_doc: dict[str, list[str]] = {}
        self._blocks: dict[str, dict[str, Telling]] = defaultdict(dict)
        self._proposed: Counter[Key] = Counter()
        self._scores: dict[Key, float] = {}
        self._clusters: dict[tuple[str, ...], list[tuple[str, ...]]] = {}

    def update(self, articles: Mapping[str, list[Telling]]) -> None:
        """Take in the tellings of articles by doc_id; one that is known already is replaced ([] takes it out)."""
        gone = {key for doc_id in articles for key in self._by_doc.get(doc_id, ())}
        self._change(gone=gone, come=[])
        self._clusters = {keys: found for keys, found in self._clusters.items() if gone.isdisjoint(keys)}
        for doc_id, tellings in articles.items():
            self._by_doc[doc_id] = [telling.key for telling in tellings]
            if not tellings:
                del self._by_doc[doc_id]
        self._change(gone=(), come=[t for tellings in articles.values() for t in tellings])

    def _change(self, *, gone: Iterable[str], come: Iterable[Telling]) -> None:
        """Take tellings out and in, and score the pairs that some block proposes now and none did before."""
        before: dict[str, list[Telling]] = {}
        for key in gone:
            for name in self._names(self.tellings.pop(key)):
                before.setdefault(name, list(self._blocks[name].values()))
                del self._blocks[name][key]
        for telling in come:
            self.tellings[telling.key] = telling
            for name in self._names(telling):
                before.setdefault(name, list(self._blocks[name].values()))
                self._blocks[name][telling.key] = telling
        fresh: dict[Key, None] = {}
        for name in sorted(before):
            self._repair(name, before[name], fresh)
        pairs = list(fresh)
        self._scores.update(zip(pairs, self._scorer(self, pairs), strict=True))

    def _names(self, telling: Telling) -> list[str]:
        return blocks_of(telling) if telling.part == HAPPENING else []

    def _repair(self, name: str, before: list[Telling], fresh: dict[Key, None]) -> None:
        """Count the pairs that a block proposes now and did `before`; put those that have no score into `fresh`."""
        new = set(pairs_of(name, list(self._blocks[name].values())))
        old = set(pairs_of(name, before))
        for pair in old - new:
            self._proposed[pair] -= 1
            if not self._proposed[pair]:
                del self._proposed[pair]
                self._scores.pop(pair, None)
                fresh.pop(pair, None)
        for pair in new - old:
            self._proposed[pair] += 1
            if pair not in self._scores:
                fresh[pair] = None
        if not self._blocks[name]:
            del self._blocks[name]

    def block(self, name: str) -> Collection[str]:
        """Return the keys of the tellings of happenings in a block."""
        return self._blocks[name].keys() if name in self._blocks else ()

    def score(self, one: str, two: str) -> float:
        """Return the score of two tellings by key; minus infinity where a veto forbids joining them."""
        pair = compare(self.tellings[one], self.tellings[two], self.kinds, brief=True)
        return FORBIDDEN if pair.veto else score(pair, self.weights)

    def clusters(self) -> list[tuple[str, ...]]:
        """Return the happenings as tuples of keys of tellings, every happening once, singles included, sorted."""
        edges = [pair for pair, value in self._scores.items() if value >= self.weights.join]
        kept: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        out: list[tuple[str, ...]] = []
        for keys in components(edges):
            found = self._clusters.get(keys)
            kept[keys] = self._cut(keys, self.weights.join) if found is None else found
            out += kept[keys]
        self._clusters = kept
        inside = {key for cluster in out for key in cluster}
        out += [(k,) for k, t in self.tellings.items() if t.part == HAPPENING and k not in inside]
        return sorted(out)

    def _cut(self, keys: tuple[str, ...], join: float) -> list[tuple[str, ...]]:
        if len(keys) <= MOST_TOGETHER:
            return agglomerate(keys, self._known, join=self.weights.join)
        inside = set(keys)
        higher = join + _STEP
        edges = [p for p in self._scores if p[0] in inside and p[1] in inside and self._scores[p] >= higher]
        parts = components(edges)
        out = [cluster for part in parts for cluster in self._cut(part, higher)]
        alone = inside - {key for part in parts for key in part}
        return out + [(key,) for key in alone]

    def _known(self, one: str, two: str) -> float:
        pair = (one, two) if one < two else (two, one)
        known = self._scores.get(pair)
        return self.score(*pair) if known is None else known

    def unsure(self, where: dict[str, int]) -> Iterable[tuple[Key, float]]:
        """Yield the pairs of different clusters (`where` tells the number of each) that score in the unsure band."""
        for pair, value in self._scores.items():
            if value >= self.weights.maybe and where.get(pair[0]) != where.get(pair[1]):
                yield pair, value


__all__ = ["Grouping", "Key", "Scorer", "score_here"]
