"""A real cluster of processes: the same outcome as on one machine, whatever dies meanwhile."""

from __future__ import annotations

import importlib.util
import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest

from isnad.cli.cluster import Options, code_on, code_part, join_on
from isnad.cli.main import run
from isnad.cli.report import Run
from isnad.coding.version import version_of
from isnad.errors import ClusterError, UsageError
from isnad.ingest import read_articles
from isnad.model import Article, CodedArticle
from isnad.model.intake import Incoming
from isnad.scale.parts import MANIFEST, read_lines, write_lines
from isnad.settings import Settings
from isnad.store import Store
from isnad.weigh import Registry, assemble
from isnad.weigh.record import jsonl
from isnad.weigh.reprints import find_reprints

distributed = pytest.importorskip("distributed", reason="pip install 'isnad[cluster]' for the tests on a cluster")
_spec = importlib.util.spec_from_file_location("scale_stories", Path(__file__).with_name("stories.py"))
assert _spec
assert _spec.loader
stories = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(stories)

SAMPLES = Path(__file__).resolve().parents[2] / "src/isnad/cli/samples"


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    """Start a scheduler and two workers, each a process of its own."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", scheduler_port=0
    ) as started:
        yield started


@pytest.fixture(scope="module")
def address(cluster) -> str:
    """Return the address of the scheduler."""
    return cluster.scheduler_address


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Return the sample articles, three times over under other names."""
    found = [a for a in read_articles([SAMPLES]) if isinstance(a, Article)]
    return [
        Article(doc_id=f"{n}-{a.doc_id}", text=a.text, published=a.published, outlet=a.outlet, title=a.title)
        for n in range(3)
        for a in found
    ]


@pytest.fixture
def raw(tmp_path: Path, articles: list[Article]) -> Path:
    """Return a folder of six parts of articles, one with a line that is none."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for n in range(6):
        lines = [msgspec.json.encode(a) for a in articles[n::6]]
        if n == 2:
            lines.insert(1, b'{"doc_id": "no text"}')
        (folder / f"part-{n}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    return folder


def coded_here(raw: Path, folder: Path) -> dict[str, bytes]:
    """Return what `isnad code` makes of each part on this machine alone."""
    folder.mkdir()
    for part in sorted(raw.iterdir()):
        assert run(["code", str(part), "--to", "jsonl", "-o", str(folder / part.name), "-q"]) in (0, 3)
    return contents(folder)


def contents(folder: Path, pattern: str = "part-*") -> dict[str, bytes]:
    """Return the parts of a folder by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob(pattern))}


def test_coding_on_a_cluster_gives_the_same_bytes(address, raw, tmp_path, capsys):
    """`isnad code --cluster` writes for each part what `isnad code` writes, and names the same fault by its line."""
    here = coded_here(raw, tmp_path / "here")
    capsys.readouterr()
    assert run(["code", str(raw), "-o", str(tmp_path / "there"), "--cluster", address]) == 3
    assert contents(tmp_path / "there") == here
    assert "part-2.jsonl:2: " in capsys.readouterr().err


def test_parquet_parts_hold_the_same(address, raw, tmp_path):
    """Articles from Parquet, coded into Parquet, read back as the lines that JSONL gives."""
    here = coded_here(raw, tmp_path / "here")
    (tmp_path / "tables").mkdir()
    names = Article.__struct_fields__
    for part in raw.iterdir():
        lines = [line for line in read_lines(part) if b'"text"' in line]
        write_lines(tmp_path / "tables" / f"{part.stem}.parquet", lines, columns=names, plain=names)
    command = ["code", str(tmp_path / "tables"), "-o", str(tmp_path / "out"), "--to", "parquet", "--cluster", address]
    assert run(command) == 0
    found = {p.with_suffix(".jsonl").name: list(read_lines(p)) for p in (tmp_path / "out").glob("*.parquet")}
    assert found == {name: content.splitlines() for name, content in here.items()}


