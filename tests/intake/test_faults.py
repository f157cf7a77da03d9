"""What an interruption leaves behind, of the real program on real databases.

`python bench/faults.py` does the same 200 times a database.
"""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from isnad.store import Store

REPORTS = 600


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, faults: ModuleType, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; each test that asks for it runs on both."""
    try:
        with faults.database(request.param, tmp_path) as address:
            yield address
    except DBAPIError as error:
        pytest.skip(f"no PostgreSQL server at {faults.SERVER}: {error}")


@pytest.fixture
def source(faults: ModuleType, tmp_path: Path) -> Path:
    return write(faults, tmp_path / "in.jsonl", range(REPORTS))


def write(faults: ModuleType, path: Path, numbers: range) -> Path:
    rows = [{"doc_id": str(n), "text": faults.text_of(n), "published": "2024-05-01"} for n in numbers]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def start(faults: ModuleType, *arguments: str | Path) -> subprocess.Popen[str]:
    command = [faults.sys.executable, "-c", faults._PROGRAM, "coder 0", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_lines(path: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until the program has told of so many kept reports, or has ended."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if path.exists() and path.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.01)


def assert_whole(address: str, count: int) -> None:
    """Everything is there, once, coded, and the store is sound."""
    with Store.open(address, create=False) as store:
        stats = store.stats()
        assert (stats.articles, stats.versions, stats.coded) == (count, count, count)
        assert list(store.check()) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("command", ["add", "watch", "recode", "first"])
def test_kill_loses_and_doubles_nothing(faults: ModuleType, kind: str, command: str) -> None:
    """SIGKILL at random moments: what was told as kept is there, nothing twice, the store checks clean."""
    try:
        (trial,) = faults.run_trials(kind, rounds=4, seed=11, commands=(command,))
    except DBAPIError as error:
        pytest.skip(f"no PostgreSQL server at {faults.SERVER}: {error}")
    assert trial.found == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_run_says_what_is_safe_and_going_on_brings_the_rest(
    faults: ModuleType, database: str, source: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """Status 130, a line with the number of reports that are safe, which is right; the same command ends the work."""
    report = tmp_path / "report.jsonl"
    arguments = ["add", source, "--db", database, "--batch", "8", "--workers", "2"]
    process = start(faults, *arguments, "--report", report)
    wait_for_lines(report, 16, process)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.splitlines()[-1] == "isnad: interrupted"
    told = report.read_text(encoding="utf-8").count("\n")
    assert f"{told:,} reports are safe in" in err
    with Store.open(database, create=False) as store:
        assert told <= store.stats().articles <= REPORTS
        assert list(store.check()) == []
    again = start(faults, *arguments)
    _, err = again.communicate(timeout=60)
    assert again.returncode == 0, err
    assert_whole(database, REPORTS)


def test_two_at_once_on_one_store(faults: ModuleType, database: str, tmp_path: Path) -> None:
    """Overlapping sources: both end well, what both bring is there once."""
    with Store.open(database):
        pass
    first = write(faults, tmp_path / "a.jsonl", range(300))
    second = write(faults, tmp_path / "b.jsonl", range(100, 400))
    processes = [
        start(faults, "add", path, "--db", database, "--batch", "8", "--workers", "1") for path in (first, second)
    ]
    outcomes = [process.communicate(timeout=90)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outcomes
    assert_whole(database, 400)
    with Store.open(database, create=False) as store:
        assert store.stats().addresses == 600


def test_connection_cut_in_the_middle(faults: ModuleType, source: Path, tmp_path: Path) -> None:
    """The server throws the program out again and again; it connects anew and brings everything, once."""
    try:
        with faults.database("postgresql", tmp_path) as database:
            report = tmp_path / "report.jsonl"
            arguments = ["add", source, "--db", database, "--batch", "8", "--workers", "1", "--report", report]
            process = start(faults, *arguments)
            engine = create_engine(database.replace("postgresql://", "postgresql+pg8000://", 1))
            cut = 0
            for count in (8, 80, 200, 300, 400):
                wait_for_lines(report, count, process)
                cut += throw_out(engine)
            engine.dispose()
            _, err = process.communicate(timeout=90)
            assert process.returncode == 0, err
            assert cut > 0
            assert_whole(database, REPORTS)
    except DBAPIError as error:
        pytest.skip(f"no PostgreSQL server at {faults.SERVER}: {error}")


def throw_out(engine: object) -> int:
    """End all other connections to the database of `engine`; return how many."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    query = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
    with engine.connect() as connection:  # type: ignore[attr-defined]
        return len(connection.execute(text(query)).all())
