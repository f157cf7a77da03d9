"""Why a text is coded as it is: the coder is run once with witnesses for models, and what they saw is told.

Nothing is coded a second way: probabilities and features are those of the run itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from isnad.coding.detect import NO_EVENT, THRESHOLD, Glance, event_features
from isnad.coding.draft import Draft
from isnad.coding.events import make_events
from isnad.coding.explain_read import read_of, span_of
from isnad.coding.explain_values import Values, because, top, weights
from isnad.coding.explained import Choice, EventExplained, Explanation, TriggerWeighed, WordSense
from isnad.coding.features import Forms, document_features
from isnad.coding.model import Model
from isnad.coding.reader import fill
from isnad.coding.reading import Reading
from isnad.coding.vectors import word_vectors
from isnad.coding.witness import Answer, Witness
from isnad.lexicon.trigger_records import TriggerForm
from isnad.model import Acled, Article, Event
from isnad.text.language import language

if TYPE_CHECKING:
    from isnad.coding.coder import Coder

_ARABIC = "ar"
_NO_MODE = "-"  # how the model of modes calls mode null


def explain(coder: Coder, text: str, *, published: str | None = None, outlet: str | None = None) -> Explanation:
    """Return what `coder` reads in `text`, what it weighs, and why each value of each event is what it is.

    `published` is an ISO day or None; `outlet` as in `Article`.  Meant for short texts: all that was weighed is kept.
    """
    spoken = language(text)
    if spoken != _ARABIC:
        note = "empty" if spoken == "empty" else f"language: {spoken}"
        return Explanation(text=text, published=published, outlet=outlet, note=note)
    from isnad.coding.coder import Coder as Probe  # here: the coder offers `explain` as a method of its own

    seen = {name: Witness.of(model) for name, model in coder.models.items()}
    article = Article(doc_id="", text=text, published=published, outlet=outlet)
    reading, drafts = Probe(models=dict(seen), lexicons=coder.lexicons).draft(article)
    table = Forms(coder.lexicons.triggers, word_vectors())
    forms = [table.of(kind) for kind in reading.words.types]
    chosen = Glance(coder.models["glance"]).worth(reading, forms)
    if not chosen:
        fill(reading, coder.lexicons, {})  # without a candidate the coder reads no parties; here they are shown
    answers = {name: witness.answers() for name, witness in seen.items()}
    document = document_features(forms)
    weighed = {
        i: Answer(tuple(event_features(reading, forms, i, document)), answer.chances)
        for i, answer in zip(chosen, answers["event"], strict=True)
    }
    events = make_events(reading, drafts, coder.lexicons)
    return Explanation(
        text=text,
        published=published,
        outlet=outlet,
        triggers=tuple(_triggers(coder.models["event"], weighed, reading, drafts)),
        events=_events(Values(coder.models, answers, reading, drafts, forms), coder.models, answers, events),
        **read_of(reading),
    )


def _triggers(
    model: Model, weighed: Mapping[int, Answer], reading: Reading, drafts: Sequence[Draft]
) -> Iterator[TriggerWeighed]:
    """Yield every word that the lexicon proposed, with the classifier's answer where it was asked."""
    taken = {d.head: d.type for d in drafts}
    for i, forms in enumerate(reading.forms):
        if forms:
            yield _trigger(model, weighed.get(i), reading, i, taken.get(i))


def _trigger(model: Model, answer: Answer | None, reading: Reading, i: int, type_: str | None) -> TriggerWeighed:
    chances = answer.chances if answer else {}
    event = 1 - chances[NO_EVENT] if answer else None
    phrase = reading.phrases.get(i)
    forms = (*reading.forms[i], *((phrase.form,) if phrase else ()))
    explains = type_ or max(chances, key=lambda c: chances[c], default=None)
    return TriggerWeighed(
        word=span_of(reading.words, i, i + 1),
        phrase=span_of(reading.words, phrase.first, phrase.last) if phrase else None,
        readings=tuple(dict.fromkeys(_sense(form) for form in forms)),
        chances=top(chances),
        event=None if event is None else round(event, 3),
        threshold=THRESHOLD,
        taken=type_ is not None,
        why="page furniture" if reading.inert[i] else _why(event, type_),
        explains=explains,
        features=weights(model, answer, explains),
    )


def _why(event: float | None, type_: str | None) -> str:
    if type_ is not None:
        return "taken"
    if event is None:
        return "left at a glance"
    return "overlaps a surer one" if event > THRESHOLD else "below threshold"


def _sense(form: TriggerForm) -> WordSense:
    types = tuple(t if mode is None else f"{t}.{mode}" for t, mode in form.types)
    return WordSense(lemma=form.lemma, gloss=form.entry.gloss, pos=form.pos, tense=form.tense, types=types)


def _events(
    values: Values, models: Mapping[str, Model], answers: Mapping[str, Sequence[Answer]], events: Sequence[Event]
) -> tuple[EventExplained, ...]:
    """Return each event taken, with what was weighed for each of its values."""
    parties, castings = values.parties(), values.castings()
    places, dates = values.places(), values.dates()
    sources, earlier = values.sources(), values.earlier()

    def choice(name: str, n: int, chosen: str, prefix: str = "") -> Choice:
        answer = answers[name][n] if n < len(answers[name]) else Answer((), {})
        own = {c.removeprefix(prefix): p for c, p in answer.chances.items() if c.startswith(prefix)}
        known = prefix + chosen if chosen in own else None
        return Choice(chosen=chosen, chances=top(own), features=weights(models[name], answer, known))

    return tuple(
        EventExplained(
            id=event.id,
            trigger=event.trigger,
            type=event.type,
            mode=choice("mode", n, event.mode or _NO_MODE, f"{event.type}."),
            status=choice("status", n, event.status),
            parties=parties[n],
            castings=castings[n],
            places=places[n],
            dates=dates[n],
            sources=sources[n],
            earlier=earlier[n],
            acled=because(_acled_name(event.acled), event.acled.reason),
            cameo=because(event.cameo.code or "", event.cameo.reason),
            event=event,
        )
        for n, event in enumerate(events)
    )


def _acled_name(acled: Acled) -> str:
    return " / ".join(name for name in (acled.event_type, acled.sub_event_type) if name)


__all__ = ["explain"]
