"""CSV of incidents: one row an incident, the columns of `incident_rows.INCIDENT_FIELDS`."""

from __future__ import annotations

from isnad.export.cells import Cell, csv_lines
from isnad.export.incident_rows import INCIDENT_FIELDS, Field, Record, incident_record
from isnad.export.names import Names
from isnad.model.incidents import Incident


class IncidentCsvWriter:
    """A header, then a row an incident."""

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or Names.load()

    def begin(self) -> str:
        """Return the header."""
        return csv_lines([[field.name for field in INCIDENT_FIELDS]])

    def incident(self, incident: Incident) -> str:
        """Return the row of one incident."""
        return csv_lines([cells(incident_record(incident, self._names), INCIDENT_FIELDS)])

    def end(self) -> str:
        """Nothing stands after the last row."""
        return ""


def cells(record: Record, fields: tuple[Field, ...]) -> list[Cell]:
    """Return the values of `record` in the order of `fields`; true and false in small letters."""
    return [_cell(record[field.name]) for field in fields]


def _cell(value: Cell) -> Cell:
    return str(value).lower() if isinstance(value, bool) else value


__all__ = ["IncidentCsvWriter", "cells"]
