"""Connections and transactions: the only place that knows how the two databases differ in opening and locking.

SQLite: WAL, so that readers never wait for the writer; `synchronous=FULL`, so that an acknowledged article outlives
not only `kill -9` (NORMAL would do) but a loss of power too (one fsync a batch, measured below 2 % of a load);
every writing transaction starts with BEGIN IMMEDIATE, so that it waits at its start and never in the middle.
PostgreSQL: one advisory lock serialises writing transactions of isnad in the same way.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, ResourceClosedError, TimeoutError

from isnad.errors import StoreError
from isnad.store.faults import is_passing, store_error

T = TypeVar("T")
#: "isnad" as a number: the advisory lock of all writers.
_LOCK = 0x69736E6164
_WRITE = "isnad_write"
_FAILURES = (DBAPIError, TimeoutError, ResourceClosedError, OSError, sqlite3.Error)


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """How long to be patient, in seconds: for a lock, and for a server that is away (0: not at all)."""

    lock: float = 30.0
    server: float = 60.0


class Database:
    """One database by its address: a path, `sqlite:///path`, or `postgresql://user@host/name`."""

    def __init__(self, address: str | Path, *, create: bool = True, waits: Waits = Waits()) -> None:  # noqa: B008
        self.waits = waits
        self._answered = False  # a server that never answered is not waited for: its address may be wrong
        self.path = sqlite_path(address)
        self.name = str(self.path) if self.path is not None else _shown(str(address))
        self.is_sqlite = self.path is not None
        self.engine = self._sqlite(self.path, create) if self.path is not None else self._postgres(str(address))

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction that sees one state of the database; StoreError when it cannot."""
        return self._patiently(work, write=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a writing transaction, all or nothing; run again when the connection broke in the middle.

        `work` must be idempotent: a server may go away after it has committed and before it has said so.
        """
        return self._patiently(work, write=True)

    def start_wal(self) -> None:
        """Turn on SQLite's write-ahead log; the file remembers it."""
        self._pragma("journal_mode=WAL")

    def finish(self) -> None:
        """Bring everything from SQLite's log into the file itself."""
        self._pragma("wal_checkpoint(TRUNCATE)")

    def settle(self, tables: Sequence[str]) -> None:
        """Let the planner know what came into `tables`.

        Without it the first questions after a large load are answered in the wrong order of steps.
        """
        if self.is_sqlite:
            self._pragma("optimize")
        else:
            self.write(lambda connection: connection.execute(text(f"ANALYZE {', '.join(tables)}")))

    def _pragma(self, pragma: str) -> None:
        try:
            with self.engine.connect() as connection:
                raw: Any = connection.connection.dbapi_connection
                raw.execute(f"PRAGMA {pragma}").fetchall()
        except _FAILURES as error:
            raise store_error(error, self.name) from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _patiently(self, work: Callable[[Connection], T], *, write: bool) -> T:
        deadline = time.monotonic() + self.waits.server
        pause = 0.1
        while True:
            try:
                result = self._once(work, write=write)
            except _FAILURES as error:
                if isinstance(getattr(error, "orig", None), sqlite3.ProgrammingError):
                    raise  # a fault of ours, not of the database
                late = time.monotonic() + pause > deadline or not self._answered
                if self.is_sqlite or late or not is_passing(error):
                    raise store_error(error, self.name) from error
            else:
                self._answered = True
                return result
            self.engine.dispose()
            time.sleep(pause)
            pause = min(pause * 2, 2.0)

    def _once(self, work: Callable[[Connection], T], *, write: bool) -> T:
        with self.engine.connect().execution_options(**{_WRITE: write}) as connection, connection.begin():
            if not self.is_sqlite:
                self._start_postgres(connection, write=write)
            return work(connection)

    def _start_postgres(self, connection: Connection, *, write: bool) -> None:
        if not write:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            return
        connection.execute(text(f"SET LOCAL lock_timeout = {max(int(self.waits.lock * 1000), 1)}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))

    def _sqlite(self, path: Path, create: bool) -> Engine:
        if not path.exists():
            if not create:
                raise StoreError(f"{path}: there is no such database", code="store.missing")
            if not path.parent.is_dir():
                raise StoreError(f"{path}: the folder does not exist", code="store.missing")
        elif path.is_dir():
            raise StoreError(f"{path}: is a folder, not a database", code="store.damaged")

        def connect() -> sqlite3.Connection:
            source = path.absolute().as_uri() + ("?immutable=1" if _is_sealed(path) else "?mode=rwc")
            connection = sqlite3.connect(source, uri=True, timeout=self.waits.lock, check_same_thread=False)
            return _prepared(connection, self.waits)

        engine = create_engine("sqlite://", creator=connect, **_pool())
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _postgres(self, address: str) -> Engine:
        quiet = logging.getLogger("sqlalchemy.pool")  # it would print what a broken connection says when it is closed
        if not quiet.handlers:
            quiet.addHandler(logging.NullHandler())
        try:
            url = make_url(address)
        except ArgumentError as error:
            raise StoreError(f"{address}: not the address of a database", code="store.missing") from error
        url = url.set(drivername="postgresql+pg8000")
        return create_engine(url, pool_pre_ping=True, **_pool())


def sqlite_path(address: str | Path) -> Path | None:
    """Return the file of a SQLite address, None for a PostgreSQL one; StoreError for any other scheme."""
    if isinstance(address, Path):
        return address
    scheme, sign, rest = address.partition("://")
    if not sign:
        return Path(address)
    if scheme == "sqlite":
        return Path(rest.removeprefix("/"))
    if scheme.partition("+")[0] in ("postgresql", "postgres"):
        return None
    raise StoreError(f"{address}: neither a file nor postgresql://...", code="store.missing")


def _pool() -> dict[str, Any]:
    from sqlalchemy.pool import QueuePool

    return {"poolclass": QueuePool, "pool_size": 5, "max_overflow": 20, "json_serializer": None}


def _shown(address: str) -> str:
    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return address


def _is_sealed(path: Path) -> bool:
    """Say whether nobody here can write the file or beside it: then it has no log and is read as it is."""
    return path.exists() and not os.access(path, os.W_OK) and not os.access(path.parent, os.W_OK)


def _prepared(connection: sqlite3.Connection, waits: Waits) -> sqlite3.Connection:
    connection.isolation_level = None  # transactions are ours: see _begin_sqlite
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "cache_size=-32000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={int(waits.lock * 1000)}")
    return connection


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


__all__ = ["Database", "Waits", "sqlite_path"]
