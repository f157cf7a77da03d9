"""Places in running text: gazetteer names, patterns, everyday words, what looks back, exact offsets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.lexicon.gazetteer import Gazetteer, load_gazetteer
from isnad.lexicon.gazetteer_tables import add_table
from isnad.read.mentions import PartyMention, PlaceMention
from isnad.read.places import find_places
from isnad.text import read_words

GAZETTEER = load_gazetteer()


def places(text: str, parties: tuple[PartyMention, ...] = ()) -> list[PlaceMention]:
    """Return the places of a text."""
    return find_places(read_words(text), GAZETTEER, parties)


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Return (words, level, English name) of the places of a text."""
    return [(m.text, m.level, m.name) for m in places(text)]


@pytest.mark.parametrize(
    ("text", "words", "level", "name"),
    [
        ("انفجرت سيارة في مدينة حلب صباحا", "مدينة حلب", "town", "Aleppo"),
        ("قصفت المدفعية بريف حلب الشمالي مساء", "بريف حلب الشمالي", "region", "Aleppo countryside, north"),
        ("تحركت الأرتال نحو شمال غربي سوريا ليلا", "شمال غربي سوريا", "region", "Northwest Syria"),
        ("عاد النازحون إلى الشمال السوري", "الشمال السوري", "region", "Northern Syria"),
        ("جرت معارك في الأراضي العراقية", "الأراضي العراقية", "country", "Iraq"),
        ("حط الوفد في مطار عدن الدولي", "مطار عدن الدولي", "site", "Aden International Airport"),
        ("هاجموا قاعدة العند الجوية", "قاعدة العند الجوية", "site", "Al-Anad Air Base"),
        ("سقطت القذيفة على حي الجزماتي", "حي الجزماتي", "neighbourhood", "Jazmati, Aleppo"),
        ("أغلقوا معبر باب الهوى أمس", "معبر باب الهوى", "site", "Bab al-Hawa crossing"),
        ("انسحبوا من محافظة إدلب", "محافظة إدلب", "governorate", "Idlib"),
        ("زار الوزير العاصمة السورية دمشق", "العاصمة السورية دمشق", "town", "Damascus"),
        ("اشتباكات على الحدود السورية التركية", "الحدود السورية التركية", "region", "Syria-Turkey border"),
        ("دخلت القوات مدينة الباب شرق حلب", "مدينة الباب", "town", "Al-Bab"),
        ("اجتمعوا في العراق وسوريا", "العراق وسوريا", "region", "Iraq and Syria"),
        ("قصف استهدف قرى جبل الزاوية", "قرى جبل الزاوية", "region", "Jabal al-Zawiya"),
    ],
)
def test_patterns(text: str, words: str, level: str, name: str):
    """The words, the level and the English name as the codebook writes them."""
    assert (words, level, name) in told(text)


@pytest.mark.parametrize(
    ("text", "words", "level"),
    [
        ("قصف على بلدة زعفرونة ليلا", "بلدة زعفرونة", "town"),
        ("مداهمة في حي “النرجسات” فجرا", "حي “النرجسات”", "neighbourhood"),
        ("سيطروا على قرية #زعفرونة", "قرية #زعفرونة", "town"),
    ],
)
def test_unknown_names_by_their_head_noun(text: str, words: str, level: str):
    """A name that no gazetteer knows is still a place, without coordinates and name."""
    (found,) = places(text)
    assert (found.text, found.level, found.name, found.lat) == (words, level, None, None)


def test_unknown_name_is_met_again():
    """Once named as a town, the bare name is the town further on."""
    assert [m.text for m in places("قصف على بلدة زعفرونة. عاد الهدوء إلى زعفرونة مساء")] == [
        "بلدة زعفرونة",
        "زعفرونة",
    ]


def test_two_villages_under_one_noun():
    """«قريتي X وY»: two mentions."""
    texts = [m.text for m in places("استهدف القصف قريتي كنصفرة والبارة")]
    assert texts == ["قريتي كنصفرة", "البارة"]


@pytest.mark.parametrize(
    "text",
    [
        "فتح الحارس الباب ورفع العلم يوم الخميس",
        "عملية السلام وقوى الثورة وحزب الوحدة",
        "التقى صالح أمس سعد الحريري",
        "قال وزير الداخلية إن المصدر نفى الخبر",
        "الرئيس الأمريكي باراك أوباما",
    ],
)
def test_everyday_words_are_no_places(text: str):
    """Names that are words and persons count only where the text says that they are places."""
    assert [m.text for m in places(text) if m.level == "town"] == []


