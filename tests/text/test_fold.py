"""The look-up key."""

from __future__ import annotations

import pytest

from isnad.text import fold
from isnad.text.fold import fold_letters


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("قَصَفَتْ", "قصفت"),  # harakat
        ("قـــصف", "قصف"),  # tatweel
        ("الرَّحْمٰن", "الرحمن"),  # dagger alef
        ("إدلب", "ادلب"),
        ("مدينة", "مدينه"),
        ("مستشفى", "مستشفي"),
        ("ایران", "ايران"),  # Persian yeh
        ("ﻻ", "لا"),  # presentation form
        ("مسؤول", "مسؤول"),  # hamza on waw stays
        ("مسو\u0654ول", "مسؤول"),  # the same with the hamza as a mark
        ("١٢٣", "123"),
        ("۱۲۳", "123"),
        ("\u200fقسد\u200e", "قسد"),
        ("YPG", "ypg"),
        ("", ""),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == key


def test_fold_letters_keeps_the_feminine_ending() -> None:
    assert fold_letters("مَدِينة") == "مدينة"
