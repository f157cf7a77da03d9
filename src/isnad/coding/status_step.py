"""Mode and status of an event: what kind of act, and whether it is told as done (CODEBOOK sections 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from isnad.coding.detect import event_features
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures, document_features
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.model import Cue
from isnad.read.status import cues_at
from isnad.read.status_features import status_features

_NO_MODE = "-"


class ModeStep:
    """Chooses among the modes that the type has in gold."""

    name = "mode"

    def examples(
        self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft], gold: Sequence[dict[str, Any]]
    ) -> tuple[list[list[str]], list[str]]:
        """Return features of each event, and its type and mode as label."""
        document = document_features(forms)
        features = [self._features(reading, forms, d, document) for d in drafts]
        return features, [f"{e['type']}.{e['mode'] or _NO_MODE}" for e in gold]

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        """Set `mode`, with the lexicon's word or the model as cue."""
        if not drafts:
            return
        document = document_features(forms)
        columns = np.array([model.columns(self._features(reading, forms, d, document)) for d in drafts])
        for draft, row in zip(drafts, model.probabilities(columns), strict=True):
            own = [n for n, c in enumerate(model.classes) if c.startswith(draft.type + ".")]
            if own:
                mode = model.classes[max(own, key=lambda n: float(row[n]))].partition(".")[2]
                draft.mode = None if mode == _NO_MODE else mode

    @staticmethod
    def _features(reading: Reading, forms: Sequence[FormFeatures], draft: Draft, document: Sequence[str]) -> list[str]:
        own = [f"type={draft.type}"]
        if draft.form:
            own += [f"fm={t}.{m}" for t, m in draft.form.types if t == draft.type] + [f"lemma={draft.form.lemma}"]
        return event_features(reading, forms, draft.head, document) + own


class StatusStep:
    """Tells denied, planned and hypothetical events from actual ones."""

    name = "status"

    def examples(
        self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft], gold: Sequence[dict[str, Any]]
    ) -> tuple[list[list[str]], list[str]]:
        """Return features of each event, and its status as label."""
        return [self._features(reading, forms, drafts, n) for n in range(len(drafts))], [e["status"] for e in gold]

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        """Set `status`; a status other than actual keeps the words that cover the event as its cue."""
        if not drafts:
            return
        columns = np.array([model.columns(self._features(reading, forms, drafts, n)) for n in range(len(drafts))])
        for draft, row in zip(drafts, model.probabilities(columns), strict=True):
            draft.status = model.classes[int(row.argmax())]
            if draft.status != "actual":
                draft.cues.append(self._cue(reading, draft))

    @staticmethod
    def _cue(reading: Reading, draft: Draft) -> Cue:
        covering = cues_at(reading.cues, draft.head)
        best = next((c for c in covering if c.status == draft.status), covering[0] if covering else None)
        if best is not None:
            return Cue(field="status", rule=best.rule, text=best.text, start=best.start, end=best.end)
        words = reading.words
        start, end = words.start[draft.head], words.end[draft.head]
        return Cue(field="status", rule="model", text=words.text[start:end], start=start, end=end)

    @staticmethod
    def _features(reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft], n: int) -> list[str]:
        draft = drafts[n]
        own = forms[draft.head]
        out = status_features(reading.words, draft.head, reading.cues)
        covering = cues_at(reading.cues, draft.head)
        out += [f"{c.status}|{draft.type}" for c in covering[:2]]
        out += [f"type={draft.type}", f"stem={own.stem}", f"c={own.cluster}", f"quoted={reading.quoted[draft.head]}"]
        if draft.form:
            form = draft.form
            out += [f"shape={form.pos}.{form.tense}.{form.mood}", f"shape={form.pos}.{form.tense}|{form.preposition}", f"def={form.definite}", f"L={form.lemma}"]
        first = reading.words.sentences[draft.sentence].first
        before = [d for d in drafts[:n] if d.sentence == draft.sentence]
        if before:
            near = before[-1]
            out += [f"pt={near.type}", f"pt={near.type}|{draft.type}", f"pl={forms[near.head].stem}", f"gap={min(draft.head - near.head, 6)}|{near.type}"]
        for j in range(max(first, draft.head - 8), draft.head):
            out.append(f"<{forms[j].stem}")
            if draft.head - j <= 4:
                out.append(f"<c{forms[j].cluster}")
        return out
