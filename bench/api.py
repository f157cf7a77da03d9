"""How quick the API is over many incidents: filters alone, and fifty readers with five reviewers at once.

    python bench/api.py [--incidents 100000] [--db sqlite|postgresql|both] [--seconds 20]

Makes a store of invented incidents (no articles but some thousands for the text filter), serves it with
`isnad serve --auth none` in a process of its own, and measures at the client.  The first view is what the page Explore
asks for when it opens (who and what, list and counts at once, then the points of the map), on a server that has just
given its address.  PostgreSQL is the server of ISNAD_TEST_POSTGRES; a database is made and dropped on it.  Exit status
1 when a target is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from faults import database
from isnad.model import CodedArticle, Event, Place, Span
from isnad.model.incidents import Claim, Dispute, Grade, Incident, Member, Speaker, Value, Voices
from isnad.model.intake import Incoming
from isnad.model.plover import TYPES
from isnad.store import Store
from isnad.store.incident_records import ToKeep
from isnad.store.incidents_write import Change

FIRST_VIEW_MS, FILTER_MS = 1_500.0, 150.0
READERS, REVIEWERS = 50, 5
COMING = 3.0  # seconds within which the readers come: no two people press a key in the same millisecond
PARTIES = ("SYR.gov", "SYR.mil", "civilians", "protesters", "syrian-democratic-forces", "TUR.mil", "RUS.mil", "IRQ.gov")
PLACES = (("Aleppo", "حلب", 36.2, 37.16), ("Idlib", "إدلب", 35.93, 36.63), ("Mosul", "الموصل", 36.34, 43.13),
          ("Daraa", "درعا", 32.62, 36.1), ("Taiz", "تعز", 13.58, 44.02), ("Gaza", "غزة", 31.5, 34.47))  # fmt: skip
GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
AGENCIES = ("سانا", "رويترز", "فرانس برس", "الأناضول", "وكالة خطوة")
WORDS = ("قصف", "اشتباك", "مظاهرة", "اتفاق", "اعتقال", "هدنة", "انفجار", "غارة")
_BATCH = 2_000
_ARTICLES = 3_000


def fill(address: str, count: int) -> None:
    """Make the store."""
    chance = random.Random(7)
    with Store.open(address) as store:
        ids = _articles(store, min(_ARTICLES, count), chance)
        for start in range(0, count, _BATCH):
            keep = [_kept(n, ids, chance) for n in range(start, min(start + _BATCH, count))]
            change = Change(keep=keep, keys={one.incident.id: one.keys for one in keep})
            store.incidents.apply(change, expected=store.incidents.generation())


def _articles(store: Store, count: int, chance: random.Random) -> list[int]:
    out: list[int] = []
    for start in range(0, count, 500):
        batch = []
        for n in range(start, min(start + 500, count)):
            text = f"{chance.choice(WORDS)} في {chance.choice(PLACES)[1]} رقم {n}. " + " ".join(
                chance.choices(WORDS, k=120)
            )
            event = Event(id=0, trigger=Span(text[:3], 0, 3), type="ASSAULT", mode=None, status="actual")
            item = Incoming(
                address=f"https://bench.example/{n}",
                text=text,
                source="bench",
                fetched="2026-01-01T00:00:00Z",
                outlet=f"outlet-{n % 40}",
            )
            batch.append(
                (item, CodedArticle(doc_id=item.address, text=text, outlet=item.outlet, events=(event,), coder="bench"))
            )
        out += [kept.article for kept in store.add(batch)]
    return out


def _kept(n: int, articles: list[int], chance: random.Random) -> ToKeep:
    day = (dt.date(2012, 1, 1) + dt.timedelta(days=chance.randrange(5000))).isoformat()
    name, arabic, lat, lon = chance.choice(PLACES)
    place = Place(text=arabic, start=0, end=3, name=name, country="SYR", level="town", precision=4.0, source_id=name,
                  lat=lat + chance.gauss(0, 0.5), lon=lon + chance.gauss(0, 0.5))  # fmt: skip
    actor, recipient = chance.sample(PARTIES, 2)
    killed = chance.choice([None, (1, 1), (2, 5), (10, None)])
    article = articles[n] if n < len(articles) else None
    outlets = [f"outlet-{chance.randrange(40)}" for _ in range(3)]
    span = Span("قصف", 0, 3)
    says = chance.choices(("says", "repeats", "denies"), weights=(6, 3, 1), k=len(outlets))
    via = Speaker(text=chance.choice(AGENCIES), kind="media")
    claims = tuple(
        Claim(field=field, value=value, says=how, status="actual", doc_id=f"d{n}", event=0, span=span, outlet=outlet,
              article=article, speaker=Speaker(text="مصدر", kind="official", party=actor),
              via=via if how == "repeats" else None)
        for outlet, how in zip(outlets, says, strict=True)
        for field, value in (("happening", how != "denies"), ("actor", actor), ("killed", killed))
    )  # fmt: skip
    disputed = (Dispute(field="killed", kind="rival-tolls", claims=(2, 5)),) if chance.random() < 0.2 else ()
    member = Member(doc_id=f"d{n}", event=0, trigger=span, type="ASSAULT", status="actual", part="happening",
                    outlet=outlets[0], published=day, article=article)  # fmt: skip
    incident = Incident(
        id=f"inc-{n:012x}", type=chance.choice(sorted(TYPES)), mode=None, claims=claims, members=(member,),
        place=place if chance.random() < 0.9 else None,
        date={"start": day, "end": day}, actors=(actor,), recipients=(recipient,), killed=killed,
        summary={"reported": Value(value={"start": day, "end": day}, rule="reported.publication")},
        voices=Voices(outlets=tuple(sorted(set(outlets))), texts=((f"d{n}",),), speakers=(f"party:{actor}",)),
        disputes=disputed, grade=Grade(grade=chance.choice(GRADES), reasons=("single-voice",)),
    )  # fmt: skip
    return ToKeep(incident=incident, weighed=incident, keys=(f"d{n}@0",))


@contextlib.contextmanager
def served(address: str) -> Iterator[str]:
    """Serve the store; give the API's address."""
    program = [sys.executable, "-c", "from isnad.cli.main import main; main()"]
    command = [*program, "serve", "--db", address, "--port", "0", "--auth", "none"]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        base = f"{process.stdout.readline().strip()}api/v1"
        print(f"  the server is ready after {time.perf_counter() - started:.1f} s")
        yield base
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def some_filter(chance: random.Random) -> dict[str, str]:
    """Return a filter as a page makes them; hardly two alike, so that nothing is answered from memory."""
    day = dt.date(2012, 1, 1) + dt.timedelta(days=chance.randrange(4500))
    name, _, lat, lon = chance.choice(PLACES)
    width = chance.uniform(0.2, 3)
    return chance.choice([
        {"type": chance.choice(sorted(TYPES)), "from": day.isoformat()},
        {"from": day.isoformat(), "to": (day + dt.timedelta(days=chance.randrange(1, 900))).isoformat()},
        {"bbox": f"{lon - width:.4f},{lat - width:.4f},{lon + width:.4f},{lat + width:.4f}"},
        {"party": chance.choice(PARTIES), "grade": chance.choice(GRADES), "to": day.isoformat()},
        {"outlet": f"outlet-{chance.randrange(40)}", "dispute": "true", "from": day.isoformat()},
        {"place": name, "status": "actual", "from": day.isoformat()},
        {"q": chance.choice(WORDS), "from": day.isoformat()},
    ])  # fmt: skip