def test_a_killed_worker_changes_nothing(cluster, address, raw, tmp_path):
    """With a worker killed while parts are under way, every part is there, whole, and as without the death."""
    here = coded_here(raw, tmp_path / "here")
    before = set(worker_pids(address))
    options = Options(published=None, outlet=None, lexicon=(), settings=Settings())
    killed: list[int] = []

    def kill(_file: str, _part: object) -> None:
        if not killed:
            killed.append(worker_pids(address)[0])
            os.kill(killed[0], signal.SIGKILL)

    from isnad.scale.cluster import connected, do_parts

    files = {path.name: path for path in sorted(raw.iterdir())}
    work = partial(code_part, options=options, version=version_of((), Settings().places_dir))
    with connected(address) as client:
        done = do_parts(client, work, files, tmp_path / "there", name="test", done=kill)
        client.wait_for_workers(2)
    assert killed[0] in before
    assert list(done.parts) == list(files)
    assert contents(tmp_path / "there") == here
    assert not list((tmp_path / "there").glob(".*.part"))


def worker_pids(address: str) -> list[int]:
    """Return the process ids of the workers."""
    with distributed.Client(address, set_as_default=False) as client:
        return sorted(client.run(os.getpid).values())


def kill_a_worker(address: str) -> None:
    """Kill one of the two workers, and wait until another is there in its place."""
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(2)
        worker, pid = min(client.run(os.getpid).items())
        os.kill(pid, signal.SIGKILL)
        while worker in (now := client.nthreads()) or len(now) < 2:
            time.sleep(0.05)


def test_a_rerun_does_only_what_is_missing(address, raw, tmp_path):
    """A second run makes the part that is gone and the one whose source changed, and leaves the others untouched."""
    out = tmp_path / "out"
    options = Options(published=None, outlet=None, lexicon=(), settings=Settings())

    def code() -> None:
        code_on(address, [str(raw)], output=out, format_=None, options=options, run=Run(bar=False, quiet=True))

    code()
    first = {path.name: path.stat().st_mtime_ns for path in out.glob("part-*")}
    before = contents(out)
    (out / "part-1.jsonl").unlink()
    (raw / "part-4.jsonl").write_bytes((raw / "part-4.jsonl").read_bytes() + (raw / "part-0.jsonl").read_bytes())
    (out / ".part-0.jsonl.left.part").write_bytes(b"half of")
    code()
    second = {path.name: path.stat().st_mtime_ns for path in out.glob("part-*")}
    assert {name for name in first if first[name] != second[name]} == {"part-1.jsonl", "part-4.jsonl"}
    assert contents(out) == before | {"part-4.jsonl": before["part-4.jsonl"] + before["part-0.jsonl"]}
    assert sorted(path.name for path in out.iterdir() if path.name[0] in "._") == [MANIFEST]


def single(articles, reprints=None, registry: Registry | None = None):
    """Return the incidents of one machine, as lines in order."""
    found = assemble(articles, reprints=reprints, registry=registry)
    return found, b"".join(jsonl(found.incidents))


def test_incidents_joined_on_a_cluster_are_those_of_one_machine(address, tmp_path):
    """Byte for byte: the parts one after the other are the incidents by id; ids, loose members and counts agree."""
    told = [stories.story(n) for n in range(90)]
    again = msgspec.structs.replace(stories.story(40), doc_id="story-0003")  # stands in two parts: the later counts
    source = stories.write_parts(tmp_path / "coded", [*told, again], 4)
    names = find_reprints([(a.doc_id, a.text, a.published, a.outlet, None) for a in [*told[:3], again, *told[4:]]])
    found, lines = single([*told, again], names.names())
    from isnad.scale.cluster import connected
    from isnad.scale.cluster_incidents import REGISTRY, join_incidents

    with connected(address) as client:
        joined = join_incidents(client, source, tmp_path / "out", reprints=names.names(), size=7)
    assert len(joined.files) == 3
    assert b"".join(path.read_bytes() for path in joined.files) == lines
    assert (joined.articles, joined.incidents) == (90, len(found.incidents))
    assert msgspec.json.decode((tmp_path / "out" / REGISTRY).read_bytes(), type=Registry) == found.registry
    loose = [msgspec.json.encode(member) for member in found.loose]
    assert (tmp_path / "out/_loose.jsonl").read_bytes().splitlines() == loose
    assert found.loose


