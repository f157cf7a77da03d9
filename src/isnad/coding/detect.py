"""Which words are events, and of which type and mode (CODEBOOK sections 2 and 4).

The lexicon proposes words and phrases; a trained classifier sees each in its sentence and decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from isnad.coding.draft import Draft, best_form
from isnad.coding.features import FormFeatures, candidate_features, document_features
from isnad.coding.model import Floats, Model
from isnad.coding.reading import Reading
from isnad.coding.vectors import WordVectors
from isnad.lexicon.trigger_records import TriggerForm

NO_EVENT = "O"
#: Probability of being an event from which a candidate is taken; chosen by cross-validation on train.jsonl.
THRESHOLD = 0.33


def candidates(reading: Reading) -> list[int]:
    """Return the words that may be triggers, in order; nothing is proposed inside page furniture."""
    return [i for i, forms in enumerate(reading.forms) if forms and not reading.inert[i]]


def event_features(reading: Reading, forms: Sequence[FormFeatures], i: int, document: Sequence[str]) -> list[str]:
    """Return the features of candidate i: its sentence, the phrase it belongs to, the article."""
    out = candidate_features(reading, list(forms), i)
    phrase = reading.phrases.get(i)
    if phrase is not None:
        where = "first" if i == phrase.first else "last" if i == phrase.last - 1 else "in"
        lemma, type_ = phrase.form.lemma, phrase.form.types[0][0]
        out += [f"ph={type_}", f"ph={lemma}", f"ph={type_}.{where}", f"ph={lemma}.{where}"]
    out += document
    return out


def detect(
    model: Model, reading: Reading, forms: Sequence[FormFeatures], vectors: WordVectors, *, threshold: float = THRESHOLD
) -> list[Draft]:
    """Return the events of an article in order, each with type and score."""
    chosen = candidates(reading)
    if not chosen:
        return []
    document = document_features(list(forms))
    probabilities = model.probabilities(summed(model, reading, forms, chosen, document, vectors))
    nothing = model.classes.index(NO_EVENT)
    drafts = []
    for i, row in zip(chosen, probabilities, strict=True):
        if 1 - row[nothing] > threshold:
            best = max((c for c in range(len(row)) if c != nothing), key=lambda c: float(row[c]))
            drafts.append(make_draft(reading, i, model.classes[best], float(1 - row[nothing])))
    return _apart(drafts)


def summed(
    model: Model, reading: Reading, forms: Sequence[FormFeatures], chosen: Sequence[int], document: Sequence[str], vectors: WordVectors
) -> Floats:
    """Return the model's columns (candidates × columns) for the chosen words."""
    return np.array(
        [model.columns(event_features(reading, forms, i, document), vectors.vector(forms[i].row)) for i in chosen],
        dtype=np.float32,
    )


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
        head=head, first=first, last=last, sentence=reading.words.sentence_of[head], type=type_, score=score, form=form, forms=forms
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
    document = document_features(list(forms))
    examples: list[list[str]] = []
    wanted: list[str] = []
    dense: list[Floats] = []
    for i in candidates(reading):
        if i in labels or i not in inner:
            examples.append(event_features(reading, forms, i, document))
            wanted.append(labels.get(i, NO_EVENT))
            dense.append(vectors.vector(forms[i].row))
    return examples, wanted, dense
