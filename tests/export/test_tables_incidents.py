"""POLECAT, GeoJSON, CSV with its data package, and Parquet, each against its rules."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
from pathlib import Path

import pytest
from msgspec import structs

from isnad.export.claims_csv import ClaimsCsvWriter
from isnad.export.datapackage import write_package
from isnad.export.geojson import GeojsonWriter
from isnad.export.incident_csv import IncidentCsvWriter
from isnad.export.incident_rows import CLAIM_FIELDS, INCIDENT_FIELDS
from isnad.export.names import Names
from isnad.export.parquet import write_claims, write_events, write_incidents
from isnad.export.polecat import PolecatWriter
from isnad.model import CodedArticle, Event, Party, Span
from isnad.model.plover import TYPES

from .formats import check_geojson, check_package, check_polecat, rows_of
from .incidents import TALL, article, incidents, shelling, span, written


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.load()


def test_polecat_rows_are_forty_cells_in_one_line(names: Names) -> None:
    """One row for each incident that somebody tells as actual."""
    rows = check_polecat(written(PolecatWriter(names, version="1"), incidents()))
    assert [row["Event ID"] for row in rows] == [f"inc-{n}" for n in (1, 2, 3, 4, 5, 6, 8)]
    assert (rows[0]["Actor Name"], rows[0]["Actor COW"], rows[0]["Primary Actor Sector"]) == (
        "Syrian armed forces",
        "652",
        "MIL",
    )
    assert (rows[0]["GeoNames ID"], rows[0]["City"]) == ("12", "Tall an Nahr")
    assert rows[2]["Actor Sectors"] == "MIL; REB"


@pytest.mark.parametrize("hostile", ["a\tb", "a\r\nb", "a\u2028b\x85c", 'a"b', "\x0bx\x1c"])
def test_polecat_is_strict_about_hostile_text(names: Names, hostile: str) -> None:
    told = structs.replace(shelling(), place=structs.replace(TALL, text=hostile, name=hostile))
    assert len(check_polecat(written(PolecatWriter(names), [told]))) == 1


def test_polecat_text_is_no_formula(names: Names) -> None:
    told = structs.replace(shelling(), place=structs.replace(TALL, name=" =1+1", lon=-3.5))
    row = check_polecat(written(PolecatWriter(names), [told]))[0]
    assert (row["Placename"], row["Longitude"]) == ("'=1+1", "-3.5000")


def coded() -> CodedArticle:
    """One article with an actual and a denied event."""
    party = Party(id="SYR.mil", **{k: getattr(span("syr-1", "الجيش السوري"), k) for k in ("text", "start", "end")})
    first = Event(
        id=1, trigger=span("syr-1", "قصف"), type="ASSAULT", mode="heavy-weapons", status="actual", actors=(party,)
    )
    return structs.replace(article("syr-1"), events=(first, structs.replace(first, id=2, status="denied")))


def test_polecat_of_events_holds_the_raw_words(names: Names) -> None:
    writer = PolecatWriter(names)
    rows = check_polecat(writer.begin() + writer.article(coded()) + writer.end())
    assert [(row["Event ID"], row["Actor Name Raw"]) for row in rows] == [("syr-1_1", "الجيش السوري")]


def test_every_type_has_a_quad_code() -> None:
    from isnad.export.polecat import QUADS

    assert set(QUADS) == set(TYPES)


def test_geojson_is_valid_and_keeps_the_precision(names: Names) -> None:
    """Longitude first; a null geometry where there are no coordinates; the radius beside the point."""
    collection = json.loads(written(GeojsonWriter(names), incidents()))
    check_geojson(collection)
    first, by_id = collection["features"][0], {f["id"]: f for f in collection["features"]}
    assert first["geometry"]["coordinates"] == [36.9877, 35.1234]
    assert (first["properties"]["precision_km"], first["properties"]["radius_m"]) == (2.0, 2000)
    assert by_id["inc-4"]["geometry"] is None
    assert by_id["inc-6"]["geometry"] is None


def test_geojson_of_nothing_is_an_empty_collection(names: Names) -> None:
    check_geojson(json.loads(written(GeojsonWriter(names), [])))


def test_the_package_describes_its_files_to_the_byte(names: Names, tmp_path: Path) -> None:
    """Every cell is of its field's type, keys are unique and resolve, sizes and sums are those of the files."""
    assert write_package(incidents(), tmp_path / "out", names=names) == 8
    descriptor = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    files = {name: (tmp_path / "out" / name).read_bytes() for name in ("incidents.csv", "claims.csv")}
    check_package(descriptor, {name: data.decode("utf-8") for name, data in files.items()})
    for resource in descriptor["resources"]:
        data = files[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_a_package_that_fails_leaves_the_old_one(names: Names, tmp_path: Path) -> None:
    write_package(incidents(), tmp_path, names=names)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken():  # type: ignore[no-untyped-def]
        yield shelling()
        raise RuntimeError("the source went away")

    with pytest.raises(RuntimeError):
        write_package(broken(), tmp_path, names=names)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_csv_of_incidents_and_claims(names: Names) -> None:
    """What the summary cannot hold, the claims do: who denies it, through whom, in which words."""
    rows = rows_of(written(IncidentCsvWriter(names), incidents()), [field.name for field in INCIDENT_FIELDS])
    assert (rows[0]["killed_min"], rows[0]["killed_max"], rows[0]["grade"]) == ("7", "", "contested")
    assert (rows[0]["opposed_agree"], rows[0]["disputes"]) == ("false", "happening:denied; killed:rival-tolls")
    assert rows[5]["acled_reason"] == "no-counterpart"
    claims = rows_of(written(ClaimsCsvWriter(names), incidents()), [field.name for field in CLAIM_FIELDS])
    denial = next(row for row in claims if row["says"] == "denies")
    assert (denial["speaker"], denial["via"], denial["value"]) == ("ناطق عسكري", "وكالة السهل", "false")
    assert next(row for row in claims if row["framing"])["framing"] == "ميليشيات"


def test_parquet_holds_the_rows_with_their_types(names: Names) -> None:
    import pyarrow
    from pyarrow import parquet

    stream = io.BytesIO()
    write_incidents(incidents(), stream, names=names)
    table = parquet.read_table(io.BytesIO(stream.getvalue()))
    assert table.column_names == [field.name for field in INCIDENT_FIELDS]
    assert table.schema.field("date_from").type == pyarrow.date32()
    assert table.column("date_from")[0].as_py() == datetime.date(2023, 3, 1)
    assert table.column("killed_max")[0].as_py() is None
    stream = io.BytesIO()
    write_claims(incidents(), stream, names=names)
    claims = parquet.read_table(io.BytesIO(stream.getvalue()))
    assert claims.num_rows == sum(len(incident.claims) for incident in incidents())
    stream = io.BytesIO()
    write_events([coded()], stream)
    events = parquet.read_table(io.BytesIO(stream.getvalue()))
    assert events.column("trigger_start").to_pylist() == [0, 0]
    assert events.column("recipients").to_pylist() == [None, None]


def test_spans_of_the_fixture_are_those_of_its_texts() -> None:
    for incident in incidents():
        found: list[tuple[str, Span]] = [(c.doc_id, c.span) for c in incident.claims]
        for doc_id, one in found + [(m.doc_id, m.trigger) for m in incident.members]:
            assert article(doc_id).text[one.start : one.end] == one.text
