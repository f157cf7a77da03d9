"""Floors rise and do not fall silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.errors import GateError, GoldError
from isnad.evaluate import Report, Row, read_gold
from isnad.evaluate.gate import Floors, as_json, check, raised, read_floors


def report(f1: float) -> Report:
    return Report(documents=1, rows={"type": Row(f1, f1, f1, 10, 10)}, types={})


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc_id": "a", "events": []}\n', encoding="utf-8")
    return path


def test_unknown_gold_is_refused(gold: Path) -> None:
    with pytest.raises(GateError, match="no floors"):
        check(report(0.9), gold=gold, floors=Floors())


def test_a_figure_below_its_floor_is_named(gold: Path) -> None:
    floors = raised(report(0.8), gold=gold, floors=Floors())
    assert check(report(0.8), gold=gold, floors=floors) == []
    assert check(report(0.7), gold=gold, floors=floors) == ["type: F1 0.7000 is below its floor 0.7950"]


def test_a_changed_gold_file_is_noticed(gold: Path) -> None:
    floors = raised(report(0.8), gold=gold, floors=Floors())
    gold.write_text('{"doc_id": "b", "events": []}\n', encoding="utf-8")
    with pytest.raises(GateError):
        check(report(0.9), gold=gold, floors=floors)


def test_floors_fall_only_with_leave(gold: Path) -> None:
    floors = raised(report(0.8), gold=gold, floors=Floors())
    (same,) = raised(report(0.5), gold=gold, floors=floors).gold.values()
    (lower,) = raised(report(0.5), gold=gold, floors=floors, allow_lower=True).gold.values()
    assert (same.floors["type"], lower.floors["type"]) == (0.795, 0.495)


def test_floors_are_kept_and_read_again(tmp_path: Path, gold: Path) -> None:
    floors = raised(report(0.8), gold=gold, floors=Floors())
    path = tmp_path / "accuracy.json"
    path.write_text(as_json(floors), encoding="utf-8")
    assert read_floors(path) == floors
    assert read_floors(tmp_path / "absent.json") == Floors()


def test_broken_gold_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc_id": "a"}\n{"doc_id": 3}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl:2"):
        read_gold(path)
