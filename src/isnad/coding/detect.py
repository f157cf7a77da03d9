"""Which words are events, and of which type and mode (CODEBOOK sections 2 and 4).

The lexicon proposes words and phrases; a trained classifier sees each in its sentence and decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from isnad.coding.draft import Draft, best_form
from isnad.coding.features import (
    WINDOW,
    FormFeatures,
    candidate_features,
    context_features,
    document_features,
    neighbours,
)
from isnad.coding.model import Floats, Model
from isnad.coding.reading import Reading
from isnad.coding.vectors import WordVectors
from isnad.lexicon.trigger_records import TriggerForm

EVENT, NO_EVENT = "E", "O"
#: Log-odds of being an event below which a candidate is not looked at again: loses 1 in 200 gold events (train).
GLANCE = -3.0
#: Log-odds that at least one candidate of an article must reach for the article to be read any further.
GLANCE_ARTICLE = -1.5
_NEIGHBOURS_GIVE = 3.0  # log-odds that neighbours add at most, but for one candidate in thousands
_KEPT = 15_000  # sums kept at most; about 25 MB
#: Probability of being an event from which a candidate is taken: in an article that tells of conflict, and in one
#: whose candidates together (`MASS`, the sum of their probabilities) hardly amount to two events.  Chosen by
#: cross-validation on train.jsonl, and on news without conflict vocabulary.
THRESHOLD, PEACEFUL_THRESHOLD, MASS = 0.2, 0.45, 2.0


def candidates(reading: Reading) -> list[int]:
    """Return the words that may be triggers, in order; nothing is proposed inside page furniture."""
    return [i for i, forms in enumerate(reading.forms) if forms and not reading.inert[i]]


def event_features(reading: Reading, forms: Sequence[FormFeatures], i: int, document: Sequence[str]) -> list[str]:
    """Return the features of candidate i: its sentence, the phrase it belongs to, the article."""
    return [*candidate_features(reading, forms, i), *_phrase_features(reading, i), *document]


def _phrase_features(reading: Reading, i: int) -> list[str]:
    phrase = reading.phrases.get(i)
    if phrase is None:
        return []
    where = "first" if i == phrase.first else "last" if i == phrase.last - 1 else "in"
    lemma, type_ = phrase.form.lemma, phrase.form.types[0][0]
    return [f"ph={type_}", f"ph={lemma}", f"ph={type_}.{where}", f"ph={lemma}.{where}"]


class Glance:
    """A first, cheap look at each candidate by itself and its neighbours' forms: is it worth reading the rest for?

    The weights of a form's features are summed once and kept on it, so that a look costs seven additions.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        yes, no = model.classes.index(EVENT), model.classes.index(NO_EVENT)
        self._bias = float(model.bias[yes] - model.bias[no])
        self._weight = model.rows[:, yes].astype(np.float32) * model.scale[yes]
        self._weight -= model.rows[:, no].astype(np.float32) * model.scale[no]

    def worth(self, reading: Reading, forms: Sequence[FormFeatures]) -> list[int]:
        """Return the candidates that may be events, in order."""
        chosen = candidates(reading)
        if not chosen:
            return []
        words = reading.words
        base = self._bias + self._sum(document_features(forms))
        out = []
        best = GLANCE
        for i in chosen:
            sentence = words.sentences[words.sentence_of[i]]
            total = base + self._look(forms[i], 0)
            if total < GLANCE - _NEIGHBOURS_GIVE:
                continue
            for offset in neighbours(i, sentence.first, sentence.last):
                total += self._look(forms[i + offset], offset)
            if total > GLANCE:
                out.append(i)
                best = max(best, total)
        return out if best > GLANCE_ARTICLE else []

    def _look(self, form: FormFeatures, offset: int) -> float:
        kept = form.glance
        if kept is None:
            kept = form.glance = [None] * (2 * WINDOW + 1)
        found = kept[offset + WINDOW]
        if found is None:
            found = kept[offset + WINDOW] = self._sum(form.near(offset) if offset else form.own)
        return found

    def _sum(self, features: Sequence[str]) -> float:
        return float(self._weight[self._model.indices(features)].sum())


def glance_features(reading: Reading, forms: Sequence[FormFeatures], i: int, document: Sequence[str]) -> list[str]:
    """Return what `Glance` sees of candidate i, as features to train on."""
    sentence = reading.words.sentences[reading.words.sentence_of[i]]
    out = [*forms[i].own, *document]
    for offset in neighbours(i, sentence.first, sentence.last):
        out += forms[i + offset].near(offset)
    return out


