"""`isnad db check | stats | backup | upgrade`: care for the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isnad.cli.open_store import Db, To, format_of, opened

if TYPE_CHECKING:
    from isnad.store import Stats


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    group = typer.Typer(help="Care for the store.", no_args_is_help=True, rich_markup_mode=None)
    for command in (check, stats, backup, upgrade):
        group.command(command.__name__)(command)
    app.add_typer(group, name="db")


def check(db: Db = None) -> int:
    """Verify everything in the store: keys, hashes, every span inside its text, orphans, the search index.

    Nothing is written.  Exit status: 0 all is well, 1 something is wrong (one line each).

    \b
    Examples:
      isnad db check
      isnad db check --db postgresql://user@host/isnad
    """
    found = 0
    with opened(db) as store, _busy("checking"):
        for finding in store.check():
            found += 1
            print(finding)
        print(f"{store.name}: {f'{found:,} findings' if found else 'all is well'}")
    return 1 if found else 0


def stats(db: Db = None, to: To = "table") -> int:
    """Show what is in the store.

    \b
    Examples:
      isnad db stats
      isnad db stats --to jsonl
    """
    format_of(to)
    with opened(db) as store:
        found = store.stats()
        if to == "jsonl":
            import msgspec

            print(msgspec.json.encode(found).decode())
        else:
            print("\n".join(_lines(store.name, found)))
    return 0


def _lines(name: str, found: Stats) -> Iterator[str]:
    days = f"{found.first_day} to {found.last_day}" if found.first_day else "none known"
    yield f"{name}: {found.bytes / 1e6:,.1f} MB, schema {found.revision}"
    yield f"articles   {found.articles:>10,}  ({found.versions:,} versions from {found.addresses:,} addresses)"
    yield f"days       {days}{f', {found.without_day:,} without a day' if found.without_day else ''}"
    yield f"coded      {found.coded:>10,}  ({found.uncoded:,} not yet)"
    yield f"events     {found.events:>10,}"
    yield f"raw bytes  {found.raws:>10,}  ({found.raw_bytes / 1e6:,.1f} MB before compression)"
    yield f"feeds      {found.feeds:>10,}"
    yield f"outlets    {found.outlets:>10,}"
    for title, counts in (("coder", found.coders), ("type", found.types), ("outlet", found.largest_outlets)):
        for key, count in counts:
            yield f"  {title:<7}{count:>10,}  {key}"


def backup(path: Annotated[Path, typer.Argument(help="A new file.")], db: Db = None) -> int:
    """Make a consistent copy of the store in a new SQLite file, also while others write to it.

    The copy is a store like any other: name it with --db to read it.

    \b
    Examples:
      isnad db backup isnad-2026-01-31.db
      isnad db backup copy.db --db postgresql://user@host/isnad
    """
    with opened(db) as store, _busy("copying"):
        made = store.backup(path)
    print(f"{made}: {made.stat().st_size / 1e6:,.1f} MB")
    return 0


def upgrade(db: Db = None) -> int:
    """Bring a store made by an older isnad to this one's schema.  Make a backup first.

    \b
    Examples:
      isnad db upgrade --db isnad.db
    """
    with opened(db, upgrade=True) as store:
        print(f"{store.name}: schema {store.stats().revision}, the newest")
    return 0


@contextmanager
def _busy(what: str) -> Iterator[None]:
    """Show that work goes on, where somebody watches."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


__all__ = ["backup", "check", "register", "stats", "upgrade"]
