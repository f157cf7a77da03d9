"""The GED-shaped file keeps UCDP's columns and admits only what its definition admits."""

from __future__ import annotations

import pytest
from msgspec import structs

from isnad.export.ged import GedWriter, ged_row, priogrid
from isnad.export.names import Names
from isnad.model.incidents import Incident

from .formats import check_ged
from .incidents import (
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


def row(names: Names, incident: Incident) -> dict[str, str]:
    return check_ged(written(GedWriter(names), [incident]))[0]


def test_every_row_keeps_the_column_rules(names: Names) -> None:
    found = check_ged(written(GedWriter(names), incidents()))
    assert [one["relid"] for one in found] == ["inc-1", "inc-3", "inc-4", "inc-5", "inc-8"]


@pytest.mark.parametrize(
    ("told", "reason"),
    [(accusation(), "no-force"), (planned(), "not-actual"), (market(), "side-unnamed"),
     (structs.replace(checkpoint(), killed=None, claims=()), "no-deaths"),
     (structs.replace(checkpoint(), date=None), "day-unknown"),
     (structs.replace(checkpoint(), actors=("unidentified-armed-group",)), "side-unnamed"),
     (structs.replace(checkpoint(), recipients=()), "target-unknown"),
     (structs.replace(checkpoint(), actors=("SYR.police",)), "side-with-itself")],
)  # fmt: skip
def test_what_is_not_admitted_says_why(names: Names, told: Incident, reason: str) -> None:
    """No deaths, no named side, no target, no day: no row."""
    assert ged_row(told, names) == reason


def test_one_sided_violence_puts_the_dead_on_the_civilians(names: Names) -> None:
    """Low is the least and high the most anyone says; best is the exact figure."""
    one = row(names, shelling())
    assert (one["type_of_violence"], one["side_a"], one["side_b"]) == ("3", "Government of Syria", "Civilians")
    assert (one["low"], one["best"], one["high"], one["deaths_civilians"]) == ("7", "7", "13", "7")
    assert (one["where_prec"], one["country_id"], one["gwnoa"]) == ("1", "652", "652")
    assert "ناطق عسكري" not in one["source_original"]


def test_a_government_is_side_a_even_where_it_is_attacked(names: Names) -> None:
    one = row(names, checkpoint())
    assert (one["side_a"], one["side_b"], one["type_of_violence"]) == ("Government of Syria", "Islamic State", "1")
    assert (one["deaths_a"], one["deaths_b"]) == ("5", "0")


def test_two_groups_are_non_state(names: Names) -> None:
    one = row(names, structs.replace(checkpoint(), recipients=("syrian-democratic-forces",)))
    assert (one["type_of_violence"], one["deaths_b"]) == ("2", "5")


def test_dead_of_an_unknown_side_are_unknown(names: Names) -> None:
    assert row(names, clashes())["deaths_unknown"] == "10"
    assert row(names, strike_abroad())["deaths_unknown"] == "3"


def test_what_lasted_is_less_clear_and_less_exact(names: Names) -> None:
    one = row(names, clashes())
    assert (one["event_clarity"], one["date_prec"], one["where_prec"]) == ("2", "2", "2")


def test_best_is_what_most_speakers_say(names: Names) -> None:
    claims = [claim("lst-1", "killed", [n, n], "خمسة", outlet=o) for n, o in ((9, "a"), (5, "b"), (9, "c"), (9, "c"))]
    one = row(names, structs.replace(checkpoint(), claims=tuple(claims)))
    assert (one["low"], one["best"], one["high"]) == ("5", "9", "9")


def test_a_point_that_is_not_known_is_blank(names: Names) -> None:
    one = row(names, demonstration())
    assert (one["latitude"], one["geom_wkt"], one["priogrid_gid"]) == ("", "", "")


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-90.0, -180.0, 1), (-90.0, 179.9, 720), (89.9, 179.9, 259200), (90.0, 180.0, 259200), (0.1, 0.1, 129961)],
)
def test_priogrid_counts_half_degrees_from_the_south_west(lat: float, lon: float, cell: int) -> None:
    assert priogrid(lat, lon) == cell
