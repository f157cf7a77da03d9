"""The page in a real browser against a real server: the specs beside this file, run by node's test runner.

They need Node 20.19 or newer with the packages of frontend/package-lock.json, and Debian's chromium; where one is
missing the tests are skipped and say which.  Pictures are made anew with ISNAD_TEST_GOLDEN=write.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Serve = Callable[..., str]
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FRONTEND = ROOT / "frontend"
SPECS = sorted(path.name for path in HERE.glob("*.spec.mjs"))
_SECONDS = 420


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


@pytest.mark.parametrize("spec", SPECS)
def test_page(spec: str, page: None, store: Path, serve: Serve, tmp_path: Path) -> None:
    """Every statement of the spec holds in the browser, in both languages and both themes where it says so."""
    node, chromium = _node(), _chromium()
    address = serve(store, "--auth", "none").rstrip("/")
    _run(node, spec, ISNAD_TEST_URL=address, ISNAD_TEST_CHROMIUM=chromium, ISNAD_TEST_OUT=str(tmp_path))


def test_one_time_link(page: None, store: Path, serve: Serve) -> None:
    """The printed link lets one browser in; without it nothing is read and nothing decided."""
    node, chromium = _node(), _chromium()
    link = serve(store)
    address = link.partition("/api/")[0]
    _run(node, "entry.mjs", ISNAD_TEST_URL=address, ISNAD_TEST_LINK=link, ISNAD_TEST_CHROMIUM=chromium)


def _run(node: str, spec: str, **variables: str) -> None:
    done = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(HERE / spec)],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{spec}\n{done.stdout[-12_000:]}\n{done.stderr[-2_000:]}"


def test_first_javascript_is_small(page: None) -> None:
    """What the first view loads, the map's code with it, is at most 400 kB gzipped."""
    done = subprocess.run([_node(), "tools/size.mjs"], cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_sources_have_no_type_errors(page: None) -> None:
    """svelte-check passes over the page's sources."""
    npx = ["node_modules/.bin/svelte-check", "--tsconfig", "./tsconfig.json", "--fail-on-warnings"]
    done = subprocess.run(npx, cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4_000:]


def test_lock_file_names_no_host() -> None:
    """The lock file says what is needed by hash, and leaves open from where it comes."""
    text = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert "integrity" in text
