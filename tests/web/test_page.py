"""The page in a real browser against a real server: the specs beside this file, run by node's test runner.

They need Node 20.19 or newer with the packages of frontend/package-lock.json, and Debian's chromium; where one is
missing the tests are skipped and say which.  Pictures are made anew with ISNAD_TEST_GOLDEN=write.
"""

from __future__ import annotations

import json
import secrets
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from isnad.api.credentials import new_user
from isnad.store import Store

Serve = Callable[..., str]
RunSpec = Callable[..., None]
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FRONTEND = ROOT / "frontend"
SPECS = sorted(path.name for path in HERE.glob("*.spec.mjs"))


@pytest.mark.parametrize("spec", SPECS)
def test_page(spec: str, run_spec: RunSpec, store: Path, serve: Serve, tmp_path: Path) -> None:
    """Every statement of the spec holds in the browser, in both languages and both themes where it says so."""
    address = serve(store, "--auth", "none").rstrip("/")
    run_spec(spec, ISNAD_TEST_URL=address, ISNAD_TEST_OUT=str(tmp_path))


def test_one_time_link(run_spec: RunSpec, store: Path, serve: Serve) -> None:
    """The printed link lets one browser in; without it nothing is read and nothing decided."""
    link = serve(store)
    address = link.partition("/api/")[0]
    run_spec("entry.mjs", ISNAD_TEST_URL=address, ISNAD_TEST_LINK=link)


def test_two_reviewers(run_spec: RunSpec, store: Path, serve: Serve) -> None:
    """What one reviewer decides comes to another who signed in, if asked for; both decisions stand in the log."""
    people = {name: secrets.token_urlsafe(12) for name in ("mona", "samir")}
    with Store.open(store) as opened:
        for name, password in people.items():
            opened.access.save_user(new_user(name, password, "review"))
    address = serve(store, "--auth", "password").rstrip("/")
    run_spec("second.mjs", ISNAD_TEST_URL=address, ISNAD_TEST_PEOPLE=json.dumps(people))


def test_first_javascript_is_small(page: None) -> None:
    """What the first view loads, the map's code with it, is at most 400 kB gzipped."""
    done = subprocess.run(["node", "tools/size.mjs"], cwd=FRONTEND, capture_output=True, text=True, check=False)
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
