"""Both real databases behind one fixture."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from isnad.store import Store

SERVER = os.environ.get("ISNAD_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")


def _engine(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+pg8000://", 1), isolation_level="AUTOCOMMIT")


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of an empty database of this module's own."""
    name = f"isnad_{uuid4().hex[:12]}"
    admin = _engine(SERVER)
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
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store: each test that asks for it runs on both databases."""
    if request.param == "sqlite":
        address = str(tmp_path / "isnad.db")
    else:
        address = request.getfixturevalue("postgres")
        engine = _engine(address)
        with engine.connect() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    with Store.open(address) as opened:
        yield opened


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with Store.open(tmp_path / "isnad.db") as opened:
        yield opened
