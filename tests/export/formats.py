"""Checks of the outside formats against their column rules, written from the rules and not from the writers."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import Any

ACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip
SUBS = {
    "Battles": ["Government regains territory", "Non-state actor overtakes territory", "Armed clash"],
    "Protests": ["Excessive force against protesters", "Protest with intervention", "Peaceful protest"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Explosions/Remote violence": ["Chemical weapon", "Air/drone strike", "Suicide bomb",
        "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade"],
    "Violence against civilians": ["Sexual violence", "Attack", "Abduction/forced disappearance"],
    "Strategic developments": ["Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other"],
}  # fmt: skip
CLASSES = ("State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
           "External/Other forces")  # fmt: skip
GED = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
]  # fmt: skip
POLECAT = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
]  # fmt: skip


def rows_of(text: str, columns: list[str]) -> list[dict[str, str]]:
    """The rows of RFC 4180 text, which must have exactly these columns, CR LF, and as many cells in each row."""
    assert text.endswith("\r\n")
    table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert table[0] == columns
    assert all(len(row) == len(columns) for row in table)
    return [dict(zip(columns, row, strict=True)) for row in table[1:]]


def blank_or(pattern: str, value: str) -> None:
    assert re.fullmatch(f"(?:{pattern})?", value), value


def _degrees(latitude: str, longitude: str) -> None:
    for value, most in ((latitude, 90), (longitude, 180)):
        blank_or(r"-?\d{1,3}\.\d{4}", value)
        assert not value or abs(float(value)) <= most
    assert bool(latitude) == bool(longitude)


def check_acled(text: str) -> list[dict[str, str]]:
    """FORMATS 1.1 and 1.2.  Returns the rows."""
    rows = rows_of(text, ACLED)
    assert len({row["event_id_cnty"] for row in rows}) == len(rows)
    for row in rows:
        assert row["event_id_cnty"]
        assert row["year"] == str(datetime.date.fromisoformat(row["event_date"]).year)
        assert row["time_precision"] in {"1", "2", "3"}
        assert row["event_type"] in {"", *SUBS}
        assert row["sub_event_type"] in {"", *SUBS.get(row["event_type"], ())}
        assert row["disorder_type"] in {"", "Political violence", "Demonstrations", "Strategic developments",
                                        "Political violence; Demonstrations"}  # fmt: skip
        assert {row["inter1"], row["inter2"]} <= {"", *CLASSES}
        assert not row["inter2"] or row["actor2"]
        _check_interaction(row)
        assert row["civilian_targeting"] in {"", "Civilian targeting"}
        blank_or(r"\d{1,3}", row["iso"])
        _degrees(row["latitude"], row["longitude"])
        assert row["geo_precision"] in {"", "1", "2", "3"}
        assert re.fullmatch(r"\d+", row["fatalities"])
        blank_or(r"\d{10}", row["timestamp"])
        for name in ("source", "assoc_actor_1", "assoc_actor_2", "tags"):
            assert "" not in row[name].split("; ") or row[name] == ""
    return rows


def _check_interaction(row: dict[str, str]) -> None:
    named = row["interaction"]
    if not named or named.endswith(" only"):
        return
    assert named in {f"{row['inter1']}-{row['inter2']}", f"{row['inter2']}-{row['inter1']}"}
    order = [CLASSES.index(row[name]) for name in ("inter1", "inter2")]
    first = CLASSES[max(order) if sorted(order) == [6, 7] else min(order)]
    assert named.startswith(first)


def check_ged(text: str) -> list[dict[str, str]]:
    """FORMATS 1.3.  Returns the rows."""
    rows = rows_of(text, GED)
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"\d+", row["id"])
        assert row["type_of_violence"] in {"1", "2", "3"}
        assert row["side_a"]
        assert row["side_b"]
        assert row["dyad_name"] == f"{row['side_a']} - {row['side_b']}"
        assert (row["type_of_violence"] == "3") == (row["side_b"] == "Civilians")
        assert row["where_prec"] in {"", *"1234567"}
        assert row["event_clarity"] in {"1", "2"}
        assert row["date_prec"] in set("12345")
        start, end = (datetime.date.fromisoformat(row[name]) for name in ("date_start", "date_end"))
        assert start <= end
        assert row["year"] == str(start.year)
        low, best, high = (int(row[name]) for name in ("low", "best", "high"))
        assert low <= best <= high
        assert high >= 1
        assert best == sum(int(row[f"deaths_{side}"]) for side in ("a", "b", "civilians", "unknown"))
        _degrees(row["latitude"], row["longitude"])
        if row["latitude"]:
            assert row["geom_wkt"] == f"POINT ({row['longitude']} {row['latitude']})"
            assert 1 <= int(row["priogrid_gid"]) <= 360 * 720
        assert row["region"] in {"", "Africa", "Americas", "Asia", "Europe", "Middle East"}
    return rows


def check_polecat(text: str) -> list[dict[str, str]]:
    """FORMATS 1.4, strictly: 40 columns in every line by plain splitting.  Returns the rows."""
    lines = text.removesuffix("\n").split("\n")
    assert text.splitlines() == lines
    cells = [line.split("\t") for line in lines]
    assert cells[0] == POLECAT
    assert len(POLECAT) == 40
    assert {len(row) for row in cells} == {40}
    assert '"' not in text
    rows = [dict(zip(POLECAT, row, strict=True)) for row in cells[1:]]
    for row in rows:
        assert row["Event ID"]
        assert row["Event Type"].isupper()
        assert row["Quad Code"] in {f"{a} {b}" for a in ("VERBAL", "MATERIAL") for b in ("COOPERATION", "CONFLICT")}
        for name in ("Event Date", "Publication Date"):
            blank_or(r"\d{4}-\d\d-\d\d", row[name])
        _degrees(row["Latitude"], row["Longitude"])
    return rows


def check_geojson(collection: dict[str, Any]) -> None:
    """RFC 7946: no crs, lon before lat, null geometry allowed, ids at the feature."""
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert isinstance(collection["features"], list)
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        assert isinstance(feature["id"], str | int)
        assert {"geometry"} <= set(feature)
        assert not {"coordinates", "geometries"} & set(feature)
        if (geometry := feature["geometry"]) is not None:
            assert geometry["type"] == "Point"
            assert set(geometry) == {"type", "coordinates"}
            longitude, latitude = geometry["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


_CASTS = {
    "string": str, "integer": int, "number": float, "date": datetime.date.fromisoformat,
    "boolean": lambda text: {"true": True, "false": False}[text],
}  # fmt: skip


def check_package(descriptor: dict[str, Any], files: dict[str, str]) -> None:
    """Frictionless Data Package 1: the descriptor's own rules, then every cell against its field."""
    assert descriptor["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[a-z0-9._/-]+", descriptor["name"])
    assert descriptor["resources"]
    keys: dict[str, set[tuple[str, ...]]] = {}
    for resource in descriptor["resources"]:
        assert re.fullmatch(r"[a-z0-9._/-]+", resource["name"])
        assert not resource["path"].startswith(("/", ".."))
        schema, dialect = resource["schema"], resource["dialect"]
        names = [field["name"] for field in schema["fields"]]
        assert len(set(names)) == len(names)
        assert dialect["lineTerminator"] == "\r\n"
        rows = rows_of(files[resource["path"]], names)
        for row in rows:
            for field in schema["fields"]:
                value = row[field["name"]]
                if value in schema["missingValues"]:
                    assert not field.get("constraints", {}).get("required"), field
                else:
                    _CASTS[field["type"]](value)
        found = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(found)) == len(found)
        keys[resource["name"]] = set(found)
        for foreign in schema.get("foreignKeys", ()):
            known = keys[foreign["reference"]["resource"]]
            assert all(tuple(row[name] for name in foreign["fields"]) in known for row in rows)
