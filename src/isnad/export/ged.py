"""UCDP-GED-shaped CSV: one row an incident that GED's definition admits (FORMATS 1.3).

GED holds uses of armed force by an organised, named side against another or against civilians, with at least one direct
death.  Ids of UCDP's own (conflict, dyad, sides) are not known here and stay blank.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter

import msgspec

from isnad.export.acled_days import day_span, lasts
from isnad.export.cells import Cell, csv_lines, degrees, joined
from isnad.export.figures import Estimate, estimate, told
from isnad.export.ged_sides import Dyad, dyad_of, government_of
from isnad.export.names import Names
from isnad.export.tables import countries, country
from isnad.model import Place
from isnad.model.incidents import Incident

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
#: date_prec by the most days of the span: a day, less than a week, a week, a month, a year.
_DATE_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
_LEVELS = {"district": 3, "governorate": 4, "region": 5, "country": 6}
_NEAR_KM, _SAME_KM = 25.0, 5.0


class GedWriter:
    """A header, then a row an incident that is admitted; `left_out` counts the others by reason."""

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or Names.load()
        self.left_out: Counter[str] = Counter()

    def begin(self) -> str:
        """Return the header."""
        return csv_lines([COLUMNS])

    def incident(self, incident: Incident) -> str:
        """Return the row of one incident, nothing when it is not admitted."""
        row = ged_row(incident, self._names)
        if isinstance(row, str):
            self.left_out[row] += 1
            return ""
        return csv_lines([[row.get(name) for name in COLUMNS]])

    def end(self) -> str:
        """Nothing stands after the last row."""
        return ""


def ged_row(incident: Incident, names: Names) -> dict[str, Cell] | str:
    """Return the cells of an incident by column, or why GED does not admit it.

    Reasons: not-actual, no-force, no-deaths, day-unknown, span-too-long, and those of `dyad_of`.
    """
    if not told(incident):
        return "not-actual"
    if incident.type != "ASSAULT":
        return "no-force"
    deaths = estimate(incident)
    if deaths is None or deaths.high < 1:
        return "no-deaths"
    when = _when(incident)
    if isinstance(when, str):
        return when
    dyad = dyad_of(incident, names, year=int(str(when["year"])))
    if isinstance(dyad, str):
        return dyad
    return {
        **_ids(incident.id),
        **when,
        **_sides(dyad, names),
        **_sources(incident, names),
        **_where(incident.place, names),
        **_deaths(deaths, dyad),
    }


def _ids(incident: str) -> dict[str, Cell]:
    """`id` is a number in GED, so it is made of the incident's id (52 bits of SHA-256); `relid` is that id itself."""
    digest = hashlib.sha256(incident.encode("utf-8")).digest()
    return {"id": int.from_bytes(digest[:7], "big") >> 4, "relid": incident}


def _when(incident: Incident) -> dict[str, Cell] | str:
    span = day_span(incident)
    if span is None:
        return "day-unknown"
    start, end = span
    length = (end - start).days + 1
    precision = next((code for most, code in _DATE_PRECISION if length <= most), None)
    if precision is None:
        return "span-too-long"
    return {
        "year": start.year,
        "date_prec": precision,
        "date_start": start.isoformat(),
        "date_end": end.isoformat(),
        "event_clarity": 2 if length > 1 and lasts(incident) else 1,
    }


def _sides(dyad: Dyad, names: Names) -> dict[str, Cell]:
    return {
        "type_of_violence": dyad.violence,
        "dyad_name": f"{dyad.name_a} - {dyad.name_b}",
        "side_a": dyad.name_a,
        "side_b": dyad.name_b,
        "gwnoa": _gw(government_of(dyad.side_a)),
        "gwnob": _gw(government_of(dyad.side_b)),
    }


def _gw(code: str | None) -> int | None:
    known = country(code)
    return known.gw or known.cow


def _sources(incident: Incident, names: Names) -> dict[str, Cell]:
    outlets = [names.outlet(member.outlet) for member in told(incident)]
    days = sorted({member.published for member in told(incident) if member.published})
    speakers = [claim.speaker.text for claim in incident.claims if claim.speaker and claim.says != "denies"]
    voices = incident.voices
    return {
        "number_of_sources": len({outlet for outlet in outlets if outlet}) or None,
        "source_article": joined(sorted({member.doc_id for member in told(incident)})),
        "source_office": joined(outlets),
        "source_date": joined(days),
        "source_original": joined(voices.speakers if voices else speakers),
    }


def _where(place: Place | None, names: Names) -> dict[str, Cell]:
    if place is None:
        return {}
    known = country(place.country)
    cells: dict[str, Cell] = {
        "where_prec": _where_precision(place),
        "where_coordinates": place.name,
        "where_description": place.text,
        "adm_1": place.name if place.level == "governorate" else None,
        "adm_2": place.name if place.level == "district" else None,
        "country": countries().ged_names.get(place.country or "") or names.country(place.country),
        "country_id": known.gw or known.cow,
        "region": known.ged,
    }
    if place.lat is not None and place.lon is not None:
        latitude, longitude = degrees(place.lat), degrees(place.lon)
        cells |= {
            "latitude": latitude,
            "longitude": longitude,
            "geom_wkt": f"POINT ({longitude} {latitude})",
            "priogrid_gid": priogrid(place.lat, place.lon),
        }
    return cells


def _where_precision(place: Place) -> int | None:
    """Return 1 exact, 2 within 25 km, 3 second-order, 4 first-order division, 5 vague, 6 country; None if unknown."""
    if place.level in ("site", "neighbourhood", "town"):
        radius = place.precision or 0.0
        return 1 if radius <= _SAME_KM else 2 if radius <= _NEAR_KM else 5
    return _LEVELS.get(place.level or "")


def priogrid(lat: float, lon: float) -> int:
    """Return the PRIO-GRID cell of a point: half degrees, counted from the south-west corner, 720 to a row."""
    row, column = min(math.floor((lat + 90) * 2), 359), min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _deaths(deaths: Estimate, dyad: Dyad) -> dict[str, Cell]:
    """Put the best figure on the side whose dead they are; on none where the reports do not tell."""
    of = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0, "deaths_unknown": 0}
    of[dyad.dead] = deaths.best
    return {**of, **msgspec.structs.asdict(deaths)}


__all__ = ["COLUMNS", "GedWriter", "ged_row", "priogrid"]
