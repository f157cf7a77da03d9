"""Party mentions (CODEBOOK section 5) on short sentences written for the tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.lexicon.parties import PartyLexicon
from isnad.read.mentions import PartyMention
from isnad.read.parties import find_parties
from isnad.text import read_words

LEXICON = PartyLexicon.load()


def read(text: str, outlet_country: str | None = None, published: str | None = None) -> list[PartyMention]:
    return find_parties(read_words(text), LEXICON, outlet_country=outlet_country, published=published)


def ids(text: str, outlet_country: str | None = None, published: str | None = None) -> list[str | None]:
    return [m.id for m in read(text, outlet_country, published)]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("قسد", "syrian-democratic-forces"),
        ("ميليشيا “قسد”", "syrian-democratic-forces"),
        ("قوات سوريا الديمقراطية", "syrian-democratic-forces"),
        ("تنظيم «داعش»", "islamic-state"),
        ("تنظيم الدولة الإسلامية", "islamic-state"),
        ("الميليشيات الحوثية", "houthis"),
        ("ميليشيات الأسد", "SYR.mil"),
        ("الجيش العربي السوري", "SYR.mil"),
        ("القوات التركية", "TUR.mil"),
        ("الطيران الحربي الروسي", "RUS.mil"),
        ("الشرطة الباكستانية", "PAK.police"),
        ("مجلس النواب الليبي", "LBY.leg"),
        ("وزير الخارجية الأميركي جون كيري", "USA.gov"),
        ("رئيس الوزراء البريطاني", "GBR.gov"),
        ("الوسيط الألماني", "DEU.gov"),
        ("القضاء المصري", "EGY.jud"),
        ("جنديين إسرائيليين", "ISR.mil"),
        ("ثلاثة مدنيين", "civilians"),
        ("مسلحين مجهولين", "unidentified-armed-group"),
        ("دورية من قسد", "syrian-democratic-forces"),
    ],
)
def test_whole_phrase_is_one_mention(text: str, id: str) -> None:
    """The longest phrase is returned as one mention with the neutral id."""
    (mention,) = read(text)
    assert mention.id == id
    assert mention.text == text


def test_same_party_whoever_writes() -> None:
    """Neutral ids do not depend on the outlet's wording (DESIGN section 5)."""
    names = ("قسد", "ميليشيا قسد", "مليشيات قسد", "عناصر قوات سوريا الديمقراطية")
    assert {i for n in names for i in ids(f"هاجمت {n} البلدة")} == {"syrian-democratic-forces"}


@pytest.mark.parametrize(
    ("text", "framing"),
    [
        ("ميليشيا قسد", "ميليشيا"),
        ("تنظيم داعش الإرهابي", "الإرهابي"),
        ("المتمردين الحوثيين", "المتمردين"),
        ("الاحتلال التركي", "الاحتلال"),
        ("قوات النظام", "النظام"),
        ("قوات الأسد", None),
        ("القوات التركية", None),
    ],
)
def test_framing_is_the_word_in_the_text(text: str, framing: str | None) -> None:
    (mention,) = read(f"{text} في سوريا")[:1]
    assert (mention.framing.text if mention.framing else None) == framing


def test_framing_span_is_exact() -> None:
    text = "وأعلن تنظيم داعش الإرهابي"
    (mention,) = read(text)
    assert mention.framing is not None
    assert text[mention.framing.start : mention.framing.end] == mention.framing.text


def test_conjunction_is_left_out_of_the_mention() -> None:
    assert read("وبوتين")[0].text == "بوتين"


def test_preposition_welded_to_the_article_stays() -> None:
    assert read("نقطة للجيش التركي")[0].text == "نقطة للجيش التركي"


def test_occupation_takes_its_country_from_the_adjective() -> None:
    mention = read("قصف الاحتلال التركي القرية")[0]
    assert (mention.id, mention.form, mention.country) == ("TUR.gov", "country", "TUR")


def test_coalition_is_decided_by_the_war_spoken_of() -> None:
    assert ids("شن طيران التحالف غارات في اليمن")[0] == "saudi-led-coalition"
    assert ids("شن طيران التحالف غارات في سوريا")[0] == "anti-isis-coalition"


def test_coalition_without_context_is_not_guessed() -> None:
    assert ids("شن طيران التحالف غارات") == [None]


def test_bare_government_takes_the_country_spoken_of() -> None:
    assert ids("في العراق أعلنت الحكومة")[-1] == "IRQ.gov"


