"""Which formats there are for what, and one way to write each to a stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol, TextIO

from isnad.errors import UsageError
from isnad.export.incident_html import ArticleOf
from isnad.model import CodedArticle
from isnad.model.incidents import Incident

#: What can be exported, and in which formats; `package` is a folder, `parquet` is binary.
FORMATS: dict[str, tuple[str, ...]] = {
    "incidents": ("jsonl", "csv", "package", "geojson", "acled", "ged", "polecat", "html", "parquet"),
    "claims": ("csv", "acled", "parquet"),
    "events": ("jsonl", "csv", "polecat", "parquet"),
    "articles": ("jsonl", "html"),
}


class IncidentWriter(Protocol):
    """What every text format of incidents offers: what stands before, for each, and after them."""

    def begin(self) -> str: ...

    def incident(self, incident: Incident) -> str: ...

    def end(self) -> str: ...


class ArticleWriter(Protocol):
    """What every text format of articles and their events offers."""

    def begin(self) -> str: ...

    def article(self, coded: CodedArticle) -> str: ...

    def end(self) -> str: ...


def check_format(what: str, format_: str) -> None:
    """Raise UsageError when there is no such thing to export, or not in this format."""
    if what not in FORMATS:
        raise UsageError(f"unknown: {what!r}; one of {', '.join(FORMATS)}")
    if format_ not in FORMATS[what]:
        raise UsageError(f"{what} cannot be written as {format_!r}; one of {', '.join(FORMATS[what])}")


def incident_writer(
    format_: str, *, articles: ArticleOf | None = None, version: str = "", stamp: int | None = None
) -> IncidentWriter:
    """Return a fresh writer of incidents in a text format.

    `articles` gives the article behind an id, for the report's evidence; `version` is isnad's own, `stamp` the seconds
    that ACLED's timestamp column is to hold.  UsageError for a format that is unknown or no text.
    """
    # Imported one by one: who writes GeoJSON needs no page and the other way round.
    if format_ == "jsonl":
        from isnad.export.incident_jsonl import IncidentJsonlWriter

        return IncidentJsonlWriter()
    if format_ == "csv":
        from isnad.export.incident_csv import IncidentCsvWriter

        return IncidentCsvWriter()
    if format_ == "geojson":
        from isnad.export.geojson import GeojsonWriter

        return GeojsonWriter()
    if format_ == "acled":
        from isnad.export.acled import AcledWriter

        return AcledWriter(stamp=stamp)
    if format_ == "ged":
        from isnad.export.ged import GedWriter

        return GedWriter()
    if format_ == "polecat":
        from isnad.export.polecat import PolecatWriter

        return PolecatWriter(version=version)
    if format_ == "html":
        from isnad.export.incident_html import IncidentHtmlWriter

        return IncidentHtmlWriter(article_of=articles or (lambda doc_id: None))
    raise UsageError(f"incidents cannot be written as {format_!r} to a stream of text")


def claims_writer() -> IncidentWriter:
    """Return a fresh writer of the claims of incidents, keyed by the incident."""
    from isnad.export.claims_csv import ClaimsCsvWriter

    return ClaimsCsvWriter()


def article_writer(what: str, format_: str, *, version: str = "") -> ArticleWriter:
    """Return a fresh writer of articles, or of their events one by one, in a text format."""
    check_format(what, format_)
    if what == "events" and format_ == "jsonl":
        from isnad.export.event_jsonl import EventJsonlWriter

        return EventJsonlWriter()
    if format_ == "polecat":
        from isnad.export.polecat import PolecatWriter

        return PolecatWriter(version=version)
    from isnad.export import writer_for

    return writer_for(format_)


def export_incidents(
    incidents: Iterable[Incident],
    articles: ArticleOf | None,
    format_: str,
    stream: TextIO,
    *,
    version: str = "",
    stamp: int | None = None,
) -> IncidentWriter:
    """Write incidents to a stream of text as they come; return the writer, which knows what it left out.

    See `incident_writer` for the arguments.
    """
    writer = incident_writer(format_, articles=articles, version=version, stamp=stamp)
    write_all(writer, incidents, stream)
    return writer


def write_all(writer: IncidentWriter, incidents: Iterable[Incident], stream: TextIO) -> None:
    """Write what stands before, each incident, and what stands after."""
    stream.write(writer.begin())
    for incident in incidents:
        stream.write(writer.incident(incident))
    stream.write(writer.end())


def left_out(writer: object) -> Counter[str]:
    """Return how many incidents a writer left out, by reason; none for a format that takes all."""
    found = getattr(writer, "left_out", None)
    return found if isinstance(found, Counter) else Counter()


__all__ = [
    "FORMATS", "ArticleOf", "ArticleWriter", "IncidentWriter", "article_writer", "check_format", "claims_writer",
    "export_incidents", "incident_writer", "left_out", "write_all",
]  # fmt: skip
