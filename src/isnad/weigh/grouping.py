"""Groups tellings into happenings, at once or as articles arrive: the same groups either way.

What is kept is only what follows from the set of tellings: the blocks, the score of each pair that some block
proposes, the components over joining scores, and the clusters of each component.  An update works anew what the new
tellings touch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from isnad.weigh.blocking import MOST_BY_WORD, Part, blocks_of, finer, most_of, parts_of
from isnad.weigh.cluster import agglomerate_scores, components
from isnad.weigh.columns import Columns
from isnad.weigh.families import HAPPENING
from isnad.weigh.kinds import PartyKinds, built_in_kinds
from isnad.weigh.pairscores import Flags, PairScores
from isnad.weigh.proposals import Proposals, all_pairs, codes_of, counted, rows_of, summed, upper
from isnad.weigh.scoring import Weights, built_in
from isnad.weigh.tellings import Telling
from isnad.weigh.values import Floats, Numbers

Key = tuple[str, str]
Edge = tuple[str, str, float]
#: Tellings of a component beyond which its weakest joins are cut before it is clustered.
MOST_TOGETHER = 300
_STEP = 0.5  # by how much the joining score rises to cut a component that is too big
_AT_ONCE = 1 << 18  # pairs of components scored at once: bounds memory


#: Scores pairs of rows of a grouping's columns, in order: here, or over processes (`isnad.scale`).
Scorer = Callable[["Grouping", Numbers, Numbers], Floats]


def score_here(grouping: Grouping, ones: Numbers, twos: Numbers) -> Floats:
    """Return the score of each pair of rows."""
    return grouping.pair_scores.of(ones, twos)


class Grouping:
    """The tellings of a collection and the clusters they form."""

    def __init__(
        self, *, kinds: PartyKinds | None = None, weights: Weights | None = None, scorer: Scorer | None = None
    ) -> None:
        self._scorer = scorer or score_here
        self.kinds = kinds or built_in_kinds()
        self.weights = weights or built_in()
        self.tellings: dict[str, Telling] = {}
        self.columns = Columns()
        self.pair_scores = PairScores(self.columns, self.kinds, self.weights)
        self._by_doc: dict[str, list[str]] = {}
        self._blocks: dict[str, list[int]] = {}
        self._proposed = Proposals()
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

    def _change(self, *, gone: Collection[str], come: Collection[Telling]) -> None:
        """Take tellings out and in, and score the pairs that some block proposes now and none did before."""
        if not gone and not come:
            return
        before: dict[str, tuple[int, ...]] = {}
        for key in gone:
            row = self.columns.row_of[key]
            for name in self._names(self.tellings.pop(key)):
                rows = self._blocks[name]
                if name not in before:
                    before[name] = tuple(rows)
                rows.remove(row)
        for telling in come:
            self.tellings[telling.key] = telling
            row = self.columns.put(telling)
            for name in self._names(telling):
                known = self._blocks.get(name)
                if name not in before:
                    before[name] = tuple(known or ())
                if known is None:
                    self._blocks[name] = [row]
                else:
                    known.append(row)
        old, new = self._pairs(before.items()), self._pairs((name, self._blocks[name]) for name in before)
        fresh = self._proposed.change(*summed(*new, old[0], -old[1]))
        self._proposed.score(self._scorer(self, *self._in_order(fresh)))
        for name in before:
            if not self._blocks[name]:
                del self._blocks[name]
        for key in gone:
            self.columns.drop(key)

    def _names(self, telling: Telling) -> list[str]:
        return blocks_of(telling) if telling.part == HAPPENING else []

    def _pairs(self, blocks: Iterable[tuple[str, Sequence[int]]]) -> tuple[Numbers, Numbers]:
        """Return the pairs of rows that `blocks` propose, and how many of them propose each."""
        small, cut = [], []
        parts: dict[int, list[Part]] = {}
        for name, rows in blocks:
            if len(rows) <= MOST_BY_WORD or len(rows) <= most_of(name):
                small.append(rows)
                continue
            for row in rows:
                if row not in parts:
                    parts[row] = list(parts_of(self.columns.at(row)))
            codes = [all_pairs(group) for group in finer(rows, parts, most_of(name))]
            if codes:
                cut.append(np.unique(np.concatenate(codes)))
        return counted(small, cut)

    def _in_order(self, codes: Numbers) -> tuple[Numbers, Numbers]:
        """Return the two rows of each pair, the one with the smaller key first."""
        ones, twos = rows_of(codes)
        rows = np.unique(np.concatenate((ones, twos)))
        by_key = sorted(range(len(rows)), key=[self.columns.at(row).key for row in rows.tolist()].__getitem__)
        rank = np.empty(len(rows), dtype=np.int64)
        rank[by_key] = np.arange(len(rows))
        swapped = rank[np.searchsorted(rows, ones)] > rank[np.searchsorted(rows, twos)]
        return np.where(swapped, twos, ones), np.where(swapped, ones, twos)

    def of(self, doc_id: str) -> list[Telling]:
        """Return the tellings of an article."""
        return [self.tellings[key] for key in self._by_doc.get(doc_id, ())]

    def block(self, name: str) -> Sequence[int]:
        """Return the rows of the tellings of happenings in a block."""
        return self._blocks.get(name, ())

    def score(self, one: str, two: str) -> float:
        """Return the score of two tellings by key; minus infinity where a veto forbids joining them."""
        return float(self.scores([one], [two])[0])

    def scores(self, ones: Sequence[str], twos: Sequence[str]) -> Floats:
        """Return the scores of many pairs of tellings by key, as `score` gives them."""
        row_of = self.columns.row_of
        rows = (np.fromiter((row_of[key] for key in keys), dtype=np.int64, count=len(keys)) for keys in (ones, twos))
        return self.row_scores(*rows)

    def row_scores(self, ones: Numbers, twos: Numbers) -> Floats:
        """Return the scores of many pairs of tellings by row."""
        return self._scorer(self, ones, twos)

    def clusters(self) -> list[tuple[str, ...]]:
        """Return the happenings as tuples of keys of tellings, every happening once, singles included, sorted."""
        edges = self._edges(self._proposed.scores >= self.weights.join)
        found = components((one, two) for one, two, _ in edges)
        within = _within(found, edges, more_than=MOST_TOGETHER)
        kept = {keys: self._clusters[keys] for keys in found if keys in self._clusters}
        parts: dict[tuple[str, ...], tuple[str, ...]] = {}  # what is clustered, and the component it is of
        for n, keys in enumerate(found):
            if keys not in kept:
                kept[keys] = []
                parts.update(dict.fromkeys(_cut(keys, within.get(n, ()), self.weights.join), keys))
        for part, clusters in self._agglomerated(sorted(parts)):
            kept[parts[part]] += clusters
        self._clusters = kept
        out = [cluster for clusters in kept.values() for cluster in clusters]
        inside = {key for cluster in out for key in cluster}
        out += [(k,) for k, t in self.tellings.items() if t.part == HAPPENING and k not in inside]
        return sorted(out)

    def _edges(self, wanted: Flags) -> list[Edge]:
        """Return the proposed pairs by key that are `wanted`."""
        good = np.flatnonzero(wanted)
        ones, twos = self._in_order(self._proposed.codes[good])
        at, values = self.columns.at, self._proposed.scores[good].tolist()
        return [(at(a).key, at(b).key, v) for a, b, v in zip(ones.tolist(), twos.tolist(), values, strict=True)]

    def _agglomerated(
        self, parts: Sequence[tuple[str, ...]]
    ) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
        """Yield each of `parts` (sorted keys) with its clusters."""
        waiting: list[tuple[str, ...]] = []
        size = 0
        for n, part in enumerate(parts, start=1):
            waiting.append(part)
            size += len(part) * (len(part) - 1) // 2
            if size >= _AT_ONCE or n == len(parts):
                yield from zip(waiting, self._clustered(waiting), strict=True)
                waiting, size = [], 0

    def _clustered(self, parts: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
        rows = [np.array([self.columns.row_of[key] for key in part], dtype=np.int64) for part in parts]
        pairs = [upper(len(part)) for part in parts]
        ones = np.concatenate([r[one] for r, (one, _) in zip(rows, pairs, strict=True)])
        twos = np.concatenate([r[two] for r, (_, two) in zip(rows, pairs, strict=True)])
        ends = np.cumsum([len(one) for one, _ in pairs])[:-1]
        for part, scores in zip(parts, np.split(self._scorer(self, ones, twos), ends), strict=True):
            yield agglomerate_scores(part, scores, join=self.weights.join)

    def _known(self, one: str, two: str) -> float:
        one, two = min(one, two), max(one, two)
        rows = (np.array([self.columns.row_of[key]], dtype=np.int64) for key in (one, two))
        known = self._proposed.known(int(codes_of(*rows)[0]))
        return self.score(one, two) if known is None else known

    def unsure(self, where: dict[str, int]) -> Iterable[tuple[Key, float]]:
        """Yield the pairs of different clusters (`where` tells the number of each) that score in the unsure band."""
        home = np.full(len(self.columns.rows), -1, dtype=np.int64)
        home[np.array([self.columns.row_of[key] for key in where], dtype=np.int64)] = list(where.values())
        ones, twos = rows_of(self._proposed.codes)
        for one, two, value in self._edges((self._proposed.scores >= self.weights.maybe) & (home[ones] != home[twos])):
            yield (one, two), value


def _cut(keys: tuple[str, ...], edges: Sequence[Edge], join: float) -> Iterator[tuple[str, ...]]:
    """Yield the keys of a component in parts that are clustered each by itself; its `edges` score `join` or more.

    A component that is too big is cut at a higher score, and again.
    """
    if len(keys) <= MOST_TOGETHER:
        yield keys
        return
    higher = join + _STEP
    strong = [edge for edge in edges if edge[2] >= higher]
    parts = components((one, two) for one, two, _ in strong)
    within = _within(parts, strong, more_than=MOST_TOGETHER)
    for n, part in enumerate(parts):
        yield from _cut(part, within.get(n, ()), higher)
    inside = {key for part in parts for key in part}
    yield from ((key,) for key in keys if key not in inside)


def _within(parts: Sequence[tuple[str, ...]], edges: Iterable[Edge], *, more_than: int) -> dict[int, list[Edge]]:
    """Return the edges of each component of more than so many keys, by its number."""
    home = {key: n for n, keys in enumerate(parts) if len(keys) > more_than for key in keys}
    out: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        n = home.get(edge[0])
        if n is not None:
            out[n].append(edge)
    return out


__all__ = ["Grouping", "Key", "Scorer", "score_here"]
