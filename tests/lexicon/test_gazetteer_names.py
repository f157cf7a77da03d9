"""All names under which places of an asked name are coded, in Arabic and Latin letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.lexicon.gazetteer import key_of
from isnad.lexicon.gazetteer_names import PlaceNames
from isnad.lexicon.gazetteer_tables import add_table

NAMES = PlaceNames()


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("حلب", "Aleppo"),
        ("حَلَب", "Aleppo"),
        ("عين العرب", "Kobani"),
        ("الرّقّة", "Raqqa"),
        ("كفر نبل", "Kafr Nabl"),
        ("كفرنبل", "Kafr Nabl"),
        ("aleppo", "حلب"),
        ("ar raqqah", "Ar-Raqqah"),
        ("Ar-Raqqah", "Raqqa"),
        ("Cote d'Ivoire", "Côte d’Ivoire"),
    ],
)
def test_names_of_a_place(asked: str, name: str) -> None:
    """Any spelling leads to the name in the gazetteer, and a Latin name to the Arabic one."""
    found = NAMES.of(asked)
    assert found[0] == asked
    assert name in found or key_of(name) in found


def test_none_of_several_namesakes_is_picked() -> None:
    """An Arabic name gives the Latin names of all places called so; a Latin one only its own place's."""
    assert {"Raqqa", "Ar-Raqqah", "Ar-Riqqah"} <= set(NAMES.of("الرقة"))
    assert "Ar-Riqqah" not in NAMES.of("Raqqa")


@pytest.mark.parametrize("asked", ["لا مكان", "Nowhere at all", "SYR", "PPL-123", "", "؟"])
def test_what_is_no_name_stays_as_it_is(asked: str) -> None:
    """Unknown names, ids and countries' codes go through."""
    assert NAMES.of(asked) == (asked,)


def test_own_tables_count(tmp_path: Path) -> None:
    """A place of the user's own table is found by either of its names, an embedded one still."""
    table = tmp_path / "own.csv"
    table.write_text("name_ar,name_en,lat,lon\nقرية الزعفرنجي,Zafranji,35.1,36.9\n", encoding="utf-8")
    add_table(table, tmp_path / "places", country="SYR")
    names = PlaceNames(tmp_path / "places")
    assert "Zafranji" in names.of("الزعفرنجي")
    assert key_of("الزعفرنجي") in names.of("zafranji")
    assert "Aleppo" in names.of("حلب")
