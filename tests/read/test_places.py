"""Places in running text: gazetteer names, patterns, everyday words, what looks back, exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.lexicon.gazetteer import load_gazetteer
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
