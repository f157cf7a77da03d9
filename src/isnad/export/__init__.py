"""Coded articles to the outside: one module a format, each giving text piece by piece."""

from __future__ import annotations

from typing import Protocol

from isnad.errors import UsageError
from isnad.export.atomic import atomic_text
from isnad.model import CodedArticle

FORMATS = ("table", "jsonl", "csv", "html")


class Writer(Protocol):
    """What every format offers: what stands before, for each, and after the articles."""

    def begin(self) -> str: ...

    def article(self, coded: CodedArticle) -> str: ...

    def end(self) -> str: ...


def writer_for(format_: str, *, width: int | None = None, colour: bool = False) -> Writer:
    """Return a fresh writer; `width` and `colour` matter to the table only.  UsageError for an unknown format."""
    # Imported one by one: a table needs no page and the other way round, and starting up is counted.
    if format_ == "jsonl":
        from isnad.export.jsonl import JsonlWriter

        return JsonlWriter()
    if format_ == "csv":
        from isnad.export.csv import CsvWriter

        return CsvWriter()
    if format_ == "html":
        from isnad.export.html import HtmlWriter

        return HtmlWriter()
    if format_ == "table":
        from isnad.export.table import TableWriter

        return TableWriter(width=width, colour=colour)
    raise UsageError(f"unknown format {format_!r}; one of {', '.join(FORMATS)}")


__all__ = ["FORMATS", "Writer", "atomic_text", "writer_for"]
