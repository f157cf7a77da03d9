"""What a database can say when it fails, as a `StoreError` with a stable code and one line for people."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy.exc import DBAPIError, ResourceClosedError, TimeoutError

from isnad.errors import StoreError

#: SQLite's name of the failure (its longest known beginning counts) → code, message.
_SQLITE = {
    "SQLITE_BUSY": ("store.locked", "another program is writing to the database and does not let go"),
    "SQLITE_LOCKED": ("store.locked", "another program is writing to the database and does not let go"),
    "SQLITE_READONLY": ("store.readonly", "the database can be read but not written"),
    "SQLITE_FULL": ("store.full", "the disk is full; what was acknowledged is safe"),
    "SQLITE_IOERR_WRITE": ("store.full", "the disk takes no more; what was acknowledged is safe"),
    "SQLITE_IOERR": ("store.unreachable", "the disk cannot be read or written"),
    "SQLITE_CANTOPEN": ("store.unreachable", "the file cannot be opened"),
    "SQLITE_NOTADB": ("store.damaged", "the file is not an isnad database"),
    "SQLITE_CORRUPT": ("store.damaged", "the database is damaged; restore a backup (isnad db check shows where)"),
}
#: SQLSTATE of PostgreSQL (its longest known beginning counts) → code, message.
_POSTGRES = {
    "53100": ("store.full", "the disk of the server is full; what was acknowledged is safe"),
    "53": ("store.unreachable", "the server has no room for another connection"),
    "25006": ("store.readonly", "the database can be read but not written"),
    "42501": ("store.readonly", "this user may not do that in this database"),
    "55P03": ("store.locked", "another program is writing to the database and does not let go"),
    "57014": ("store.locked", "the server broke off a statement that took too long"),
    "40": ("store.locked", "another program was writing to the same rows"),
    "57P": ("store.unreachable", "the server is shutting down or starting"),
    "08": ("store.unreachable", "the connection to the server broke"),
    "28": ("store.unreachable", "the server does not let this user in"),
    "3D": ("store.unreachable", "the server has no database of this name"),
    "XX001": ("store.damaged", "the database is damaged"),
    "XX002": ("store.damaged", "an index of the database is damaged"),
}
_PASSING = frozenset({"57P", "08", "40", "53"})


def store_error(error: Exception, name: str) -> StoreError:
    """Return what `error` means for the database called `name`; the driver's own words follow in brackets."""
    code, message = _meaning(error)
    detail = " ".join(_detail(error).split())
    return StoreError(f"{name}: {message} ({detail[:200]})" if detail else f"{name}: {message}", code=code)


def is_passing(error: Exception) -> bool:
    """Say whether the same transaction may succeed a little later: the connection broke, or a rival was first."""
    if isinstance(error, TimeoutError) or _is_network(error):  # the driver lets the socket's own errors through
        return True
    if isinstance(error, DBAPIError) and (error.connection_invalidated or _is_network(error.orig)):
        return True
    if isinstance(error, ResourceClosedError):  # the driver closed the connection in the middle of a transaction
        return True
    return _known(_sqlstate(error), _POSTGRES)[0] in _PASSING


def _meaning(error: Exception) -> tuple[str, str]:
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, sqlite3.Error):
        name = getattr(origin, "sqlite_errorname", None) or ""
        found = _known(name, _SQLITE)[1]
        return found or ("store.damaged", "the database does not answer as an isnad database does")
    found = _known(_sqlstate(error), _POSTGRES)[1]
    if found:
        return found
    if is_passing(error) or _is_network(origin):
        return "store.unreachable", "the server cannot be reached"
    return "store.damaged", "the database does not answer as an isnad database does"


def _known(name: str, table: dict[str, tuple[str, str]]) -> tuple[str, tuple[str, str] | None]:
    for length in range(len(name), 1, -1):
        if name[:length] in table:
            return name[:length], table[name[:length]]
    return "", None


def _sqlstate(error: Exception) -> str:
    """Return the SQLSTATE in a pg8000 error, whose only argument is the server's fields by letter."""
    origin: Any = error.orig if isinstance(error, DBAPIError) else error
    fields = origin.args[0] if getattr(origin, "args", ()) else None
    return str(fields.get("C", "")) if isinstance(fields, dict) else ""


def _is_network(origin: object) -> bool:
    import pg8000.exceptions

    if isinstance(origin, OSError):
        return True
    return isinstance(origin, pg8000.exceptions.InterfaceError)


def _detail(error: Exception) -> str:
    origin: Any = error.orig if isinstance(error, DBAPIError) else error
    fields = origin.args[0] if getattr(origin, "args", ()) else ""
    return str(fields.get("M", "")) if isinstance(fields, dict) else str(fields)


__all__ = ["is_passing", "store_error"]