def test_bare_government_falls_back_on_the_outlet() -> None:
    assert ids("أعلنت الحكومة", "SAU") == ["SAU.gov"]
    assert ids("أعلنت الحكومة") == [None]


def test_group_noun_looks_back_to_the_party() -> None:
    assert ids("هاجم تنظيم داعش القرية. وانسحب التنظيم") == ["islamic-state", "islamic-state"]


def test_factions_loyal_to_it_are_its_proxies() -> None:
    assert "syrian-national-army" in ids("القوات التركية والفصائل الموالية لها في سوريا")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ثلاثة مدنيين", (3, 3)),
        ("12 شخصا", (12, 12)),
        ("طفلان", (2, 2)),
        ("امرأة", (1, 1)),
        ("المدنيين", None),
    ],
)
def test_count_of_people(text: str, count: tuple[int, int] | None) -> None:
    (mention,) = read(text)
    assert mention.count == count
    assert mention.form == "people"


@pytest.mark.parametrize("text", ["لصالح اليمنيين في عدن", "أسد في حديقة الحيوان", "مباراة الشباب والهلال"])
def test_everyday_words_are_not_persons_or_groups(text: str) -> None:
    assert not {"saleh-forces", "SYR.gov", "SYR.mil", "al-shabaab"} & set(ids(text))


def test_name_after_office_belongs_to_the_mention() -> None:
    (mention,) = read("الرئيس الكيني أوهورو كينياتا")
    assert mention.text == "الرئيس الكيني أوهورو كينياتا"
    assert (mention.id, mention.form) == ("KEN.gov", "office")


PIECES = st.sampled_from(
    [
        "قوات",
        "النظام",
        "السوري",
        "و",
        "للجيش",
        "«داعش»",
        "3",
        "مدنيين",
        "ميليشيا",
        "تابعة",
        "لـ",
        "قسد",
        "،",
        ".",
        "\n",
        "وزير الخارجية",
        "الروسي",
        "عناصرها",
        "التحالف",
        "الموالية",
        "لها",
        "\u200f",
        "من",
        "عدد",
    ]
)


@given(st.lists(PIECES, max_size=25))
def test_offsets_are_exact_and_mentions_do_not_overlap(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for mention in read(text, "SYR"):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        end = mention.end
        if mention.framing is not None:
            assert text[mention.framing.start : mention.framing.end] == mention.framing.text


@given(st.text(max_size=60))
def test_any_text_is_read_without_fault(text: str) -> None:
    for mention in read(text):
        assert text[mention.start : mention.end] == mention.text


def test_fixed_phrases_that_only_look_like_a_party() -> None:
    """«القضاء على» is elimination, «مؤتمر صحفي» a press conference: neither names anyone."""
    assert ids("القضاء على الفقر في مؤتمر صحفي") == []


def test_others_are_like_those_counted_before() -> None:
    assert ids("مقتل جنديين تركيين وإصابة 4 آخرين") == ["TUR.mil", "TUR.mil"]
    assert ids("مقتل طفل وإصابة 4 آخرين") == ["civilians", "civilians"]


def test_the_occupier_is_not_the_home_of_bare_forces() -> None:
    text = "قصف الاحتلال التركي قرية وقصف الاحتلال التركي أخرى في سوريا وردت قوات الحكومة"
    assert ids(text)[-1] == "SYR.mil"


def test_former_president_is_not_the_state() -> None:
    assert ids("الرئيس اليمني علي عبدالله صالح") == ["YEM.gov"]
    assert ids("الرئيس اليمني السابق علي عبدالله صالح")[-1] == "saleh-forces"


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("قوات الجيش الوطني الليبي", "libyan-national-army"),
        ("قوات الجيش الوطني اليمني", "YEM.mil"),
        ("قوات الجيش الوطني السوري", "syrian-national-army"),
        ("عناصر “الجيش الوطني السوري”", "syrian-national-army"),
        ("متمردو حزب العمال الكردستاني", "pkk"),
    ],
)
def test_a_name_goes_before_a_shorter_name_that_begins_earlier(text: str, id: str) -> None:
    """«قوات الجيش» and «الجيش الوطني» are forms too; the name that goes on further decides."""
    (mention,) = read(text)
    assert (mention.id, mention.text) == (id, text)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("قوات حكومة الوفاق في ليبيا", "libyan-national-accord-government"),
        ("حكومة الوفاق في فلسطين", "PSE.gov"),
        ("شرطة الانقلاب المصرية", "EGY.police"),
        ("ميليشيات الانقلاب في اليمن", "houthis"),
        ("طيران تحالف العدوان السعودي", "saudi-led-coalition"),
        ("الكيان الصهيوني", "ISR.gov"),
        ("المجموعات المدعومة من إيران", "iran-backed-militias"),
        ("قوات القمع العراقية", "IRQ.mil"),
        ("قوى الأمن الداخلي في لبنان", "LBN.police"),
        ("الدفاع المدني في غزة", "palestinian-civil-defence"),
        ("فلول النظام", "assad-regime-remnants"),
        ("مليشيا آل دقلو", "rapid-support-forces"),
    ],
)
def test_loaded_and_shared_names_have_one_neutral_id(text: str, id: str) -> None:
    """Names of one side and names shared by several bodies resolve by what stands with them."""
    assert ids(text)[0] == id


