"""Who vouches for an event (CODEBOOK section 8): the innermost speaker whose statement covers it, if it is for
him to vouch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures, distance
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.model import Cue
from isnad.read.mentions import Attribution

_YES, _NO = "yes", "no"
_THRESHOLD = 0.45  # chosen by cross-validation on train.jsonl
_MOST = 3  # speakers weighed for one event, the innermost first


def speakers_of(reading: Reading, draft: Draft) -> list[int]:
    """Return indices of the attributions whose statement covers the trigger, the innermost first."""
    found = [
        n for n, a in enumerate(reading.attributions)
        if a.scope_first <= draft.head < a.scope_last and not a.first <= draft.head < a.last
    ]  # fmt: skip
    found.sort(key=lambda n: reading.attributions[n].scope_last - reading.attributions[n].scope_first)
    return found[:_MOST]


class SourceStep:
    """Accepts or refuses each covering speaker."""

    name = "source"

    def examples(
        self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft], gold: Sequence[dict[str, Any]]
    ) -> tuple[list[list[str]], list[str]]:
        """Return features of each (event, speaker) pair, and whether gold names that speaker."""
        features, labels = [], []
        for draft, event in zip(drafts, gold, strict=True):
            source = event["source"]
            for rank, n in enumerate(speakers_of(reading, draft)):
                a = reading.attributions[n]
                features.append(self._features(reading, forms, draft, a, rank))
                labels.append(_YES if source and a.start < source["end"] and a.end > source["start"] else _NO)
                if source and labels[-1] == _NO and set(source["text"].split()) & set(a.text.split()):
                    labels[-1] = _YES
        return features, labels

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        """Set `attribution`, with the words of saying as cue."""
        pairs = [(d, n, rank) for d in drafts for rank, n in enumerate(speakers_of(reading, d))]
        if not pairs:
            return
        columns = model.columns_of(self._features(reading, forms, d, reading.attributions[n], r) for d, n, r in pairs)
        best: dict[int, float] = {}
        for (draft, n, _), row in zip(pairs, model.probabilities(columns), strict=True):
            score = float(row[model.classes.index(_YES)])
            if score > max(_THRESHOLD, best.get(id(draft), 0.0)):
                best[id(draft)] = score
                draft.attribution = n
        for draft in drafts:
            if draft.attribution is not None:
                verb = reading.attributions[draft.attribution].verb
                if verb is not None:
                    draft.cues.append(Cue(field="source", rule="says", text=verb.text, start=verb.start, end=verb.end))

    @staticmethod
    def _features(
        reading: Reading, forms: Sequence[FormFeatures], draft: Draft, a: Attribution, rank: int
    ) -> list[str]:
        verb = a.verb.text if a.verb else "-"
        actors = {reading.parties[n].id for n in draft.actors}
        overlap = any(reading.parties[n].start < a.end and reading.parties[n].end > a.start for n in draft.actors)
        side = "<" if a.first < draft.head else ">"
        gap = draft.sentence - reading.words.sentence_of[a.first]
        speech = draft.type in ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE")
        far = distance(abs(draft.head - a.first))
        out = [
            "b",
            f"kind={a.kind}",
            f"verb={verb}",
            f"rank={rank}",
            f"gap={max(-2, min(gap, 4))}",
            f"side={side}{far}",
            f"via={a.via_kind}",
            f"own={overlap}",
            f"own={overlap}|{speech}",
            f"same={a.party in actors and a.party is not None}|{speech}",
            f"t={draft.type}",
            f"t={draft.type}|{a.kind}",
            f"t={draft.type}|{verb}",
            f"q={reading.quoted[draft.head]}",
            f"first={draft.head - a.scope_first < 2}|{speech}",
            f"stem={forms[draft.head].stem}",
            f"st={draft.status}",
            f"len={distance(a.scope_last - a.scope_first)}|{gap}",
            f"start={distance(draft.head - a.scope_first)}",
            f"kind={a.kind}|{gap > 0}",
            f"hl={reading.words.sentences[draft.sentence].headline}",
        ]
        if a.verb and reading.words.start[draft.head] >= a.verb.start and reading.words.end[draft.head] <= a.verb.end:
            out.append("isverb")
        return out