class Clock:
    """Milliseconds of answers by name, and what was no 2xx; safe between threads."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}
        self.errors: Counter[str] = Counter()
        self._lock = threading.Lock()

    def get(self, client: httpx.Client, name: str, path: str, **params: Any) -> httpx.Response:
        """Ask and note how long it took."""
        return self.send(client, name, "GET", path, params=params)

    def send(self, client: httpx.Client, name: str, method: str, path: str, **more: Any) -> httpx.Response:
        """Send and note how long it took."""
        started = time.perf_counter()
        answer = client.request(method, path, **more)
        took = 1000 * (time.perf_counter() - started)
        with self._lock:
            self.times.setdefault(name, []).append(took)
            if answer.status_code >= 400 and answer.status_code != 412:
                self.errors[f"{name} {answer.status_code} {answer.text[:120]}"] += 1
        return answer

    def told(self) -> Iterator[str]:
        """Yield a line a name: how many, median, p95, most."""
        for name, times in sorted(self.times.items()):
            p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            middle, most = statistics.median(times), max(times)
            yield f"  {name:<26}{len(times):>6,} times   median {middle:>6.1f}   p95 {p95:>6.1f}   most {most:>7.1f} ms"

    def p95(self, name: str) -> float:
        """Return the 95th percentile of a name."""
        return statistics.quantiles(self.times[name], n=20)[-1]


def first_view(base: str, clock: Clock) -> None:
    """Ask for what the page Explore asks for when it opens, by two connections as a browser does."""
    with httpx.Client(base_url=base, timeout=120) as one, httpx.Client(base_url=base, timeout=120) as two:
        started = time.perf_counter()
        clock.get(one, "first /meta", "/meta")
        beside = threading.Thread(target=clock.get, args=(two, "first summary", "/incidents/summary"))
        beside.start()
        clock.get(one, "first list", "/incidents", limit=50)
        beside.join()
        clock.get(one, "first points", "/incidents/points")
    clock.times["first view"] = [1000 * (time.perf_counter() - started)]


def alone(base: str) -> Clock:
    """One reader: what a first view costs, then a filter, each part by itself."""
    clock, chance = Clock(), random.Random(11)
    first_view(base, clock)
    with httpx.Client(base_url=base, timeout=120) as client:
        for path in ("", "/summary", "/points"):
            clock.get(client, f"all {path or 'list'}", f"/incidents{path}")
        for _ in range(150):
            wanted = some_filter(chance)
            clock.get(client, "filter list", "/incidents", **wanted, limit=50)
            clock.get(client, "filter summary", "/incidents/summary", **wanted)
            clock.get(client, "filter points", "/incidents/points", **wanted)
        for n in range(50):
            clock.get(client, "incident", f"/incidents/inc-{n * 7:012x}")
        for n in range(10):
            clock.get(client, "outlet", f"/outlets/outlet-{n}")
        clock.get(client, "copies", "/sources/copies")
    return clock


def together(base: str, seconds: float, count: int) -> Clock:
    """Fifty readers and five reviewers at once."""
    clock, end = Clock(), time.monotonic() + seconds

    def read(seed: int) -> None:
        chance = random.Random(seed)
        time.sleep(chance.uniform(0, COMING))
        with httpx.Client(base_url=base, timeout=120) as client:
            while time.monotonic() < end:
                wanted = some_filter(chance)
                clock.get(client, "filter list", "/incidents", **wanted, limit=50)
                clock.get(client, "filter summary", "/incidents/summary", **wanted)
                clock.get(client, "incident", f"/incidents/inc-{chance.randrange(count):012x}")
                time.sleep(chance.uniform(0.5, 2.0))  # somebody reads what came

    def review(seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=base, timeout=120) as client:
            while time.monotonic() < end:
                id = f"inc-{chance.randrange(count):012x}"
                tag = clock.get(client, "incident", f"/incidents/{id}").headers.get("etag", "*")
                body = {"kind": "accept", "target": {"incident": id}, "reason": "bench"}
                clock.send(client, "decide", "POST", "/decisions", json=body, headers={"If-Match": tag})
                time.sleep(chance.uniform(0.5, 1.5))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
    threads += [threading.Thread(target=review, args=(1000 + n,)) for n in range(REVIEWERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clock


def measure(address: str, name: str, count: int, seconds: float) -> bool:
    """Measure one store; say whether the targets are met."""
    started = time.perf_counter()
    fill(address, count)
    print(f"{name}: {count:,} incidents made in {time.perf_counter() - started:.0f} s")
    with served(address) as base:
        one = alone(base)
        print("one reader", *one.told(), sep="\n")
        many = together(base, seconds, count)
        print(f"{READERS} readers and {REVIEWERS} reviewers, {seconds:.0f} s", *many.told(), sep="\n")
    for error, times in (one.errors + many.errors).most_common(5):
        print(f"  {times} x {error}")
    slow = [part for part in ("filter list", "filter summary", "filter points") if one.p95(part) > FILTER_MS]
    errors = (one.errors + many.errors).total()
    late = one.times["first view"][0] > FIRST_VIEW_MS
    print(f"{name}: errors {errors}; above {FILTER_MS:.0f} ms at p95: {', '.join(slow) or 'none'}; "
          f"first view {'above' if late else 'within'} {FIRST_VIEW_MS:.0f} ms")  # fmt: skip
    return not slow and not late and not one.errors and not many.errors


def main() -> int:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--db", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    met = True
    if given.db in ("sqlite", "both"):
        with tempfile.TemporaryDirectory() as folder:
            met &= measure(str(Path(folder) / "bench.db"), "SQLite", given.incidents, given.seconds)
    if given.db in ("postgresql", "both"):
        with database("postgresql", Path()) as address:
            met &= measure(address, "PostgreSQL", given.incidents, given.seconds)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
