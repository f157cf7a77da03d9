"""`isnad add`: reports from files, archives and addresses into the store, coded at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isnad.cli.code import given_day
from isnad.cli.storing import BATCH, DATABASE, Batch, Db, Lexicon, Quiet, Report, Workers
from isnad.cli.weighing import Weigh, weigh
from isnad.errors import IsnadError, UsageError

if TYPE_CHECKING:
    from isnad.cli.telling import Teller
    from isnad.ingest.fetch import Fetcher
    from isnad.ingest.origin import Item
    from isnad.ingest.sources import Asked
    from isnad.scale.many import MakeCoder
    from isnad.settings import Settings
    from isnad.store import Store

_HOUR = 3600.0
_LARGE = 1_000  # reports added, from which the database is told that it has grown


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("add")(add)


def add(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, addresses, lists of addresses, or - for standard input.")
    ],
    db: Db = DATABASE,
    columns: Annotated[
        str | None,
        typer.Option("--map", help="Columns of a table: text=body,published=date,... (CSV and JSONL)."),
    ] = None,
    day_format: Annotated[
        str | None, typer.Option(help="How a table writes days, e.g. %d/%m/%Y; otherwise ISO days.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of reports that do not state theirs.")] = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication (YYYY-MM-DD) of reports that do not state it.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--as", help="What the files are: text, html, jsonl, json, csv, telegram, warc, urls."),
    ] = None,
    feed: Annotated[bool, typer.Option("--feed", help="The addresses are feeds: put them on the list.")] = False,
    code: Annotated[bool, typer.Option("--code/--no-code", help="Code at once, or leave it to isnad recode.")] = True,
    incidents: Weigh = True,
    workers: Workers = 0,
    lexicon: Lexicon = None,
    report: Report = None,
    quiet: Quiet = False,
    allow_loopback: Annotated[bool, typer.Option("--allow-loopback", hidden=True)] = False,
    batch: Batch = BATCH,
) -> int:
    """Add reports to the store, and code them.

    What is stored already is known by its address and content and passed over, so that the same command can be run
    again at any time: it goes on where it was interrupted.  Each batch is in the store entirely or not at all.
    Exit status: 0 all taken, 3 something was skipped or failed, 2 not understood, 1 failed, 130 interrupted.

    \b
    Examples:
      isnad add pages/ --outlet enab-baladi
      isnad add archive.csv.gz --map text=body,published=date --day-format %d/%m/%Y
      isnad add result.json crawl.warc.gz articles.jsonl
      isnad add https://news.example/2026/01/report.html
      isnad add https://news.example/rss --feed
    """
    from isnad.ingest.columns import columns_from
    from isnad.ingest.sources import Asked
    from isnad.settings import settings_from

    settings = settings_from()
    asked = Asked(
        kind=kind,
        published=given_day(published),
        outlet=outlet,
        columns=columns_from(columns, day_format=day_format),
        limit=settings.max_article_bytes,
    )
    if feed:
        from isnad.cli.feeds import add as add_feeds

        return add_feeds(sources, db=db)
    with opened(db) as store:
        return _add(
            sources,
            asked,
            store=store,
            make_coder=coder_of(lexicon, settings)[0] if code else None,
            workers=workers,
            settings=settings,
            loopback=allow_loopback,
            report=report,
            quiet=quiet,
            batch=batch,
            incidents=incidents,
        )


def _add(
    sources: Sequence[str],
    asked: Asked,
    *,
    store: Store,
    make_coder: MakeCoder | None,
    workers: int,
    settings: Settings,
    loopback: bool,
    report: Path | None,
    quiet: bool,
    batch: int,
    incidents: bool,
) -> int:
    from isnad.cli.telling import Teller, status_of
    from isnad.ingest.meter import Meter
    from isnad.ingest.sources import is_slow, read_sources
    from isnad.intake import Plan, take_in

    meter = Meter()
    teller = Teller(total=_total(sources), position=meter.worked, quiet=quiet, report=report)

    def fetch(addresses: Sequence[str]) -> Iterator[Item]:
        from isnad.ingest.fetch_collect import collect

        with fetcher_of(settings, loopback=loopback) as fetcher:
            yield from collect(addresses, fetcher=fetcher)

    with told(teller, store.name), teller.telling() as tally:
        items = read_sources(sources, asked, meter=meter, fetch=fetch)
        plan = Plan(workers=workers, batch=batch, slow=is_slow(sources, asked))
        take_in(items, store=store, make_coder=make_coder, plan=plan, tally=tally)
        if tally.outcomes["added"] >= _LARGE:
            store.settle()
    if incidents:
        weigh(store, quiet=quiet, workers=workers)
    return status_of(teller.tally)


def _total(sources: Sequence[str]) -> int:
    from isnad.ingest.meter import total_of
    from isnad.ingest.sources import WEB, files_in

    paths = [Path(source) for source in sources if not WEB.match(source)]
    files = [file for path in paths for file in (files_in(path) if path.is_dir() else [path])]
    return total_of(files, sum(WEB.match(source) is not None for source in sources))


@contextmanager
def opened(db: str, *, create: bool = True, patient: bool = False) -> Iterator[Store]:
    """Open the store for the block; a `patient` one waits an hour for a server or a lock, for work without an end."""
    from isnad.store import Store, Waits

    with Store.open(db, create=create, waits=Waits(lock=_HOUR, server=_HOUR) if patient else Waits()) as store:
        yield store


def coder_of(lexicon: Sequence[Path] | None, settings: Settings) -> tuple[MakeCoder, str]:
    """Return what makes the coder, and the version that its codings carry."""
    from isnad.cli.coders import coder_maker
    from isnad.intake.stamp import stamped

    make = coder_maker(lexicon, settings)
    return stamped(make, lexicon=lexicon or (), places_dir=settings.places_dir)


@contextmanager
def fetcher_of(settings: Settings, *, loopback: bool) -> Iterator[Fetcher]:
    """Make a fetcher for the block; `loopback` lets it reach this machine, for tests."""
    from isnad.ingest.fetch import Fetcher

    with Fetcher(limits=settings.fetch, allow_private=loopback) as fetcher:
        yield fetcher


@contextmanager
def told(teller: Teller, name: str, *, again: str = "run the same command again to go on") -> Iterator[None]:
    """Print the summary however the block ends; where it ends early, also say what is safe and how to go on."""
    try:
        yield
    except UsageError:
        raise
    except (KeyboardInterrupt, IsnadError):
        teller.summary()
        teller.line(f"isnad: stopped; {teller.tally.reports:,} reports are safe in {name}; {again}")
        raise
    teller.summary()


__all__ = ["add", "coder_of", "fetcher_of", "opened", "register", "told"]
