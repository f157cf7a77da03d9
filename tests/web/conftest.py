"""A real `isnad serve` for the browser tests, over a store of its own made from the sample articles."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FRONTEND = ROOT / "frontend"
_SECONDS = 420
#: A text of 650,000 letters without an event: what matters is that the page opens it.
_SENTENCE = "هذه فقرة طويلة عن أحوال السوق وأسعار الخضار في المدينة، لا حدث فيها ولا قتال، كُتبت لتكون نصاً طويلاً وحسب. "
_LONG = _SENTENCE * 6_000


def isnad(*arguments: str) -> list[str]:
    """Return the command line of `isnad` with the interpreter that runs the tests."""
    return [sys.executable, "-c", "from isnad.cli.main import main; main()", *arguments]


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store (SQLite) with the sample articles, the bidi strings, a hostile article and a long one."""
    folder = tmp_path_factory.mktemp("desk")
    long = {"doc_id": "long", "outlet": "marfa.example", "published": "2023-05-04", "title": "نص طويل", "text": _LONG}
    (folder / "long.jsonl").write_text(json.dumps(long, ensure_ascii=False) + "\n", encoding="utf-8")
    samples = Path(str(files("isnad.cli") / "samples" / "articles.jsonl"))
    sources = [str(samples), str(HERE / "articles.jsonl"), str(folder / "long.jsonl")]
    db = folder / "isnad.db"
    done = subprocess.run(
        isnad("add", *sources, "--db", str(db), "--workers", "1"),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return db


@contextmanager
def serving(db: Path, *options: str) -> Iterator[str]:
    """Run `isnad serve` on a free port; gives the line it prints: its address, or its one-time link."""
    command = isnad("serve", "--db", str(db), "--port", "0", *options)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline().strip()
            if not line:
                assert server.stderr is not None
                pytest.fail(f"isnad serve did not start: {server.stderr.read()}")
            yield line
        finally:
            server.terminate()


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample store that a test may change."""
    return Path(shutil.copy(sample_store, tmp_path / "isnad.db"))


Serve = Callable[..., str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return `serve(db, *options)`: the line that the server prints; every server ends with the test."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda db, *options: stack.enter_context(serving(db, *options))


def _node() -> str:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        pytest.skip("the page's tests need Node 20.19 or newer with npm")
    return node


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("the page's tests need a Chromium: apt-get install chromium")


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Build the page where it is stale; one worker does, the others wait for it."""
    import fcntl

    _node()
    lock = ROOT / "build" / "page.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = subprocess.run([sys.executable, "hatch_build.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0 and not (FRONTEND / "node_modules" / "playwright-core").is_dir():
        pytest.skip(f"the page cannot be built here: {done.stderr.strip()[-500:]}")
    assert done.returncode == 0, done.stderr


RunSpec = Callable[..., None]


@pytest.fixture
def run_spec(page: None) -> RunSpec:
    """Return `run_spec(spec, NAME=value...)`: runs a spec beside this file and shows what it said where it fails."""
    node, chromium = _node(), _chromium()

    def run(spec: str, **variables: str) -> None:
        done = subprocess.run(
            [node, "--test", "--test-reporter=spec", str(HERE / spec)],
            env={**os.environ, "ISNAD_TEST_CHROMIUM": chromium, **variables},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{spec}\n{done.stdout[-12_000:]}\n{done.stderr[-2_000:]}"

    return run
