"""Every learned weight anew from gold (CODEBOOK's form), the same bits each time.  Needs the `train` extra."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from isnad.coding.casting_step import examples as casting_examples
from isnad.coding.coder import STEPS, WEIGHTS
from isnad.coding.detect import EVENT, NO_EVENT, candidates, event_examples, glance_features, gold_drafts
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures, Forms, document_features
from isnad.coding.gold import read_lines, read_peaceful, read_standoff
from isnad.coding.groups import spell
from isnad.coding.learn import Recipe, train
from isnad.coding.lexicons import Lexicons
from isnad.coding.model import Floats, Model, save_models
from isnad.coding.reader import fill, propose
from isnad.coding.reading import Reading
from isnad.coding.roles_again import Opinion
from isnad.coding.roles_step import UNSURE, Pairs, labels_of, opinions_of, pairs_of, second_groups
from isnad.coding.vectors import word_vectors

#: How each model is trained; chosen by cross-validation on train.jsonl.
RECIPES = {
    "glance": Recipe(networks=0),
    "event": Recipe(strength=0.1, networks=3, epochs=14, drop_features=0.5, least=3),
    "mode": Recipe(networks=0, least=3),
    "status": Recipe(),
    "role1": Recipe(strength=0.1, networks=2, units=48, epochs=14, drop_features=0.6, least=3),
    "role2": Recipe(strength=0.1, networks=2, units=32),
    "cast": Recipe(strength=0.1, epochs=6, drop_features=0.5),
    "place": Recipe(strength=0.05, units=48, drop_features=0.5, least=3),
    "date": Recipe(strength=0.05, units=48, drop_features=0.5, least=3),
    "toll": Recipe(strength=0.1, units=48),
    "source": Recipe(units=32),
    "chain": Recipe(units=32),
}
_OPENING = 25  # words at least in the opening of an article, to the end of their sentence
_CROSS = 4  # parts in which the first look at roles is learned apart from where it is used


class Document(msgspec.Struct, frozen=True):
    """A gold article as read, with drafts that hold its gold values.

    `parties` says whether gold codes who did it to whom, `full` whether it codes everything."""

    doc_id: str
    reading: Reading
    forms: list[FormFeatures]
    drafts: list[Draft]
    inner: set[int]
    gold: list[dict[str, Any]]
    full: bool = True
    parties: bool = True


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """What to train on: whole gold, standoff codings and peaceful articles with the files that hold their texts."""

    gold: Path
    also: tuple[Path, ...] = ()
    more: tuple[Path, ...] = ()
    peaceful: tuple[Path, ...] = ()
    texts: tuple[Path, ...] = ()

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield every article with its events.  Raises OSError, ValueError or msgspec.DecodeError."""
        for path in (self.gold, *self.also):
            yield from read_lines(path)
        for path in self.more:
            yield from read_standoff(path, self.texts)
        for path in self.peaceful:
            yield from read_peaceful(path, self.texts)


def train_all(sources: Sources, *, output: Path | None = None) -> Iterator[str]:
    """Train on `sources`, write the weights, and yield a line for each model.

    `output` is a folder; by default the package's own.
    """
    documents = read_documents(sources.records(), Lexicons.load())
    yield f"{len(documents):,} articles, {sum(len(d.gold) for d in documents):,} events"
    models: dict[str, Model] = {}
    for name, model in fit(documents):
        models[name] = model
        yield f"{name:8} {model.rows.shape[0]:7,} features x {model.rows.shape[1]} columns"
    path = (output or WEIGHTS.parent) / WEIGHTS.name
    save_models(models, path)
    yield f"written: {path} ({path.stat().st_size / 1e6:.1f} MB)"


def read_documents(records: Iterable[dict[str, Any]], lexicons: Lexicons) -> list[Document]:
    """Return gold articles, read and drafted."""
    table = Forms(lexicons.triggers, word_vectors())
    return [_document(record, lexicons, table) for record in records]


def _document(record: dict[str, Any], lexicons: Lexicons, table: Forms) -> Document:
    reading = propose(record["text"], lexicons, published=record.get("published"), outlet=record.get("outlet"))
    fill(reading, lexicons, {})
    events = record["events"]
    drafts, inner = gold_drafts(reading, events)
    parties = all("actors" in e for e in events)
    full = all("place" in e for e in events)
    for draft, event in zip(drafts, events, strict=True):
        if parties:
            _gold_parties(reading, draft, event)
        if full:
            _gold_values(reading, draft, event)
    forms = [table.of(kind) for kind in reading.words.types]
    return Document(record["doc_id"], reading, forms, drafts, inner, events, full, parties)


def _gold_parties(reading: Reading, draft: Draft, event: dict[str, Any]) -> None:
    """Lay gold's parties into the draft, where a mention was read for them."""
    for role in ("actors", "recipients"):
        spans = event[role]
        found = [
            n for n, p in enumerate(reading.parties) if any(p.start < a["end"] and p.end > a["start"] for a in spans)
        ]
        setattr(draft, role, found)


def _gold_values(reading: Reading, draft: Draft, event: dict[str, Any]) -> None:
    """Lay gold's place and date into the draft, where a mention was read for them."""
    place = event["place"]
    if place:
        over = [n for n, p in enumerate(reading.places) if p.start < place["end"] and p.end > place["start"]]
        draft.place = max(over, key=lambda n: reading.places[n].last - reading.places[n].first, default=None)
    date = event["date"]
    if date and date["start"]:
        same = [n for n, d in enumerate(reading.dates) if d.day_from == date["start"] and d.day_to == date["end"]]
        draft.date = same[0] if same else None


