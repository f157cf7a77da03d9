"""The `--db` option and opening the store that it names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from isnad.errors import UsageError
from isnad.settings import settings_from

if TYPE_CHECKING:
    from isnad.store import Store

Db = Annotated[
    str | None,
    typer.Option("--db", help="The store: a file, or postgresql://user@host/name. Else ISNAD_DB, else isnad.db."),
]
To = Annotated[str, typer.Option("--to", help="Format: table, jsonl.")]


@contextmanager
def opened(db: str | None, *, create: bool = False, upgrade: bool = False) -> Iterator[Store]:
    """Open the store named on the command line, else by the settings, for the block."""
    from isnad.store import Store  # only here: the other commands start without the database library

    with Store.open(db or settings_from().db, create=create, upgrade=upgrade) as store:
        yield store


def format_of(to: str) -> str:
    """Return the format asked for; UsageError for an unknown one."""
    if to not in ("table", "jsonl"):
        raise UsageError(f"unknown format {to!r}; one of table, jsonl")
    return to


__all__ = ["Db", "To", "format_of", "opened"]
