"""`isnad list`, `isnad show`, `isnad search`: reading the store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

import typer

from isnad.cli.choices import one
from isnad.cli.open_store import Db, To, format_of, opened
from isnad.errors import UsageError
from isnad.ingest.jsonl import Refusal, day_of
from isnad.model.plover import STATUSES, TYPES

if TYPE_CHECKING:
    from isnad.store import Filter

_PAGE = 500

From = Annotated[str | None, typer.Option("--from", help="From this day on (YYYY-MM-DD).")]
Until = Annotated[str | None, typer.Option("--until", help="Until this day, itself included (YYYY-MM-DD).")]
Type = Annotated[str | None, typer.Option(help="PLOVER type, such as assault.")]
Party = Annotated[str | None, typer.Option(help="Neutral id of an actor or recipient (isnad lexicon shows them).")]
Place = Annotated[
    str | None, typer.Option(help="Name in Arabic or Latin letters, gazetteer id, or country code such as SYR.")
]
Outlet = Annotated[str | None, typer.Option(help="Outlet's id.")]
Status = Annotated[str | None, typer.Option(help="actual, denied, planned or hypothetical.")]
Limit = Annotated[int, typer.Option(help="At most so many; 0 for all.", min=0)]
After = Annotated[str | None, typer.Option(help="Continue after this cursor (the last one of the page before).")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("list")(list_)
    app.command("show")(show)
    app.command("search")(search)


def list_(
    what: Annotated[str, typer.Argument(help="articles or events.")] = "articles",
    day_from: From = None,
    day_to: Until = None,
    type: Type = None,
    party: Party = None,
    place: Place = None,
    outlet: Outlet = None,
    status: Status = None,
    text: Annotated[str | None, typer.Option(help="Words that the article must hold, as for isnad search.")] = None,
    limit: Limit = 50,
    after: After = None,
    to: To = "table",
    db: Db = None,
) -> int:
    """List articles or events of the store, the newest day first.

    Several filters must all hold; for articles, those on events must hold of one and the same event.

    \b
    Examples:
      isnad list
      isnad list events --type assault --place حلب --from 2015-07-01
      isnad list events --party SYR.mil --status denied --to jsonl --limit 0
    """
    from isnad.cli.browse_text import article_lines, event_lines

    if what not in ("articles", "events"):
        raise UsageError(f"list what? articles or events, not {what!r}")
    wanted = _filter(day_from, day_to, type=type, party=party, place=place, outlet=outlet, status=status, text=text)
    format_of(to)
    with opened(db) as store:
        if what == "articles":
            rows = _paged(lambda cursor, size: store.articles(wanted, after=cursor, limit=size), after, limit)
            _print(rows, article_lines, to=to, limit=limit)
        else:
            events = _paged(lambda cursor, size: store.events(wanted, after=cursor, limit=size), after, limit)
            _print(events, event_lines, to=to, limit=limit)
    return 0


def search(
    words: Annotated[list[str], typer.Argument(help="Words that must all be there, in any spelling.")],
    day_from: From = None,
    day_to: Until = None,
    type: Type = None,
    party: Party = None,
    place: Place = None,
    outlet: Outlet = None,
    status: Status = None,
    limit: Limit = 20,
    after: After = None,
    to: To = "table",
    db: Db = None,
) -> int:
    """Search the articles of the store; the words found are marked.  The last added come first.

    Words are found with any clitics and in any spelling: القصف finds والقصف.  Quoted twice, they must follow each
    other: '"القصف الجوي"'.  A star stands for any ending: طائر*.

    \b
    Examples:
      isnad search قصف حلب
      isnad search '"مجلس الأمن"' --from 2015-07-01 --to jsonl
    """
    from isnad.cli.browse_text import hit_lines

    wanted = _filter(day_from, day_to, type=type, party=party, place=place, outlet=outlet, status=status)
    format_of(to)
    query = " ".join(words)
    with opened(db) as store:
        hits = _paged(lambda cursor, size: store.search(query, wanted, after=cursor, limit=size), after, limit)
        _print(hits, hit_lines, to=to, limit=limit)
    return 0


def show(
    article: Annotated[int, typer.Argument(help="The article's number, as isnad list shows it.", min=1)],
    coder: Annotated[str | None, typer.Option(help="Show what this coder made of it, not the coding in use.")] = None,
    to: To = "table",
    db: Db = None,
) -> int:
    """Show one article: where it stood, its versions, its text, and what was coded in it.

    \b
    Examples:
      isnad show 12
      isnad show 12 --to jsonl
    """
    format_of(to)
    with opened(db) as store:
        found = store.article(article)
    if to == "jsonl":
        import msgspec

        print(msgspec.json.encode(found).decode())
        return 0
    from isnad.cli.browse_text import stored_lines

    print("\n".join(stored_lines(found, coder=coder, colour=sys.stdout.isatty())))
    return 0


def _filter(day_from: str | None, day_to: str | None, **given: str | None) -> Filter:
    from isnad.store import Filter

    return Filter(
        day_from=_day(day_from, "--from"),
        day_to=_day(day_to, "--until"),
        place=names_of(given.pop("place", None)),
        type=one(given.pop("type", None), TYPES, "--type"),
        status=one(given.pop("status", None), STATUSES, "--status"),
        **given,
    )


def names_of(place: str | None) -> tuple[str, ...] | None:
    """Return all names under which the store may have a place that somebody asks for, in Arabic or Latin letters."""
    if place is None or not place.strip():
        return None
    from isnad.lexicon.gazetteer_names import PlaceNames
    from isnad.settings import settings_from

    return PlaceNames(settings_from().places_dir).of(place.strip())


def _day(value: str | None, option: str) -> str | None:
    try:
        return day_of(value)
    except Refusal as refusal:
        raise UsageError(f"{option}: {refusal}") from None


class _Row(Protocol):
    @property
    def cursor(self) -> str: ...


R = TypeVar("R", bound=_Row)


def _paged(page: Callable[[str | None, int], list[R]], after: str | None, limit: int) -> Iterator[R]:
    """Yield rows page by page until there are no more, or `limit` (0: none) of them."""
    left = limit
    while rows := page(after, min(left, _PAGE) if limit else _PAGE):
        yield from rows
        after, left = rows[-1].cursor, left - len(rows)
        if limit and left <= 0:
            return


def _print(rows: Iterator[R], lines: Callable[[R, bool], Sequence[str]], *, to: str, limit: int) -> None:
    """Print rows as they come; a table ends with how to continue."""
    import msgspec

    count, last = 0, ""
    encoder = msgspec.json.Encoder()
    for row in rows:
        count, last = count + 1, row.cursor
        print(encoder.encode(row).decode() if to == "jsonl" else "\n".join(lines(row, sys.stdout.isatty())))
    if to == "jsonl":
        return
    more = f"; for more: --after {last}" if limit and count == limit else ""
    print(f"isnad: {count:,} shown{more}", file=sys.stderr)


__all__ = ["list_", "names_of", "register", "search", "show"]
