"""Village names spelled otherwise than the table has them, and what tells namesakes in two governorates apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.lexicon.gazetteer import Gazetteer, load_gazetteer
from isnad.lexicon.gazetteer_keys import skeleton
from isnad.lexicon.gazetteer_tables import add_table
from isnad.read.mentions import PlaceMention
from isnad.read.places import find_places
from isnad.text import fold, read_words

TABLE = """pcode,name_ar,name_en,gov_ar,dist_ar,lat,lon
C9101,أم الزنبق,Umm Al-Zanbaq,حلب,منبج,36.3,37.8
C9102,كفر زنبقة,Kafr Zanbaqa,إدلب,أريحا,35.8,36.6
C9103,سنبوقة,Sanbuqa,الحسكة,القامشلي,36.9,41.2
C9104,زنبوقة,Zanbuqa Idlib,إدلب,جسر الشغور,35.757,36.36
C9105,زنبوقة,Zanbuqa Hama,حماة,السقيلبية,35.576,36.269
C9106,معرتزنبوق,Maarat Zanbuq,إدلب,المعرة,35.63,36.52
C9107,زنبقان,Zanbaqan Hasakah,الحسكة,القامشلي,36.8,41.3
C9108,الزنبقان,Zanbaqan Daraa,درعا,ازرع,32.8,36.1
C9110,زنبور,Zanbur,درعا,ازرع,32.8,36.0
C9109,أبريهة,Abriha surveyed,دير الزور,البصيرة,35.171,40.431
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The gazetteer with a user's table of Syrian villages."""
    folder: Path = tmp_path_factory.mktemp("places")
    file = folder / "villages.csv"
    file.write_text(TABLE, encoding="utf-8")
    add_table(file, folder / "user", country="SYR")
    return load_gazetteer(folder / "user")


def first(text: str, gazetteer: Gazetteer) -> PlaceMention:
    """Return the first place of a text."""
    return find_places(read_words(text), gazetteer)[0]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("قصف على قرية أم زنبق بريف حلب في سوريا", "ocha:C9101"),  # the article inside a name
        ("قصف على قرية كفر الزنبقة بريف إدلب في سوريا", "ocha:C9102"),
        ("قصف على قرية كفرزنبقا بريف إدلب في سوريا", "ocha:C9102"),  # joined, another last vowel
        ("قصف على قرية صنبوقة بريف القامشلي في سوريا", "ocha:C9103"),  # emphatic s
        ("قصف على قرية معرة زنبوق بريف إدلب في سوريا", "ocha:C9106"),  # ta marbuta before a word
    ],
)
def test_other_spellings_of_a_village(loaded: Gazetteer, text: str, id: str) -> None:
    """After a head noun, articles, spaces, the last vowel and s may be written otherwise than in the table."""
    assert first(text, loaded).source_id == id


def test_without_a_head_noun_a_name_is_read_as_written(loaded: Gazetteer) -> None:
    """A bare word that only resembles a village is none."""
    assert not find_places(read_words("قال صنبوقة إنه لم يعلم"), loaded)


@pytest.mark.parametrize(("holder", "id"), [("بريف إدلب الغربي", "ocha:C9104"), ("بريف حماة الغربي", "ocha:C9105")])
def test_the_governorate_named_tells_two_near_namesakes_apart(loaded: Gazetteer, holder: str, id: str) -> None:
    """Both lie within the circle of either governorate: the table says in which each is."""
    assert first(f"قصف على قرية زنبوقة {holder} في سوريا", loaded).source_id == id


def test_a_namesake_spelled_otherwise_where_the_text_says_where(loaded: Gazetteer) -> None:
    """The one written so lies far from the place that holds it; one written with the article lies there."""
    assert first("قصف على قرية زنبقان بريف درعا في سوريا", loaded).source_id == "ocha:C9108"
    assert first("قصف على قرية زنبقان بريف القامشلي في سوريا", loaded).source_id == "ocha:C9107"


def test_a_second_word_of_a_name_shown_by_the_list(loaded: Gazetteer) -> None:
    """«قريتي X Y وZ»: what stands before «and Z» is of the first name."""
    found = find_places(read_words("قصف على قريتي زنبور كلو وكفر زنبقة في سوريا"), loaded)
    assert [(m.text, m.source_id) for m in found[:2]] == [
        ("قريتي زنبور كلو", None),
        ("كفر زنبقة", "ocha:C9102"),
    ]


def test_the_surveyed_point_stands_for_the_listed_one(loaded: Gazetteer) -> None:
    """A listed town takes the point of the user's table, also where that spells it otherwise."""
    assert (first("قصف على بلدة ابريهة في سوريا", loaded).lat, first("بلدة البريهة في سوريا", loaded).lat) == (
        35.171,
        35.171,
    )


def test_a_quoted_name_ends_with_its_sentence() -> None:
    """A closing mark opens no name that runs into the next line."""
    found = find_places(read_words("هجمات على محور”.\nوأضاف المركز “قسد” أن الهجمات توقفت"), load_gazetteer())
    assert all("\n" not in m.text for m in found)


def test_around_me_is_no_town_of_kuwait() -> None:
    """«حولي»: an everyday word; the town after a head noun."""
    gazetteer = load_gazetteer()
    assert not find_places(read_words("هدير القصف يعصف بكل شيء حولي"), gazetteer)
    assert first("في مدينة حولي الكويتية", gazetteer).country == "KWT"


@pytest.mark.parametrize(
    ("one", "two"),
    [("أم القرى", "أم قرى"), ("كبا جب", "كباجب"), ("جسر الشغور", "جسرالشغور"), ("كفرلاتا", "كفر لاته")],
)
def test_skeletons(one: str, two: str) -> None:
    """Names that differ only in spelling have one skeleton; a short one has none."""
    assert skeleton(fold(one)) == skeleton(fold(two)) is not None
    assert skeleton(fold("نوى")) is None
