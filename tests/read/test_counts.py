"""Counts of people and the tolls they belong to, against CODEBOOK section 9."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.read.counts import find_counts
from isnad.read.tolls import tolls
from isnad.text import read_words


def counts(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(c.text, c.least, c.most) for c in find_counts(read_words(text))]


def told(text: str) -> list[tuple[str, int | None, int | None]]:
    words = read_words(text)
    found = find_counts(words)
    return [
        (t.field, t.count.least, t.count.most)
        for s in words.sentences
        for t in tolls(words, found, s.first, s.last)
    ]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("سبعة عناصر", 7, 7),
        ("جنديين", 2, 2),
        ("طفلتان", 2, 2),
        ("مدنيين اثنين", 2, 2),
        ("العشرات", 20, 99),
        ("المئات", 200, 999),
        ("أكثر من 60 شخصا", 61, None),
        ("ما لا يقل عن 12 مدنيا", 12, None),
        ("36 شخصا على الأقل", 36, None),
        ("نحو 20 مسلحا", 20, 20),
        ("11 ألف شخص", 11000, 11000),
        ("نصف مليون شخص", 500000, 500000),
        ("ثلاثة وعشرين جنديا", 23, 23),
        ("خمسة عشر مقاتلا", 15, 15),
        ("مئة وخمسة وثلاثين قتيلا", 135, 135),
        ("قتلى", 1, None),
        ("ما يصل إلى 30 شخصا", None, 30),
        ("15 آخرون", 15, 15),
        ("1,332 قتيلا", 1332, 1332),
    ],
)
def test_numbers_of_people(text: str, least: int | None, most: int | None) -> None:
    """Figures, words, duals, loose quantities and modifiers give least and most."""
    assert counts(text) == [(text, least, most)]


@pytest.mark.parametrize("text", ["الملك سليمان", "عام 2015", "15/2/2021", "يوم الأحد", "وصل في سوريا"])
def test_what_is_no_count(text: str) -> None:
    """Names in -an, years, dates and days are no counts."""
    assert counts(text) == []


def test_a_dual_is_no_sound_plural() -> None:
    """«مدنيين» may be any number of civilians, «جنديين» are two soldiers."""
    assert [c[1:] for c in counts("مدنيين")] == [(1, None)]
    assert [c[1:] for c in counts("جنديين")] == [(2, 2)]


def test_a_part_is_marked() -> None:
    """Two of five, told after «among them», are a part and no toll."""
    words = read_words("مقتل خمسة أشخاص بينهم طفلان")
    assert [(c.least, c.part) for c in find_counts(words)] == [(5, False), (2, True)]
    assert told(words.text) == [("killed", 5, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مقتل ثلاثة وإصابة خمسة", [("killed", 3, 3), ("injured", 5, 5)]),
        ("أسفر الانفجار عن 3 قتلى و5 جرحى", [("killed", 3, 3), ("injured", 5, 5)]),
        ("قتل 4 أشخاص وجرح آخرون", [("killed", 4, 4), ("injured", 1, None)]),
        ("استشهاد مدنيين اثنين", [("killed", 2, 2)]),
        ("اعتقال سبعة عناصر", [("detained", 7, 7)]),
        ("مقتل وإصابة العشرات", [("killed", 1, 99), ("injured", 1, 99)]),
        ("الإفراج عن 20 معتقلا", [("detained", 20, 20)]),
        ("راح ضحيته خمسة مدنيين", [("killed", 5, 5)]),
        ("وأكدوا أن عدد القتلى بلغ 1332", [("killed", 1332, 1332)]),
        ("ارتفعت حصيلة القتلى في المدينة إلى 13", [("killed", 13, 13)]),
        ("إن عشرة جنود قتلوا وجرح تسعة آخرون", [("killed", 10, 10), ("injured", 9, 9)]),
        ("مقتل جندي وإصابة طفلين", [("killed", 1, 1), ("injured", 2, 2)]),
        ("جرح 3 أطفال وامرأة", [("injured", 4, 4)]),
        ("قتل القيادي مع ثلاثة آخرين", [("killed", 3, 3)]),
        ("عشرات القتلى والجرحى", [("killed", 1, 99), ("injured", 1, 99)]),
        ("سقط 20 شخصا بين قتيل وجريح", [("killed", 1, 20), ("injured", 1, 20)]),
        ("لم يخلف القصف إصابات", [("injured", 0, 0)]),
        ("وأكد مقتل المواطن أحمد", [("killed", 1, 1)]),
        ("لقي 28 شخصا مصرعهم", [("killed", 28, 28)]),
        ("أطلق الجيش 7 صواريخ", []),
    ],
)
def test_tolls(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each number goes to the word of death, injury or detention that it belongs to."""
    assert told(text) == expected


def test_milliards_are_no_people() -> None:
    """«The government released 7,160,000,000» is money: whoever is freed with it, they are not so many."""
    assert all((most or 0) < 10**9 for _, _, most in told("أفرجت الحكومة عن 7160000000 معتقل"))


_PIECES = [
    "مقتل",
    "وإصابة",
    "3",
    "ثلاثة",
    "جنديين",
    "قتلى",
    "و",
    "بينهم",
    "أكثر",
    "من",
    "\u200f",
    "،",
    ".",
    "ألف",
    "العشـرات",
    "\n",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=25))
def test_offsets_are_exact(pieces: list[str]) -> None:
    """Whatever stands in the text, counts and cues are the stored text between their offsets."""
    text = " ".join(pieces)
    words = read_words(text)
    found = find_counts(words)
    for count in found:
        assert text[count.start : count.end] == count.text
    for sentence in words.sentences:
        for toll in tolls(words, found, sentence.first, sentence.last):
            assert text[toll.cue.start : toll.cue.end] == toll.cue.text
            assert text[toll.count.start : toll.count.end] == toll.count.text
