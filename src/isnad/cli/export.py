"""`isnad export` and `isnad import`: incidents, claims, events and articles to other formats, and incidents back."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, BinaryIO, TextIO

import typer

from isnad.cli.export_source import Origin, incidents_in, keep_incidents
from isnad.cli.open_store import Db, opened
from isnad.errors import Fault, UsageError
from isnad.export.atomic import atomic_bytes, atomic_text
from isnad.export.incidents import (
    IncidentWriter,
    article_writer,
    check_format,
    claims_writer,
    incident_writer,
    left_out,
    write_all,
)
from isnad.model.incidents import Incident

SKIPPED = 3
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write here; the file appears whole, when all is done.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("export")(export)
    app.command("import")(import_)


def export(
    format_: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="jsonl, csv, package, geojson, acled, ged, polecat, html or parquet."),
    ],
    what: Annotated[str, typer.Option(help="incidents, claims, events or articles.")] = "incidents",
    output: Output = None,
    db: Db = None,
    source: Annotated[
        Path | None, typer.Option("--from", help="Incidents from this JSONL file instead of the store.")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(help="Coded articles from this JSONL file instead of the store.")
    ] = None,
    incident: Annotated[list[str] | None, typer.Option(help="Only the incident of this id; repeatable.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
) -> int:
    """Write incidents, claims, events or articles in FORMAT.

    What a format cannot say is left blank; the claims keep it.  With -o, acled writes FILE.claims.csv beside FILE:
    every claim keyed by event_id_cnty, and why a column is blank.  package makes a folder of two CSV files and
    datapackage.json.  Exit status 3 when a line of the input was left out.

    \b
    Examples:
      isnad export geojson -o incidents.geojson
      isnad export acled -o acled.csv --db news.db
      isnad export html --from incidents.jsonl --articles events.jsonl --incident i-17 -o i-17.html
    """
    check_format(what, format_)
    origin = Origin(incidents=source, articles=articles, db=db, only=incident or ())
    if format_ == "package":
        _package(origin, output)
        refused: Counter[str] = Counter()
    elif format_ == "parquet":
        refused = _parquet(origin, what, output)
    elif what in ("events", "articles"):
        with _opened(output) as stream:
            _articles(origin, what, format_, stream)
        refused = Counter()
    elif format_ == "acled":
        refused = _acled(origin, what, output)
    else:
        refused = _incidents(origin, what, format_, output)
    if not quiet:
        _summary(origin, "article" if what in ("events", "articles") else "incident", refused)
    return SKIPPED if origin.skipped else 0


def _incidents(origin: Origin, what: str, format_: str, output: Path | None) -> Counter[str]:
    behind = origin.behind() if format_ == "html" else {}
    writer = (
        claims_writer() if what == "claims" else incident_writer(format_, articles=behind.get, version=version("isnad"))
    )
    with _opened(output) as stream:
        write_all(writer, origin.incidents(), stream)
    return left_out(writer)


def _acled(origin: Origin, what: str, output: Path | None) -> Counter[str]:
    """Write the events, the claims keyed by them, or both into two files: the incidents are gone through twice."""
    from isnad.export.acled import AcledWriter
    from isnad.export.claims_csv import AcledClaimsWriter

    events = AcledWriter(stamp=int(time.time()))
    with ExitStack() as stack:
        if what == "incidents":
            write_all(events, origin.incidents(), stack.enter_context(_opened(output)))
            beside = output.with_suffix(".claims.csv") if output is not None else None
        else:
            for one in origin.incidents():
                events.incident(one)
            beside = output
        if what == "claims" or beside is not None:
            claims: IncidentWriter = AcledClaimsWriter(events.sheet())
            write_all(claims, origin.incidents(), stack.enter_context(_opened(beside)))
    return events.left_out


def _articles(origin: Origin, what: str, format_: str, stream: TextIO) -> None:
    writer = article_writer(what, format_, version=version("isnad"))
    stream.write(writer.begin())
    for coded in origin.articles():
        stream.write(writer.article(coded))
    stream.write(writer.end())


def _package(origin: Origin, output: Path | None) -> None:
    from isnad.export.datapackage import write_package

    if output is None:
        raise UsageError("package is a folder: name it with -o")
    write_package(origin.incidents(), output)


def _parquet(origin: Origin, what: str, output: Path | None) -> Counter[str]:
    from isnad.export.parquet import write_claims, write_events, write_incidents

    if output is None:
        raise UsageError("parquet is binary: name a file with -o")
    writers: dict[str, Callable[[BinaryIO], None]] = {
        "incidents": lambda stream: write_incidents(origin.incidents(), stream),
        "claims": lambda stream: write_claims(origin.incidents(), stream),
        "events": lambda stream: write_events(origin.articles(), stream),
    }
    with atomic_bytes(output) as stream:
        writers[what](stream)
    return Counter()


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        sys.stdout.flush()
    else:
        with atomic_text(output) as stream:
            yield stream


def _summary(origin: Origin, noun: str, refused: Counter[str]) -> None:
    parts = [f"{origin.count:,} {noun}{'' if origin.count == 1 else 's'}"]
    if refused:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(refused.items()))
        parts.append(f"{refused.total():,} have no place in this format ({reasons})")
    if origin.skipped:
        parts.append(f"{origin.skipped:,} lines skipped")
    print(f"isnad: {', '.join(parts)}", file=sys.stderr)


def import_(
    file: Annotated[Path, typer.Argument(help="Incidents as JSONL, as isnad export jsonl writes them.")],
    db: Db = None,
    check: Annotated[bool, typer.Option("--check", help="Only read it and say what is wrong; store nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
) -> int:
    """Restore incidents that `isnad export jsonl` wrote, under the ids they have.

    Lines that are no incident are named and left out (exit status 3); the rest is stored.

    \b
    Examples:
      isnad import incidents.jsonl --db news.db
      isnad import incidents.jsonl --check
    """
    faults: list[Fault] = []
    incidents = _sound(file, faults)
    if check:
        count = sum(1 for _ in incidents)
    else:
        with opened(db, create=True) as store:
            count = keep_incidents(store, incidents)
    if not quiet:
        skipped = f", {len(faults):,} lines skipped" if faults else ""
        print(f"isnad: {count:,} incident{'' if count == 1 else 's'}{skipped}", file=sys.stderr)
    return SKIPPED if faults else 0


def _sound(file: Path, faults: list[Fault]) -> Iterator[Incident]:
    for result in incidents_in(file):
        if isinstance(result, Fault):
            faults.append(result)
            print(f"isnad: {result}", file=sys.stderr)
        else:
            yield result


__all__ = ["export", "import_", "register"]