def fit(documents: Sequence[Document]) -> Iterator[tuple[str, Model]]:
    """Yield each model by name, trained on `documents`."""
    yield "glance", _fit_glance(documents)
    yield "event", _fit_events(documents)
    full = [d for d in documents if d.full]
    yield from _fit_roles([d for d in documents if d.parties])
    for step in STEPS:
        chosen = documents if step.name in ("mode", "status") else full
        examples: list[list[str]] = []
        labels: list[str] = []
        for d in chosen:
            features, wanted = step.examples(d.reading, d.forms, d.drafts, d.gold)
            examples += features
            labels += wanted
        yield step.name, train(examples, labels, recipe=RECIPES.get(step.name) or getattr(step, "recipe", None))


def _fit_glance(documents: Sequence[Document]) -> Model:
    examples: list[list[str]] = []
    labels: list[str] = []
    for d in documents:
        heads = {draft.head for draft in d.drafts}
        for size in _sizes(d):
            document = document_features(d.forms[:size])
            for i in candidates(d.reading):
                if i < size and (i in heads or i not in d.inner):
                    examples.append(glance_features(d.reading, d.forms, i, document))
                    labels.append(EVENT if i in heads else NO_EVENT)
    return train(examples, labels, recipe=RECIPES["glance"])


def _sizes(document: Document) -> list[int]:
    """Return the words of an article, and those of its opening, which is learned from once more by itself.

    A short post is coded as long articles are: what the whole article tells of itself is little there.
    """
    sentences = document.reading.words.sentences
    whole = len(document.reading.words)
    opening = next((s.last for s in sentences if s.last >= _OPENING), whole)
    return [whole] if opening == whole else [whole, opening]


def _fit_events(documents: Sequence[Document]) -> Model:
    vectors = word_vectors()
    examples: list[list[str]] = []
    labels: list[str] = []
    dense: list[Floats] = []
    for d in documents:
        for size in _sizes(d):
            features, wanted, rows = event_examples(d.reading, d.forms, d.drafts, d.inner, vectors, size)
            examples += features
            labels += wanted
            dense += rows
    return train(examples, labels, vectors=np.array(dense), recipe=RECIPES["event"])


def _fit_roles(documents: Sequence[Document]) -> Iterator[tuple[str, Model]]:
    """Train the looks.  Each learns from what those before it say of articles that they did not learn from."""
    grouped = [pairs_of(d.reading, d.forms, d.drafts) for d in documents]
    pairs = [[spell(groups) for _, _, groups in p] for p in grouped]
    labels = [labels_of(d.reading, d.drafts, d.gold, p) for d, p in zip(documents, grouped, strict=True)]

    def first_look(keep: Callable[[int], bool]) -> Model:
        rows = [(f, w) for n in range(len(documents)) if keep(n) for f, w in zip(pairs[n], labels[n], strict=True)]
        sure = [(f, w) for f, w in rows if w != UNSURE]
        return train([f for f, _ in sure], [w for _, w in sure], recipe=RECIPES["role1"])

    parts = [zlib.crc32(d.doc_id.encode()) // 7 % _CROSS for d in documents]
    seen = _across(parts, first_look, pairs)
    again = [
        [spell(groups) for groups in second_groups(d.reading, d.drafts, p, _opinions(d, p, *seen[n]))]
        for n, (d, p) in enumerate(zip(documents, grouped, strict=True))
    ]

    def second_look(keep: Callable[[int], bool]) -> Model:
        rows = [(f, w) for n in range(len(documents)) if keep(n) for f, w in zip(again[n], labels[n], strict=True)]
        sure = [(f, w) for f, w in rows if w != UNSURE]
        return train([f for f, _ in sure], [w for _, w in sure], recipe=RECIPES["role2"])

    yield "role1", first_look(lambda _: True)
    yield "role2", second_look(lambda _: True)
    yield "cast", _fit_casting(documents, grouped, seen, _across(parts, second_look, again))


_Looked = tuple[Floats, tuple[str, ...]]  # probabilities (pairs x classes) and the classes


def _across(
    parts: Sequence[int], fitted: Callable[[Callable[[int], bool]], Model], examples: Sequence[Sequence[Sequence[str]]]
) -> list[_Looked]:
    """Return what a look says of each article, learned from the articles of the other parts."""
    out: dict[int, _Looked] = {}
    for number in range(_CROSS):
        model = fitted(lambda n, number=number: parts[n] != number)  # type: ignore[misc]
        for n, part in enumerate(parts):
            if part == number:
                columns = np.array([model.columns(f) for f in examples[n]]).reshape(-1, len(model.bias))
                out[n] = model.probabilities(columns), model.classes
    return [out[n] for n in range(len(parts))]


def _opinions(document: Document, pairs: Pairs, looked: Floats, classes: Sequence[str]) -> list[list[Opinion]]:
    return opinions_of(pairs, looked, classes, len(document.drafts))


def _fit_casting(
    documents: Sequence[Document], grouped: Sequence[Pairs], first: Sequence[_Looked], second: Sequence[_Looked]
) -> Model:
    examples: list[list[str]] = []
    labels: list[str] = []
    for d, pairs, (one, classes), (two, _) in zip(documents, grouped, first, second, strict=True):
        opinions = _opinions(d, pairs, (one + two) / np.float32(2), classes)
        features, wanted = casting_examples(d.reading, d.drafts, opinions, d.gold)
        examples += features
        labels += wanted
    return train(examples, labels, recipe=RECIPES["cast"])