@pytest.mark.parametrize(
    ("text", "published", "id"),
    [
        ("هاجم الجنجويد القرية", "2004-05-01", "janjaweed"),
        ("هاجم الجنجويد القرية", "2024-05-01", "rapid-support-forces"),
        ("قال الجولاني", "2019-05-01", "hayat-tahrir-al-sham"),
        ("قال الجولاني", "2025-05-01", "SYR.gov"),
        ("قصف الجيش واللجان الشعبية في اليمن", "2012-05-01", "YEM.mil"),
        ("قصف الجيش واللجان الشعبية في اليمن", "2019-05-01", "houthis"),
    ],
)
def test_the_day_decides_whom_a_name_means(text: str, published: str, id: str) -> None:
    assert ids(text, published=published)[0] == id


def test_another_name_in_the_text_decides_where_the_day_is_unknown() -> None:
    assert ids("هاجم الجنجويد القرية")[0] == "janjaweed"
    assert ids("هاجم الجنجويد القرية، وقالت قوات الدعم السريع")[0] == "rapid-support-forces"


@pytest.mark.parametrize(
    ("text", "framing"),
    [
        ("قطعان المستوطنين", "قطعان"),
        ("مرتدي الصحوات", "مرتدي"),
        ("جيش الفلول السوداني", "الفلول"),
        ("شرطة الانقلاب المصرية", "الانقلاب"),
        ("تحالف العدوان السعودي", "العدوان"),
        ("ميليشيات الداخلية المصرية", "ميليشيات"),
        ("الميليشيات المتمردة في اليمن", "الميليشيات المتمردة"),
        ("ميليشيا قسد الانفصالية", "ميليشيا قسد الانفصالية"),
        ("قصف لميليشيا قسد", "ميليشيا"),
    ],
)
def test_loaded_words_are_kept_with_the_name(text: str, framing: str) -> None:
    """Two loaded words of one party stand in one span; a preposition before them is left out."""
    mention = read(text)[0]
    assert mention.framing is not None
    assert mention.framing.text == framing


def test_a_weapon_is_nobody_s_until_its_owner_is_said() -> None:
    assert ids("استهدفت طائرة مسيرة سيارة في سوريا") == ["SYR.gov"]
    assert ids("استهدفت طائرة مسيرة مجهولة سيارة") == ["unidentified-armed-group"]
    assert ids("استهدفت طائرة مسيرة تركية سيارة") == ["TUR.mil"]


def test_teams_of_a_body_are_no_army() -> None:
    assert ids("قال الدفاع المدني السوري إن القوات التركية قصفت البلدة وإن فرقها أسعفت")[-1] != "TUR.mil"


def test_people_are_told_by_what_they_do() -> None:
    """People who demonstrate are protesters; one person called by a nation, killed or held, is a civilian."""
    assert ids("تظاهر آلاف العراقيين في بغداد")[0] == "protesters"
    assert ids("شارك مئات السوريين في احتجاج")[0] == "protesters"
    assert ids("قتل مئات السوريين في احتجاج")[0] == "civilians"
    assert ids("مقتل فلسطيني برصاص الجيش الإسرائيلي")[0] == "civilians"
    assert ids("مقتل شخص في قصف تركي")[-1] == "TUR.gov"


@pytest.mark.parametrize(
    "text",
    [
        "وأفاد شهود بذلك",
        "دخلت المفاوضات مرحلة جديدة",
        "انتهت محاكمة اليوم",
        "من جانبه، رحب بذلك",
        "أغلقت المدرسة",
        "طالب بوقف ذلك",
    ],
)
def test_a_word_spelled_as_a_party_s_is_none_alone(text: str) -> None:
    """Reported, stage, trial, for his part, school, demanded."""
    assert [m.text for m in read(text) if m.text != "شهود"] == []