def test_body_named_after_a_place_is_no_place():
    """«قوات سوريا الديمقراطية» and «هيئة تحرير الشام» are parties."""
    assert places("أعلنت قوات سوريا الديمقراطية وهيئة تحرير الشام") == []


def test_namesake_by_document():
    """طرابلس is Lebanon's or Libya's by the company it keeps."""
    assert next(m.country for m in places("اشتباكات في طرابلس وقال الجيش اللبناني في بيروت")) == "LBN"
    assert next(m.country for m in places("اشتباكات في طرابلس وقالت الحكومة الليبية في بنغازي")) == "LBY"


def test_country_of_a_party_tells_the_namesake():
    """The countries of the parties count too."""
    text = "هاجموا طرابلس ليلا"
    party = PartyMention(
        first=0, last=1, start=0, end=6, text="هاجموا", id="LBN.mil", form="name", kind="state", country="LBN"
    )
    assert places(text, (party,))[0].country == "LBN"


def test_building_with_its_town():
    """«منزلا في مدينة الباب»: the house as a site of the town, and the town itself."""
    found = told("استهدفت القذيفة منزلا في مدينة الباب")
    assert ("منزلا في مدينة الباب", "site", "house, Al-Bab") in found
    assert ("مدينة الباب", "town", "Al-Bab") in found


def test_looking_back():
    """«المدينة» is the city named before, «البلاد» the country the text is about."""
    found = places("سيطر الجيش على مدينة درعا في سوريا. وقال مصدر إن المدينة هادئة في عموم البلاد")
    assert [(m.text, m.name) for m in found][-2:] == [("المدينة", "Daraa"), ("البلاد", "Syria")]


@pytest.mark.parametrize("text", ["وفي دمشق", "بدمشق", "لدمشق", "ودمشق"])
def test_clitics(text: str):
    """A name is found with its clitics; the conjunction stays outside the span."""
    (found,) = places(text)
    assert found.name == "Damascus"
    assert not found.text.startswith("و")


ALPHABET = st.text(alphabet='ابتدرسعفقلمنهويةىأإ .،«»"#-\n\u0640\u064b\u200f123M', max_size=40)
NAMES = st.sampled_from(
    ["بلدة ", "مدينة الباب", "بريف حلب الشمالي", "شمال ", "سوريا", "حي “", "طريق ", "قريتي ", "منزلا في "]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET | NAMES, max_size=8).map("".join))
def test_offsets_are_exact(text: str):
    """Every mention's text is the stored text between its offsets, inside its words."""
    words = read_words(text)
    for m in find_places(words, GAZETTEER):
        assert text[m.start : m.end] == m.text
        assert words.start[m.first] <= m.start < m.end == words.end[m.last - 1]
        assert m.first < m.last
        assert (m.lat is None) == (m.lon is None)


def test_country_name_as_adjective_is_no_place():
    """«القوات السعودية» names a party; «في السعودية» a place."""
    assert places("تقدمت القوات السعودية ليلا") == []
    assert [m.country for m in places("وقع الهجوم في السعودية")] == ["SAU"]


def test_unlisted_nation_of_a_capital_is_left_open():
    """The capital of a nation that the lists lack is not taken for the capital of the country at hand."""
    (found,) = [m for m in places("قال مسؤول في سوريا إن الوفد وصل العاصمة الزنبقية") if m.level == "town"]
    assert (found.name, found.lat) == (None, None)


