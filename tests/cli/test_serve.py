"""`isnad serve`, `isnad users`, `isnad keys`: as real processes on a free port."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from isnad.store import Store

PROGRAM = [sys.executable, "-c", "from isnad.cli.main import main; main()"]


def isnad(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run([*PROGRAM, *arguments], input=given, capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the server until the block ends; give the address that it prints."""
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def reached(url: str) -> httpx.Response:
    """Get an address of a server that is starting: the socket listens already and is answered when it has started."""
    return httpx.get(url, timeout=60)


def test_serve_starts_with_nothing_set_up(tmp_path: Path) -> None:
    """Without a store and without options it makes one, prints a link that opens it once, and ends well on Ctrl-C."""
    with serving("--db", str(tmp_path / "new.db")) as (address, process):
        assert "/api/v1/session/link?token=" in address
        with httpx.Client(timeout=60) as client:
            assert client.get(address).headers["location"] == "/"
            base = address.partition("/session")[0]
            assert client.get(f"{base}/incidents").json()["numberMatched"] == 0
            assert client.get(f"{base}/review/next").json() == {"card": None, "left": 0}
        assert reached(address).status_code == 401
    assert process.returncode == 0
    assert process.stderr is not None
    assert "token" not in process.stderr.read()


def test_users_and_keys_come_in(tmp_path: Path) -> None:
    """A user by password and a program by key, both made on the command line; removed ones do not."""
    db = str(tmp_path / "team.db")
    assert (
        "added" in isnad("users", "add", "mona", "--scope", "review", "--db", db, given="a quiet green window\n").stdout
    )
    made = isnad("keys", "add", "robot", "--db", db)
    key = made.stdout.strip()
    assert key.startswith("isnad_")
    assert key not in made.stderr
    assert isnad("users", "list", "--db", db).stdout.split()[:3] == ["mona", "read", "review"]
    with serving("--db", db, "--auth", "password") as (address, _):
        base = f"{address}api/v1"
        assert reached(f"{base}/incidents").status_code == 401
        assert httpx.get(f"{base}/incidents", headers={"Authorization": f"Bearer {key}"}).status_code == 200
        with httpx.Client(base_url=base) as client:
            sent = {"user": "mona", "password": "a quiet green window"}
            assert client.post("/session", json=sent).status_code == 201
            assert client.get("/incidents").status_code == 200
            assert isnad("users", "remove", "mona", "--db", db).returncode == 0
            assert client.get("/incidents").status_code == 401
        id = isnad("keys", "list", "--db", db).stdout.split()[0]
        assert isnad("keys", "revoke", id, "--db", db).returncode == 0
        assert httpx.get(f"{base}/incidents", headers={"Authorization": f"Bearer {key}"}).status_code == 401


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve", "--auth", "magic"), "link, password, none"),
        (("serve", "--auth", "none", "--host", "0.0.0.0"), "only for this machine"),
        (("serve", "--host", "999.1.1.1"), "cannot listen"),
        (("users", "add", "mona"), "at least 10"),
        (("users", "add", "a b"), "cannot be a user's name"),
        (("users", "remove", "nobody"), "no user"),
        (("keys", "add", "k", "--scope", "root"), "read, review, admin"),
        (("keys", "revoke", "nothing"), "no key"),
    ],
)
def test_misunderstandings_are_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """What cannot be is said in one line with a code, and the status is 2."""
    db = tmp_path / "a.db"
    Store.open(db).close()
    given = "short\n" if arguments[-1] == "mona" else "long enough a password\n"
    run = isnad(*arguments, "--db", str(db), given=given)
    assert run.returncode == 2
    assert said in run.stderr
    assert len(run.stderr.splitlines()) == 1