def test_a_worker_killed_in_the_join_changes_nothing(cluster, address, tmp_path):
    """Workers killed in each step of the join leave the same incidents; a second run keeps every id."""
    told = [stories.story(n) for n in range(120)]
    source = stories.write_parts(tmp_path / "coded", told, 6)
    found, lines = single(told)
    from isnad.scale.cluster import connected
    from isnad.scale.cluster_incidents import join_incidents

    struck: list[str] = []

    def strike(name: str, _done: int, _of: int) -> None:
        if name not in struck:
            struck.append(name)
            kill_a_worker(address)

    with connected(address) as client:
        first = join_incidents(client, source, tmp_path / "out", step=strike)
        assert struck == ["reading", "grouping", "sorting", "building"]
        assert b"".join(path.read_bytes() for path in first.files) == lines
        more = [stories.story(n) for n in range(120, 140)]
        stories.write_parts(tmp_path / "more", more, 1)
        (tmp_path / "more/part-000.jsonl").rename(source / "part-later.jsonl")
        second = join_incidents(client, source, tmp_path / "out", size=10)
    _, later = single([*told, *more], registry=found.registry)
    assert b"".join(path.read_bytes() for path in second.files) == later


def test_parquet_incidents_hold_the_same(address, tmp_path):
    """Incidents joined into Parquet read back as the lines that JSONL gives; reprints are found on the way."""
    told = [stories.story(n) for n in range(40)]
    source = stories.write_parts(tmp_path / "coded", told, 3)
    names = find_reprints((a.doc_id, a.text, a.published, a.outlet, None) for a in told).names()
    _, lines = single(told, names)
    joined = join_on(address, source, tmp_path / "out", format_="parquet", quiet=True)
    assert [line for path in joined.files for line in read_lines(path)] == lines.splitlines()


def test_reprints_joined_on_a_cluster_are_those_of_one_machine(address, tmp_path):
    """The same groups of texts with the same origins, from parts as from all articles at once."""
    told = [stories.story(n) for n in range(60)]
    source = stories.write_parts(tmp_path / "coded", told, 5)
    whole = find_reprints((a.doc_id, a.text, a.published, a.outlet, None) for a in told)
    from isnad.scale.cluster import connected
    from isnad.scale.cluster_reprints import join_reprints

    with connected(address) as client:
        index = join_reprints(client, source, tmp_path / "prints")
    assert whole.groups()
    assert index.groups() == whole.groups()
    assert list(index.pairs()) == list(whole.pairs())


def test_articles_of_a_store_are_read_on_a_cluster(address):
    """What `Assembly` is given to read goes to the workers and comes back in order: the same incidents."""
    from isnad.scale.cluster import connected
    from isnad.scale.cluster_tell import teller_on

    told = [stories.story(n) for n in range(300)]
    with connected(address) as client:
        assert assemble(told, teller=teller_on(client)) == assemble(told)


def stored(path: Path, told: list[CodedArticle]) -> Path:
    """Return a store with coded articles that nobody has weighed, each a text of its own."""
    told = [msgspec.structs.replace(a, text=f"{a.text} {n}") for n, a in enumerate(told)]
    with Store.open(path) as store:
        incoming = [
            Incoming(
                address=f"https://news.example/{a.doc_id}",
                text=a.text,
                source="test",
                fetched="2026-01-01T00:00:00Z",
                doc_id=a.doc_id,
                published=a.published,
                outlet=a.outlet,
            )
            for a in told
        ]
        store.add(list(zip(incoming, told, strict=True)))
    return path


