"""The ACLED-shaped file keeps ACLED's columns, codes and rules, and says why a cell is blank."""

from __future__ import annotations

import csv
import io

import pytest
from msgspec import structs

from isnad.export.acled import AcledWriter
from isnad.export.claims_csv import ACLED_COLUMNS, AcledClaimsWriter
from isnad.export.names import Names
from isnad.model.incidents import Incident

from .formats import check_acled, rows_of
from .incidents import (
    TALL,
    accusation,
    checkpoint,
    claim,
    clashes,
    demonstration,
    incidents,
    market,
    planned,
    shelling,
    strike_abroad,
    written,
)


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.load()


def rows(names: Names, *told: Incident) -> list[dict[str, str]]:
    return check_acled(written(AcledWriter(names, stamp=1_700_000_000), told))


def test_every_row_keeps_the_column_rules(names: Names) -> None:
    """31 columns in order, codes of the codebook, four decimals, whole numbers of dead."""
    assert len(rows(names, *incidents())) == 8


def test_a_shelling_is_one_sided_with_the_lowest_toll(names: Names) -> None:
    """7 and 13 are reported: 7 is written; the army is named by its government's years."""
    row = rows(names, shelling())[0]
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (row["actor1"], row["actor2"]) == ("Military Forces of Syria (2000-2024)", "Civilians (Syria)")
    assert (row["interaction"], row["civilian_targeting"]) == ("State forces-Civilians", "Civilian targeting")
    assert row["fatalities"] == "7"
    assert (row["latitude"], row["longitude"], row["geo_precision"]) == ("35.1234", "36.9877", "1")
    assert (row["iso"], row["region"], row["country"]) == ("760", "Middle East", "Syria")
    assert row["source"] == "al-ghad; al-wadi"  # who only denies it is no source of it


@pytest.mark.parametrize(("bounds", "figure"), [([20, 99], 12), ([200, 999], 100), ([1, None], 3), ([None, 5], 0)])
def test_vague_tolls_are_acleds_figures(names: Names, bounds: list[int | None], figure: int) -> None:
    told = structs.replace(checkpoint(), claims=(claim("lst-1", "killed", bounds, "خمسة"),))
    assert rows(names, told)[0]["fatalities"] == str(figure)


def test_a_denied_toll_is_no_figure(names: Names) -> None:
    denied = claim("lst-1", "killed", [0, 0], "قتل", says="denies")
    told = structs.replace(checkpoint(), claims=(*checkpoint().claims, denied))
    assert rows(names, told)[0]["fatalities"] == "5"


def test_what_lasted_is_one_row_a_day_and_the_total_is_split(names: Names) -> None:
    """Ten dead over three days are 4, 3 and 3: the remainder is on the first day."""
    found = rows(names, clashes())
    assert [row["event_date"] for row in found] == ["2023-05-02", "2023-05-03", "2023-05-04"]
    assert [row["fatalities"] for row in found] == ["4", "3", "3"]
    assert {row["interaction"] for row in found} == {"State forces-Rebel group"}
    assert {row["geo_precision"] for row in found} == {"2"}  # placed only within 12 km


@pytest.mark.parametrize(
    ("end", "day", "precision"), [("2022-01-15", "2022-01-12", "2"), ("2022-02-05", "2022-01-22", "3")]
)
def test_a_day_not_known_exactly_is_the_middle_of_its_span(names: Names, end: str, day: str, precision: str) -> None:
    told = structs.replace(market(), date={"start": "2022-01-09", "end": end})
    row = rows(names, told)[0]
    assert (row["event_date"], row["time_precision"]) == (day, precision)


def test_a_disputed_agent_is_left_blank_with_the_reason(names: Names) -> None:
    row = rows(names, market())[0]
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("", "", "")
    assert row["actor2"] == "Civilians (Yemen)"
    writer = AcledWriter(names)
    writer.incident(market())
    assert writer.sheet().reasons["inc-2"]["actor1"] == "actor-unknown"


