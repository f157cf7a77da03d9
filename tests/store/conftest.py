"""Both real databases behind one fixture, and short ways to make reports and codings (all texts are our own)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from isnad.model import CodedArticle, DateValue, Event, Party, Place, Span
from isnad.model.intake import Incoming
from isnad.store import Store

#: A server on which databases may be made and dropped.
SERVER = os.environ.get("ISNAD_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")


def _admin() -> Engine:
    url = SERVER.replace("postgresql://", "postgresql+pg8000://", 1)
    return create_engine(url, isolation_level="AUTOCOMMIT")


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of an empty database of this module's own."""
    name = f"isnad_{uuid4().hex[:12]}"
    admin = _admin()
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except DBAPIError as error:
        pytest.skip(f"no PostgreSQL server at {SERVER} (ISNAD_TEST_POSTGRES names another): {error}")
    yield SERVER.rpartition("/")[0] + f"/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test that asks for it runs on both."""
    if request.param == "sqlite":
        return str(tmp_path / "isnad.db")
    url: str = request.getfixturevalue("clean_postgres")
    return url


@pytest.fixture
def clean_postgres(postgres: str) -> str:
    """The address of an empty PostgreSQL database."""
    empty(postgres)
    return postgres


def empty(url: str) -> None:
    """Take everything out of a PostgreSQL database."""
    engine = create_engine(url.replace("postgresql://", "postgresql+pg8000://", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with Store.open(address) as opened:
        yield opened


@pytest.fixture
def report() -> Callable[..., Incoming]:
    """Make a report: text and address, and whatever else is given."""

    def make(text: str = "قصف الطيران الحربي حلب.", address: str = "https://a.example/1", **other: object) -> Incoming:
        given: dict[str, object] = {
            "source": "test",
            "fetched": "2026-01-02T03:04:05Z",
            "published": "2026-01-01",
            "title": None,
        }
        return Incoming(address=address, text=text, **{**given, **other})  # type: ignore[arg-type]

    return make


@pytest.fixture
def coding() -> Callable[..., CodedArticle]:
    """Code a report by hand: its first word is the trigger, its second the actor, its last the place."""

    def make(incoming: Incoming, coder: str = "coder 1", **other: object) -> CodedArticle:
        words = incoming.text.rstrip(".").split(" ")
        trigger = Span(words[0], 0, len(words[0]))
        actor = Party(text=words[1], start=len(words[0]) + 1, end=len(words[0]) + 1 + len(words[1]), id="SYR.mil")
        last = incoming.text.index(words[-1])
        place = Place(text=words[-1], start=last, end=last + len(words[-1]), name=words[-1], country="SYR")
        day = DateValue(text=words[0], start="2025-12-31", end="2025-12-31", span=trigger)
        given: dict[str, object] = {
            "type": "ASSAULT",
            "mode": "aerial",
            "status": "actual",
            "actors": (actor,),
            "place": place,
            "date": day,
            "killed": (2, None),
        }
        event = Event(id=1, trigger=trigger, **{**given, **other})  # type: ignore[arg-type]
        return CodedArticle(doc_id="d", text=incoming.text, published=incoming.published, events=(event,), coder=coder)

    return make
