"""POLECAT-shaped TSV: 40 columns, one row an incident or one row an event (FORMATS 1.4), written strictly.

UTF-8, one tab between cells and none in them, no quoting, one line a row: what is a tab, a line end or a control
character in a text becomes a space, a quotation mark an apostrophe.  Several values in a cell are joined by "; ".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from isnad.export.cells import Cell, Number, degrees, joined, safe
from isnad.export.figures import affirmed, told
from isnad.export.names import Names
from isnad.export.tables import country
from isnad.model import CodedArticle, Event, Place
from isnad.model.incidents import Incident

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
QUADS = {
    "AGREE": "VERBAL COOPERATION", "CONSULT": "VERBAL COOPERATION", "SUPPORT": "VERBAL COOPERATION",
    "CONCEDE": "VERBAL COOPERATION", "COOPERATE": "MATERIAL COOPERATION", "AID": "MATERIAL COOPERATION",
    "RETREAT": "MATERIAL COOPERATION", "REQUEST": "VERBAL CONFLICT", "ACCUSE": "VERBAL CONFLICT",
    "REJECT": "VERBAL CONFLICT", "THREATEN": "VERBAL CONFLICT", "PROTEST": "MATERIAL CONFLICT",
    "SANCTION": "MATERIAL CONFLICT", "MOBILIZE": "MATERIAL CONFLICT", "COERCE": "MATERIAL CONFLICT",
    "ASSAULT": "MATERIAL CONFLICT",
}  # fmt: skip
#: PLOVER's sectors by the kind of a party; a kind that has none there is blank.
_SECTORS = {
    "government": "GOV", "state-forces": "MIL", "police": "COP", "intelligence": "SPY", "legislature": "LEG",
    "judiciary": "JUD", "political-opposition": "OPP", "rebel": "REB", "civilians": "CVL", "people": "CVL",
    "media": "MED", "criminal": "CRM", "international": "IGO", "monitor": "NGO", "aid": "NGO",
}  # fmt: skip
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
_TOWNS = ("town", "neighbourhood", "site")


class PolecatWriter:
    """A header, then a row an incident that somebody tells as actual, or a row an event of an article."""

    def __init__(self, names: Names | None = None, *, version: str = "") -> None:
        self._names = names or Names.load()
        self._version = f"isnad {version}".strip()

    def begin(self) -> str:
        """Return the header."""
        return _line(COLUMNS)

    def incident(self, incident: Incident) -> str:
        """Return the row of one incident."""
        members = told(incident)
        if not members:
            return ""
        published = sorted(member.published for member in members if member.published)
        return self._row(
            Event_ID=incident.id,
            Event_Date=(incident.date or {}).get("start"),
            Event_Type=incident.type,
            Event_Mode=incident.mode,
            Source=joined(self._names.outlet(member.outlet) for member in members),
            Publication_Date=published[0] if published else None,
            **_side("Actor", incident.actors, _words(incident, "actor"), self._names),
            **_side("Recipient", incident.recipients, _words(incident, "recipient"), self._names),
            **_where(incident.place),
        )

    def article(self, coded: CodedArticle) -> str:
        """Return a row for each event of one article that is told as actual."""
        return "".join(self._event(coded, event) for event in coded.events if event.status == "actual")

    def _event(self, coded: CodedArticle, event: Event) -> str:
        actors, recipients = event.actors, event.recipients
        return self._row(
            Event_ID=f"{coded.doc_id}_{event.id}",
            Event_Date=event.date.start if event.date else None,
            Event_Type=event.type,
            Event_Mode=event.mode,
            Source=self._names.outlet(coded.outlet),
            Publication_Date=coded.published,
            **_side("Actor", [p.id for p in actors if p.id], [p.text for p in actors], self._names),
            **_side("Recipient", [p.id for p in recipients if p.id], [p.text for p in recipients], self._names),
            **_where(event.place),
        )

    def _row(self, **cells: Cell) -> str:
        cells |= {
            "Quad_Code": QUADS.get(str(cells["Event_Type"])),
            "Language": "Arabic",
            "Version": self._version,
        }
        return _line(cells.get(name.replace(" ", "_")) for name in COLUMNS)

    def end(self) -> str:
        """Nothing stands after the last row."""
        return ""


def _words(incident: Incident, field: str) -> list[str]:
    return [claim.span.text for claim in affirmed(incident, field)]


def _side(role: str, parties: Iterable[str], words: Iterable[str], names: Names) -> dict[str, Cell]:
    listed = list(parties)
    homes = [names.home(party) for party in listed]
    sectors = [_SECTORS.get(names.kind(party) or "") for party in listed]
    numbers = [country(home).cow for home in homes]
    return {
        f"{role}_Name": joined(map(names.english, listed)),
        f"{role}_Country": joined(homes),
        f"{role}_COW": joined(None if number is None else str(number) for number in numbers),
        f"Primary_{role}_Sector": next((sector for sector in sectors if sector), None),
        f"{role}_Sectors": joined(sectors),
        f"{role}_Name_Raw": joined(words),
    }


def _where(place: Place | None) -> dict[str, Cell]:
    if place is None:
        return {}
    kind, _, number = (place.source_id or "").partition(":")
    return {
        "Placename": place.name,
        "City": place.name if place.level in _TOWNS else None,
        "District": place.name if place.level == "district" else None,
        "Province": place.name if place.level == "governorate" else None,
        "Country": place.country,
        "Latitude": degrees(place.lat),
        "Longitude": degrees(place.lon),
        "GeoNames_ID": number if kind == "geonames" else None,
        "Raw_Placename": place.text,
        "Feature_Type": place.level,
    }


def _line(cells: Iterable[Cell]) -> str:
    return "\t".join("" if cell is None else _strict(cell) for cell in cells) + "\n"


def _strict(cell: Cell) -> str:
    """Return the cell in one line without tab or quotation mark, and no formula for a spreadsheet."""
    text = _BREAKS.sub(" ", str(cell).replace('"', "'")).strip()
    return text if isinstance(cell, Number) else str(safe(text))


__all__ = ["COLUMNS", "QUADS", "PolecatWriter"]