def test_protesters_stand_first_and_an_unknown_point_is_blank(names: Names) -> None:
    row = rows(names, demonstration())[0]
    assert row["disorder_type"] == "Political violence; Demonstrations"
    assert (row["actor1"], row["actor2"]) == ("Protesters (Libya)", "Police Forces of Libya (2014-)")
    assert row["interaction"] == "State forces-Protesters"
    assert (row["location"], row["latitude"], row["geo_precision"]) == ("Al Sahil", "", "")


def test_an_army_abroad_is_external_and_journalists_are_civilians(names: Names) -> None:
    row = rows(names, strike_abroad())[0]
    assert (row["actor1"], row["inter1"]) == ("Military Forces of Turkey (2016-)", "External/Other forces")
    assert row["assoc_actor_2"] == "Civilians (Syria); Journalists (Syria)"
    assert row["civilian_targeting"] == ""


def test_an_army_abroad_against_civilians_is_written_against_the_order(names: Names) -> None:
    told = structs.replace(strike_abroad(), recipients=("civilians",))
    assert rows(names, told)[0]["interaction"] == "External/Other forces-Civilians"


def test_rival_governments_are_both_state_forces(names: Names) -> None:
    told = structs.replace(market(), actors=("houthis",), recipients=("YEM.mil",))
    row = rows(names, told)[0]
    assert (row["inter1"], row["inter2"]) == ("State forces", "State forces")


def test_targets_of_different_sides_are_different_events(names: Names) -> None:
    told = structs.replace(strike_abroad(), recipients=("syrian-democratic-forces", "islamic-state"))
    found = rows(names, told)
    assert [row["actor2"] for row in found] == ["Syrian Democratic Forces", "Islamic State"]
    assert [row["fatalities"] for row in found] == ["2", "1"]


def test_same_day_same_place_same_actors_merge_upward(names: Names) -> None:
    """A clash and a shelling between the same two at one place and day are one battle with both tolls."""
    other = structs.replace(checkpoint(), id="inc-9", mode="heavy-weapons")
    found = rows(names, other, checkpoint())
    assert len(found) == 1
    assert (found[0]["event_type"], found[0]["fatalities"]) == ("Battles", "10")
    assert found[0]["event_id_cnty"] == "SYR-inc-8"


def test_order_of_arrival_does_not_matter(names: Names) -> None:
    assert rows(names, *incidents()) == rows(names, *reversed(incidents()))


def test_what_is_no_acled_event_is_no_row(names: Names) -> None:
    writer = AcledWriter(names)
    assert check_acled(written(writer, [accusation(), planned()])) == []
    assert dict(writer.left_out) == {"no-counterpart": 1, "not-actual": 1}


def test_a_country_alone_is_too_coarse(names: Names) -> None:
    told = structs.replace(shelling(), place=structs.replace(TALL, level="country"))
    row = rows(names, told)[0]
    assert (row["country"], row["location"], row["latitude"], row["geo_precision"]) == ("Syria", "", "", "")


def test_the_claims_beside_it_hold_every_claim_and_reason(names: Names) -> None:
    """Each claim has the ids of the rows its incident became; each blank column has its reason."""
    writer = AcledWriter(names)
    ids = {row["event_id_cnty"] for row in check_acled(written(writer, incidents()))}
    found = rows_of(written(AcledClaimsWriter(writer.sheet(), names), incidents()), list(ACLED_COLUMNS))
    named = {part for row in found for part in row["event_id_cnty"].split("; ") if part}
    assert named == ids
    claims = [row for row in found if not row["reason"]]
    assert len(claims) == sum(len(incident.claims) for incident in incidents())
    reasons = {(row["incident_id"], row["field"]): row["reason"] for row in found if row["reason"]}
    assert reasons["inc-6", "acled.event_id_cnty"] == "no-counterpart"
    assert reasons["inc-4", "acled.latitude"] == "coordinates-unknown"


def test_text_is_no_formula(names: Names) -> None:
    """A place named like a formula is guarded; a coordinate below zero stays a number."""
    told = structs.replace(market(), place=structs.replace(TALL, name="=1+1", lat=-1.5))
    row = next(csv.DictReader(io.StringIO(written(AcledWriter(names), [told]))))
    assert (row["location"], row["latitude"]) == ("'=1+1", "-1.5000")
