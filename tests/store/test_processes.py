"""Several processes on one store, and processes that are killed."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from isnad.store import Store

#: Adds articles 0..N from its start on, in batches of five, and prints each number when it is acknowledged.
ADDER = """
import sys
from isnad.model import CodedArticle, Event, Span
from isnad.model.intake import Incoming
from isnad.store import Store
address, count, step = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
def one(n):
    text = f"قصف الطيران بلدة {n}"
    event = Event(id=1, trigger=Span("قصف", 0, 3), type="ASSAULT", mode=None, status="actual")
    return (Incoming(address=f"a{n}", text=text, source="t", fetched="2026-01-01T00:00:00Z"),
            CodedArticle(doc_id="d", text=text, events=(event,), coder="c"))
with Store.open(address) as store:
    for first in range(0, count, 5)[::step]:
        store.add([one(n) for n in range(first, first + 5)])
        print(*range(first, first + 5), flush=True)
"""


def start(address: str, count: int, step: int = 1) -> subprocess.Popen[str]:
    """Start a process that adds."""
    command = [sys.executable, "-c", ADDER, address, str(count), str(step)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_adding_the_same_never_double(address: str) -> None:
    """From an empty database, which both make, in opposite orders: each article is there once, with its event."""
    processes = [start(address, 100, 1), start(address, 100, -1)]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    with Store.open(address) as store:
        stats = store.stats()
        assert (stats.articles, stats.versions, stats.addresses, stats.events) == (100, 100, 100, 100)
        assert list(store.check()) == []


@pytest.mark.parametrize("seed", range(3))
def test_kill_loses_nothing_acknowledged_and_doubles_nothing(address: str, seed: int) -> None:
    """kill -9 after a random number of acknowledgements: all of them are there, the store is whole, and going on works.

    The bench does the same 200 times.
    """
    process = start(address, 10_000)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(random.Random(seed).randint(1, 12))]
    process.kill()
    rest, _ = process.communicate(timeout=60)
    complete = "".join([*told, rest]).rpartition("\n")[0]
    acknowledged = {f"a{number}" for number in complete.split()}
    with Store.open(address) as store:
        there = [seen.address for row in store.articles(limit=10_000) for seen in store.article(row.article).sightings]
        assert acknowledged <= set(there)
        assert len(there) == len(set(there)) == store.stats().articles
        assert list(store.check()) == []
    again = start(address, len(acknowledged) + 20)
    _, errors = again.communicate(timeout=60)
    assert again.returncode == 0, errors
    with Store.open(address) as store:
        assert store.stats().articles == store.stats().events >= len(acknowledged) + 15
