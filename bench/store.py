"""How fast reports get in and are found again: the curve of a load, a second run, the weighing, searches and lists.

    python bench/store.py NEWS [--limit N] [--workers N] [--db sqlite|postgresql|both] [--no-code]

NEWS is JSONL (or .gz).  Its lines are shuffled first (by a fixed seed), so that every part of the load is alike and the
curve shows what the growing store costs.  The load is `isnad add` itself, in a process of its own, timed by what it
writes to `--report` when a batch is on the disk; memory is the peak resident set of the main process and of the largest
of its workers.  `isnad incidents` weighs what came in, in a process of its own; its memory is that of all its processes
together, what they share counted once.  PostgreSQL is the server of ISNAD_TEST_POSTGRES (a database is made and dropped
on it).  Exit status 1 when a target is missed at the full size.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from faults import database
from isnad.store import Filter, Store

MARKS = (5_000, 10_000, 20_000)
#: Of the whole input over four cores: seconds of the load, of the second run and of the weighing, MB a process of the
#: load and MB of the weighing, ms a question.
TARGETS = {"load": 180.0, "again": 10.0, "memory": 1024.0, "weighing": 60.0, "together": 2048.0, "question": 50.0}
FULL = 31_000
#: Words asked for: one word, two, a phrase, a beginning, and a word that is nowhere.
QUERIES = ("قصف", "مقتل مدنيين", '"الأمم المتحدة"', "انفجا*", "الرئيس اليمن عدن", "قرقشندة")
FILTERS: dict[str, Filter] = {
    "newest": Filter(),
    "one day": Filter(day_from="2015-08-01", day_to="2015-08-01"),
    "type": Filter(type="ASSAULT"),
    "type and days": Filter(type="ASSAULT", day_from="2015-08-01", day_to="2015-08-07"),
    "country": Filter(place="SYR"),
    "type, status, country": Filter(type="ASSAULT", status="actual", place="IRQ"),
    "party": Filter(party="SYR.GOV"),
    "outlet": Filter(outlet="aawsat"),
    "words and type": Filter(text="قصف", type="ASSAULT"),
}
PROGRAM = [sys.executable, "-c", "from isnad.cli.main import main; main()"]
_REPEATS = 5
_LOOK = 0.25


def shuffled(news: Path, limit: int | None, folder: Path) -> tuple[Path, int]:
    """Write the first `limit` lines of `news` in another order; return the file and how many lines it has."""
    with (gzip.open if news.suffix == ".gz" else open)(news, "rb") as stream:
        lines = [line for _, line in zip(range(limit or 10**9), stream, strict=False)]
    random.Random(1).shuffle(lines)
    path = folder / "news.jsonl"
    path.write_bytes(b"".join(lines))
    return path, len(lines)


def load(source: Path, db: str, report: Path, options: list[str]) -> dict[str, Any]:
    """Run `isnad add`; return seconds, the curve as (reports, seconds), peak MB of main and worker, the summary."""
    command = [*PROGRAM, "add", str(source), "--db", db, "--report", str(report), "--no-incidents", *options]
    report.unlink(missing_ok=True)
    started = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    curve: list[tuple[int, float, float]] = []
    done, read, memory = 0, 0, {"main": 0.0, "worker": 0.0}
    while process.poll() is None:
        time.sleep(_LOOK)
        if report.exists():
            with report.open("rb") as stream:
                stream.seek(read)
                data = stream.read()
            read += len(data)
            done += data.count(b"\n")
            curve.append((done, time.perf_counter() - started, processor_seconds(process.pid)))
        memory["main"] = max(memory["main"], peak(process.pid))
        memory["worker"] = max([memory["worker"], *(peak(pid) for pid in children(process.pid))])
    seconds = time.perf_counter() - started
    err = process.stderr.read() if process.stderr else ""
    return {"seconds": seconds, "curve": curve, **memory, "summary": err.strip(), "status": process.returncode}


def weigh(db: str, workers: int) -> dict[str, Any]:
    """Run `isnad incidents`; return seconds, the peak MB of all its processes together, and what it said."""
    command = [*PROGRAM, "incidents", "--db", db, "--limit", "1", "--workers", str(workers)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    memory = 0.0
    while process.poll() is None:
        time.sleep(_LOOK)
        memory = max(memory, sum(map(share, [process.pid, *children(process.pid)])))
    seconds = time.perf_counter() - started
    said = process.stderr.read().splitlines() if process.stderr else []
    return {"seconds": seconds, "memory": memory, "said": said[0] if said else "", "status": process.returncode}


def share(pid: int) -> float:
    """Return the memory of a process in MB, of what it shares with others its share; 0 where that is not told."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def peak(pid: int) -> float:
    """Return the peak resident set of a process in MB, 0 when it is gone or the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def processor_seconds(pid: int) -> float:
    """Return what a process (without its workers) has computed so far, in seconds; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def show_curve(result: dict[str, Any], total: int) -> None:
    """Print when each mark was reached, and what an article cost since the mark before.

    The last column is what the main process computed for it, which other work on the machine does not lengthen.
    """
    print(f"{'reports':>10}{'seconds':>9}{'articles/s':>12}{'ms each since then':>20}{'of the main process':>21}")
    before = (0, 0.0, 0.0)
    for mark in [*(m for m in MARKS if m < total), total]:
        reached = next((point for point in result["curve"] if point[0] >= mark), result["curve"][-1])
        count = max(reached[0] - before[0], 1)
        each, own = ((reached[i] - before[i]) / count * 1000 for i in (1, 2))
        print(f"{reached[0]:>10,}{reached[1]:>9.1f}{reached[0] / reached[1]:>12,.0f}{each:>20.2f}{own:>21.2f}")
        before = reached
    print(f"  main process {result['main']:.0f} MB, largest worker {result['worker']:.0f} MB at their peaks")


