"""The other commands, and the promises that all of them keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isnad.cli.explain import as_lines
from isnad.cli.main import run

COMMANDS = (
    ["code"],
    ["demo"],
    ["explain"],
    ["lexicon", "find"],
    ["lexicon", "check"],
    ["places", "add"],
    ["places", "find"],
    ["evaluate"],
    ["train"],
    ["schema"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_has_examples(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "Examples:" in out
    assert f"isnad {' '.join(command)}" in out.partition("Examples:")[2]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("isnad 0.")


@pytest.mark.usefixtures("stand_in")
def test_demo_codes_the_samples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--to", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) >= 10
    assert {"al-rawasi", "nabd-al-shamal", "kani-press", "meridian"} <= {row["outlet"] for row in rows}
    page = next(row for row in rows if row["doc_id"] == "page.html")
    assert "الأكثر قراءة" not in page["text"]
    assert page["published"] == "2023-08-21"


@pytest.mark.usefixtures("stand_in")
def test_explain_prints_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "قصف", "--published", "2024-01-01"]) == 0
    out = capsys.readouterr().out
    assert "published: 2024-01-01" in out
    assert "  - text: قصف" in out
    assert "none" not in out


def test_tree_leaves_out_what_is_empty_and_shows_spans_short() -> None:
    tree = {"trigger": {"text": "قصف", "start": 0, "end": 3}, "empty": [], "score": 0.5, "list": ["a", "b"]}
    assert as_lines(tree) == ["trigger: «قصف» 0-3", "score: 0.500", "list: a, b"]


def gold(path: Path) -> Path:
    event = {"id": 1, "trigger": {"text": "قصف", "start": 0, "end": 3}, "type": "ASSAULT", "status": "actual"}
    rows = [
        {"doc_id": "a", "text": "قصف البلدة", "events": [event]},
        {"doc_id": "b", "text": "هدوء", "events": []},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.usefixtures("stand_in")
def test_evaluate_codes_and_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = gold(tmp_path / "gold.jsonl")
    assert run(["evaluate", str(path)]) == 0
    assert "ASSAULT       1.000  1.000  1.000      1       1" in capsys.readouterr().out
    assert run(["evaluate", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["type"]["f1"] == 1.0


@pytest.mark.usefixtures("stand_in")
def test_gate_holds_what_was_reached(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, floors = gold(tmp_path / "gold.jsonl"), str(tmp_path / "accuracy.json")
    assert run(["evaluate", str(path), "--gate", "--floors", floors]) == 1
    assert "no floors" in capsys.readouterr().err
    assert run(["evaluate", str(path), "--raise-floors", "--floors", floors]) == 0
    assert run(["evaluate", str(path), "--gate", "--floors", floors]) == 0
    empty = tmp_path / "nothing.jsonl"
    empty.write_text("", encoding="utf-8")
    capsys.readouterr()
    assert run(["evaluate", str(path), "--system", str(empty), "--gate", "--floors", floors]) == 1
    assert "type: F1 0.0000 is below its floor" in capsys.readouterr().err


def test_broken_gold_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "g.jsonl").write_text("{}\n", encoding="utf-8")
    assert run(["evaluate", str(tmp_path / "g.jsonl"), "--system", str(tmp_path / "g.jsonl")]) == 1
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "g.jsonl:1" in err
    assert err.rstrip().endswith("[gold]")


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


def test_an_unforeseen_fault_is_one_line_with_a_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> str:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("isnad.model.schema.schema_text", broken)
    assert run(["schema"]) == 1
    assert capsys.readouterr().err == "isnad: RuntimeError: two lines [internal] (--traceback shows where)\n"
