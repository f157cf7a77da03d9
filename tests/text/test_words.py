"""Words with exact offsets."""

from __future__ import annotations

import pytest

from isnad.text import Kind, read_words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("#دير_الزور", ["دير", "الزور"]),
        ("شهيـ.ـد مدني", ["شهيد", "مدني"]),
        ("اعتـ ـقلت", ["اعتقلت"]),
        ("القيا.دي", ["القيادي"]),
        ("ق.س.د", ["قسد"]),
        ("السعودية.وقال", ["السعوديه", ".", "وقال"]),
        ("د.علي", ["د", ".", "علي"]),
        ("قال...ثم", ["قال", ".", ".", ".", "ثم"]),
        ("@newsقسد", ["@", "news", "قسد"]),
        ("بوست7:45", ["بوست", "7", ":", "45"]),
        ("1,200 شخص", ["1,200", "شخص"]),
        ("&#34;قال&quot;", ['"', "قال", '"']),
        ("ـ", []),
    ],
)
def test_words(text: str, keys: list[str]) -> None:
    assert read_words(text).key == keys


def test_kinds() -> None:
    assert [t.kind for t in read_words("قسد YPG 93 ،").types] == [
        Kind.WORD,
        Kind.LATIN,
        Kind.NUMBER,
        Kind.PUNCT,
    ]


def test_surface_is_the_stored_text() -> None:
    words = read_words("قُصِفَتْ قريةُ «الشاهر»")
    assert words.surface(0, 2) == "قُصِفَتْ قريةُ"
