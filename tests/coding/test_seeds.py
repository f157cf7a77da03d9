"""The two seed articles: the type of their events, scored together against gold.

What must be reached is 0.80.

Only scores are looked at: the gold of the seeds is held out from training and never printed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.coding import Coder
from isnad.evaluate import as_scored, read_gold, score
from isnad.model import Article

GOLD = Path(__file__).resolve().parents[3] / "shared" / "data" / "gold" / "dev.jsonl"
AIM = 0.80


needs_gold = pytest.mark.skipif(not GOLD.is_file(), reason="the gold is not there (../shared/data/gold/dev.jsonl)")


@pytest.fixture(scope="module")
def type_f1(coder: Coder) -> float:
    gold = [document for document in read_gold(GOLD) if "seed" in document.doc_id]
    assert len(gold) == 2
    coded = [
        coder.code_article(Article(doc_id=d.doc_id, text=d.text, published=d.published, outlet=d.outlet)) for d in gold
    ]
    return score(gold, map(as_scored, coded)).rows["type"].f1


@needs_gold
def test_seeds_reach_the_aim(type_f1: float) -> None:
    assert type_f1 >= AIM
