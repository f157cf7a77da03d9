"""`isnad export` and `isnad import` from files."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from isnad.cli.main import run
from isnad.export.incident_jsonl import IncidentJsonlWriter
from isnad.model import CodedArticle, Span
from isnad.model.incidents import Claim, Incident, Member

TEXT = "قصف الجيش بلدة تل النهر، ومقتل سبعة مدنيين."


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """One incident and the article behind it, as JSONL."""
    trigger, dead = Span("قصف", 0, 3), Span("سبعة", 31, 35)
    incident = Incident(
        id="i-1",
        type="ASSAULT",
        mode="heavy-weapons",
        members=(
            Member(doc_id="d", event=1, trigger=trigger, type="ASSAULT", status="actual", part="happening", outlet="o"),
        ),
        claims=(Claim(field="killed", value=[7, 7], says="says", status="actual", doc_id="d", event=1, span=dead),),
        date={"start": "2023-03-01", "end": "2023-03-01"},
        actors=("SYR.mil",),
        recipients=("civilians",),
        killed=(7, 7),
        merged=("i-0",),
    )
    (tmp_path / "in.jsonl").write_text(IncidentJsonlWriter().incident(incident), encoding="utf-8")
    coded = msgspec.json.encode(CodedArticle(doc_id="d", text=TEXT, outlet="o"))
    (tmp_path / "articles.jsonl").write_bytes(coded + b"\n")
    return tmp_path / "in.jsonl", tmp_path / "articles.jsonl"


@pytest.mark.parametrize("format_", ["jsonl", "csv", "geojson", "acled", "ged", "polecat", "html", "parquet"])
def test_each_format_writes_a_file(
    files: tuple[Path, Path], format_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    incidents, articles = files
    out = tmp_path / f"out.{format_}"
    given = ["export", format_, "--from", str(incidents), "--articles", str(articles), "-o", str(out)]
    assert run(given) == 0
    assert out.stat().st_size > 0
    assert "isnad: 1 incident" in capsys.readouterr().err


def test_jsonl_out_is_jsonl_in(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "jsonl", "--from", str(files[0]), "-q"]) == 0
    assert capsys.readouterr().out == files[0].read_text(encoding="utf-8")


def test_acled_has_its_claims_beside_it(files: tuple[Path, Path], tmp_path: Path) -> None:
    assert run(["export", "acled", "--from", str(files[0]), "-o", str(tmp_path / "a.csv"), "-q"]) == 0
    claims = (tmp_path / "a.claims.csv").read_text(encoding="utf-8").splitlines()
    assert claims[1].startswith("i-1,i-1,0,killed,says")


def test_a_package_is_a_folder(files: tuple[Path, Path], tmp_path: Path) -> None:
    assert run(["export", "package", "--from", str(files[0]), "-o", str(tmp_path / "p"), "-q"]) == 0
    assert {path.name for path in (tmp_path / "p").iterdir()} == {"incidents.csv", "claims.csv", "datapackage.json"}


def test_one_incident_is_found_by_an_id_that_leads_to_it(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "geojson", "--from", str(files[0]), "--incident", "i-0", "-q"]) == 0
    assert len(json.loads(capsys.readouterr().out)["features"]) == 1
    assert run(["export", "geojson", "--from", str(files[0]), "--incident", "i-9", "-q"]) == 0
    assert json.loads(capsys.readouterr().out)["features"] == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["export", "xlsx"], "cannot be written as 'xlsx'"),
        (["export", "geojson", "--what", "articles"], "articles cannot be written as 'geojson'"),
        (["export", "csv", "--what", "people"], "unknown: 'people'"),
        (["export", "package"], "name it with -o"),
        (["export", "parquet"], "name a file with -o"),
    ],
)
def test_what_makes_no_sense_is_one_line(given: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(given) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["export", "jsonl", "--from", str(tmp_path / "no.jsonl")]) == 1
    assert "[input.not-found]" in capsys.readouterr().err


def test_bad_lines_are_named_and_the_rest_is_written(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """One line each even where the file is read twice; exit status 3."""
    with files[0].open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    assert run(["export", "html", "--from", str(files[0]), "-q"]) == 3
    captured = capsys.readouterr()
    assert captured.err.count("[input.json]") == 1
    assert f"{files[0]}:2" in captured.err
    assert "i-1" in captured.out


def test_import_checks_a_file(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(files[0]), "--check"]) == 0
    assert "isnad: 1 incident\n" in capsys.readouterr().err


def test_events_and_articles_come_from_a_file(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "jsonl", "--what", "articles", "--articles", str(files[1])]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == TEXT
    assert run(["export", "polecat", "--what", "events", "--articles", str(files[1]), "-q"]) == 0
    assert capsys.readouterr().out.count("\n") == 1
