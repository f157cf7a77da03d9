"""How fast isnad codes, how much memory it takes, how soon the first event is there.

    python bench/bench.py NEWS.jsonl.gz [--limit N] [--workers 1,2,4]

Every measurement runs in a process of its own, so that memory and start-up are that process's.  Printed: articles a
second for each number of processes and how near to linear that is, peak memory of the largest process, the share
of time each stage takes, and the time from the start of a fresh process to its first event.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from isnad.errors import Fault
from isnad.ingest import Received, read_articles
from isnad.scale import code_many
from isnad.scale.many import usable_cores

TARGETS = {"articles a second on one core": 250, "MB a process": 400, "seconds to the first event": 1.0}
SAMPLE = (
    "قصفت طائرات حربية أطراف بلدة كفرنبل أمس، وقال مصدر طبي إن ثلاثة مدنيين قتلوا."  # warplanes bombed ...
)
START_UPS = 5


def articles(path: Path, limit: int | None) -> Iterator[Received]:
    """Yield the articles of the file, at most `limit`."""
    whole = (item for item in read_articles([path]) if not isinstance(item, Fault))
    yield from islice(whole, limit)


def measure(path: Path, limit: int | None, workers: int) -> dict[str, Any]:
    """Code the articles with so many processes; return counts, seconds, and peak memory in MB."""
    from isnad.coding import Coder
    from isnad.coding.coder import ease_collection

    start = time.perf_counter()
    kept = Coder() if workers == 1 else None
    if kept is not None:
        ease_collection()
    make_coder = (lambda: kept) if kept is not None else partial(Coder, ())
    loaded = time.perf_counter() - start
    coded = events = faults = 0
    start = time.perf_counter()
    for result in code_many(articles(path, limit), make_coder=make_coder, workers=workers):
        if isinstance(result, Fault):
            faults += 1
        else:
            coded += 1
            events += len(result.events)
    seconds = time.perf_counter() - start
    who = resource.RUSAGE_SELF if workers == 1 else resource.RUSAGE_CHILDREN
    return {
        "workers": workers,
        "articles": coded,
        "events": events,
        "faults": faults,
        "seconds": seconds,
        "load": loaded,
        "memory": resource.getrusage(who).ru_maxrss / 1024,
        "parent": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "stages": dict(getattr(kept, "stages", None) or {}),
    }


def in_own_process(arguments: list[str]) -> dict[str, Any]:
    """Run this file with `arguments` and return the JSON it prints."""
    command = [sys.executable, str(Path(__file__).resolve()), *arguments]
    result: dict[str, Any] = json.loads(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )
    return result


def first_event() -> float:
    """Return the seconds from the start of a fresh process to its first coded article (median of several)."""
    program = "import isnad, sys; sys.exit(0 if isnad.Coder().code(sys.argv[1]).events else 1)"
    times = []
    for _ in range(START_UPS):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", program, SAMPLE], check=False)
        times.append(time.perf_counter() - start)
        if done.returncode:
            print("  (no event was found in the sample sentence)")
            break
    return statistics.median(times)


def show(results: list[dict[str, Any]]) -> None:
    """Print the table of speeds and memory, and the stages of the single process."""
    one = results[0]
    print(f"{one['articles']:,} articles, {one['events']:,} events, {one['faults']} faults")
    print(f"{'processes':>10}{'articles/s':>12}{'seconds':>9}{'of linear':>11}{'MB/process':>12}")
    for result in results:
        rate = result["articles"] / result["seconds"]
        linear = rate / (one["articles"] / one["seconds"] * result["workers"])
        print(
            f"{result['workers']:>10}{rate:>12,.0f}{result['seconds']:>9.1f}{linear:>10.0%} {result['memory']:>11.0f}"
        )
    stages = one["stages"]
    if stages:
        total = sum(stages.values())
        print("share of time by stage, one process:")
        for name, seconds in sorted(stages.items(), key=lambda item: -item[1]):
            print(f"  {name:14}{seconds / total:7.1%}")
        print(f"  {'outside them':14}{max(0.0, 1 - total / one['seconds']):7.1%} of the whole")


def main() -> int:
    """Measure and print; exit status 1 when a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--workers", default="")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.news.exists():
        print(f"{options.news} is not there: speed is not measured")
        return 0
    if options.measure is not None:
        print(json.dumps(measure(options.news, options.limit, options.measure)))
        return 0
    counts = [int(n) for n in options.workers.split(",") if n] or sorted({1, 2, usable_cores()})
    given = [str(options.news)] + ([] if options.limit is None else ["--limit", str(options.limit)])
    results = [in_own_process([*given, "--measure", str(n)]) for n in counts]
    show(results)
    start = first_event()
    print(f"start to first event: {start:.2f} s")
    one = results[0]
    reached = {
        "articles a second on one core": one["articles"] / one["seconds"] / one["workers"],
        "MB a process": max(result["memory"] for result in results),
        "seconds to the first event": start,
    }
    missed = [
        name for name, value in reached.items() if (value < TARGETS[name]) == (name.startswith("articles"))
    ]
    for name in missed:
        print(f"missed: {reached[name]:.4g} {name}, wanted {TARGETS[name]}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
