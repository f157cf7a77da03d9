"""The pairs of incidents that may be one, each with the explained score of its best pair of tellings."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from isnad.store.incident_records import UnsurePair
from isnad.weigh.drafts import MAYBE_SAME, Draft
from isnad.weigh.explained import explain_pair
from isnad.weigh.grouping import Grouping
from isnad.weigh.kinds import built_in_kinds
from isnad.weigh.scoring import Weights
from isnad.weigh.spreading import Mapper, map_here
from isnad.weigh.tellings import Telling

_CHUNK = 100  # pairs a process explains at once
Reasons = tuple[tuple[str, float, float], ...]


class _Pair(msgspec.Struct, frozen=True, array_like=True):
    one: Telling
    two: Telling


class Unsure:
    """Explains pairs; keeps explanations as long as the tellings are the same.  `mapper` may spread the work."""

    def __init__(self, mapper: Mapper = map_here) -> None:
        self._mapper = mapper
        self._known: dict[tuple[str, str], tuple[Telling, Telling, Reasons]] = {}

    def pairs(self, drafts: Sequence[Draft], grouping: Grouping) -> list[UnsurePair]:
        """Return the pairs that the links of `drafts` name as maybe the same, with their reasons."""
        linked = {
            (min(draft.id, link.incident), max(draft.id, link.incident)): link.score or 0.0
            for draft in drafts
            for link in draft.links
            if link.kind == MAYBE_SAME
        }
        best = self._best(drafts, grouping)
        keys = {pair: best[pair] for pair in sorted(linked) if pair in best}
        reasons = self._reasons(list(keys.values()), grouping)
        return [
            UnsurePair(one=one, two=two, score=score, reasons=reasons[keys[one, two]] if (one, two) in keys else ())
            for (one, two), score in sorted(linked.items())
        ]

    @staticmethod
    def _best(drafts: Sequence[Draft], grouping: Grouping) -> dict[tuple[str, str], tuple[str, str]]:
        """Return for each pair of incidents the pair of tellings that scores best, of equals the smaller keys."""
        where = {key: n for n, draft in enumerate(drafts) for key in draft.keys}
        best: dict[tuple[int, int], tuple[float, tuple[str, str]]] = {}
        for keys, value in grouping.unsure(where):
            one, two = where[keys[0]], where[keys[1]]
            pair = (one, two) if one < two else (two, one)
            before = best.get(pair)
            if before is None or (-value, keys) < (-before[0], before[1]):
                best[pair] = (value, keys)
        ids = [draft.id for draft in drafts]
        return {(min(ids[a], ids[b]), max(ids[a], ids[b])): keys for (a, b), (_, keys) in best.items()}

    def _reasons(self, wanted: Sequence[tuple[str, str]], grouping: Grouping) -> dict[tuple[str, str], Reasons]:
        known: dict[tuple[str, str], tuple[Telling, Telling, Reasons]] = {}
        fresh: list[_Pair] = []
        for keys in wanted:
            one, two = (grouping.tellings[key] for key in keys)
            before = self._known.get(keys)
            if before is not None and before[0] is one and before[1] is two:
                known[keys] = before
            else:
                fresh.append(_Pair(one, two))
        head = msgspec.msgpack.encode(grouping.weights)
        chunks = [fresh[at : at + _CHUNK] for at in range(0, len(fresh), _CHUNK)]
        parts = (msgspec.msgpack.encode((head, chunk)) for chunk in chunks)
        for chunk, encoded in zip(chunks, self._mapper(explain_chunk, parts), strict=True):
            for pair, reasons in zip(chunk, msgspec.msgpack.decode(encoded, type=list[Reasons]), strict=True):
                known[pair.one.key, pair.two.key] = (pair.one, pair.two, reasons)
        self._known = known
        return {keys: reasons for keys, (_, _, reasons) in known.items()}


def explain_chunk(encoded: bytes) -> bytes:
    """Return the reasons for the score of each of several pairs; both sides are MessagePack."""
    head, pairs = msgspec.msgpack.decode(encoded, type=tuple[bytes, list[_Pair]])
    weights, kinds = msgspec.msgpack.decode(head, type=Weights), built_in_kinds()
    found = (explain_pair(pair.one, pair.two, kinds=kinds, weights=weights) for pair in pairs)
    return msgspec.msgpack.encode(
        [[(r.feature, round(r.value, 4), round(r.contribution, 4)) for r in one.reasons] for one in found]
    )


__all__ = ["Unsure", "explain_chunk"]
