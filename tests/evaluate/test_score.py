"""The figures: the same as the shared tool's, and each row counts what it says."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from isnad.evaluate import GoldDocument, GoldEvent, read_gold, score
from isnad.evaluate.match import align, chains, content_words

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
TOOL = SHARED / "tools" / "score.py"
TRAIN = SHARED / "data" / "gold" / "train.jsonl"


def event(event_id: int = 1, start: int = 0, end: int = 4, **more: Any) -> dict[str, Any]:
    base = {"id": event_id, "trigger": {"text": "قصف", "start": start, "end": end}}
    return {**base, "type": "ASSAULT", "mode": None, "status": "actual", **more}


def documents(*events: dict[str, Any], doc_id: str = "a") -> list[GoldDocument]:
    return [msgspec.convert({"doc_id": doc_id, "events": list(events)}, GoldDocument)]


def test_perfect_answer_scores_one() -> None:
    party = {"id": "SYR.mil", "framing": "النظام"}
    gold = documents(event(actors=[party], killed=[3, 3], date={"start": "2024-01-01", "end": "2024-01-01"}))
    rows = score(gold, gold).rows
    assert {row: figures.f1 for row, figures in rows.items() if figures.gold} == dict.fromkeys(
        ["find", "type", "mode", "status", "actor", "who-whom", "date", "killed", "framing", "chain"], 1.0
    )


def test_missing_document_counts_as_one_without_events() -> None:
    report = score(documents(event()), [])
    assert (report.rows["type"].r, report.rows["type"].gold) == (0.0, 1)
    assert [miss.kind for miss in report.misses] == ["missed"]


def test_pairs_are_one_to_one_and_largest_overlap_first() -> None:
    gold = documents(event(1, 0, 10), event(2, 8, 12))[0].events
    system = documents(event(1, 7, 12))[0].events
    assert align(gold, system, by_type=True) == [(1, 0)]


def test_words_are_compared_without_vowels_and_articles() -> None:
    assert content_words("الرقّة") == content_words("رقه") == content_words("والرقة")


def test_chains_that_loop_end() -> None:
    events = documents(event(1, same_as=2), event(2, same_as=1), event(3, same_as=9))[0].events
    assert set(chains(events)) == {1, 2, 3}


def _noisy(rows: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Spoil gold at random in every key that is scored, so that all rows fall between 0 and 1."""
    draw = random.Random(seed)
    out = []
    for row in rows:
        events = [dict(e) for e in row["events"] if draw.random() > 0.2]
        for e in events:
            if draw.random() < 0.2:
                e["type"] = draw.choice(["ASSAULT", "CONSULT", "AID"])
            if draw.random() < 0.2:
                e["status"] = draw.choice(["planned", "actual"])
            if draw.random() < 0.3:
                e["actors"], e["recipients"] = e["recipients"], e["actors"]
            for key in ("place", "date", "source", "killed", "injured", "detained", "same_as", "mode"):
                if draw.random() < 0.2:
                    e[key] = None
            if draw.random() < 0.3:
                e["trigger"] = {**e["trigger"], "start": e["trigger"]["start"] + draw.randrange(-9, 9)}
        if draw.random() > 0.05:
            out.append({**row, "events": events})
    return out


@pytest.mark.skipif(not TRAIN.exists(), reason="needs ../shared/data/gold and ../shared/tools")
@pytest.mark.parametrize("seed", [1, 2])
def test_same_figures_as_the_shared_tool(tmp_path: Path, seed: int) -> None:
    """Every row and type, to the fourth digit, on the gold spoilt at random."""
    spec = importlib.util.spec_from_file_location("shared_score", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    rows = [json.loads(line) for line in TRAIN.read_text(encoding="utf-8").splitlines()]
    path = tmp_path / "system.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in _noisy(rows, seed)), encoding="utf-8")
    theirs, _ = tool.score(tool.load(TRAIN), tool.load(path))
    ours = msgspec.to_builtins(score(read_gold(TRAIN), read_gold(path)))
    assert ours["documents"] == theirs["documents"]
    assert ours["rows"] == theirs["rows"]
    assert ours["types"] == theirs["types"]


def test_gold_event_reads_isnads_own_keys() -> None:
    assert msgspec.convert(event(cues=[], score=1.0, acled={"event_type": None}), GoldEvent).id == 1
