"""A consistent copy in a new SQLite file, while others write."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select, tuple_

from isnad.errors import StoreError
from isnad.store import migrate
from isnad.store.bulk import Row, insert_rows
from isnad.store.engine import Database
from isnad.store.faults import store_error
from isnad.store.fulltext import add_words
from isnad.store.schema import metadata, texts, versions

_PAGE = 500


def backup(database: Database, path: Path) -> Path:
    """Copy `database` into `path`; the file appears under its name when it is whole."""
    if path.exists():
        raise StoreError(f"{path}: there is a file of this name already", code="store.readonly")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder does not exist", code="store.missing")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if database.is_sqlite:
            database.read(lambda connection: _copy_file(connection, part))
        else:
            database.read(lambda connection: _copy_tables(connection, part))
        os.link(part, path)  # fails where another took the name meanwhile, instead of overwriting
    except FileExistsError as error:
        raise StoreError(f"{path}: there is a file of this name already", code="store.readonly") from error
    except (OSError, sqlite3.Error) as error:
        raise store_error(error, str(path)) from error
    finally:
        _remove(part)
    return path


def _remove(part: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            part.with_name(part.name + suffix).unlink()


def _copy_file(connection: Connection, part: Path) -> None:
    """Use SQLite's online backup: all pages in one step are one state of the file, and writers go on in the log."""
    source: Any = connection.connection.dbapi_connection
    _remove(part)
    target = sqlite3.connect(part)
    try:
        source.backup(target, pages=-1)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()


def _copy_tables(connection: Connection, part: Path) -> None:
    """Copy a PostgreSQL database table by table, all as of one snapshot; the index is made anew."""
    _remove(part)
    target = Database(part)
    try:
        migrate.upgrade(target)
        for table in metadata.sorted_tables:
            for rows in _pages(connection, table):
                target.write(lambda into, table=table, rows=rows: insert_rows(into, table, rows))  # type: ignore[misc]
        _index(target)
        target.write(lambda into: into.exec_driver_sql("ANALYZE"))
        target.finish()
    finally:
        target.close()


def _pages(connection: Connection, table: Table) -> Any:
    """Yield the rows of a table in pages, in the order of its key."""
    key = list(table.primary_key.columns)
    query = select(table).order_by(*key).limit(_PAGE)
    rows: list[Row] = [dict(row._mapping) for row in connection.execute(query)]
    while rows:
        yield rows
        last = tuple(rows[-1][column.name] for column in key)
        beyond = query.where(tuple_(*key) > tuple_(*last))
        rows = [dict(row._mapping) for row in connection.execute(beyond)]


def _index(target: Database) -> None:
    after = 0
    query = select(versions.c.id, versions.c.title, texts.c.text).join(texts, texts.c.version == versions.c.id)
    while True:
        page = query.where(versions.c.id > after).order_by(versions.c.id).limit(_PAGE)
        rows = target.read(lambda connection, page=page: connection.execute(page).all())  # type: ignore[misc]
        if not rows:
            return
        words = [(row.id, f"{row.title or ''}\n{row.text}") for row in rows]
        target.write(lambda into, words=words: add_words(into, words))  # type: ignore[misc]
        after = rows[-1].id


__all__ = ["backup"]
