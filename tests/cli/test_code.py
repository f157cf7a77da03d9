"""`isnad code`: what is written, what is said, and the exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from isnad.cli.main import run

pytestmark = pytest.mark.usefixtures("stand_in")
TEXT = "قصف على أطراف البلدة أدى إلى إصابة ثلاثة مدنيين بجروح."


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    rows = [json.dumps({"doc_id": str(i), "text": TEXT}, ensure_ascii=False) for i in range(1000)]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_all_well_is_zero_and_ends_with_a_summary(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", str(articles), "--to", "jsonl"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1000
    assert err.startswith("isnad: 1,000 articles, 1,000 events, 0 skipped, ")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_broken_line_is_named_and_the_rest_is_written(
    articles: Path, tmp_path: Path, workers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = articles.read_text(encoding="utf-8").splitlines()
    lines[499] = "{"
    articles.write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert run(["code", str(articles), "-o", str(out), "--workers", workers]) == 3
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["doc_id"] for row in rows] == [str(i) for i in range(1000) if i != 499]
    err = capsys.readouterr().err.splitlines()
    assert err[0].startswith(f"isnad: {articles}:500: broken JSON")
    assert err[0].endswith("[input.json]")
    assert "1 skipped" in err[1]


def test_a_crash_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.jsonl"
    rows = [{"doc_id": "a", "text": TEXT}, {"doc_id": "b", "text": "انهيار"}, {"doc_id": "c", "text": TEXT}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert run(["code", str(path), "--to", "csv"]) == 3
    out, err = capsys.readouterr()
    assert out.count("\r\n") == 3
    assert f"{path}:2: coding failed: ValueError: collapsed [coding.crash]" in err


def test_another_language_is_said_and_counts_as_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "en.txt"
    path.write_text("Shelling near the town wounded three people.", encoding="utf-8")
    assert run(["code", str(path), "--to", "jsonl"]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["events"] == []
    assert f"{path}: not Arabic (another script); nothing was coded [coding.language]" in err


def test_old_code_page_is_a_note_and_not_a_skip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(TEXT.encode("windows-1256"))
    assert run(["code", str(path), "--to", "jsonl"]) == 0
    assert "note: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["code"],
        ["code", "x.txt", "--wrong"],
        ["code", "x.txt", "--to", "xlsx"],
        ["code", "x.txt", "--published", "2024-02-30"],
        ["code", "x.txt", "-o", "out.xlsx"],
        ["code", "x.txt", "--workers", "-1"],
        ["nonsense"],
    ],
)
def test_what_is_not_understood_is_one_line_and_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.rstrip().endswith("[usage]")
    assert list(tmp_path.iterdir()) == []


def test_output_that_cannot_be_written_is_one_line(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["code", str(articles), "-o", str(articles.parent / "no" / "out.csv")]) == 1
    assert capsys.readouterr().err.rstrip().endswith("[output]")


def test_given_day_and_outlet_fill_what_is_not_stated(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(["code", str(articles), "--to", "jsonl", "--published", "2024-01-02", "--outlet", "x", "-q"]) == 0
    )
    out, err = capsys.readouterr()
    row = json.loads(out.splitlines()[0])
    assert (row["published"], row["outlet"], err) == ("2024-01-02", "x", "")


def test_format_follows_the_name_of_the_output(articles: Path, tmp_path: Path) -> None:
    for name, start in (("o.csv", "doc_id,"), ("o.html", "<!doctype html>"), ("o.jsonl", '{"doc_id"')):
        assert run(["code", str(articles), "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


_SLOW = """
import sys, time
sys.path.insert(0, {tests!r})
import isnad.coding
from conftest import StandIn
class Slow(StandIn):
    def code_article(self, article):
        time.sleep(0.02)
        return super().code_article(article)
isnad.coding.Coder = Slow
from isnad.cli.main import main
main()
"""


@pytest.mark.parametrize(("number", "workers"), [(signal.SIGINT, "1"), (signal.SIGTERM, "2")])
def test_an_interrupted_run_leaves_no_half_file(
    articles: Path, tmp_path: Path, number: signal.Signals, workers: str
) -> None:
    """Status 130, the old file as it was, no temporary file, no process left behind."""
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    script = _SLOW.format(tests=str(Path(__file__).parent))
    command = [sys.executable, "-c", script, "code", str(articles), "-o", str(out), "--workers", workers]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 20
    while len(list(folder.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip().splitlines() == ["isnad: interrupted"]
    assert out.read_text(encoding="utf-8") == "old"
    assert list(folder.iterdir()) == [out]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_reader_that_goes_away_is_no_error(articles: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(_SLOW.format(tests=str(Path(__file__).parent)).replace("0.02", "0"), encoding="utf-8")
    command = f"{sys.executable} {script} code {articles} --to jsonl -q | head -1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""
