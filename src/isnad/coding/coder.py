"""The coder: an article in, its events out, by lexicon, grammar and the trained weights of the package."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from isnad.coding.chain_step import ChainStep
from isnad.coding.date_step import DateStep
from isnad.coding.detect import EventScorer, Glance, detect
from isnad.coding.draft import Draft, Step
from isnad.coding.events import make_events
from isnad.coding.features import FormFeatures, Forms
from isnad.coding.lexicons import Lexicons
from isnad.coding.model import Model, load_models
from isnad.coding.place_step import PlaceStep
from isnad.coding.reader import fill_mentions, fill_statements, propose
from isnad.coding.reading import Reading
from isnad.coding.roles_step import RolesStep
from isnad.coding.source_step import SourceStep
from isnad.coding.status_step import ModeStep, StatusStep
from isnad.coding.toll_step import TollStep
from isnad.coding.vectors import word_vectors
from isnad.model import Article, CodedArticle
from isnad.text.language import language

if TYPE_CHECKING:
    from isnad.coding.explained import Explanation

WEIGHTS = Path(__file__).parent / "weights" / "models.npz"
VERSION = "isnad 0.1.0"
ROLES = RolesStep()
#: The questions asked of each event after its type, in the order in which they need each other: those before its
#: parties are settled, and those after.
EARLY: tuple[Step, ...] = (ModeStep(), StatusStep())
LATE: tuple[Step, ...] = (PlaceStep(), DateStep(), TollStep(), SourceStep(), ChainStep())
STEPS = EARLY + LATE
_ARABIC = "ar"
_COLLECT_AFTER = 200_000, 50, 100  # records more than were let go; Python's own are 700, 10, 10


@lru_cache(maxsize=1)
def built_in_models() -> dict[str, Model]:
    """Return the weights of the package, loaded once a process."""
    return load_models(WEIGHTS)


def ease_collection() -> None:
    """Spare a process that does nothing but code the search for cyclic garbage; call it when the coder is made.

    What is loaded stays, and coding an article makes tens of thousands of small records but no cycles: searching
    them took a twelfth of the time and found nothing.  Not for a process in which others make cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


class Coder:
    """Codes articles.  Safe to use for any number of them; `stages` sums the seconds each stage took.

    `lexicon_dirs` are folders of the user's own words, `places_dir` the folder of his gazetteer.
    """

    def __init__(
        self,
        lexicon_dirs: Sequence[Path | str] = (),
        *,
        places_dir: Path | None = None,
        models: dict[str, Model] | None = None,
        lexicons: Lexicons | None = None,
    ) -> None:
        self.lexicons = lexicons or Lexicons.load(lexicon_dirs, places_dir=places_dir)
        self.models = models or built_in_models()
        self.stages: dict[str, float] = {}
        self._forms = Forms(self.lexicons.triggers, word_vectors())
        self._glance = Glance(self.models["glance"])
        self._scorer = EventScorer(self.models["event"], word_vectors())

    def code(
        self, text: str, *, published: str | None = None, outlet: str | None = None,
        title: str | None = None, doc_id: str = "", url: str | None = None,
    ) -> CodedArticle:  # fmt: skip
        """Return `text` coded.  `published` is an ISO day; without it no relative date is resolved."""
        return self.code_article(
            Article(doc_id=doc_id, text=text, published=published, outlet=outlet, title=title, url=url)
        )

    def code_article(self, article: Article) -> CodedArticle:
        """Return an article coded; `note` says why where nothing was read (empty, or another language)."""
        spoken = language(article.text)
        note = None if spoken == _ARABIC else "empty" if spoken == "empty" else f"language: {spoken}"
        events = () if note else make_events(*self.draft(article), self.lexicons)
        return CodedArticle(
            doc_id=article.doc_id, text=article.text, published=article.published, outlet=article.outlet,
            title=article.title, url=article.url, events=events, note=note, coder=VERSION,
        )  # fmt: skip

    def explain(self, text: str, *, published: str | None = None, outlet: str | None = None) -> Explanation:
        """Return what was read in a short text, what was weighed, and why each value was chosen."""
        from isnad.coding.explain import explain  # it runs a coder, so it stands above this module

        return explain(self, text, published=published, outlet=outlet)

    def draft(self, article: Article) -> tuple[Reading, list[Draft]]:
        """Return what was read in an article, and its events with indices into the mentions."""
        clock = perf_counter()
        reading = propose(article.text, self.lexicons, published=article.published, outlet=article.outlet)
        clock = self._lap("words", clock)
        forms = self._forms.of_all(reading.words)
        chosen = self._glance.worth(reading, forms)
        clock = self._lap("glance", clock)
        if not chosen:
            return reading, []
        fill_mentions(reading, self.lexicons, self.stages)
        clock = perf_counter()
        drafts = detect(self._scorer, reading, forms, chosen)
        self._lap("events", clock)
        if drafts:
            fill_statements(reading, self.stages)
            self._ask(EARLY, reading, forms, drafts)
            clock = perf_counter()
            ROLES.apply(self.models, reading, forms, drafts)
            self._lap("roles", clock)
            self._ask(LATE, reading, forms, drafts)
        return reading, drafts

    def _ask(
        self, steps: Sequence[Step], reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]
    ) -> None:
        clock = perf_counter()
        for step in steps:
            step.apply(self.models[step.name], reading, forms, drafts)
            clock = self._lap(step.name, clock)

    def _lap(self, name: str, since: float) -> float:
        now = perf_counter()
        self.stages[name] = self.stages.get(name, 0.0) + now - since
        return now
