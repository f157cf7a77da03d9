"""The public coder: the same result one by one, streamed, and over processes."""

from __future__ import annotations

from pathlib import Path

import isnad
from isnad.ingest import read_articles
from isnad.model import Article

SAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_many_gives_what_one_by_one_gives() -> None:
    articles = [item for item in read_articles([SAMPLES]) if isinstance(item, Article)]
    coder = isnad.Coder()
    alone = [coder.code_article(article) for article in articles]
    assert list(coder.code_many(articles)) == alone
    assert list(coder.code_many(articles, workers=2)) == alone
    assert any(coded.events for coded in alone)


def test_unknown_day_gives_no_day() -> None:
    """«أمس» (yesterday) stays words where the day of publication is not known."""
    text = (SAMPLES / "vowelled.txt").read_text(encoding="utf-8")
    dates = [event.date for event in isnad.Coder().code(text).events if event.date]
    assert dates
    assert all(date.start is None for date in dates)


def test_one_happening_has_one_name_for_each_side() -> None:
    """The army is SYR.mil whether its own outlet or its enemy's writes; the loaded word stays beside it."""
    coder = isnad.Coder()
    actors = {}
    for item in read_articles([SAMPLES / "articles.jsonl"]):
        if isinstance(item, Article) and item.doc_id.startswith("shelling-"):
            events = coder.code_article(item).events
            actors[item.outlet] = {party.id for event in events for party in event.actors}
    assert len(actors) == 3
    assert all("SYR.mil" in ids for ids in actors.values())
