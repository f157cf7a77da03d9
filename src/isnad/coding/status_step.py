"""Mode and status of an event: what kind of act, and whether it is told as done (CODEBOOK sections 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from isnad.coding.context_rows import ContextRows
from isnad.coding.detect import event_features
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures, document_features
from isnad.coding.model import Floats, Model
from isnad.coding.reading import Reading
from isnad.lexicon.links import link_words
from isnad.model import Cue
from isnad.read.status import cues_at
from isnad.read.status_features import status_features

_NO_MODE = "-"
#: What each status weighs against the model's probability: it has seen so many actual events that it doubts every
#: other status.  Chosen by cross-validation on train.jsonl (F1 of not-actual events 0.66 -> 0.67).
_WEIGHTS = {"actual": 1.0, "denied": 3.0, "planned": 1.5, "hypothetical": 1.5}


#: Rules of denial that decide by themselves when they stand near (118 denied events are too few to learn from).
_DENIALS = frozenset(("deny", "did_not", "was_not_done", "no_sign", "without_any"))
_DENIED_WITHIN = 6  # words


def _plainly_denied(reading: Reading, draft: Draft) -> bool:
    """Say whether the nearest cue over the trigger is a denial right before it: نفى اندلاع اشتباكات."""
    covering = cues_at(reading.cues, draft.head)
    if not covering or covering[0].rule not in _DENIALS or covering[0].status != "denied":
        return False
    cue, form = covering[0], draft.form
    between = reading.words.key[cue.last : draft.head]
    if cue.first > draft.head or len(between) > _DENIED_WITHIN or link_words().breaks.intersection(between):
        return False
    return form is None or (form.pos != "participle" and not (form.definite and not form.suffix))


class ModeStep:
    """Chooses among the modes that the type has in gold."""

    name = "mode"

    def __init__(self) -> None:
        self._rows: ContextRows | None = None

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
        choices: dict[str, list[tuple[int, str]]] = {}
        for n, name in enumerate(model.classes):
            type_, _, mode = name.partition(".")
            choices.setdefault(type_, []).append((n, mode))
        open_ = [d for d in drafts if len(choices.get(d.type, ())) > 1 or type(model) is not Model]
        rows: dict[int, Sequence[float]] = {}
        if open_:
            columns = self._columns(model, reading, forms, open_)
            rows = dict(zip(map(id, open_), model.probabilities(columns).tolist(), strict=True))
        for draft in drafts:
            own = choices.get(draft.type)
            if own:
                row = rows.get(id(draft))
                mode = own[0][1] if row is None else max(own, key=lambda c: row[c[0]])[1]
                draft.mode = None if mode == _NO_MODE else mode

    def _columns(
        self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]
    ) -> Floats:
        """Return the summed columns of the drafts.  A model that is watched is asked by feature names."""
        if type(model) is not Model:
            document = document_features(forms)
            return model.columns_of(self._features(reading, forms, d, document) for d in drafts)
        if self._rows is None or self._rows.model is not model:
            self._rows = ContextRows(model)
        self._rows.begin(forms)
        return model.sums(
            [list(self._rows.of(reading, forms, d.head).union(model.indices(self._typed(d)))) for d in drafts]
        )

    @staticmethod
    def _typed(draft: Draft) -> list[str]:
        own = [f"type={draft.type}"]
        if draft.form:
            own += [f"fm={t}.{m}" for t, m in draft.form.types if t == draft.type] + [f"lemma={draft.form.lemma}"]
        return own

    @classmethod
    def _features(
        cls, reading: Reading, forms: Sequence[FormFeatures], draft: Draft, document: Sequence[str]
    ) -> list[str]:
        return event_features(reading, forms, draft.head, document) + cls._typed(draft)


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
        columns = model.columns_of(self._features(reading, forms, drafts, n) for n in range(len(drafts)))
        weights = np.array([_WEIGHTS.get(c, 1.0) for c in model.classes], dtype=np.float32)
        for draft, row in zip(drafts, model.probabilities(columns) * weights, strict=True):
            plain = _plainly_denied(reading, draft)
            draft.status = "denied" if plain else model.classes[int(row.argmax())]
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
            out += [
                f"shape={form.pos}.{form.tense}.{form.mood}",
                f"shape={form.pos}.{form.tense}|{form.preposition}",
                f"def={form.definite}",
                f"L={form.lemma}",
            ]
        first = reading.words.sentences[draft.sentence].first
        before = [d for d in drafts[:n] if d.sentence == draft.sentence]
        if before:
            near = before[-1]
            out += [
                f"pt={near.type}",
                f"pt={near.type}|{draft.type}",
                f"pl={forms[near.head].stem}",
                f"gap={min(draft.head - near.head, 6)}|{near.type}",
            ]
        for j in range(max(first, draft.head - 8), draft.head):
            out.append(f"<{forms[j].stem}")
            if draft.head - j <= 4:
                out.append(f"<c{forms[j].cluster}")
        return out
