"""Page furniture: what is no part of the article is found, what is part of it is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isnad.read.furniture import furniture

HEADLINE = "قتيلان بقصف على بلدة في الريف الشمالي"
BODY = (
    "قتل مدنيان وأصيب ثلاثة آخرون بجروح اليوم السبت جراء قصف مدفعي استهدف البلدة.\n"
    "وقال ناشطون إن القصف تركز على السوق الشعبي وسط البلدة وأحدث أضرارا كبيرة في المنازل.\n"
    "وأضافوا أن فرق الإسعاف نقلت المصابين إلى مشفى قريب وأن حالة أحدهم خطرة."
)
LINKS = "غارات على ثلاث قرى في الجنوب\nالوزير يزور العاصمة غدا\nاعتقال شابين في المدينة"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "gold" / "train.jsonl"


def left(text: str) -> str:
    out, at = "", 0
    for start, end in furniture(text):
        out += text[at:start]
        at = end
    return (out + text[at:]).strip()


@pytest.mark.parametrize("text", [BODY, f"{HEADLINE}\n{BODY}", "", "قصف", "\n\n\n"])
def test_a_clean_article_is_left_alone(text: str) -> None:
    assert furniture(text) == []


@pytest.mark.parametrize(
    "tail",
    [
        f"مقالات ذات صلة\n{LINKS}",
        f"الأكثر قراءة\n{LINKS}",
        "التعليقات (0)\n\n    0\n\n    الأكثر قراءة\n\n    💡 أهم المواضيع",
        "اترك تعليقاً\nلن يتم نشر عنوان بريدك.\nشخص ما كتب هنا أن القصف قتل عشرين رجلا من الفصيل أمس.",
        LINKS,
        "© 2022 AFP",
        "شارك هذا الموضوع:\nتويتر\nفيس بوك",
        "اقرأ أيضاً: غارات على ثلاث قرى",
        "الجمعة 2022/08/19\nغارات على ثلاث قرى في الجنوب\nالأحد 2022/08/14\nاعتقال شابين في المدينة",
    ],
)
def test_tails_are_furniture(tail: str) -> None:
    assert left(f"{HEADLINE}\n{BODY}\n{tail}") == f"{HEADLINE}\n{BODY}"


def test_menus_before_the_article_are_furniture() -> None:
    menu = "الرئيسية\nسياسة\nإرهاب\nاستقبال\nأقمار ونجوم\nعيون المقالات"
    assert left(f"{menu}\n{HEADLINE}\n{BODY}") == f"{HEADLINE}\n{BODY}"


def test_text_resumes_after_a_block_of_links() -> None:
    first, *rest = BODY.split("\n")
    assert left(f"{first}\nالأحدث\n{LINKS}\n" + "\n".join(rest)).split("\n")[-1] == rest[-1]


def test_a_repeated_headline_is_coded_once() -> None:
    assert left(f"{HEADLINE}\n{HEADLINE}\n{BODY}") == f"{HEADLINE}\n\n{BODY}"


def test_post_header_footer_and_replies() -> None:
    footer = "7:45 AM · Dec 25, 202577Views\nرجل@man1Dec 26كلام"
    text = f"Post\nPost\nشبكة الريف@reefnewsقصف على البلدة\n#الريف{footer}"
    assert left(text) == "قصف على البلدة\n#الريف"


def test_a_list_in_the_article_is_no_list_of_links() -> None:
    victims = "– مدنيان بقصف مدفعي\n– جندي برصاص قناص\n– طفل بلغم أرضي"
    assert furniture(f"{HEADLINE}\n{BODY}\n{victims}") == []


def test_text_broken_into_lines_is_no_list_of_links() -> None:
    broken = "وأعلن الوزير أن بلاده سترسل\nفريقا إلى المنطقة وقال إنه\nسيبحث الأمر مع نظرائه"
    assert furniture(f"{HEADLINE}\n{BODY}\n{broken}") == []


@pytest.mark.parametrize(
    "text",
    [
        "اللغة/Language\n" * 50_000,
        "الأحدث\n" * 50_000,
        f"{BODY}\n" + "قرية.\n" * 50_000,
        "\n".join(f"{n} يناير 2021" for n in range(50_000)),
        "قصف " * 250_000,
        "Post\n" + "@" * 200_000,
    ],
    ids=["heads", "blocks", "short sentences", "dates", "one line", "handles"],
)
def test_hostile_pages_do_not_hang_the_reader(text: str) -> None:
    """A rule that looks at every pair of lines would take hours here; what comes back are ranges inside the text."""
    assert all(0 <= first < last <= len(text) for first, last in furniture(text))


def test_gold_events_stay_outside() -> None:
    if not SHARED.exists():
        pytest.skip("../shared is not beside the repository")
    events = lost = 0
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        ranges = furniture(document["text"])
        for event in document["events"]:
            trigger = event["trigger"]
            events += 1
            lost += any(start < trigger["end"] and trigger["start"] < end for start, end in ranges)
    assert lost / events <= 0.003
