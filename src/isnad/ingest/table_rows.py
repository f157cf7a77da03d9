"""One row of a table, or one object of JSONL, to a report."""

from __future__ import annotations

from collections.abc import Mapping

from isnad.ingest.jsonl import Refusal
from isnad.ingest.origin import Origin
from isnad.model.intake import Incoming

_WEB = ("http://", "https://")


def incoming_of(values: Mapping[str, str | None], *, origin: Origin, number: int, source: str) -> Incoming:
    """Return the report with these values of `columns.FIELDS`; Refusal says why it is none.

    Its address is its URL, else its id in the file, else its line: ids survive lines put in above, lines do not.
    """
    text = values.get("text")
    if text is None:
        raise Refusal("input.missing-key", 'the value for "text" is missing')
    if not text.strip():
        raise Refusal("input.empty", "the text is empty")
    doc_id, url = _kept(values.get("doc_id")), _kept(values.get("url"))
    return Incoming(
        address=url if url and url.startswith(_WEB) else f"{origin.address}#{doc_id or number}",
        text=text,
        source=source,
        fetched=origin.fetched,
        doc_id=doc_id,
        title=_kept(values.get("title")),
        published=origin.columns.day(values.get("published")) or origin.published,
        outlet=_kept(values.get("outlet")) or origin.outlet,
        forwarded_from=_kept(values.get("forwarded_from")),
        publisher=_kept(values.get("publisher")),
    )


def _kept(value: str | None) -> str | None:
    return (value or "").strip() or None


__all__ = ["incoming_of"]
