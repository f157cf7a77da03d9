"""What goes wrong outside: locks, read-only files, full disks, servers that go away, files that are something else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from isnad.errors import StoreError
from isnad.model.intake import Incoming
from isnad.store import Store, Waits

Make = Callable[..., Incoming]
QUICK = Waits(lock=0.2, server=0.2)


def code_of(work: Callable[[], object]) -> str:
    """Return the code of the StoreError that `work` raises; its message is one line."""
    with pytest.raises(StoreError) as caught:
        work()
    assert "\n" not in str(caught.value)
    return caught.value.code


def test_locked_database_is_waited_for_and_then_named(address: str, report: Make) -> None:
    """A rival who holds the write lock: the error comes after the wait, and adding works when it is gone."""
    with Store.open(address, waits=QUICK) as store:
        store.add([(report("ا", "a"), None)])
        url = (
            address.replace("postgresql://", "postgresql+pg8000://", 1) if "://" in address else f"sqlite:///{address}"
        )
        engine = create_engine(url)
        with engine.connect() as rival:
            if "://" in address:
                rival.execute(text("SELECT pg_advisory_xact_lock(x'69736E6164'::bigint)"))
            else:
                rival.connection.dbapi_connection.isolation_level = None  # type: ignore[union-attr]
                rival.exec_driver_sql("BEGIN IMMEDIATE")
            assert code_of(lambda: store.add([(report("ب", "b"), None)])) == "store.locked"
            assert store.stats().articles == 1  # readers do not wait
            rival.rollback()
        engine.dispose()
        assert [kept.outcome for kept in store.add([(report("ب", "b"), None)])] == ["added"]


#: Imports everything while it is still root (the interpreter may lie where nobody else may look), then is nobody.
READER = """
import os, sys
import pg8000.exceptions
from isnad.errors import StoreError
from isnad.model.intake import Incoming
from isnad.store import Store
from isnad.store.migrate import revisions
revisions()  # looks into the package's folder
with Store.open(sys.argv[2]) as store:
    store.search("قصف")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
with Store.open(sys.argv[1], create=False) as store:
    print(store.stats().articles, len(store.search("قصف")))
    try:
        store.add([(Incoming(address="x", text="جديد", source="t", fetched="2026-01-01T00:00:00Z"), None)])
    except StoreError as error:
        print(error.code)
"""


@pytest.mark.parametrize("sealed", [False, True], ids=["file", "file and folder"])
def test_read_only_file_is_read_and_not_written(tmp_path: Path, report: Make, sealed: bool) -> None:
    """Lists and search work; adding is one clear error.  Also on a medium where nothing beside it can be written."""
    folder = Path("/tmp") / f"isnad-{os.getpid()}-{tmp_path.name}"
    folder.mkdir()
    try:
        path = folder / "isnad.db"
        with Store.open(path) as store:
            store.add([(report(), None)])
        path.chmod(0o444)
        folder.chmod(0o555 if sealed else 0o777)
        command = [sys.executable, "-c", READER, str(path), str(tmp_path / "first.db")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.stdout.split() == ["1", "1", "store.readonly"], done.stderr
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


FILLER = """
import resource, sys
from isnad.errors import StoreError
from isnad.model.intake import Incoming
from isnad.store import Store
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
with Store.open(sys.argv[1]) as store:
    for n in range(10_000):
        text = f"نص {n} " * 100
        try:
            store.add([(Incoming(address=str(n), text=text, source="t", fetched="2026-01-01T00:00:00Z"), None)])
        except StoreError as error:
            print(error.code)
            break
        print(n, flush=True)
"""


def test_full_disk_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    """Writing beyond what the file may hold is one clear error; the store is whole and goes on when there is room."""
    path = tmp_path / "isnad.db"
    done = subprocess.run([sys.executable, "-c", FILLER, str(path)], capture_output=True, text=True, check=False)
    *acknowledged, code = done.stdout.split()
    assert code == "store.full", done.stderr
    assert acknowledged
    with Store.open(path) as store:
        assert store.stats().articles == len(acknowledged)
        assert list(store.check()) == []
        one = Incoming(address="more", text="نص", source="t", fetched="2026-01-01T00:00:00Z")
        assert [kept.outcome for kept in store.add([(one, None)])] == ["added"]


def test_page_limit_counts_as_a_full_disk(tmp_path: Path, report: Make) -> None:
    """SQLite's own «database or disk is full» has the same code."""
    path = tmp_path / "isnad.db"
    with Store.open(path) as store:
        with store._database.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
        assert code_of(lambda: store.add([(report("نص طويل " * 50_000), None)])) == "store.full"
        assert store.stats().articles == 0


