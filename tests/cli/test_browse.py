"""`isnad list`, `show`, `search` and `db`, as typed on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isnad.cli.main import run
from isnad.model import CodedArticle, Event, Party, Place, Span
from isnad.model.intake import Incoming
from isnad.store import Store

TEXT = "قصف الطيران مدينة حلب.\nوتواصل القصف \u202eليلا."


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = tmp_path / "isnad.db"
    one = Incoming(
        address="https://a.example/1",
        text=TEXT,
        title="قصف على حلب",
        source="t",
        fetched="2026-01-02T00:00:00Z",
        published="2026-01-01",
        outlet="paper",
    )
    event = Event(
        id=1,
        trigger=Span("قصف", 0, 3),
        type="ASSAULT",
        mode="aerial",
        status="actual",
        actors=(Party(text="الطيران", start=4, end=11, id="SYR.mil"),),
        place=Place(text="حلب", start=18, end=21, name="Aleppo", country="SYR"),
        killed=(3, None),
    )
    coded = CodedArticle(doc_id="d", text=TEXT, published="2026-01-01", events=(event,), coder="coder 1")
    two = Incoming(address="b", text="هدوء في حماة.", source="t", fetched="2026-01-02T00:00:00Z")
    with Store.open(path) as store:
        store.add([(one, coded), (two, None)])
    return str(path)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_list_shows_articles_and_events_as_jsonl(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, filters applied, newest day first."""
    assert run(["list", "--db", db, "--to", "jsonl"]) == 0
    assert [(row["article"], row["events"]) for row in lines(capsys)] == [(1, 1), (2, None)]
    asked = ["--type", "assault", "--party", "SYR.mil", "--place", "SYR", "--outlet", "paper", "--status", "actual"]
    assert (
        run(["list", "events", "--db", db, "--to", "jsonl", "--from", "2026-01-01", "--until", "2026-01-01", *asked])
        == 0
    )
    (row,) = lines(capsys)
    assert (row["type"], row["killed"], row["trigger"]) == ("ASSAULT", [3, None], [0, 3])
    assert run(["list", "events", "--db", db, "--status", "denied", "--to", "jsonl"]) == 0
    assert lines(capsys) == []


@pytest.mark.parametrize("place", ["حلب", "حَلَب", "Aleppo", "aleppo"])
def test_place_is_found_by_any_of_its_names(db: str, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was coded under the gazetteer's Latin name is found by the Arabic one too, in every list."""
    for command in (["list"], ["list", "events"], ["search", "القصف"]):
        assert run([*command, "--db", db, "--place", place, "--to", "jsonl"]) == 0
        assert [row["article"] for row in lines(capsys)] == [1]


@pytest.mark.parametrize("place", ["لا مكان", "حماة", "Nowhere"])
def test_unknown_place_finds_nothing(db: str, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nothing is coded under gives an empty list, no error."""
    assert run(["list", "events", "--db", db, "--place", place, "--to", "jsonl"]) == 0
    assert lines(capsys) == []


def test_list_says_how_to_go_on(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is full ends with the cursor of its last row, which continues it."""
    assert run(["list", "--db", db, "--limit", "1"]) == 0
    shown = capsys.readouterr()
    assert "قصف على حلب" in shown.out
    cursor = shown.err.rpartition("--after ")[2].strip()
    assert run(["list", "--db", db, "--after", cursor]) == 0
    assert "not coded" in capsys.readouterr().out


def test_search_marks_words_and_calms_overrides(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Hits stand in brackets in title and text; a bidi override in the text cannot turn the terminal round."""
    assert run(["search", "والقصف", "--db", db]) == 0
    out = capsys.readouterr().out
    assert "[قصف] على حلب" in out
    assert "وتواصل [القصف]" in out
    assert "\u202e" not in out
    assert run(["search", "القصف", "--db", db, "--to", "jsonl"]) == 0
    (hit,) = lines(capsys)
    assert [TEXT[mark["start"] : mark["end"]] for mark in hit["marks"]] == ["قصف", "القصف"]


def test_show_tells_everything_of_one_article(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Address, fetch time, versions, coder, text and events; as JSON the whole record."""
    assert run(["show", "1", "--db", db]) == 0
    out = capsys.readouterr().out
    for part in ("https://a.example/1", "fetched 2026-01-02T00:00:00Z", "coded by coder 1", "ASSAULT", "مدينة حلب"):
        assert part in out
    assert run(["show", "1", "--db", db, "--to", "jsonl"]) == 0
    (record,) = lines(capsys)
    assert record["versions"][0]["codings"][0]["coded"]["events"][0]["trigger"]["text"] == "قصف"
    assert run(["show", "2", "--db", db]) == 0
    assert "not coded" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["show", "9"], 1, "store.unknown"),
        (["show", "1", "--coder", "nobody"], 2, "usage"),
        (["list", "--from", "yesterday"], 2, "usage"),
        (["list", "outlets"], 2, "usage"),
        (["list", "--to", "xml"], 2, "usage"),
        (["search", "!!"], 2, "usage"),
        (["list", "--after", "x"], 2, "usage"),
        (["list", "--type", "asault"], 2, "usage"),
        (["list", "events", "--status", "actual,denied"], 2, "usage"),
        (["incidents", "--grade", "weak,sure"], 2, "usage"),
        (["incidents", "--state", "new"], 2, "usage"),
    ],
)
def test_mistakes_are_one_line_with_a_code(
    db: str, arguments: list[str], status: int, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be understood or found is said in one line."""
    assert run([*arguments, "--db", db]) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert f"[{code}]" in line


def test_db_commands(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """check is clean, stats counts, backup makes a store, upgrade finds the newest schema."""
    assert run(["db", "check", "--db", db]) == 0
    assert "all is well" in capsys.readouterr().out
    assert run(["db", "stats", "--db", db, "--to", "jsonl"]) == 0
    (stats,) = lines(capsys)
    assert (stats["articles"], stats["coded"], stats["events"]) == (2, 1, 1)
    copy = str(tmp_path / "copy.db")
    assert run(["db", "backup", copy, "--db", db]) == 0
    assert run(["db", "backup", copy, "--db", db]) == 1
    assert run(["db", "upgrade", "--db", copy]) == 0
    assert run(["db", "check", "--db", copy]) == 0


def test_db_check_fails_on_a_fault(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1 and one line a finding."""
    import sqlite3

    connection = sqlite3.connect(db)
    connection.execute("UPDATE texts SET text = 'x' WHERE version = 2")
    connection.commit()
    connection.close()
    assert run(["db", "check", "--db", db]) == 1
    assert "version 2: title and text are not those of its hash [hash]" in capsys.readouterr().out


def test_store_is_named_by_the_environment(
    db: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """ISNAD_DB stands in for --db; a store that is not there is not made by looking."""
    monkeypatch.setenv("ISNAD_DB", db)
    assert run(["db", "stats"]) == 0
    monkeypatch.setenv("ISNAD_DB", db + "x")
    assert run(["list"]) == 1
    assert "[store.missing]" in capsys.readouterr().err
    assert not Path(db + "x").exists()
