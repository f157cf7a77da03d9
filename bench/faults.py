"""Kills `isnad add` (into a store and into none), `watch` and `recode` with SIGKILL, and looks at what is left.

    python bench/faults.py [--rounds 200] [--seed 1] [--db sqlite|postgresql|both]

`--rounds` are the kills in all.  Each round starts the real program in a process of its own (only the coder is a
stand-in that starts quickly) and kills it at a random moment: every other time one drawn evenly over the time that a
whole run takes, else within 50 ms after it has told of a random number of kept reports.  Then it looks into the store:
everything that the program had written down as kept (`--report`) must be there, nothing twice, and `Store.check` must
find nothing.  At the
end one undisturbed run must bring the rest.  PostgreSQL is the server of ISNAD_TEST_POSTGRES (a database is made and
dropped on it).  Exit status 1 when anything is lost, doubled or damaged.
"""

from __future__ import annotations

import argparse
import http.server
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from isnad.store import Store

SERVER = os.environ.get("ISNAD_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")
#: `first` is `add` into a store that does not exist yet.
KINDS = ("add", "watch", "recode", "first")
#: Reports that a round brings, and pages of a feed; enough for several commits a run.
REPORTS, PAGES, BATCH = 120, 24, 8
_LONGEST = 120.0
_TRIES = 3
_PROGRAM = """
import re, sys
import isnad.coding, isnad.intake.stamp
from isnad.model import CodedArticle, Event, Span

class StandIn:
    def __init__(self, lexicon_dirs=(), places_dir=None):
        pass

    def code_article(self, article):
        found = enumerate(re.finditer("قصف", article.text), start=1)  # shelling
        kind = {"type": "ASSAULT", "mode": None, "status": "actual"}
        events = tuple(Event(id=n, trigger=Span(m.group(), *m.span()), **kind) for n, m in found)
        return CodedArticle(
            doc_id=article.doc_id, text=article.text, published=article.published, outlet=article.outlet,
            title=article.title, url=article.url, events=events,
        )

version = sys.argv.pop(1)
isnad.coding.Coder = StandIn
isnad.intake.stamp.version_of = lambda lexicon, places: version
from isnad.cli.main import main
main()
"""


def text_of(number: int) -> str:
    """A small report that differs from all others."""
    return f"قصف على أطراف البلدة رقم {number} أدى إلى إصابة {number % 7 + 2} مدنيين بجروح، بحسب مصدر طبي."