@pytest.mark.parametrize(
    "content", [b"", b"not a database, only a text that is long enough" * 50, b"SQLite format 3\0" * 400]
)
def test_file_that_is_no_store_is_refused(tmp_path: Path, content: bytes) -> None:
    """Nothing is written into a file of another kind; an empty one is no store either."""
    path = tmp_path / "file"
    path.write_bytes(content)
    assert code_of(lambda: Store.open(path, create=False)) == ("store.damaged" if content else "store.missing")
    assert path.read_bytes() == content


def test_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Without leave to create it, a missing file or folder is one clear error and none is made."""
    assert code_of(lambda: Store.open(tmp_path / "a.db", create=False)) == "store.missing"
    assert code_of(lambda: Store.open(tmp_path / "no" / "a.db")) == "store.missing"
    assert code_of(lambda: Store.open(tmp_path)) == "store.damaged"
    assert code_of(lambda: Store.open("mysql://x/y")) == "store.missing"
    assert list(tmp_path.iterdir()) == []


def test_server_that_is_not_there_is_named_at_once() -> None:
    """No long wait for an address that never answered, and no password in the message."""
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://user:secret@127.0.0.1:1/isnad")
    assert caught.value.code == "store.unreachable"
    assert "secret" not in str(caught.value)


def test_connection_ended_by_the_server_is_made_anew(clean_postgres: str, report: Make) -> None:
    """The next call after an administrator ended every connection works."""
    with Store.open(clean_postgres) as store:
        store.add([(report("ا", "a"), None)])
        engine = create_engine(clean_postgres.replace("postgresql://", "postgresql+pg8000://", 1))
        with engine.connect() as admin:
            others = "datname = current_database() AND pid != pg_backend_pid()"
            admin.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        engine.dispose()
        assert [kept.outcome for kept in store.add([(report("ب", "b"), None)])] == ["added"]


class Server:
    """A PostgreSQL server of its own, which a test may stop and start."""

    def __init__(self, programs: Path, folder: Path, port: int) -> None:
        self.programs, self.folder, self.port = programs, folder, port
        self.user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        self._run("initdb", "--auth=trust", "--username=isnad", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")

    @property
    def address(self) -> str:
        return f"postgresql://isnad@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k '' -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, "-D", self.folder, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **self.user,
        )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    import socket

    found = shutil.which("pg_ctl") or next(map(str, Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")), None)
    if found is None:
        pytest.skip("the programs of a PostgreSQL server (pg_ctl, initdb) are not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path("/tmp") / f"isnad-pg-{os.getpid()}-{port}"
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Server(Path(found).parent, folder, port)
    made.start()
    try:
        yield made
    finally:
        subprocess.run(
            [made.programs / "pg_ctl", "-D", folder, "-m", "immediate", "stop"],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **made.user,
        )
        shutil.rmtree(folder)


ADDER = """
import sys
from isnad.model.intake import Incoming
from isnad.store import Store
with Store.open(sys.argv[1]) as store:
    for n in range(400):
        one = Incoming(address=str(n), text=f"نص {n}", source="t", fetched="2026-01-01T00:00:00Z")
        store.add([(one, None)])
        print(n, flush=True)
"""


def test_server_stopped_and_started_in_the_middle(server: Server, report: Make) -> None:
    """A process that adds goes on by itself when the server is back; nothing is lost or doubled."""
    adder = subprocess.Popen(
        [sys.executable, "-c", ADDER, server.address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert adder.stdout is not None
    for _ in range(20):
        adder.stdout.readline()
    server.stop()
    with pytest.raises(StoreError) as caught:
        Store.open(server.address)
    assert caught.value.code == "store.unreachable"
    server.start()
    _, errors = adder.communicate(timeout=120)
    assert adder.returncode == 0, errors
    with Store.open(server.address, waits=QUICK) as store:
        assert store.stats().articles == store.stats().addresses == 400
        assert list(store.check()) == []
        server.stop()
        assert code_of(lambda: store.add([(report(), None)])) == "store.unreachable"
        server.start()
        assert [kept.outcome for kept in store.add([(report(), None)])] == ["added"]