TABLE = """pcode,name_ar,name_en,gov_ar,dist_ar,lat,lon
C9001,الزنبقية,Zanbaqiya North,الحسكة,المالكية,36.9,42.0
C9002,الزنبقية,Zanbaqiya West,حلب,منبج,36.3,37.8
C9003,الزنبقية,Zanbaqiya South,درعا,ازرع,32.8,36.1
C9004,جروح,Jruh,حماة,السلمية,35.1,37.5
C9005,السوسنية,Sawsaniya,درعا,ازرع,32.8,36.0
C9006,القدس,Al-Quds,الحسكة,القامشلي,36.6,41.2
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The gazetteer with a user's table of Syrian villages."""
    folder: Path = tmp_path_factory.mktemp("places")
    file = folder / "villages.csv"
    file.write_text(TABLE, encoding="utf-8")
    add_table(file, folder / "user", country="SYR")
    return load_gazetteer(folder / "user")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("قصف على قرية الزنبقية بريف منبج في سوريا", "ocha:C9002"),
        ("قصف على قرية الزنبقية في ريف الحسكة الشمالي بسوريا", "ocha:C9001"),
        ("قصف على قرية الزنبقية التابعة لمدينة ازرع في سوريا", "ocha:C9003"),
        ("اشتباكات قرب منبج السورية. وسقطت قذيفة على قرية الزنبقية مساء", "ocha:C9002"),
        ("قصف على قرية الزنبقية في سوريا. وسقطت قذائف على قرية الزنبقية بريف منبج", "ocha:C9002"),
    ],
)
def test_namesake_by_the_places_around(loaded: Gazetteer, text: str, id: str):
    """The place that holds it, the places beside it and the same name elsewhere tell which village is meant."""
    found = find_places(read_words(text), loaded)
    assert {m.source_id for m in found if m.name and m.name.startswith("Zanbaqiya")} == {id}


def test_undecided_namesakes_have_no_point(loaded: Gazetteer):
    """Where nothing decides between villages far apart, the name stays and the coordinates are null."""
    (found, _) = find_places(read_words("قصف على قرية الزنبقية في سوريا"), loaded)
    assert (found.text, found.lat, found.reason) == ("قرية الزنبقية", None, "ambiguous")


def test_only_namesake_elsewhere_has_no_point(loaded: Gazetteer):
    """The one Sawsaniya known lies in Daraa: it is not the one «in the west of Idlib»."""
    found = find_places(read_words("قصف على قرية السوسنية بريف إدلب الغربي في سوريا"), loaded)
    assert (found[0].lat, found[0].source_id, found[0].reason) == (None, None, "far")


def test_unknown_village_lies_in_the_town_that_holds_it():
    """A village that no table knows has the point of its town, with a wide radius and no entry of its own."""
    found = places("قصف على قرية زعفرونة بريف منبج في سوريا")[0]
    assert (found.text, found.name, found.source_id) == ("قرية زعفرونة", None, None)
    assert found.lat is not None
    assert (found.precision or 0) >= 20


@pytest.mark.parametrize("text", ["أصيب طفل بجروح خطرة", "خرجوا بحجة التدريب", "في إطار الحملة", "بواسطة لغم"])
def test_set_phrases_are_no_places(loaded: Gazetteer, text: str):
    """A village named like a word is not met in the word's set phrases."""
    assert find_places(read_words(text), loaded) == []


def test_city_before_village_of_its_name(loaded: Gazetteer):
    """القدس is Jerusalem beside Palestinian places, whatever villages a user's table has."""
    found = find_places(read_words("قال مسؤول في سوريا إن القدس وغزة ورام الله محتلة"), loaded)
    assert [m.country for m in found if m.text == "القدس"] == ["PSE"]


def test_capital_of_another_country_is_no_camp():
    """«مخيم كويت الرحمة» (Kuwait of Mercy camp) near Afrin is not Kuwait City."""
    found = places("قصف على مخيم كويت الرحمة بريف مدينة عفرين شمال حلب")[0]
    assert found.country != "KWT"
    assert found.lat is None or abs(found.lat - 36.5) < 0.2


def test_road_lies_between_its_ends():
    """A road between two towns: its middle, half its length as radius."""
    found = places("قصف الطريق الواصل بين مدينة منبج وجرابلس في سوريا")[0]
    assert found.name == "Manbij-Jarabulus road"
    assert 36.55 < (found.lat or 0) < 36.8
    assert (found.precision or 0) > 10


def test_building_somewhere_in_a_country_has_no_point():
    """«قاعدة في العراق» names a country, not a spot."""
    found = next(m for m in places("استهدفت قاعدة عسكرية في العراق") if m.level == "site")
    assert (found.lat, found.reason) == (None, "wide")


@pytest.mark.parametrize("text", ["قصف منازل المدنيين ليلا", "نزح سكان القرى ليلا", "في نقطة تركية"])
def test_nouns_of_place_alone(text: str):
    """Houses of civilians, villages at large, a Turkish post: none has the point of a country or town."""
    assert [m for m in places(text) if m.lat is not None or m.level == "town"] == []
