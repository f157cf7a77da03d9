"""Which words are events, and of which type and mode (CODEBOOK sections 2 and 4).

The lexicon proposes words and phrases; a trained classifier sees each in its sentence and decides.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from isnad.coding.context_rows import ContextRows
from isnad.coding.draft import Draft, best_form
from isnad.coding.features import (
    WINDOW,
    FormFeatures,
    candidate_features,
    document_features,
    neighbours,
    phrase_features,
)
from isnad.coding.form_rows import FormRows
from isnad.coding.model import Floats, Model, product
from isnad.coding.reading import Reading
from isnad.coding.vectors import WordVectors
from isnad.lexicon.trigger_records import TriggerForm

EVENT, NO_EVENT = "E", "O"
#: Log-odds of being an event below which a candidate is not looked at again: loses 1 in 200 gold events (train).
GLANCE = -3.0
#: Log-odds that at least one candidate of an article must reach for the article to be read any further.
GLANCE_ARTICLE = -1.5
_NEIGHBOURS_GIVE = 3.0  # log-odds that neighbours add at most, but for one candidate in thousands
#: Probability of being an event from which a candidate is taken: in an article that tells of conflict, and in one
#: whose candidates together (`MASS`, the sum of their probabilities) hardly amount to three events.  Chosen by
#: cross-validation on train.jsonl, and on news without conflict vocabulary.
THRESHOLD, PEACEFUL_THRESHOLD, MASS = 0.2, 0.6, 3.0
_SHORT = 100  # words below which an article is a short post


def candidates(reading: Reading) -> list[int]:
    """Return the words that may be triggers, in order; nothing is proposed inside page furniture."""
    return [i for i, forms in enumerate(reading.forms) if forms and not reading.inert[i]]


def event_features(reading: Reading, forms: Sequence[FormFeatures], i: int, document: Sequence[str]) -> list[str]:
    """Return the features of candidate i: its sentence, the phrase it belongs to, the article."""
    return [*candidate_features(reading, forms, i), *phrase_features(reading, i), *document]


class Glance:
    """A first, cheap look at each candidate by itself and its neighbours' forms: is it worth reading the rest for?

    The weights of a form's features are summed once and kept on it, so that a look costs seven additions.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        yes, no = model.classes.index(EVENT), model.classes.index(NO_EVENT)
        self._bias = float(model.bias[yes] - model.bias[no])
        weight = model.rows[:, yes].astype(np.float32) * model.scale[yes]
        weight -= model.rows[:, no].astype(np.float32) * model.scale[no]
        self._weight = array("f", weight.tolist())  # quicker than numpy's where single numbers are asked for
        self._rows = FormRows(model)

    def worth(self, reading: Reading, forms: Sequence[FormFeatures]) -> list[int]:
        """Return the candidates that may be events, in order."""
        chosen = candidates(reading)
        if not chosen:
            return []
        words = reading.words
        base = self._bias + self._sum(self._model.indices(document_features(forms)))
        out = []
        best = GLANCE
        for i in chosen:
            total = base + self._look(forms[i], 0)
            if total < GLANCE - _NEIGHBOURS_GIVE:
                continue
            sentence = words.sentences[words.sentence_of[i]]
            for offset in neighbours(i, sentence.first, sentence.last):
                total += self._look(forms[i + offset], offset)
            if total > GLANCE:
                out.append(i)
                best = max(best, total)
        # A short post is cheap to read on, and one clause of it is all that speaks for it.
        return out if best > GLANCE_ARTICLE or len(words) < _SHORT else []

    def _look(self, form: FormFeatures, offset: int) -> float:
        kept = form.glance
        if kept is None:
            kept = form.glance = [None] * (2 * WINDOW + 1)
        found = kept[offset + WINDOW]
        if found is None:
            rows = self._rows.near(offset)(form) if offset else self._rows.own(form)
            found = kept[offset + WINDOW] = self._sum(rows) if rows else 0.0
        return found

    def _sum(self, rows: Iterable[int]) -> float:
        total: float = sum(map(self._weight.__getitem__, rows))
        return total


def glance_features(reading: Reading, forms: Sequence[FormFeatures], i: int, document: Sequence[str]) -> list[str]:
    """Return what `Glance` sees of candidate i, as features to train on."""
    sentence = reading.words.sentences[reading.words.sentence_of[i]]
    out = [*forms[i].own, *document]
    for offset in neighbours(i, sentence.first, sentence.last):
        out += forms[i + offset].near(offset)
    return out


class EventScorer:
    """The event model over the features of candidates and the vectors of their words."""

    def __init__(self, model: Model, vectors: WordVectors) -> None:
        self.model = model
        self._vectors = vectors
        self._rows = ContextRows(model, keep=True)

    def probabilities(self, reading: Reading, forms: Sequence[FormFeatures], chosen: Sequence[int]) -> Floats:
        """Return class probabilities (candidates × classes) for the chosen words."""
        self._rows.begin(forms)
        columns = self.model.sums([list(self._rows.of(reading, forms, i)) for i in chosen])
        dense = product(self._vectors.matrix([forms[i].row for i in chosen]), self.model.dense)
        return self.model.probabilities(columns + dense)


def detect(scorer: EventScorer, reading: Reading, forms: Sequence[FormFeatures], chosen: Sequence[int]) -> list[Draft]:
    """Return the events among the chosen words in order, each with type and score."""
    if not chosen:
        return []
    classes = scorer.model.classes
    nothing = classes.index(NO_EVENT)
    probabilities = scorer.probabilities(reading, forms, chosen)
    threshold = threshold_of(probabilities[:, nothing], len(reading.words))
    drafts = []
    for i, row in zip(chosen, probabilities, strict=True):
        if 1 - row[nothing] > threshold:
            best = max((c for c in range(len(row)) if c != nothing), key=lambda c: float(row[c]))
            drafts.append(make_draft(reading, i, classes[best], float(1 - row[nothing])))
    return _apart(drafts)


def threshold_of(nothing: Floats, words: int) -> float:
    """Return the threshold for an article of so many words, given the probability of no event of each candidate.

    A post of one sentence has no room for two events: there the mass asked for is less.
    """
    asked = MASS * min(1.0, words / _SHORT)
    return THRESHOLD if float((1 - nothing).sum()) >= asked else PEACEFUL_THRESHOLD


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
    reading: Reading,
    forms: Sequence[FormFeatures],
    drafts: Sequence[Draft],
    inner: set[int],
    vectors: WordVectors,
    size: int,
) -> tuple[list[list[str]], list[str], list[Floats]]:
    """Return training examples of the first `size` words: features, labels and vectors of the candidates.

    Words of a gold trigger other than its head are left out: they are neither events of their own nor no events.
    """
    labels = {d.head: d.type for d in drafts}
    document = document_features(forms[:size])
    examples: list[list[str]] = []
    wanted: list[str] = []
    dense: list[Floats] = []
    for i in candidates(reading):
        if i < size and (i in labels or i not in inner):
            examples.append(event_features(reading, forms, i, document))
            wanted.append(labels.get(i, NO_EVENT))
            dense.append(vectors.vector(forms[i].row))
    return examples, wanted, dense
