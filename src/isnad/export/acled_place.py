"""Where an incident was, in ACLED's columns."""

from __future__ import annotations

from isnad.export.cells import Cell, degrees
from isnad.export.tables import acled_table
from isnad.model import Place

_EMPTY: dict[str, Cell] = dict.fromkeys(
    ("admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision")
)


def place_cells(place: Place | None) -> tuple[dict[str, Cell], dict[str, str]]:
    """Return the cells of a place, and the reasons for those left blank.

    Nothing coarser than a governorate or a named stretch of land is written: a country alone leaves the location blank.
    """
    cells = dict(_EMPTY)
    if place is None:
        return cells, {"location": "place-unknown"}
    if place.level == "country":
        return cells, {"location": "place-too-coarse"}
    cells["location"] = place.name or place.text
    if place.level == "governorate":
        cells["admin1"] = place.name
    elif place.level == "district":
        cells["admin2"] = place.name
    reasons = {} if place.level == "governorate" else {"admin1": "division-unknown"}
    if place.lat is None or place.lon is None:
        return cells, {**reasons, "latitude": "coordinates-unknown"}
    cells["latitude"], cells["longitude"] = degrees(place.lat), degrees(place.lon)
    cells["geo_precision"] = precision(place)
    if cells["geo_precision"] is None:
        reasons["geo_precision"] = "level-unknown"
    return cells, reasons


def precision(place: Place) -> int | None:
    """Return geo_precision: 1 a named town or a site in it, 2 near one or part of a district, 3 a larger region."""
    found = acled_table().geo_precision.get(place.level or "")
    vague = place.precision is not None and place.precision > acled_table().near_km
    return 2 if found == 1 and vague else found


__all__ = ["place_cells", "precision"]
