"""A real server on a free port over a real store; the reports are the repository's own sample."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from isnad.api.app import create_app
from isnad.api.credentials import new_key
from isnad.api.desk import Desk
from isnad.api.settings import ApiSettings
from isnad.coding import Coder
from isnad.ingest.meter import Meter
from isnad.ingest.sources import Asked, read_sources
from isnad.intake import Plan, Tally, take_in
from isnad.review import Weigher
from isnad.store import Store

SAMPLE = Path(__file__).parents[2] / "examples" / "articles.jsonl"
SERVER = os.environ.get("ISNAD_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")


class Server:
    """A running server, and who may call it."""

    def __init__(self, store: Store, settings: ApiSettings, desk: Desk, port: int) -> None:
        self.store = store
        self.imports = desk.imports
        self.settings = settings
        self.url = f"http://127.0.0.1:{port}"
        self.base = f"{self.url}/api/v1"

    def key(self, scope: str) -> str:
        """Make a key and return its secret."""
        key, secret = new_key(f"test {scope}", scope, maker="test")
        self.store.access.add_key(key)
        return secret

    def client(self, scope: str | None = None, **more: Any) -> httpx.Client:
        """Return a client that sends a key of a scope, or none."""
        headers = {"Authorization": f"Bearer {self.key(scope)}"} if scope else {}
        return httpx.Client(base_url=self.base, headers=headers, timeout=60, **more)


def fill(address: str) -> None:
    """Take the sample in and weigh it."""
    with Store.open(address) as store:
        items = read_sources([str(SAMPLE)], Asked(), meter=Meter(), fetch=lambda addresses: iter(()))
        take_in(items, store=store, make_coder=Coder, plan=Plan(workers=1), tally=Tally())
        Weigher(store).update()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample in it, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "isnad.db"
    fill(str(path))
    return path


@contextmanager
def serving(address: str, work: Path, **options: Any) -> Iterator[Server]:
    """Serve a store for the block."""
    settings = ApiSettings(**{"db": address, "workers": 1, "work": work, "writes_per_minute": 100_000, **options})
    with Store.open(address) as store:
        app = create_app(store, settings)
        config = uvicorn.Config(app, port=0, log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        started = threading.Event()
        startup = server.startup

        async def noticed(sockets: Any = None) -> None:
            await startup(sockets)
            started.set()

        server.startup = noticed  # type: ignore[method-assign]
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        assert started.wait(60)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield Server(store, settings, app.desk, port)
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture
def serve(filled: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Serve a copy of the filled store with settings of one's own."""
    running = []

    def start(**options: Any) -> Server:
        path = tmp_path / f"{uuid4().hex}.db"
        shutil.copy(filled, path)
        context = serving(str(path), tmp_path / "work", **options)
        running.append(context)
        return context.__enter__()

    yield start
    for context in reversed(running):
        context.__exit__(None, None, None)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a database of this module's own with the sample in it."""
    name = f"isnad_api_{uuid4().hex[:12]}"
    admin = create_engine(SERVER.replace("postgresql://", "postgresql+pg8000://", 1), isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except DBAPIError as error:
        pytest.skip(f"no PostgreSQL server at {SERVER} (ISNAD_TEST_POSTGRES names another): {error}")
    address = SERVER.rpartition("/")[0] + f"/{name}"
    fill(address)
    yield address
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over either database, shared by the tests of a module: they only read, or clean up."""
    folder = tmp_path_factory.mktemp("serving")
    if request.param == "sqlite":
        address = str(folder / "isnad.db")
        shutil.copy(filled, address)
    else:
        address = request.getfixturevalue("postgres")
    with serving(address, folder / "work") as found:
        yield found


@pytest.fixture(scope="module")
def reader(server: Server) -> Iterator[httpx.Client]:
    """Somebody who may read."""
    with server.client("read") as client:
        yield client


@pytest.fixture(scope="module")
def reviewer(server: Server) -> Iterator[httpx.Client]:
    """Somebody who may decide."""
    with server.client("review") as client:
        yield client


@pytest.fixture(scope="module")
def admin(server: Server) -> Iterator[httpx.Client]:
    """Somebody who may make keys."""
    with server.client("admin") as client:
        yield client
