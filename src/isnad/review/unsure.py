"""The pairs of incidents that may be one, each with the explained score of its best pair of tellings."""

from __future__ import annotations

from collections.abc import Sequence

from isnad.model.incidents import Incident
from isnad.store.incident_records import UnsurePair
from isnad.weigh import Registry
from isnad.weigh.assemble import MAYBE_SAME
from isnad.weigh.explained import explain_pair
from isnad.weigh.grouping import Grouping
from isnad.weigh.tellings import Telling

Reasons = tuple[tuple[str, float, float], ...]


class Unsure:
    """Explains pairs; keeps explanations as long as the tellings are the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Telling, Telling, Reasons]] = {}

    def pairs(self, incidents: Sequence[Incident], registry: Registry, grouping: Grouping) -> list[UnsurePair]:
        """Return the pairs that the links of `incidents` name as maybe the same, with their reasons."""
        linked = {
            (min(i.id, link.incident), max(i.id, link.incident)): link.score or 0.0
            for i in incidents
            for link in i.links
            if link.kind == MAYBE_SAME
        }
        best = self._best(incidents, registry, grouping)
        known: dict[tuple[str, str], tuple[Telling, Telling, Reasons]] = {}
        out = []
        for (one, two), score in sorted(linked.items()):
            keys = best.get((one, two))
            reasons = self._reasons(keys[1], grouping, known) if keys is not None else ()
            out.append(UnsurePair(one=one, two=two, score=score, reasons=reasons))
        self._known = known
        return out

    @staticmethod
    def _best(
        incidents: Sequence[Incident], registry: Registry, grouping: Grouping
    ) -> dict[tuple[str, str], tuple[float, tuple[str, str]]]:
        """Return for each pair of incidents the pair of tellings that scores best, of equals the smaller keys."""
        numbers = {incident.id: n for n, incident in enumerate(incidents)}
        id_of = {key: id_ for id_ in numbers for key in registry.members[id_]}
        out: dict[tuple[str, str], tuple[float, tuple[str, str]]] = {}
        for keys, value in grouping.unsure({key: numbers[id_] for key, id_ in id_of.items()}):
            if keys[0] in id_of and keys[1] in id_of:
                one, two = sorted((id_of[keys[0]], id_of[keys[1]]))
                before = out.get((one, two))
                if before is None or (-value, keys) < (-before[0], before[1]):
                    out[one, two] = (value, keys)
        return out

    def _reasons(
        self,
        keys: tuple[str, str],
        grouping: Grouping,
        known: dict[tuple[str, str], tuple[Telling, Telling, Reasons]],
    ) -> Reasons:
        one, two = grouping.tellings[keys[0]], grouping.tellings[keys[1]]
        before = self._known.get(keys)
        if before is None or before[0] is not one or before[1] is not two:
            found = explain_pair(one, two, kinds=grouping.kinds, weights=grouping.weights)
            reasons = tuple((r.feature, round(r.value, 4), round(r.contribution, 4)) for r in found.reasons)
            before = (one, two, reasons)
        known[keys] = before
        return before[2]


__all__ = ["Unsure"]
