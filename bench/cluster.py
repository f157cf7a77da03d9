"""What a cluster gives, and what the join of incidents costs as articles grow tenfold.

    python bench/cluster.py NEWS.jsonl.gz [--limit N] [--workers 1,2,4] [--times 1,3,10] [--coded FILE]

Printed: articles coded a second by clusters of so many worker processes on this machine, with the same bytes each
time; seconds, memory and incidents of the join on one machine and on the largest of the clusters as the coded
articles are replicated, each copy shifted by eleven days and moved by some kilometres, so that copies are other
happenings in the same words (harder than real growth, which brings new words); and whether both joins agree.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from distributed import Client, LocalCluster
from msgspec import structs

from isnad.cli.cluster import Options, code_on
from isnad.cli.report import Run
from isnad.model import CodedArticle, DateValue, Event, Place
from isnad.scale.cluster_incidents import join_incidents
from isnad.scale.parts import read_lines
from isnad.scale.weigh import assemble_over
from isnad.settings import settings_from
from isnad.weigh.record import jsonl

PART = 250  # articles: parts enough for the workers to be busy to the end
SHIFT_DAYS, SHIFT_DEGREES = 11, 0.4


def parts_of(lines: Iterable[bytes], folder: Path, size: int = PART) -> int:
    """Write lines as parts into a new folder; return how many lines there were."""
    folder.mkdir(parents=True)
    count, stream = 0, None
    for line in lines:
        if count % size == 0:
            if stream is not None:
                stream.close()
            stream = (folder / f"part-{count // size:05d}.jsonl").open("wb")
        assert stream is not None
        stream.write(line + b"\n")
        count += 1
    if stream is not None:
        stream.close()
    return count


def started(workers: int) -> LocalCluster:
    """Return a cluster of single-threaded worker processes on this machine."""
    shape = {"n_workers": workers, "threads_per_worker": 1, "processes": True}
    return LocalCluster(**shape, dashboard_address=":0", scheduler_port=0)


def worker_seconds(client: Client) -> float:
    """Return the CPU seconds that the workers have used."""
    return sum(client.run(lambda: sum(os.times()[:2])).values())


def throughput(raw: Path, counts: list[int], scratch: Path, articles: int) -> Path:
    """Print articles a second for each number of workers; return the folder of the last."""
    options = Options(published=None, outlet=None, lexicon=(), settings=settings_from())
    digests, folder, first = set(), scratch, 0.0
    print("coding, parts of", PART, "articles:")
    for count in counts:
        folder = scratch / f"coded-{count}"
        with started(count) as cluster, Client(cluster, set_as_default=False) as client:
            client.wait_for_workers(count)
            before, start = worker_seconds(client), time.perf_counter()
            run = Run(bar=False, quiet=True)
            code_on(cluster.scheduler_address, [str(raw)], output=folder, format_=None, options=options, run=run)
            seconds, used = time.perf_counter() - start, worker_seconds(client) - before
        first = first or seconds
        rate = articles / seconds
        print(
            f"  {count} workers: {seconds:6.1f} s, {rate:6.0f} articles a second,"
            f" {first / seconds:4.2f} times the first, {used:6.1f} CPU s"
        )
        digests.add(digest(sorted(folder.glob("part-*"))))
    print(f"  bytes: {'the same each time' if len(digests) == 1 else 'DIFFERENT'}")
    return folder


def digest(paths: Iterable[Path]) -> str:
    """Return a hash over files, one after the other."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def copies(folder: Path, times: int) -> Iterator[bytes]:
    """Yield the coded articles of a folder `times` over, each time shifted in time and space."""
    decoder, encoder = msgspec.json.Decoder(CodedArticle), msgspec.json.Encoder()
    for turn in range(times):
        for path in sorted(folder.glob("*.jsonl")):
            for line in read_lines(path):
                yield line if turn == 0 else encoder.encode(shifted(decoder.decode(line), turn))


def shifted(article: CodedArticle, turn: int) -> CodedArticle:
    """Return the article as it would be told of another time and place."""
    return structs.replace(
        article,
        doc_id=f"{article.doc_id}~{turn}",
        url=None,
        published=later(article.published, turn),
        events=tuple(moved(event, turn) for event in article.events),
    )


