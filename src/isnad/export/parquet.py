"""Parquet of incidents, claims or events: the columns of the CSV files, with their types (extra `parquet`)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO

from isnad.errors import OutputError
from isnad.export.csv import COLUMNS, event_row
from isnad.export.incident_rows import CLAIM_FIELDS, INCIDENT_FIELDS, Field, Record, claim_records, incident_record
from isnad.export.names import Names
from isnad.model import CodedArticle
from isnad.model.incidents import Incident

if TYPE_CHECKING:
    import pyarrow

_BATCH = 2_000  # records in memory at once, and rows of a group at least
_NUMBERS = ("latitude", "longitude", "precision_km", "score")
_COUNTS = (
    "event_id", "trigger_start", "trigger_end", "killed_min", "killed_max", "injured_min", "injured_max",
    "detained_min", "detained_max", "same_as",
)  # fmt: skip
EVENT_FIELDS = tuple(
    Field(name, "number" if name in _NUMBERS else "integer" if name in _COUNTS else "string", "") for name in COLUMNS
)


def write_incidents(incidents: Iterable[Incident], stream: BinaryIO, *, names: Names | None = None) -> None:
    """Write one row an incident."""
    named = names or Names.load()
    _write((incident_record(incident, named) for incident in incidents), INCIDENT_FIELDS, stream)


def write_claims(incidents: Iterable[Incident], stream: BinaryIO, *, names: Names | None = None) -> None:
    """Write one row a claim."""
    named = names or Names.load()
    records = chain.from_iterable(claim_records(incident, named) for incident in incidents)
    _write(records, CLAIM_FIELDS, stream)


def write_events(articles: Iterable[CodedArticle], stream: BinaryIO) -> None:
    """Write one row an event."""
    rows = (dict(zip(COLUMNS, event_row(coded, event), strict=True)) for coded in articles for event in coded.events)
    _write(({key: value if value != "" else None for key, value in row.items()} for row in rows), EVENT_FIELDS, stream)


def _write(records: Iterable[Record], fields: tuple[Field, ...], stream: BinaryIO) -> None:
    arrow, parquet = _arrow()
    schema = _schema(arrow, fields)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        remaining = iter(records)
        while batch := list(islice(remaining, _BATCH)):
            columns = [arrow.array(map(_reader(field), batch), type=schema.field(field.name).type) for field in fields]
            writer.write_batch(arrow.record_batch(columns, schema=schema))


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise OutputError("Parquet needs an extra package: pip install 'isnad[parquet]'") from None
    return pyarrow, pyarrow.parquet


def _schema(arrow: Any, fields: tuple[Field, ...]) -> pyarrow.Schema:
    types = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
    }
    return arrow.schema([arrow.field(f.name, types[f.type], metadata={"description": f.description}) for f in fields])


def _reader(field: Field) -> Callable[[Record], Any]:
    if field.type == "date":
        return lambda record: _day(record[field.name])
    if field.type == "number":
        return lambda record: None if record[field.name] is None else float(record[field.name])
    return lambda record: record[field.name]


def _day(value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        return None


__all__ = ["EVENT_FIELDS", "write_claims", "write_events", "write_incidents"]
