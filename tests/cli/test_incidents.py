"""`isnad incidents`, `isnad incident` and `isnad review` on a store of our own reports."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from isnad.cli.main import run
from isnad.model import CodedArticle, DateValue, Event, Party, Place, Source, Span
from isnad.model.intake import Incoming
from isnad.store import Store

Told = pytest.CaptureFixture[str]


def shelling(doc_id: str, outlet: str, *, says: str, town: tuple[str, float, float], day: str) -> CodedArticle:
    """Return a coded report: «the regime's forces shelled TOWN», as SOURCE says."""
    text = f"قصفت قوات النظام مدينة {town[0]} وقتل ثلاثة مدنيين وفق {says} في خبر {doc_id}"

    def span(words: str) -> Span:
        return Span(words, text.index(words), text.index(words) + len(words))

    actor, place, source = span("قوات النظام"), span(town[0]), span(says)
    where = Place(
        text=place.text, start=place.start, end=place.end, name=town[0], country="SYR", level="town",
        lat=town[1], lon=town[2], precision=3.0, source_id=town[0],
    )  # fmt: skip
    event = Event(
        id=1,
        trigger=span("قصفت"),
        type="ASSAULT",
        mode="heavy-weapons",
        status="actual",
        actors=(Party(text=actor.text, start=actor.start, end=actor.end, id="SYR.mil", framing="النظام"),),
        place=where,
        date=DateValue(text="قصفت", start=day, end=day, span=span("قصفت")),
        killed=(3, 3),
        source=Source(text=source.text, start=source.start, end=source.end, kind="official"),
    )
    return CodedArticle(doc_id=doc_id, text=text, published=day, outlet=outlet, events=(event,), coder="c")


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A store with two reports of one shelling and one of another."""
    path = str(tmp_path / "isnad.db")
    sarmin, ariha = ("سرمين", 35.9040, 36.7261), ("أريحا", 35.8136, 36.6100)
    coded = [
        shelling("a", "enab-baladi", says="الدفاع المدني", town=sarmin, day="2023-09-04"),
        shelling("b", "sana", says="وزارة الدفاع", town=sarmin, day="2023-09-04"),
        shelling("c", "sana", says="وزارة الدفاع", town=ariha, day="2023-09-08"),
    ]
    with Store.open(path) as store:
        store.add(
            [
                (
                    Incoming(
                        address=f"https://news.example/{c.doc_id}", text=c.text, source="test", doc_id=c.doc_id,
                        fetched="2026-01-01T00:00:00Z", published=c.published, outlet=c.outlet,
                    ),
                    c,
                )
                for c in coded
            ]
        )  # fmt: skip
    return path


def listed(db: str, capsys: Told, *options: str) -> list[dict]:
    """Return what `isnad incidents` lists."""
    capsys.readouterr()
    assert run(["incidents", "--db", db, "--to", "jsonl", *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_incidents_are_weighed_and_listed(db: str, capsys: Told) -> None:
    """What is in the store is weighed first; each incident is a record that tools read; filters narrow."""
    found = listed(db, capsys)
    assert [sorted(m["doc_id"] for m in one["members"]) for one in found] == [["c"], ["a", "b"]]
    assert found[1]["incident_id"].startswith("inc-")
    assert [one["incident_id"] for one in listed(db, capsys, "--place", "أريحا")] == [found[0]["incident_id"]]
    assert listed(db, capsys, "--type", "protest", "--no-update") == []
    assert run(["db", "check", "--db", db]) == 0


def test_without_weighing_nothing_is_changed(db: str, capsys: Told) -> None:
    """--no-update shows the incidents as they are: none before anything was weighed."""
    assert listed(db, capsys, "--no-update") == []
    assert len(listed(db, capsys)) == 2


def test_one_incident_shows_whose_word_it_is(db: str, capsys: Told) -> None:
    """The claims table has a column a source and the words each claim rests on; the chain ends at the speaker."""
    id_ = listed(db, capsys)[1]["incident_id"]
    assert run(["incident", id_, "--db", db, "--chain", "killed"]) == 0
    told = capsys.readouterr().out
    assert "says: 3" in told
    assert "[قوات النظام]" in told
    assert "الدفاع المدني" in told
    assert "killed 3: who had it from whom" in told
    assert "2 speakers" in told


def test_text_cannot_turn_the_terminal_around(db: str, capsys: Told) -> None:
    """Overrides of direction in a report come out as a mark; every Arabic stretch is set apart and closed again."""
    id_ = listed(db, capsys)[1]["incident_id"]
    assert run(["review", "accept", id_, "-u", "nour\u202e", "-r", "\u202eكذا", "--db", db]) == 0
    assert run(["incident", id_, "--db", db]) == 0
    told = capsys.readouterr().out
    assert "\u202e" not in told
    assert told.count("\u2068") == told.count("\u2069") > 0


def test_decisions_from_the_command_line(db: str, capsys: Told) -> None:
    """Merging, following the redirect, taking back and the log, each by its command."""
    two, one = (record["incident_id"] for record in listed(db, capsys))
    assert run(["review", "merge", one, two, "-u", "nour", "-r", "one day's shelling", "--db", db]) == 0
    assert run(["incident", two, "--db", db]) == 0
    assert f"{two} was merged into {one}" in capsys.readouterr().out
    assert run(["review", "undo", "1", "-u", "nour", "--db", db]) == 0
    assert {record["incident_id"] for record in listed(db, capsys)} == {one, two}
    assert run(["review", "correct", one, "killed", "[4, 5]", "-u", "nour", "--db", db]) == 0
    capsys.readouterr()
    assert run(["review", "log", "--db", db, "--to", "jsonl"]) == 0
    log = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(d["id"], d["kind"], d["undone_by"]) for d in log] == [
        (3, "correct", None),
        (2, "undo", None),
        (1, "merge", 2),
    ]
    assert listed(db, capsys, "--place", "سرمين")[0]["killed"] == [4, 5]


def test_a_stale_decision_is_one_line(db: str, capsys: Told) -> None:
    """Deciding upon another version than the one read fails with its code, and so does an unknown incident."""
    id_ = listed(db, capsys)[0]["incident_id"]
    assert run(["review", "accept", id_, "-u", "nour", "--version", "77", "--db", db]) == 1
    assert "[review.stale]" in capsys.readouterr().err
    assert run(["incident", "inc-none", "--db", db]) == 1
    assert "[incident.unknown]" in capsys.readouterr().err
    assert run(["incidents", "--db", db, "--bbox", "1,2"]) == 2


def test_corrections_become_gold(db: str, capsys: Told, tmp_path: Path) -> None:
    """An event corrected by article and number is in the gold that evaluation and training read."""
    listed(db, capsys)
    assert run(["review", "correct", "1#1", "mode", '"aerial"', "-u", "nour", "--db", db]) == 0
    assert run(["review", "gold", "--db", db, "-o", str(tmp_path / "ours.jsonl")]) == 0
    (record,) = [msgspec.json.decode(line) for line in (tmp_path / "ours.jsonl").read_bytes().splitlines()]
    assert (record["doc_id"], record["events"][0]["mode"], record["reviewed"]) == ("a", "aerial", [1])


def test_export_reads_the_incidents_of_the_store(db: str, capsys: Told, tmp_path: Path) -> None:
    """`isnad export` writes what the store keeps, and `isnad import` restores it elsewhere under the same ids."""
    ids = {record["incident_id"] for record in listed(db, capsys)}
    path = tmp_path / "incidents.jsonl"
    assert run(["export", "jsonl", "--db", db, "-o", str(path)]) == 0
    other = str(tmp_path / "other.db")
    assert run(["import", str(path), "--db", other]) == 0
    capsys.readouterr()
    assert {record["incident_id"] for record in listed(other, capsys)} == ids
