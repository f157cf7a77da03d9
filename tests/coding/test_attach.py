"""Places, times and tolls find their events: candidates, labels, limits of a headline, spans of cues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from isnad.coding.attach import NO, YES, Pair, mention_cue
from isnad.coding.date_step import DateStep
from isnad.coding.draft import Draft, Step, best_form
from isnad.coding.features import FormFeatures, Forms
from isnad.coding.ground import Ground
from isnad.coding.lexicons import Lexicons
from isnad.coding.model import Model, feature_hash
from isnad.coding.place_step import PlaceStep
from isnad.coding.reader import fill, propose
from isnad.coding.reading import Reading
from isnad.coding.toll_step import TollStep
from isnad.coding.vectors import word_vectors

#: Headline, then: shelling of Saraqib yesterday killed five, and arrests in Homs; then the shelling again.
TEXT = (
    "قصف على سراقب\n\n"
    "استهدف قصف مدينة سراقب مساء أمس وأدى إلى مقتل خمسة مدنيين، فيما نفذت الشرطة اعتقالات في حمص.\n"
    "وقال شهود إن القصف استمر ساعات."
)
TRIGGERS = (("قصف", "ASSAULT", 0), ("قصف", "ASSAULT", 1), ("اعتقالات", "COERCE", 0), ("القصف", "ASSAULT", 0))


@pytest.fixture(scope="module")
def lexicons() -> Lexicons:
    return Lexicons.load()


@pytest.fixture
def article(lexicons: Lexicons) -> tuple[Reading, list[FormFeatures], list[Draft]]:
    reading = propose(TEXT, lexicons, published="2015-07-20")
    fill(reading, lexicons, {})
    table = Forms(lexicons.triggers, word_vectors())
    drafts = [_draft(reading, *trigger) for trigger in TRIGGERS]
    return reading, [table.of(kind) for kind in reading.words.types], drafts


def _draft(reading: Reading, word: str, type_: str, nth: int) -> Draft:
    words = reading.words
    i = [i for i in range(len(words)) if words.surface(i, i + 1) == word][nth]
    forms = reading.forms[i]
    return Draft(
        head=i,
        first=i,
        last=i + 1,
        sentence=words.sentence_of[i],
        type=type_,
        forms=forms,
        form=best_form(forms, type_),
    )


def _gold(place: str | None = None, date: tuple[str, str] | None = None, killed: int | None = None) -> dict[str, Any]:
    at = TEXT.find(place) if place else 0
    return {
        "place": {"text": place, "start": at, "end": at + len(place), "name": None} if place else None,
        "date": {"text": date[0], "start": date[1], "end": date[1]} if date else None,
        "killed": [killed, killed] if killed else None,
    }  # fmt: skip


def _model(weights: dict[str, float]) -> Model:
    """Return a log-linear model of a few features."""
    rows = np.array([[round(-w), round(w)] for w in weights.values()], dtype=np.int8)
    ones, empty = np.ones(2, dtype=np.float32), np.zeros((0, 2), dtype=np.float32)
    return Model((NO, YES), {feature_hash(f): n for n, f in enumerate(weights)}, rows, ones, 0 * ones, (), (), empty)


def test_a_place_is_labelled_by_its_words_and_by_its_name_elsewhere(article) -> None:  # type: ignore[no-untyped-def]
    reading, forms, drafts = article
    gold = [_gold("سراقب"), _gold("مدينة سراقب"), _gold("حمص"), _gold("مدينة سراقب")]
    features, labels = PlaceStep().examples(reading, forms, drafts, gold)
    assert len(features) == len(labels)
    assert labels.count(YES) >= 4
    assert NO in labels


def test_a_headline_has_only_its_own_words(article) -> None:  # type: ignore[no-untyped-def]
    reading, forms, drafts = article
    always = _model({"b": 5})
    PlaceStep().apply(always, reading, forms, drafts)
    DateStep().apply(always, reading, forms, drafts)
    assert reading.words.sentences[0].headline
    assert drafts[0].place is not None
    assert reading.words.sentence_of[reading.places[drafts[0].place].first] == 0
    assert drafts[0].date is None


@pytest.mark.parametrize("step", [PlaceStep(), DateStep(), TollStep()], ids=lambda s: s.name)
def test_nothing_is_given_below_the_threshold(step: Step, article) -> None:  # type: ignore[no-untyped-def]
    reading, forms, drafts = article
    step.apply(_model({"b": -5}), reading, forms, drafts)
    assert all(d.place is None and d.date is None and not d.tolls and not d.cues for d in drafts)


def test_a_toll_goes_to_one_event_only(article) -> None:  # type: ignore[no-untyped-def]
    reading, forms, drafts = article
    TollStep().apply(_model({"b": 5}), reading, forms, drafts)
    killed = [d.tolls["killed"].count.least for d in drafts if "killed" in d.tolls]
    assert killed == [5]


def test_the_killed_of_the_sentence_are_labelled_on_their_event(article) -> None:  # type: ignore[no-untyped-def]
    reading, forms, drafts = article
    _, labels = TollStep().examples(reading, forms, drafts, [_gold(), _gold(killed=5), _gold(), _gold()])
    assert labels.count(YES) == 1


def test_what_is_carried_over_says_so(article) -> None:  # type: ignore[no-untyped-def]
    reading, forms, drafts = article
    DateStep().apply(_model({"b": 5}), reading, forms, drafts)
    assert drafts[1].date == drafts[3].date is not None
    assert [c.rule for c in drafts[3].cues] == ["carried over"]


@pytest.mark.parametrize("step", [PlaceStep(), DateStep(), TollStep()], ids=lambda s: s.name)
def test_cues_quote_the_stored_text(step: Step, article) -> None:  # type: ignore[no-untyped-def]
    reading, forms, drafts = article
    step.apply(_model({"b": 5}), reading, forms, drafts)
    cues = [c for d in drafts for c in d.cues]
    assert cues
    assert all(TEXT[c.start : c.end] == c.text for c in cues)


def test_the_link_before_a_place_is_its_cue(article) -> None:  # type: ignore[no-untyped-def]
    reading, _, drafts = article
    homs = next(p for p in reading.places if TEXT[p.start : p.end].endswith("حمص"))
    cue = mention_cue(reading, drafts[2], "place", homs)
    assert (cue.rule, cue.text) == ("link", "في")


def test_a_pair_knows_its_side_and_sentence(article) -> None:  # type: ignore[no-untyped-def]
    reading, forms, drafts = article
    ground = Ground(reading, forms, drafts)
    homs = next(p for p in reading.places if p.text.endswith("حمص"))
    sides: Sequence[str] = [Pair(ground, d, homs.first, homs.last).side for d in drafts]
    assert sides == ["v", ">", ">", "^"]