class EventScorer:
    """The event model, with the sums of what hangs on single forms kept from candidate to candidate."""

    def __init__(self, model: Model, vectors: WordVectors) -> None:
        self.model = model
        self._vectors = vectors
        self._near: dict[tuple[str, ...], Floats] = {}
        self._kept: list[FormFeatures] = []

    def probabilities(self, reading: Reading, forms: Sequence[FormFeatures], chosen: Sequence[int]) -> Floats:
        """Return class probabilities (candidates × classes) for the chosen words."""
        words = reading.words
        document = self._sum(document_features(forms))
        columns = []
        for i in chosen:
            sentence = words.sentences[words.sentence_of[i]]
            total = document + self._own(forms[i])
            for offset in neighbours(i, sentence.first, sentence.last):
                total += self._beside(forms[i + offset].near(offset))
            total += self._sum(context_features(reading, forms, i) + _phrase_features(reading, i))
            columns.append(total)
        return self.model.probabilities(np.array(columns, dtype=np.float32))

    def _sum(self, features: Sequence[str]) -> Floats:
        rows = self.model.rows[self.model.indices(features)]
        out: Floats = rows.sum(axis=0, dtype=np.int32).astype(np.float32) * self.model.scale
        return out

    def _own(self, form: FormFeatures) -> Floats:
        if form.own_sum is None:
            if len(self._kept) >= _KEPT:
                for kept in self._kept:
                    kept.own_sum = None
                self._kept.clear()
            dense = self._vectors.vector(form.row) @ self.model.dense
            form.own_sum = self._sum(form.own) + self.model.bias + dense
            self._kept.append(form)
        return form.own_sum

    def _beside(self, near: tuple[str, ...]) -> Floats:
        found = self._near.get(near)
        if found is None:
            if len(self._near) >= _KEPT:
                self._near.clear()
            found = self._near[near] = self._sum(near)
        return found


def detect(scorer: EventScorer, reading: Reading, forms: Sequence[FormFeatures], chosen: Sequence[int]) -> list[Draft]:
    """Return the events among the chosen words in order, each with type and score."""
    if not chosen:
        return []
    classes = scorer.model.classes
    nothing = classes.index(NO_EVENT)
    probabilities = scorer.probabilities(reading, forms, chosen)
    threshold = threshold_of(probabilities[:, nothing])
    drafts = []
    for i, row in zip(chosen, probabilities, strict=True):
        if 1 - row[nothing] > threshold:
            best = max((c for c in range(len(row)) if c != nothing), key=lambda c: float(row[c]))
            drafts.append(make_draft(reading, i, classes[best], float(1 - row[nothing])))
    return _apart(drafts)


def threshold_of(nothing: Floats) -> float:
    """Return the threshold for an article, given the probability of no event of each candidate."""
    return THRESHOLD if float((1 - nothing).sum()) >= MASS else PEACEFUL_THRESHOLD


def make_draft(reading: Reading, head: int, type_: str, score: float = 1.0) -> Draft:
    """Return a draft for word `head`, spanning the lexicon's phrase where that has the same type."""
    forms = reading.forms[head]
    first, last = head, head + 1
    phrase = reading.phrases.get(head)
    form = best_form(forms, type_)
    if phrase is not None and any(t == type_ for t, _ in phrase.form.types):
        first, last = phrase.first, phrase.last
        form = form or phrase.form
    return Draft(
        head=head,
        first=first,
        last=last,
        sentence=reading.words.sentence_of[head],
        type=type_,
        score=score,
        form=form,
        forms=forms,
    )


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Keep the surer of two drafts that share words (two words of one phrase)."""
    out: list[Draft] = []
    for draft in drafts:
        if out and draft.first < out[-1].last:
            if draft.score > out[-1].score:
                out[-1] = draft
            continue
        out.append(draft)
    return out


def gold_drafts(reading: Reading, gold: Iterable[dict[str, Any]]) -> tuple[list[Draft], set[int]]:
    """Return drafts for gold events, one each, and every word inside a gold trigger."""
    words = reading.words
    drafts, inner = [], set()
    for event in gold:
        start, end = event["trigger"]["start"], event["trigger"]["end"]
        tokens = words.between(start, end)
        inner.update(tokens)
        head = _head(reading.forms, tokens, event["type"])
        draft = make_draft(reading, head, event["type"])
        draft.first, draft.last = tokens[0], tokens[-1] + 1
        draft.mode, draft.status = event["mode"], event["status"]
        drafts.append(draft)
    return drafts, inner


def _head(forms: Sequence[tuple[TriggerForm, ...]], tokens: Sequence[int], type_: str) -> int:
    proposed = [i for i in tokens if forms[i]] or list(tokens)
    typed = [i for i in proposed if any(t == type_ for f in forms[i] for t, _ in f.types)]
    return (typed or proposed)[-1]


def event_examples(
    reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft], inner: set[int], vectors: WordVectors
) -> tuple[list[list[str]], list[str], list[Floats]]:
    """Return training examples of one article: features, labels and vectors of its candidates.

    Words of a gold trigger other than its head are left out: they are neither events of their own nor no events.
    """
    labels = {d.head: d.type for d in drafts}
    document = document_features(forms)
    examples: list[list[str]] = []
    wanted: list[str] = []
    dense: list[Floats] = []
    for i in candidates(reading):
        if i in labels or i not in inner:
            examples.append(event_features(reading, forms, i, document))
            wanted.append(labels.get(i, NO_EVENT))
            dense.append(vectors.vector(forms[i].row))
    return examples, wanted, dense
