"""`isnad feeds add|list|remove`: the feeds that `isnad watch` follows."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from isnad.cli.storing import DATABASE, Db
from isnad.errors import UsageError

SKIPPED = 3


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    group = typer.Typer(help="The feeds that are followed.", no_args_is_help=True, rich_markup_mode=None)
    group.command("add")(add)
    group.command("list")(show)
    group.command("remove")(remove)
    app.add_typer(group, name="feeds")


Addresses = Annotated[list[str], typer.Argument(help="Addresses of RSS or Atom feeds, or files that list them.")]


def add(addresses: Addresses, db: Db = DATABASE) -> int:
    """Put feeds on the list; isnad watch reads them.

    \b
    Examples:
      isnad feeds add https://news.example/rss https://agency.example/atom.xml
      isnad feeds add feeds.urls
    """
    from isnad.cli.add import opened
    from isnad.ingest.polite import SystemClock, stamp
    from isnad.model.feeds import Feed

    wanted, faults = _normal(addresses)
    with opened(db) as store:
        new = [store.add_feed(Feed(address=one, added=stamp(SystemClock().now()))) for one in wanted]
        print(f"{sum(new):,} added, {len(new) - sum(new):,} on the list already; isnad watch follows them")
    return SKIPPED if faults else 0


def show(db: Db = DATABASE) -> int:
    """List the feeds: address, title, when each is due, and how its last visit went."""
    from isnad.cli.add import opened

    with opened(db, create=False) as store:
        for feed in store.feeds():
            due = feed.next_due or "now"
            state = f"failed {feed.failures} times; " if feed.failures else ""
            print(f"{feed.address}  {feed.title or ''}  due {due}  {state}{feed.message or ''}".rstrip())
    return 0


def remove(addresses: Addresses, db: Db = DATABASE) -> int:
    """Take feeds off the list; their reports stay in the store."""
    from isnad.cli.add import opened

    wanted, faults = _normal(addresses)
    with opened(db, create=False) as store:
        gone = [(one, store.remove_feed(one)) for one in wanted]
    for address in [one for one, was in gone if not was]:
        print(f"isnad: {address}: is not on the list [usage]", file=sys.stderr)
    print(f"{sum(was for _, was in gone):,} removed")
    return 0 if all(was for _, was in gone) and not faults else SKIPPED


def _normal(given: list[str]) -> tuple[list[str], bool]:
    """Return addresses in normal form, those of files in their place; what is no address is told."""
    from pathlib import Path

    from isnad.errors import Fault
    from isnad.ingest.addresses import parse_address
    from isnad.ingest.fetch_collect import read_address_list
    from isnad.ingest.fetch_errors import FetchError

    found: list[str] = []
    faults = False
    for text in given:
        if "://" not in text:
            for line in read_address_list(Path(text)):
                if isinstance(line, Fault):
                    faults = True
                    print(f"isnad: {line}", file=sys.stderr)
                else:
                    found.append(line)
            continue
        try:
            found.append(str(parse_address(text)))
        except FetchError as error:
            raise UsageError(f"{text}: {error}") from None
    return list(dict.fromkeys(found)), faults


__all__ = ["add", "register", "remove", "show"]
