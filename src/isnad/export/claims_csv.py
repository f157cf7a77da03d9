"""CSV of claims: one row a claim, keyed by the incident; or by ACLED's event_id_cnty with the reasons for blanks."""

from __future__ import annotations

from collections.abc import Iterator

from isnad.export.acled import Sheet
from isnad.export.cells import Cell, csv_lines
from isnad.export.incident_csv import cells
from isnad.export.incident_rows import CLAIM_FIELDS, claim_records
from isnad.export.names import Names
from isnad.model.incidents import Incident

COLUMNS = tuple(field.name for field in CLAIM_FIELDS)
ACLED_COLUMNS = ("event_id_cnty", *COLUMNS, "reason")


class ClaimsCsvWriter:
    """A header, then a row a claim."""

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or Names.load()

    def begin(self) -> str:
        """Return the header."""
        return csv_lines([COLUMNS])

    def incident(self, incident: Incident) -> str:
        """Return the rows of one incident."""
        return csv_lines(cells(record, CLAIM_FIELDS) for record in claim_records(incident, self._names))

    def end(self) -> str:
        """Nothing stands after the last row."""
        return ""


class AcledClaimsWriter:
    """The claims behind an ACLED-shaped file, and a row for each column that it leaves blank with the reason.

    `sheet` is what the ACLED writer made of the same incidents: an incident may be several rows there, or share one.
    event_id_cnty holds all of them, joined by "; ", and is blank for an incident that is no ACLED event.
    """

    def __init__(self, sheet: Sheet, names: Names | None = None) -> None:
        self._sheet = sheet
        self._names = names or Names.load()

    def begin(self) -> str:
        """Return the header."""
        return csv_lines([ACLED_COLUMNS])

    def incident(self, incident: Incident) -> str:
        """Return the claims of one incident, then the reasons."""
        ids = "; ".join(self._sheet.ids.get(incident.id, ()))
        rows: list[list[Cell]] = [
            [ids, *cells(record, CLAIM_FIELDS), None] for record in claim_records(incident, self._names)
        ]
        return csv_lines([*rows, *self._reasons(incident, ids)])

    def _reasons(self, incident: Incident, ids: str) -> Iterator[list[Cell]]:
        for column, reason in self._sheet.reasons.get(incident.id, {}).items():
            blank: dict[str, Cell] = dict.fromkeys(COLUMNS)
            blank.update(incident_id=incident.id, field=f"acled.{column}")
            yield [ids, *blank.values(), reason]

    def end(self) -> str:
        """Nothing stands after the last row."""
        return ""


__all__ = ["ACLED_COLUMNS", "COLUMNS", "AcledClaimsWriter", "ClaimsCsvWriter"]
