"""CSV by RFC 4180, UTF-8: one row an event; lists joined by "; "; blanks for what is unknown.

Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV injection").
"""

from __future__ import annotations

from collections.abc import Iterable

from isnad.export.cells import Cell, csv_lines
from isnad.model import CodedArticle, Event, Party

COLUMNS = (
    "doc_id",
    "outlet",
    "published",
    "event_id",
    "type",
    "mode",
    "status",
    "trigger",
    "trigger_start",
    "trigger_end",
    "actors",
    "actor_ids",
    "actor_framing",
    "recipients",
    "recipient_ids",
    "recipient_framing",
    "place",
    "place_name",
    "country",
    "place_level",
    "latitude",
    "longitude",
    "precision_km",
    "place_source_id",
    "date",
    "date_from",
    "date_to",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
    "detained_min",
    "detained_max",
    "source",
    "source_kind",
    "via",
    "via_kind",
    "same_as",
    "score",
    "acled_event_type",
    "acled_sub_event_type",
    "acled_reason",
    "cameo_root",
    "cameo_code",
    "cameo_reason",
    "url",
)


class CsvWriter:
    """A header line, then a row for each event of each article."""

    def begin(self) -> str:
        """Return the header."""
        return csv_lines([COLUMNS])

    def article(self, coded: CodedArticle) -> str:
        """Return the rows of one article, none when it has no events."""
        return csv_lines(event_row(coded, event) for event in coded.events)

    def end(self) -> str:
        """Nothing stands after the last row."""
        return ""


def event_row(coded: CodedArticle, event: Event) -> tuple[Cell, ...]:
    """Return the cells of one event, in the order of COLUMNS."""
    place, date, source = event.place, event.date, event.source
    return (
        coded.doc_id,
        coded.outlet,
        coded.published,
        event.id,
        event.type,
        event.mode,
        event.status,
        event.trigger.text,
        event.trigger.start,
        event.trigger.end,
        *_parties(event.actors),
        *_parties(event.recipients),
        *((place.text, place.name, place.country, place.level) if place else (None,) * 4),
        *((place.lat, place.lon, place.precision, place.source_id) if place else (None,) * 4),
        *((date.text, date.start, date.end) if date else (None,) * 3),
        *(event.killed or (None, None)),
        *(event.injured or (None, None)),
        *(event.detained or (None, None)),
        *((source.text, source.kind) if source else (None,) * 2),
        *((source.via.text, source.via.kind) if source and source.via else (None,) * 2),
        event.same_as,
        round(event.score, 4),
        event.acled.event_type,
        event.acled.sub_event_type,
        event.acled.reason,
        event.cameo.root,
        event.cameo.code,
        event.cameo.reason,
        coded.url,
    )


def _parties(parties: Iterable[Party]) -> tuple[str, str, str]:
    """Return texts, ids and framings; each list has a slot for every party, so that they can be read together."""
    listed = list(parties)
    framings = [party.framing or "" for party in listed]
    return (
        "; ".join(party.text for party in listed),
        "; ".join(party.id or "" for party in listed) if any(party.id for party in listed) else "",
        "; ".join(framings) if any(framings) else "",
    )


__all__ = ["COLUMNS", "CsvWriter", "event_row"]
