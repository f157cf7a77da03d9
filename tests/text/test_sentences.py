"""Where sentences end, and which is the headline."""

from __future__ import annotations

import pytest

from isnad.text import read_words
from isnad.text.sentences import LONGEST


def sentences(text: str) -> list[str]:
    words = read_words(text)
    return [words.surface(s.first, s.last) for s in words.sentences]


def headlines(text: str) -> list[str]:
    words = read_words(text)
    return [words.surface(s.first, s.last) for s in words.sentences if s.headline]


def test_full_stops_and_paragraphs() -> None:
    text = "قصفت الطائرات القرية. وقتل مدنيان!\nونفى الناطق ذلك"
    assert sentences(text) == ["قصفت الطائرات القرية.", "وقتل مدنيان!", "ونفى الناطق ذلك"]


def test_closing_quotes_belong_to_the_sentence() -> None:
    assert sentences("قال «لن ننسحب.» وأضاف شيئا.") == ["قال «لن ننسحب.»", "وأضاف شيئا."]
    assert sentences("قال &#34;لن ننسحب.&#34; وأضاف.") == ["قال &#34;لن ننسحب.&#34;", "وأضاف."]


def test_abbreviations_and_missing_spaces() -> None:
    assert len(sentences("التقى د. سامر الوفد")) == 1
    assert len(sentences("غادر الوفد المدينة.وقال الناطق إنه عائد")) == 2


def test_line_broken_in_mid_sentence_goes_on() -> None:
    text = (
        "الوزير يزور العاصمة\nوصل الوزير إلى العاصمة صباح اليوم في زيارة رسمية.\n"
        "وقال الوزير إنه سيبحث مع نظيره سبل التعاون في\nمجالات الأمن والطاقة.\nوغادر مساء."
    )
    assert len(sentences(text)) == 4


def test_headline_is_the_first_line_of_an_article() -> None:
    text = "بالفيديو.. مسلحون يهاجمون قاعدة في الريف\nهاجم مسلحون القاعدة صباح اليوم."
    assert headlines(text) == ["بالفيديو.. مسلحون يهاجمون قاعدة في الريف"]


@pytest.mark.parametrize(
    "text",
    [
        "هاجم مسلحون القاعدة صباح اليوم.\nوقتل جنديان.",  # a first paragraph
        "Post\nPost\nشبكة الريف@reefnewsهاجم مسلحون القاعدة\nوقتل جنديان7:45 AM · Dec 25, 2025",  # a post
        "هاجم مسلحون القاعدة صباح اليوم",  # one line
        "",
    ],
)
def test_no_headline(text: str) -> None:
    assert headlines(text) == []


def test_post_text_begins_after_the_handle() -> None:
    assert "قسد تداهم القرية" in sentences("Post\nPost\nشبكة الريف@reefnewsقسد تداهم القرية\n#الريف")


@pytest.mark.parametrize(
    "text",
    [
        "«" * 10_000 + "قصف" + "»" * 10_000,
        '"' * 20_000,
        "قصف " * 250_000,
        "." * 200_000,
        "ا.ب" * 50_000,
        "ـ.ـ" * 50_000,
        "قصف\n" * 100_000,
        "\ud800قصف\udfff" * 1_000,
    ],
    ids=["quotes", "marks", "long line", "stops", "dotted", "tatweel", "lines", "surrogates"],
)
def test_hostile_text_does_not_hang_the_reader(text: str) -> None:
    """Sentences stay short whatever comes; a reader that is not linear would not come back."""
    words = read_words(text)
    assert all(0 < s.last - s.first <= LONGEST for s in words.sentences)


def test_long_sentences_are_cut_at_a_comma() -> None:
    text = "قصف " * 100 + "، " + "قتل " * 100
    first, second = read_words(text).sentences
    assert first.last == 101
    assert second.last == 201
