"""GeoJSON by RFC 7946: one feature an incident; lon, lat; null geometry where the place is not known.

The precision is a property in kilometres (and the same radius in metres): a point alone would claim too much.
"""

from __future__ import annotations

from typing import Any

import msgspec

from isnad.export.incident_rows import incident_record
from isnad.export.names import Names
from isnad.model import Place
from isnad.model.incidents import Incident

_LISTS = ("actor_ids", "actors", "recipient_ids", "recipients", "disputes", "links", "merged", "doc_ids")
_DECIMALS = 4  # about eleven metres; the gazetteer knows no more


class GeojsonWriter:
    """A feature collection, one feature a line."""

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or Names.load()
        self._first = True

    def begin(self) -> str:
        """Return the opening of the collection."""
        return '{"type":"FeatureCollection","features":[\n'

    def incident(self, incident: Incident) -> str:
        """Return the feature of one incident."""
        comma, self._first = "" if self._first else ",\n", False
        return comma + msgspec.json.encode(feature(incident, self._names)).decode("utf-8")

    def end(self) -> str:
        """Return the closing of the collection."""
        return "]}\n" if self._first else "\n]}\n"


def feature(incident: Incident, names: Names) -> dict[str, Any]:
    """Return one incident as a GeoJSON feature."""
    record = incident_record(incident, names)
    properties: dict[str, Any] = {
        key: value for key, value in record.items() if key not in ("latitude", "longitude", *_LISTS)
    }
    properties |= {
        "radius_m": None if record["precision_km"] is None else round(record["precision_km"] * 1000),
        "actors": [{"id": party, "name": names.english(party)} for party in incident.actors],
        "recipients": [{"id": party, "name": names.english(party)} for party in incident.recipients],
        "disputes": [{"field": dispute.field, "kind": dispute.kind} for dispute in incident.disputes],
        "links": [{"kind": link.kind, "incident": link.incident} for link in incident.links],
        "merged": list(incident.merged),
        "doc_ids": sorted({member.doc_id for member in incident.members}),
    }
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": _point(incident.place),
        "properties": properties,
    }


def _point(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [round(place.lon, _DECIMALS), round(place.lat, _DECIMALS)]}


__all__ = ["GeojsonWriter", "feature"]
