"""Which language a text is in."""

from __future__ import annotations

import pytest

from isnad.text.language import language


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قصفت الطائرات قرية في ريف المدينة", "ar"),
        ("نیروهای نظامی در این شهر با ﭘهﭘاد به ﭘایگاه حمله کردند و گفتند که جنگ ادامه دارد", "fa"),
        ("Copy link to Tweet Embed Tweet قصفت الطائرات قرية في الريف", "ar"),
        ("نیروهای نظامی در این شهر با پهپاد به پایگاه حمله کردند و گفتند که جنگ ادامه دارد", "fa"),
        ("وزیر اعظم نے کہا ہے کہ ملک میں امن کے لیے مذاکرات جاری ہیں", "ur"),
        ("هێزەکان لە شارەکە هێرشیان کرد بۆ سەر بنکەکانی", "ku"),
        ("The army shelled a village in the north", "other"),
        ("Армия обстреляла деревню на севере", "other"),
        ("", "empty"),
        ("123 …", "empty"),
        ("\ud800" * 20, "empty"),
    ],
)
def test_language(text: str, wanted: str) -> None:
    assert language(text) == wanted
