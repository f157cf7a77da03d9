"""`isnad watch`: follows the feeds on the list, and stores and codes what they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from isnad.cli.add import coder_of, fetcher_of, opened, told
from isnad.cli.storing import DATABASE, Db, Lexicon, Quiet, Report
from isnad.cli.weighing import Weigh, weigh, weigher_of
from isnad.errors import UsageError

if TYPE_CHECKING:
    from isnad.ingest.watch import Batch


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("watch")(watch)


def watch(
    db: Db = DATABASE,
    once: Annotated[bool, typer.Option("--once", help="Visit the feeds that are due now, and end.")] = False,
    every: Annotated[
        float | None, typer.Option(help="Seconds between two visits of a feed, where the feed asks for no more.", min=1)
    ] = None,
    code: Annotated[bool, typer.Option("--code/--no-code", help="Code at once, or leave it to isnad recode.")] = True,
    incidents: Weigh = True,
    lexicon: Lexicon = None,
    report: Report = None,
    quiet: Quiet = False,
    allow_loopback: Annotated[bool, typer.Option("--allow-loopback", hidden=True)] = False,
) -> int:
    """Follow the feeds on the list until Ctrl-C: fetch what is new in them, code it, store it.

    Feeds are put on the list by isnad feeds add; it may change while this runs.  Servers are asked politely: their
    robots.txt and pauses hold, what has not changed is not sent again, and who fails is asked less often.

    \b
    Examples:
      isnad watch
      isnad watch --once
      isnad watch --every 600 --db postgresql://me@localhost/news
    """
    from isnad.cli.telling import Teller, status_of
    from isnad.ingest.watch import watch as visits
    from isnad.intake.follow import follow
    from isnad.settings import settings_from

    settings = settings_from()
    if every is not None:
        settings = msgspec.structs.replace(settings, fetch=msgspec.structs.replace(settings.fetch, feed_seconds=every))
    teller = Teller(quiet=quiet, report=report)
    with opened(db, patient=True) as store:
        if not store.feeds():
            raise UsageError("there is no feed on the list; put one there with: isnad feeds add ADDRESS")
        coder = coder_of(lexicon, settings)[0]() if code else None
        weigher = weigher_of(store) if incidents else None
        with (
            told(teller, store.name, again="run isnad watch again to go on"),
            teller.telling() as tally,
            fetcher_of(settings, loopback=allow_loopback) as fetcher,
        ):

            def tell(visit: Batch) -> None:
                if visit.done and not quiet:
                    teller.line(f"isnad: {visit.feed.address}: {visit.feed.message or 'visited'}")
                if weigher is not None and visit.incoming:
                    weigh(store, quiet=True, weigher=weigher)

            batches = visits(store.feeds, fetcher=fetcher, known=store.holds, once=once)
            follow(batches, store=store, coder=coder, tally=tally, on_visit=tell)
    return status_of(teller.tally)


__all__ = ["register", "watch"]
