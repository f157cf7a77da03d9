"""Many rows in few round trips: ids handed out beforehand, rows written in one statement a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, text, update

Row = dict[str, Any]


def new_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Return `count` ids for rows of `table` that no other transaction gets."""
    if not count:
        return []
    if connection.dialect.name == "sqlite":  # the only writer, as its transaction began with BEGIN IMMEDIATE
        last = connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table.name}").scalar_one()
        return list(range(last + 1, last + 1 + count))
    query = text(f"SELECT nextval('{table.name}_id_seq') FROM generate_series(1, {int(count)})")
    return list(connection.execute(query).scalars())


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row], *, or_ignore: bool = False) -> None:
    """Write rows that all have the same keys; with `or_ignore`, rows that are there already are left alone."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        keys = tuple(rows[0])
        values = itemgetter(*keys) if len(keys) > 1 else lambda row: (row[keys[0]],)
        connection.exec_driver_sql(_insert(table.name, keys, or_ignore), [values(row) for row in rows])
        return
    connection.execute(text(_from_json(table, tuple(rows[0]), or_ignore)), {"rows": as_json(rows)})


@cache
def _insert(name: str, keys: tuple[str, ...], or_ignore: bool) -> str:
    """Build the statement as SQLite's driver takes it: a third quicker than naming every value of every row."""
    columns = ", ".join(f'"{key}"' for key in keys)
    return f"INSERT {'OR IGNORE ' if or_ignore else ''}INTO {name} ({columns}) VALUES ({', '.join('?' for _ in keys)})"


def update_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Set the columns of rows, found by their `id`; all rows have the same keys."""
    if not rows:
        return
    keys = [key for key in rows[0] if key != "id"]
    if connection.dialect.name == "sqlite":
        renamed = [{f"new_{key}": value for key, value in row.items()} for row in rows]
        values: dict[str, Any] = {key: bindparam(f"new_{key}") for key in keys}
        connection.execute(update(table).where(table.c.id == bindparam("new_id")).values(values), renamed)
        return
    connection.execute(text(_update_from_json(table, tuple(keys))), {"rows": as_json(rows)})


@cache
def _update_from_json(table: Table, keys: tuple[str, ...]) -> str:
    types = ", ".join(f'"{key}" {_JSON_TYPES[type(table.c[key].type).__name__]}' for key in ("id", *keys))
    changes = ", ".join(f'"{key}" = given."{key}"' for key in keys)
    source = f"json_to_recordset(CAST(:rows AS json)) AS given({types})"
    return f"UPDATE {table.name} SET {changes} FROM {source} WHERE {table.name}.id = given.id"


def as_json(rows: Iterable[Row]) -> str:
    """Return rows as the one JSON text that PostgreSQL reads with json_to_recordset."""
    return msgspec.json.encode(list(rows)).decode()


@cache
def _from_json(table: Table, keys: tuple[str, ...], or_ignore: bool) -> str:
    """Build an INSERT that reads its rows from one JSON parameter: the quickest way through one round trip."""
    columns = ", ".join(f'"{key}"' for key in keys)
    types = ", ".join(f'"{key}" {_JSON_TYPES[type(table.c[key].type).__name__]}' for key in keys)
    values = ", ".join(
        f"decode(\"{key}\", 'base64')" if type(table.c[key].type).__name__ == "LargeBinary" else f'"{key}"'
        for key in keys
    )
    tail = " ON CONFLICT DO NOTHING" if or_ignore else ""
    source = f"json_to_recordset(CAST(:rows AS json)) AS given({types})"
    return f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {source}{tail}"


_JSON_TYPES = {
    "BigInteger": "bigint",
    "Integer": "integer",
    "Text": "text",
    "Boolean": "boolean",
    "Double": "double precision",
    "LargeBinary": "text",  # msgspec writes bytes in base64
}

__all__ = ["Row", "as_json", "insert_rows", "new_ids", "update_rows"]