class Feed(http.server.BaseHTTPRequestHandler):
    """A feed of `pages` entries, and the page behind each."""

    pages = 0

    def do_GET(self) -> None:
        """Answer the feed, a page, or 404."""
        host = f"http://{self.headers['Host']}"
        if self.path == "/feed.xml":
            items = "".join(f"<item><title>{n}</title><link>{host}/p/{n}</link></item>" for n in range(self.pages))
            self._say("application/rss+xml", f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>")
        elif self.path.startswith("/p/"):
            number = int(self.path[3:])
            body = "".join(f"<p>{text_of(number * 10 + line)}</p>" for line in range(4))
            self._say("text/html", f"<html><head><title>خبر {number}</title></head><body><article>{body}</article>")
        else:
            self.send_error(404)

    def _say(self, kind: str, body: str) -> None:
        data = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def feed_server() -> Iterator[tuple[str, type[Feed]]]:
    """Serve a feed on a free port of loopback; the class's `pages` sets its length."""

    class Mine(Feed):
        pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mine)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", Mine
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database, which is gone afterwards."""
    if kind == "sqlite":
        yield str(folder / f"{uuid4().hex[:8]}.db")
        return
    from sqlalchemy import create_engine, text

    name = f"isnad_{uuid4().hex[:12]}"
    admin = create_engine(SERVER.replace("postgresql://", "postgresql+pg8000://", 1), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield SERVER.rpartition("/")[0] + f"/{name}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


class Trial:
    """One command on one store, killed many times."""

    def __init__(self, kind: str, db: str, folder: Path, site: tuple[str, type[Feed]], seed: int) -> None:
        self.kind, self.db, self.folder, self.site = kind, db, folder, site
        self.random = random.Random(seed)
        self.tally: Counter[str] = Counter()
        self.found: list[str] = []
        self.round = 0
        self.duration = 1.0
        self.report = folder / f"{kind}-{uuid4().hex[:8]}.jsonl"
        self.source = folder / f"{kind}-{uuid4().hex[:8]}.jsonl"
        self.source.touch()
        self.count = 0

    def prepare(self) -> None:
        """Bring the store to where killing can begin, and learn how long a whole run takes."""
        if self.kind == "recode":
            self._more_reports()
            self._whole("add", str(self.source), "--no-code")
        if self.kind == "watch":
            self._whole("feeds", "add", f"{self.site[0]}/feed.xml")
        self._next()
        started = time.monotonic()
        self._whole(*self._command())
        self.duration = time.monotonic() - started

    def kill_once(self) -> None:
        """Start, kill, look."""
        self._next()
        process = self._start(*self._command())
        moment = self.random.uniform(0.15, 1.0) * self.duration
        if self.round % 2:
            self._wait_for_kept(process)
            moment = self.random.uniform(0.0, 0.05)
        started = time.monotonic()
        try:
            process.wait(timeout=moment)
            self.tally["ended before"] += 1
            if not self.round % 2:  # the machine has become quicker
                self.duration = min(self.duration, time.monotonic() - started)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            self.tally["killed"] += 1
        process.communicate(timeout=_LONGEST)
        self.look()

    def _wait_for_kept(self, process: subprocess.Popen[str]) -> None:
        """Wait until a random number of reports is told as kept, or the program has ended."""
        known = self.count - REPORTS if self.kind == "add" else 0
        wanted = known + self.random.randrange(1, PAGES if self.kind == "watch" else REPORTS)
        deadline = time.monotonic() + _LONGEST
        while process.poll() is None and time.monotonic() < deadline:
            if self.report.exists() and self.report.read_bytes().count(b"\n") >= wanted:
                return
            time.sleep(0.001)

    def kill_first(self, kind: str) -> None:
        """Start into a store that is not there, kill, look, and run undisturbed."""
        with database(kind, self.folder) as self.db:
            self.kill_once()
            self.finish()

    def finish(self) -> None:
        """Run undisturbed; all must be there, once."""
        self._whole(*self._command())
        self.look()
        with Store.open(self.db, create=False) as store:
            stats = store.stats()
        wanted = self.pages_of(self.round) if self.kind == "watch" else self.count
        for name, value in (("articles", stats.articles), ("coded", stats.coded), ("versions", stats.versions)):
            if value != wanted:
                self._wrong(f"{value} {name} at the end, not {wanted}")

    @staticmethod
    def pages_of(round_: int) -> int:
        """How many pages the feed has in a round."""
        return PAGES * round_

    def look(self) -> None:
        """Compare the store with what was written down as kept."""
        rows = self._acknowledged()
        with Store.open(self.db, create=self.kind == "first") as store:
            for finding in store.check():
                self._wrong(f"check: {finding}")
            if self.kind == "recode":
                self._look_at_codings(store, rows)
            else:
                self._look_at_articles(store, rows)

    def _look_at_articles(self, store: Store, rows: list[dict[str, Any]]) -> None:
        shown: Counter[str] = Counter()
        coded = set()
        after = 0
        while page := store.coded(after=after):
            after = page[-1].article
            coded.update(stored.article for stored in page)
            shown.update(stored.coded.text for stored in page)
        for text, times in shown.items():
            if times > 1:
                self._wrong(f"doubled: {text[:60]}")
        for row in rows:
            self.tally["acknowledged"] += 1
            if row["article"] not in coded:
                self._wrong(f"lost: {row}")

    def _look_at_codings(self, store: Store, rows: list[dict[str, Any]]) -> None:
        waiting = {item.version for item in store.uncoded(self._version(), limit=100_000)}
        for row in rows:
            self.tally["acknowledged"] += 1
            if row["version"] in waiting:
                self._wrong(f"lost: {row}")

    def _next(self) -> None:
        """Give the next run something to do."""
        self.round += 1
        self.report.unlink(missing_ok=True)
        if self.kind == "add" or (self.kind == "first" and not self.count):
            self._more_reports()
        elif self.kind == "watch":
            self.site[1].pages = self.pages_of(self.round)

    def _more_reports(self) -> None:
        with self.source.open("a", encoding="utf-8") as out:
            for number in range(self.count, self.count + REPORTS):
                row = {"doc_id": str(number), "text": text_of(number), "published": "2024-05-01"}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.count += REPORTS

    def _version(self) -> str:
        return f"coder {self.round}" if self.kind == "recode" else "coder 0"

    def _command(self) -> list[str]:
        options = ["--report", str(self.report)]
        if self.kind in ("add", "first"):
            return ["add", str(self.source), "--workers", "2", "--batch", str(BATCH), *options]
        if self.kind == "watch":
            return ["watch", "--once", "--allow-loopback", *options]
        return ["recode", "--workers", "2", "--batch", str(BATCH), *options]

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        limits = {"HOST_SECONDS": "0", "FEED_SECONDS": "0.001", "MAX_FEED_ENTRIES": "1000000"}
        command = [sys.executable, "-c", _PROGRAM, self._version(), *arguments, "--db", self.db]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **{f"ISNAD_FETCH_{name}": value for name, value in limits.items()}},
        )

    def _whole(self, *arguments: str) -> None:
        process = self._start(*arguments)
        out, _ = process.communicate(timeout=_LONGEST)
        if process.returncode:
            self._wrong(f"exit status {process.returncode}: {out.strip()[-400:]}")

    def _acknowledged(self) -> list[dict[str, Any]]:
        if not self.report.exists():
            return []
        lines = self.report.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def _wrong(self, message: str) -> None:
        self.found.append(f"{self.kind}, round {self.round}: {message}")


def run_trials(kind: str, *, rounds: int, seed: int, commands: tuple[str, ...] = KINDS) -> Iterator[Trial]:
    """Kill each of `commands` on a database of `kind` so many times in all; yield the trials with what they found.

    A round in which the program ended before does not count, but no more than three are tried for each kill.
    """
    for number, command in enumerate(commands):
        share = rounds // len(commands) + (1 if number < rounds % len(commands) else 0)
        with (
            tempfile.TemporaryDirectory() as folder,
            database(kind, Path(folder)) as db,
            feed_server() as site,
        ):
            trial = Trial(command, db, Path(folder), site, seed + number)
            trial.prepare()
            for _ in range(_TRIES * share):
                if command == "first":
                    trial.kill_first(kind)
                else:
                    trial.kill_once()
                if trial.tally["killed"] >= share:
                    break
            if command != "first":
                trial.finish()
        yield trial


def main() -> int:
    """Run and print the tally."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", choices=["sqlite", "postgresql", "both"], default="both")
    options = parser.parse_args()
    kinds = ["sqlite", "postgresql"] if options.db == "both" else [options.db]
    wrong = 0
    print(f"{'database':12}{'command':9}{'killed':>8}{'ended before':>14}{'acknowledged':>14}{'wrong':>7}")
    for kind in kinds:
        for trial in run_trials(kind, rounds=options.rounds, seed=options.seed):
            counts = [trial.tally[name] for name in ("killed", "ended before", "acknowledged")]
            print(
                f"{kind:12}{trial.kind:9}{counts[0]:>8}{counts[1]:>14}{counts[2]:>14,}{len(trial.found):>7}", flush=True
            )
            for line in trial.found:
                print(f"  {line}")
            wrong += len(trial.found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
