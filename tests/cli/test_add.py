"""`isnad add`, `recode`, `feeds` and `watch` through the real command."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from isnad.store import Store

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("isnad_bench_faults_cli", ROOT / "bench" / "faults.py")
assert _SPEC is not None
assert _SPEC.loader is not None
faults = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(faults)
TEXT = "قصف على أطراف بلدة كفرنبل أدى إلى مقتل ثلاثة مدنيين، بحسب مصدر طبي."


def isnad(
    *arguments: str | Path, folder: Path, stdin: str | None = None, real: bool = False, version: str = "v1"
) -> subprocess.CompletedProcess[str]:
    """Run the program in `folder`; unless `real`, with a coder that starts quickly."""
    program = "from isnad.cli.main import main; main()" if real else faults._PROGRAM
    command = [sys.executable, "-c", program, *([] if real else [version]), *map(str, arguments)]
    limits = {"ISNAD_FETCH_HOST_SECONDS": "0", "ISNAD_FETCH_FEED_SECONDS": "0.001"}
    return subprocess.run(
        command,
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | limits,
    )


def summary(done: subprocess.CompletedProcess[str]) -> str:
    return next(line for line in done.stderr.splitlines() if " added, " in line or " coded, " in line)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with one report in each form."""
    folder = tmp_path / "archive"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(f"{TEXT} نص", encoding="utf-8")
    body = f"<p>{TEXT} صفحة</p><p>{TEXT} صفحة ثانية</p>"
    (folder / "sub" / "b.html").write_text(
        f"<html><head><title>خبر</title></head><body><article>{body}</article></body></html>", encoding="utf-8"
    )
    (folder / "c.jsonl").write_text(json.dumps({"text": f"{TEXT} سطر"}), encoding="utf-8")
    out = io.StringIO()
    csv.writer(out).writerows([["text", "published"], [f"{TEXT} جدول", "2024-05-01"]])
    (folder / "d.csv").write_text(out.getvalue(), encoding="utf-8")
    post = {"id": 1, "type": "message", "date": "2024-05-01T00:00:00", "text": f"{TEXT} منشور"}
    chat = {"name": "قناة", "type": "public_channel", "id": 5, "messages": [post]}
    (folder / "result.json").write_text(json.dumps(chat, indent=1), encoding="utf-8")
    (folder / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_folder_of_all_kinds_with_the_real_coder(archive: Path, tmp_path: Path) -> None:
    """Five forms in one folder: each is told by its name or first bytes, coded, and stored whole."""
    done = isnad("add", "archive", "--report", "kept.jsonl", folder=tmp_path, real=True)
    assert done.returncode == 0, done.stderr
    assert summary(done).startswith("isnad: 5 added, 0 linked, 0 changed, 0 known, ")
    kept = [json.loads(line) for line in (tmp_path / "kept.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(kept) == 5
    assert {row["outcome"] for row in kept} == {"added"}
    with Store.open(tmp_path / "isnad.db", create=False) as store:
        stats = store.stats()
        assert (stats.articles, stats.uncoded) == (5, 0)
        assert stats.events > 0
        assert list(store.check()) == []
        whole = store.article(next(row["article"] for row in kept if row["address"].endswith("b.html")))
        assert store.raw(whole.sightings[0].raw or "") == (archive / "sub" / "b.html").read_bytes()


def test_second_run_knows_everything(archive: Path, tmp_path: Path) -> None:
    isnad("add", archive, folder=tmp_path)
    done = isnad("add", archive, folder=tmp_path)
    assert done.returncode == 0
    assert summary(done).startswith("isnad: 0 added, 0 linked, 0 changed, 5 known, ")


def test_changed_file_is_a_new_version(archive: Path, tmp_path: Path) -> None:
    isnad("add", archive, folder=tmp_path)
    (archive / "a.txt").write_text(f"{TEXT} تحديث", encoding="utf-8")
    assert summary(isnad("add", archive, folder=tmp_path)).startswith("isnad: 0 added, 0 linked, 1 changed, 4 known, ")


def test_no_code_and_recode(archive: Path, tmp_path: Path) -> None:
    """What was left uncoded is coded by recode, again when the version changes, and not otherwise."""
    isnad("add", archive, "--no-code", folder=tmp_path)
    with Store.open(tmp_path / "isnad.db", create=False) as store:
        assert store.stats().coded == 0
    for version, options, count in (("v1", [], 5), ("v1", [], 0), ("v2", ["--missing"], 0), ("v2", [], 5)):
        done = isnad("recode", *options, folder=tmp_path, version=version)
        assert done.returncode == 0, done.stderr
        assert summary(done).startswith(f"isnad: {count} coded, ")


def test_columns_outlet_and_day_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'body,when\n"{TEXT}",06/08/2015\n"{TEXT} ثان",\n', encoding="utf-8")
    options = [
        "--map",
        "text=body,published=when",
        "--day-format",
        "%d/%m/%Y",
        "--outlet",
        "x",
        "--published",
        "2020-01-01",
    ]
    done = isnad("add", "t.csv", *options, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    with Store.open(tmp_path / "isnad.db", create=False) as store:
        rows = store.articles()
    assert sorted((row.published, row.outlet) for row in rows) == [("2015-08-06", "x"), ("2020-01-01", "x")]


def test_faults_are_one_line_each_and_the_rest_is_stored(archive: Path, tmp_path: Path) -> None:
    """Status 3; the summary counts what was skipped and what failed, by code."""
    (archive / "bad.jsonl").write_text("{\n" + json.dumps({"text": f"{TEXT} جيد"}), encoding="utf-8")
    (archive / "empty.txt").write_text("", encoding="utf-8")
    done = isnad("add", archive, "nowhere.txt", folder=tmp_path)
    assert done.returncode == 3
    err = done.stderr.splitlines()
    assert sum("bad.jsonl:1: broken JSON" in line for line in err) == 1
    assert sum("nowhere.txt: cannot be read" in line for line in err) == 1
    assert summary(done).startswith("isnad: 6 added, ")
    assert "isnad: skipped: 1 input.empty, 1 input.json" in err
    assert "isnad: failed: 1 input.not-found" in err


def test_many_faults_of_one_kind_are_not_all_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{\n" * 500 + json.dumps({"text": TEXT}), encoding="utf-8")
    done = isnad("add", "a.jsonl", folder=tmp_path)
    assert len(done.stderr.splitlines()) < 30
    assert "isnad: skipped: 500 input.json" in done.stderr


def test_standard_input(tmp_path: Path) -> None:
    done = isnad("add", "-", folder=tmp_path, stdin=json.dumps({"doc_id": "1", "text": TEXT}))
    assert done.returncode == 0, done.stderr
    assert summary(done).startswith("isnad: 1 added, ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["add"],
        ["add", "a.txt", "--map", "x"],
        ["add", "a.txt", "--as", "pdf"],
        ["add", "a.txt", "--published", "2024-02-30"],
        ["add", "ftp://x/rss", "--feed"],
        ["watch"],
        ["feeds", "add", "gopher://x"],
        ["recode", "--workers", "-1"],
    ],
)
def test_what_is_not_understood_is_one_line_and_two(arguments: list[str], tmp_path: Path) -> None:
    done = isnad(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.rstrip().endswith("[usage]")


def test_recode_of_no_store_makes_none(tmp_path: Path) -> None:
    done = isnad("recode", folder=tmp_path)
    assert done.returncode == 1
    assert "[store.missing]" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_report_that_cannot_be_written(archive: Path, tmp_path: Path) -> None:
    done = isnad("add", archive, "--report", "no/where.jsonl", folder=tmp_path)
    assert done.returncode == 1
    assert "[output]" in done.stderr


def test_feed_from_the_list_to_the_store(tmp_path: Path) -> None:
    """add --feed, list, watch --once, what is new the next time, remove; the articles stay."""
    with faults.feed_server() as (host, site):
        site.pages = 3
        added = isnad("add", f"{host}/feed.xml", "--feed", folder=tmp_path)
        assert added.stdout.startswith("1 added")
        assert "0 added, 1 on the list" in isnad("feeds", "add", f"{host}/feed.xml", folder=tmp_path).stdout
        first = isnad("watch", "--once", "--allow-loopback", folder=tmp_path)
        assert first.returncode == 0, first.stderr
        assert summary(first).startswith("isnad: 3 added, ")
        site.pages = 5
        second = isnad("watch", "--once", "--allow-loopback", folder=tmp_path)
        assert summary(second).startswith("isnad: 2 added, ")
        assert f"{host}/feed.xml" in isnad("feeds", "list", folder=tmp_path).stdout
        assert isnad("feeds", "remove", f"{host}/feed.xml", folder=tmp_path).stdout == "1 removed\n"
    with Store.open(tmp_path / "isnad.db", create=False) as store:
        assert store.stats().articles == 5
        assert store.feeds() == []


def test_addresses_and_lists_of_them(tmp_path: Path) -> None:
    """A page by its address, the others by a file; a missing page is named and the rest is stored."""
    with faults.feed_server() as (host, _):
        (tmp_path / "list.urls").write_text(f"# news\n{host}/p/1\n{host}/nothing\nno address\n", encoding="utf-8")
        done = isnad("add", f"{host}/p/7", "list.urls", "--allow-loopback", folder=tmp_path)
        assert done.returncode == 3
        assert summary(done).startswith("isnad: 2 added, ")
        assert "list.urls:4" in done.stderr
        assert "1 fetch.list, 1 fetch.status" in done.stderr


def test_without_the_option_loopback_is_not_reached(tmp_path: Path) -> None:
    with faults.feed_server() as (host, _):
        done = isnad("add", f"{host}/p/7", folder=tmp_path)
    assert done.returncode == 3
    assert "[fetch.private-address]" in done.stderr


def test_same_over_postgresql(archive: Path, tmp_path: Path) -> None:
    from sqlalchemy.exc import DBAPIError

    try:
        with faults.database("postgresql", tmp_path) as database:
            for outcome in ("5 added, 0 linked, 0 changed, 0 known", "0 added, 0 linked, 0 changed, 5 known"):
                done = isnad("add", archive, "--db", database, folder=tmp_path)
                assert done.returncode == 0, done.stderr
                assert summary(done).startswith(f"isnad: {outcome}, ")
    except DBAPIError as error:
        pytest.skip(f"no PostgreSQL server at {faults.SERVER}: {error}")