def bodies(path: Path) -> dict[str, bytes]:
    """Return the incidents of a store by id, as they would be sent to a reader; nothing is amiss in the store."""
    with Store.open(path, create=False) as store:
        assert list(store.check()) == []
        return {one.id: msgspec.json.encode(one.incident) for one in store.incidents.each()}


def test_a_store_is_weighed_on_a_cluster_as_here(address, tmp_path):
    """`isnad incidents --cluster` leaves in the store what `isnad incidents` does, and has nothing to add to it."""
    told = [stories.story(n) for n in range(200)]
    here, there = stored(tmp_path / "here.db", told), stored(tmp_path / "there.db", told)
    assert run(["incidents", "--db", str(here), "-q", "--workers", "2"]) == 0
    assert run(["incidents", "--db", str(there), "-q", "--cluster", address]) == 0
    assert bodies(there) == bodies(here)
    with Store.open(there, create=False) as store:
        generation = store.incidents.generation()
    assert run(["incidents", "--db", str(there), "-q", "--cluster", address, "--rebuild"]) == 0
    with Store.open(there, create=False) as store:
        assert store.incidents.generation() == generation


def test_a_worker_killed_while_a_store_is_weighed_changes_nothing(cluster, address, tmp_path):
    """Workers killed while articles are read and while incidents are weighed leave the same incidents in the store."""
    from isnad.review import Weigher
    from isnad.scale.cluster import connected
    from isnad.scale.cluster_tell import map_on

    told = [stories.story(n, days=400) for n in range(900)]
    here, there = stored(tmp_path / "here.db", told), stored(tmp_path / "there.db", told)
    with Store.open(here) as store:
        Weigher(store).update()
    struck: list[str] = []

    def strike(step: str, done: int, _total: int) -> None:
        if done and step not in struck:
            struck.append(step)
            kill_a_worker(address)

    with Store.open(there) as store, connected(address) as client:
        Weigher(store, mapper=map_on(client)).update(progress=strike)
    assert struck == ["reading", "weighing"]
    assert bodies(there) == bodies(here)


def test_a_task_that_fails_is_named(address, tmp_path):
    """A part that is no coded article ends the join with one line that names the part."""
    (tmp_path / "coded").mkdir()
    (tmp_path / "coded/part-x.jsonl").write_bytes(b"not JSON\n")
    with pytest.raises(ClusterError, match="part-x"):
        join_on(address, tmp_path / "coded", tmp_path / "out", quiet=True)


def test_what_a_cluster_cannot_take_is_said(address, tmp_path, capsys):
    """No folder to write into, other formats, two parts of one name and a missing scheduler: one line each."""
    (tmp_path / "page.html").write_text("<p>")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.jsonl").write_bytes(b"")
    parts = [str(tmp_path / name) for name in ("a", "b")]
    assert run(["code", parts[0], "--cluster", address]) == 2
    assert run(["code", str(tmp_path / "page.html"), "--cluster", address, "-o", str(tmp_path / "o")]) == 2
    assert run(["code", *parts, "--cluster", address, "-o", str(tmp_path / "o")]) == 2
    assert run(["code", parts[0], "--cluster", address, "-o", parts[0]]) == 2
    assert run(["code", parts[0], "--cluster", str(tmp_path / "none.json"), "-o", str(tmp_path / "o")]) == 1
    assert run(["code", parts[0], "--cluster", "nonsense://x", "-o", str(tmp_path / "o")]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 6
    assert [line.rpartition("[")[2] for line in said] == ["usage]"] * 4 + ["cluster]"] * 2


def test_a_worker_with_other_words_is_refused(address, raw, tmp_path):
    """Words that a worker does not have would change the outcome: it refuses, and says which version it has."""
    options = Options(published=None, outlet=None, lexicon=(), settings=Settings())
    with pytest.raises(UsageError, match="a worker has isnad"):
        code_part(raw / "part-0.jsonl", tmp_path / "x.jsonl", options=options, version="isnad of another day")
    assert not (tmp_path / "x.jsonl").exists()
