"""Neutral names: every id the lexicon can give has one of its own in both languages, with no loaded word or person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from isnad.export.names import Names
from isnad.export.tables import arabic_names, name_table
from isnad.lexicon.parties import PartyLexicon
from isnad.lexicon.party_compile import DATA, built_in_files, compile_files, load_yaml
from isnad.text import fold, read_words

#: Bodies whose own name holds a loaded word; what it says is what they call themselves.
OWN_NAMES = {
    "benghazi-revolutionaries-shura-council": "own name (ثوار)",
    "derna-shura-council": "own name (مجاهدي)",
    "jaysh-al-mujahideen-syria": "own name (المجاهدين)",
    "jaysh-al-thuwar": "own name (الثوار)",
    "kataib-sayyid-al-shuhada": "own name; «master of the martyrs» is an imam (الشهداء)",
    "mujahedin-e-khalq": "own name (مجاهدي)",
    "mujahideen-brigades-gaza": "own name (المجاهدين)",
    "raqqa-revolutionaries": "own name (ثوار)",
    "thuwar-movement": "own name (ثائرون)",
    "tripoli-revolutionaries-brigade": "own name (ثوار)",
    "zionist-union": "own name of the electoral list (الصهيوني)",
}
#: Designations of the field that cannot be put without the word.
DESIGNATIONS = {
    "janjaweed": "the name in Security Council resolutions and data sets; the fighters never took another",
    "turkish-coup-plotters": "an attempted coup is what both sides of it call it",
}
#: Bodies that are told apart by a person's name alone, in the field and mostly by themselves.
PERSONS = {
    "assad-family": "a family, by its name",
    "ksrelief": "official name of the state's aid body",
    "ahmad-al-abdo-forces": "own name",
    "gulen-movement": "followers of a man, without a name that all accept",
    "houthis": "the name of the family is the name of the movement; its own one stands beside it",
    "pro-hadi-forces": "units known only by whom they followed",
    "saleh-forces": "units known only by whom they followed",
    "sudan-liberation-movement-abdul-wahid": "wings of one movement, told apart by their leaders",
    "sudan-liberation-movement-minnawi": "wings of one movement, told apart by their leaders",
}
#: English words that name a body from its enemies' or its friends' side.
LOADED = re.compile(
    r"regime|terroris|extremis|separatis|militia|gang\b|mercenar|thug|rebel|insurgen|mutineer|putsch|coup|remnant|"
    r"traitor|criminal|aggress|occup|enemy|entity|martyr|revolutionar|zionist|mujahed|mujahid|heroi|so-called",
    re.IGNORECASE,
)
#: The same of English names whose Arabic holds no such word.
ENGLISH_ONLY = {
    "icc": "official name; criminal is its law",
    "revolutionary-youth-syria": "own name",
    "sudan-revolutionary-front": "own name",
}
SECTORS = sorted(name_table().sectors)


@pytest.fixture(scope="module")
def lexicon() -> PartyLexicon:
    return PartyLexicon.load()


@pytest.fixture(scope="module")
def names(lexicon: PartyLexicon) -> Names:
    return Names(lexicon)


@pytest.fixture(scope="module")
def ids() -> list[str]:
    """Every id the party lexicon can give: its bodies and what its persons, words and choices point to."""
    compiled = compile_files(built_in_files())
    found = {*compiled.parties, *compiled.proxies.values(), *(doing.id for doing in compiled.doings)}
    found |= {id for entry in compiled.entries for id in (entry.id, entry.forces) if id}
    found |= {id for entry in compiled.entries if entry.role == "choice" for id in (entry.choices or {}).values()}
    return sorted({*found, *name_table().people})


def states(lexicon: PartyLexicon) -> list[str]:
    return [f"{code}.{sector}" for code in lexicon.countries for sector in SECTORS]


def test_every_id_is_named_in_both_languages(names: Names, ids: list[str]) -> None:
    """A name is written in its own script: a missing one would be the id."""
    assert len(ids) > 600
    assert [id for id in ids if not re.search("[ء-ي]", names.arabic(id))] == []
    assert [id for id in ids if re.search("[A-Za-z]", names.arabic(id))] == []
    assert [id for id in ids if names.english(id) == id or re.search("[ء-ي]", names.english(id))] == []


def test_every_named_body_has_an_arabic_name_as_data(lexicon: PartyLexicon) -> None:
    """Only bodies of a state are composed; and no name is left behind when a body goes."""
    given = arabic_names()
    assert sorted(id for id in lexicon.parties if "." not in id and id not in given) == []
    assert sorted(id for id in given if "." not in id and id not in lexicon.parties) == []


def test_no_name_holds_a_loaded_word(names: Names, lexicon: PartyLexicon, ids: list[str]) -> None:
    """Neither in Arabic nor in English; the exceptions are the bodies listed above, and no others."""
    listed = {*OWN_NAMES, *DESIGNATIONS}
    found = {id for id in [*ids, *states(lexicon)] if loaded(lexicon, names.arabic(id))}
    assert sorted(found) == sorted(listed)
    english = {id for id in [*ids, *states(lexicon)] if LOADED.search(names.english(id))}
    assert sorted(english - listed) == sorted(ENGLISH_ONLY)


def loaded(lexicon: PartyLexicon, name: str) -> list[str]:
    return [word.surface for word in read_words(name).types if lexicon.loaded(word)]


def test_no_name_is_a_persons(names: Names, ids: list[str]) -> None:
    """No person the lexicon knows is in the name of a body, but for those listed above."""
    persons = [
        f" {fold(name)} "
        for entry in load_yaml(DATA / "parties" / "persons.yaml")["persons"]
        for name in (*entry["names"], *entry.get("needs", ()))
    ]
    assert len(persons) > 500
    found = {id for id in ids if any(person in f" {fold(names.arabic(id))} " for person in persons)}
    assert sorted(found - set(PERSONS)) == []
    assert sorted(set(PERSONS) - set(ids)) == []


@pytest.mark.parametrize("language", [Names.arabic, Names.english])
def test_no_two_bodies_share_a_name(
    names: Names, lexicon: PartyLexicon, ids: list[str], language: Callable[[Names, str], str]
) -> None:
    same = defaultdict(set)
    for id in [*ids, *states(lexicon)]:
        same[language(names, id)].add(id)
    assert {name: sorted(owners) for name, owners in same.items() if len(owners) > 1} == {}


@pytest.mark.parametrize(
    ("id", "arabic"),
    [
        ("ISR.gov", "الحكومة الإسرائيلية"),
        ("TUR.gov", "الحكومة التركية"),
        ("SYR.mil", "الجيش السوري"),
        ("USA.spy", "الاستخبارات الأمريكية"),
        ("JOR.jud", "القضاء الأردني"),
        ("PAK.police", "الشرطة الباكستانية"),
        ("SYR.med", "الإعلام الرسمي السوري"),
        ("PSE.gov", "السلطة الفلسطينية"),
        ("SSD.gov", "حكومة جنوب السودان"),  # two words make no adjective
        ("MLI.mil", "جيش مالي"),  # no adjective: «المالية» is finance
        ("NER.gov", "حكومة النيجر"),  # «النيجرية» is a letter from Nigeria's
        ("SYR.civilians", "مدنيون من سوريا"),
        ("hezbollah", "حزب الله"),
        ("houthis", "جماعة الحوثي (أنصار الله)"),
        ("islamic-state", "تنظيم الدولة الإسلامية (داعش)"),
        ("un-envoy-syria", "المبعوث الأممي إلى سوريا"),
        ("civilians", "مدنيون"),
    ],
)
def test_arabic_names_as_they_are_read(names: Names, id: str, arabic: str) -> None:
    assert names.arabic(id) == arabic


@pytest.mark.parametrize(
    ("id", "english"),
    [
        ("ARE.gov", "Government of the United Arab Emirates"),
        ("JOR.gov", "Government of Jordan"),
        ("iran-backed-militias", "Iran-backed armed groups"),
    ],
)
def test_english_names_as_they_are_read(names: Names, id: str, english: str) -> None:
    assert names.english(id) == english


@pytest.mark.parametrize("id", ["nobody-knows", "SYR.nothing", "XYZ.gov", "SYR"])
def test_an_id_that_is_nowhere_named_is_its_own_name(names: Names, id: str) -> None:
    """Never what texts call it."""
    assert names.arabic(id) == names.english(id) == id


def test_what_texts_call_a_body_is_never_its_name(tmp_path: Path) -> None:
    """A body that a user's lexicon adds is shown by its id in Arabic, not by a name it is called."""
    entry = "{id: new-body, en: New Body, kind: militia, gloss: new, names: [ميليشيا الجسم الجديد]}"
    (tmp_path / "own.yaml").write_text(f"parties:\n  - {entry}\n", encoding="utf-8")
    names = Names(PartyLexicon.load(tmp_path))
    assert (names.arabic("new-body"), names.english("new-body")) == ("new-body", "New Body")


def test_sides_of_a_conflict_have_arabic_names(names: Names) -> None:
    assert names.side_arabic("syrian-government") == "الحكومة السورية"
    assert names.side_arabic("hamas") == names.arabic("hamas")
    assert names.side_arabic("nobody-knows") == "nobody-knows"