def median_ms(question: Callable[[], object]) -> float:
    """Return the median time of a question in milliseconds, after one that warms up."""
    question()
    times = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        question()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def ask(db: str) -> float:
    """Print the medians of searches and lists; return the slowest, in ms."""
    slowest = 0.0
    with Store.open(db, create=False) as store:
        for query in QUERIES:
            took = median_ms(lambda query=query: store.search(query))  # type: ignore[misc]
            print(f"  {took:7.1f} ms  search {query} ({len(store.search(query))} shown)")
            slowest = max(slowest, took)
        for name, chosen in FILTERS.items():
            for kind in ("articles", "events"):
                method = getattr(store, kind)
                took = median_ms(lambda method=method, chosen=chosen: method(chosen))  # type: ignore[misc]
                print(f"  {took:7.1f} ms  list of {kind}: {name} ({len(method(chosen))} shown)")
                slowest = max(slowest, took)
    return slowest


def measure(kind: str, source: Path, total: int, folder: Path, options: list[str], workers: int) -> list[str]:
    """Load, load again, ask; print it all and return the targets that were missed."""
    with database(kind, folder) as db:
        print(f"\n{kind}: the load")
        first = load(source, db, folder / "report.jsonl", options)
        show_curve(first, total)
        said = first["summary"].splitlines()
        print(*(f"  {line}" for line in said if " added, " in line), sep="\n")
        if first["status"] not in (0, 3):
            print(f"  exit status {first['status']}: {said[-1] if said else ''}")
        second = load(source, db, folder / "report.jsonl", options)
        print(f"{kind}: the second run: {second['seconds']:.1f} s")
        weighing = weigh(db, workers)
        print(f"{kind}: the weighing: {weighing['seconds']:.1f} s, {weighing['memory']:.0f} MB; {weighing['said']}")
        print(f"{kind}: medians of {_REPEATS}")
        slowest = ask(db)
    reached = {
        "load": first["seconds"],
        "again": second["seconds"],
        "memory": max(first["main"], first["worker"]),
        "weighing": weighing["seconds"],
        "together": weighing["memory"],
        "question": slowest,
    }
    if total < FULL:
        return []
    return [
        f"{kind}: {name} {reached[name]:.1f}, wanted {TARGETS[name]}"
        for name in TARGETS
        if reached[name] > TARGETS[name]
    ]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--db", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--no-code", action="store_true", help="leave coding out, to see what the rest costs")
    given = parser.parse_args()
    if not given.news.exists():
        print(f"{given.news} is not there: nothing is measured")
        return 0
    workers = given.workers
    options = ["--workers", str(workers), *(["--no-code"] if given.no_code else [])]
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        source, total = shuffled(given.news, given.limit, Path(name))
        print(f"{total:,} articles, {source.stat().st_size / 1e6:.0f} MB")
        for kind in ["sqlite", "postgresql"] if given.db == "both" else [given.db]:
            missed += measure(kind, source, total, Path(name), options, workers)
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
