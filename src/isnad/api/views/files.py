"""Exports: incidents, claims, events or articles that answer a filter, as files of every format."""

from __future__ import annotations

import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from isnad.errors import UsageError
from isnad.export.atomic import atomic_bytes, atomic_text
from isnad.export.incidents import (
    FORMATS,
    article_writer,
    check_format,
    claims_writer,
    incident_writer,
    left_out,
    write_all,
)
from isnad.model import CodedArticle
from isnad.model.incidents import Incident
from isnad.store import Store
from isnad.store.incident_records import IncidentFilter
from isnad.store.records import Filter

if TYPE_CHECKING:
    from isnad.api.desk import Desk

_PAGE = 500
#: What a file of a format is called at its end, and what a browser is told that it is.
ENDS = {
    "jsonl": ("jsonl", "application/jsonl; charset=utf-8"),
    "csv": ("csv", "text/csv; charset=utf-8"),
    "package": ("zip", "application/zip"),
    "geojson": ("geojson", "application/geo+json"),
    "acled": ("csv", "text/csv; charset=utf-8"),
    "ged": ("csv", "text/csv; charset=utf-8"),
    "polecat": ("tsv", "text/tab-separated-values; charset=utf-8"),
    "html": ("html", "text/html; charset=utf-8"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
}


class Made:
    """What stands in a file: how many things, and what the format could not say."""

    def __init__(self) -> None:
        self.count = 0
        self.left_out: Counter[str] = Counter()


def make_file(desk: Desk, path: Path, *, what: str, format_: str, wanted: IncidentFilter, articles: Filter) -> Made:
    """Write what answers to `path`; UsageError for a format that there is not, or not of this.

    `articles` is the filter for events and articles.
    """
    check_format(what, format_)
    made = Made()
    if what in ("events", "articles"):
        found: Callable[[], Iterator[CodedArticle]] = partial(_articles, desk, articles, made)
        if format_ == "parquet":
            from isnad.export.parquet import write_events

            with atomic_bytes(path) as stream:
                write_events(found(), stream)
        else:
            _write_articles(path, what, format_, found)
        return made
    incidents = partial(_incidents, desk.store, wanted, made)
    if format_ == "package":
        _package(path, incidents)
    elif format_ == "parquet":
        _parquet(path, what, incidents)
    elif format_ == "acled" and what == "claims":
        _acled_claims(path, incidents)
    else:
        _text(path, what, format_, incidents, desk.store, made)
    return made


def _incidents(store: Store, wanted: IncidentFilter, made: Made) -> Iterator[Incident]:
    made.count = 0
    after = None
    while cards := store.incidents.cards(wanted, after=after, limit=_PAGE):
        found = {one.id: one.incident for one in store.incidents.several([card.id for card in cards])}
        for card in cards:
            if card.id in found:
                made.count += 1
                yield found[card.id]
        after = cards[-1].cursor


def _articles(desk: Desk, wanted: Filter, made: Made) -> Iterator[CodedArticle]:
    made.count = 0
    after = None
    while rows := desk.store.articles(wanted, after=after, limit=_PAGE):
        for row in rows:
            coded = desk.store.article(row.article).coded
            if coded is not None:
                made.count += 1
                yield desk.laid_over(row.article, coded)
        after = rows[-1].cursor


def _text(
    path: Path, what: str, format_: str, incidents: Callable[[], Iterator[Incident]], store: Store, made: Made
) -> None:
    behind: dict[str, CodedArticle] = {}
    if format_ == "html":
        behind = _behind(store, incidents())
    if what == "claims":
        writer = claims_writer()
    else:
        writer = incident_writer(format_, articles=behind.get, version=version("isnad"), stamp=int(time.time()))
    with atomic_text(path) as stream:
        write_all(writer, incidents(), stream)
    made.left_out = left_out(writer)


def _behind(store: Store, incidents: Iterator[Incident]) -> dict[str, CodedArticle]:
    """Return the articles that incidents rest on; a page with more than some hundreds is no page."""
    ids: set[int] = set()
    for incident in incidents:
        ids |= {member.article for member in incident.members if member.article is not None}
        if len(ids) > 2_000:
            raise UsageError("a page holds at most 2,000 articles; narrow the filter, or export another format")
    return {stored.coded.doc_id: stored.coded for stored in store.incidents.articles(sorted(ids))}


def _acled_claims(path: Path, incidents: Callable[[], Iterator[Incident]]) -> None:
    from isnad.export.acled import AcledWriter
    from isnad.export.claims_csv import AcledClaimsWriter

    events = AcledWriter(stamp=int(time.time()))
    for one in incidents():
        events.incident(one)
    with atomic_text(path) as stream:
        write_all(AcledClaimsWriter(events.sheet()), incidents(), stream)


def _package(path: Path, incidents: Callable[[], Iterator[Incident]]) -> None:
    import tempfile

    from isnad.export.datapackage import write_package

    with tempfile.TemporaryDirectory(dir=path.parent) as folder, ExitStack() as stack:
        write_package(incidents(), Path(folder))
        stream: BinaryIO = stack.enter_context(atomic_bytes(path))
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).iterdir()):
                archive.write(file, file.name)


def _parquet(path: Path, what: str, incidents: Callable[[], Iterator[Incident]]) -> None:
    from isnad.export.parquet import write_claims, write_incidents

    with atomic_bytes(path) as stream:
        (write_claims if what == "claims" else write_incidents)(incidents(), stream)


def _write_articles(path: Path, what: str, format_: str, found: Callable[[], Iterator[CodedArticle]]) -> None:
    writer = article_writer(what, format_, version=version("isnad"))
    with atomic_text(path) as stream:
        stream.write(writer.begin())
        for coded in found():
            stream.write(writer.article(coded))
        stream.write(writer.end())


__all__ = ["ENDS", "FORMATS", "Made", "make_file"]