def moved(event: Event, turn: int) -> Event:
    """Return the event on another day in another place."""
    date: DateValue | None = event.date
    if date is not None:
        date = structs.replace(date, start=later(date.start, turn), end=later(date.end, turn))
    place: Place | None = event.place
    if place is not None and place.lat is not None and place.lon is not None:
        lat, lon = place.lat + SHIFT_DEGREES * (turn % 4), place.lon + SHIFT_DEGREES * (turn // 4)
        name = f"{place.source_id}~{turn}" if place.source_id else None
        place = structs.replace(place, lat=lat, lon=lon, source_id=name)
    return structs.replace(event, date=date, place=place)


def later(day: str | None, turn: int) -> str | None:
    """Return the day shifted; what is no day is left."""
    try:
        return (dt.date.fromisoformat((day or "")[:10]) + dt.timedelta(days=SHIFT_DAYS * turn)).isoformat()
    except ValueError:
        return day


def alone(folder: Path, workers: int) -> dict[str, float | str]:
    """Return the join of a folder on this machine: seconds, CPU seconds, peak memory of this process, incidents."""
    decoder = msgspec.json.Decoder(CodedArticle)
    articles = (decoder.decode(line) for path in sorted(folder.iterdir()) for line in read_lines(path))
    start = time.perf_counter()
    found = assemble_over(articles, workers=workers)
    seconds = time.perf_counter() - start
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = hashlib.sha256()
    for line in jsonl(found.incidents):
        whole.update(line)
    return {
        "seconds": seconds,
        "cpu": sum(usage.ru_utime + usage.ru_stime for usage in (mine, theirs)),
        "memory": mine.ru_maxrss / 1024,
        "incidents": len(found.incidents),
        "digest": whole.hexdigest(),
    }


def growth(coded: Path, times: list[int], workers: int, scratch: Path) -> bool:
    """Print the cost of the join for each size; return whether one machine and the cluster agree."""
    agree = True
    print(f"join of incidents, {workers} processes:")
    for turn in times:
        folder = scratch / f"times-{turn}"
        articles = parts_of(copies(coded, turn), folder)
        command = [sys.executable, str(Path(__file__).resolve()), str(folder), "--alone", str(workers)]
        here = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        with started(workers) as cluster, Client(cluster, set_as_default=False) as client:
            client.wait_for_workers(workers)
            before, start = worker_seconds(client), time.perf_counter()
            joined = join_incidents(client, folder, scratch / f"incidents-{turn}")
            seconds, used = time.perf_counter() - start, worker_seconds(client) - before
        same = digest(joined.files) == here["digest"]
        agree &= same
        print(
            f"  {articles:>8,} articles, {here['incidents']:>8,} incidents: one machine {here['seconds']:6.1f} s"
            f" ({here['cpu']:6.1f} CPU s, {1000 * here['cpu'] / articles:4.1f} ms an article),"
            f" {here['memory']:6,.0f} MB; cluster {seconds:6.1f} s ({used:6.1f} CPU s of workers);"
            f" {'the same bytes' if same else 'DIFFERENT'}",
            flush=True,
        )
    return agree


def main() -> int:
    """Run the measurements; 1 where the outcome is not the same everywhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("--limit", type=int, default=3_000, help="articles (default: 3,000)")
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--times", default="1,3,10")
    parser.add_argument("--coded", type=Path, help="coded articles (JSONL), in place of coding the news")
    parser.add_argument("--alone", type=int, help="join the folder of parts in so many processes, print JSON")
    options = parser.parse_args()
    if options.alone is not None:
        print(json.dumps(alone(options.news, options.alone)))
        return 0
    counts = [int(count) for count in options.workers.split(",")]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        if options.coded is not None:
            lines = (line for _, line in zip(range(options.limit), read_lines(options.coded), strict=False))
            coded = scratch / "coded"
            parts_of(lines, coded)
        else:
            with gzip.open(options.news, "rb") as stream:
                lines = (line.rstrip(b"\n") for _, line in zip(range(options.limit), stream, strict=False))
                articles = parts_of(lines, scratch / "raw")
            coded = throughput(scratch / "raw", counts, scratch, articles)
        agree = growth(coded, [int(turn) for turn in options.times.split(",")], max(counts), scratch)
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
