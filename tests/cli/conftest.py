"""A stand-in coder, so that the command line is tested apart from coding: every «قصف» is an ASSAULT."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from isnad.model import Article, CodedArticle, Event, Span


class StandIn:
    """Codes each «قصف» as an event; fails on «انهيار», notes texts without Arabic."""

    def __init__(self, lexicon_dirs: Sequence[Path] = (), places_dir: Path | None = None) -> None:
        self.lexicon_dirs = lexicon_dirs

    def code_article(self, article: Article) -> CodedArticle:
        if "انهيار" in article.text:
            raise ValueError("collapsed")
        events = tuple(
            Event(id=i, trigger=Span(m.group(), *m.span()), type="ASSAULT", mode=None, status="actual")
            for i, m in enumerate(re.finditer("قصف", article.text), start=1)
        )
        note = None if re.search("[\u0621-\u064a]", article.text) else "language: other"
        facts = {"published": article.published, "outlet": article.outlet, "title": article.title}
        return CodedArticle(doc_id=article.doc_id, text=article.text, events=events, note=note, **facts)

    def explain(self, text: str, *, published: str | None = None) -> dict[str, object]:
        return {
            "text": text,
            "published": published,
            "words": [{"text": "قصف", "weights": [0.5, 1]}],
            "none": None,
        }


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isnad.coding.Coder", StandIn, raising=False)
