"""Dates: which words tell time, which days they mean, against CODEBOOK section 7."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.read.dates import find_dates, named_weekday, publication_day, stated_today
from isnad.read.mentions import DateMention
from isnad.text import read_words

THURSDAY = dt.date(2015, 8, 6)


def read(text: str, published: dt.date | None = THURSDAY) -> list[DateMention]:
    return find_dates(read_words(text), published)


def days(text: str, published: dt.date | None = THURSDAY) -> list[tuple[str, str | None, str | None]]:
    return [(m.text, m.day_from, m.day_to) for m in read(text, published)]


@pytest.mark.parametrize(
    ("text", "span", "first", "last"),
    [
        ("وصل الوفد اليوم إلى المدينة", "اليوم", "2015-08-06", "2015-08-06"),
        ("وصل الوفد أمس إلى المدينة", "أمس", "2015-08-05", "2015-08-05"),
        ("وصل الوفد أول من أمس إلى المدينة", "أول من أمس", "2015-08-04", "2015-08-04"),
        ("وصل الوفد مساء أمس الأربعاء", "مساء أمس الأربعاء", "2015-08-05", "2015-08-05"),
        ("وصل الوفد اليوم (الخميس) إلى", "اليوم (الخميس)", "2015-08-06", "2015-08-06"),
        ("وقع الانفجار فجر الثلاثاء قرب", "فجر الثلاثاء", "2015-08-04", "2015-08-04"),
        ("وقع الانفجار ليلة السبت قرب", "ليلة السبت", "2015-08-01", "2015-08-01"),
        ("يلتقيان الاثنين المقبل في", "الاثنين المقبل", "2015-08-10", "2015-08-10"),
        ("التقيا يوم الاثنين الماضي في", "يوم الاثنين الماضي", "2015-08-03", "2015-08-03"),
        ("التقيا الخميس الماضي في", "الخميس الماضي", "2015-07-30", "2015-07-30"),
        ("في العاشر من الشهر الماضي", "العاشر من الشهر الماضي", "2015-07-10", "2015-07-10"),
        ("بدأ في 15 يوليو الجاري", "15 يوليو الجاري", "2015-07-15", "2015-07-15"),
        ("بدأ في الثالث والعشرين من تموز", "الثالث والعشرين من تموز", "2015-07-23", "2015-07-23"),
        ("بدأ في السادس عشر من حزيران/ يونيو", "السادس عشر من حزيران/ يونيو", "2015-06-16", "2015-06-16"),
        ("بدأ في 11 أيار (مايو) 2014", "11 أيار (مايو) 2014", "2014-05-11", "2014-05-11"),
        ("بدأ في 3 جويلية 2014", "3 جويلية 2014", "2014-07-03", "2014-07-03"),
        ("بدأ في 12 كانون الثاني 2014", "12 كانون الثاني 2014", "2014-01-12", "2014-01-12"),
        ("بدأ في 15/2/2014 وانتهى", "15/2/2014", "2014-02-15", "2014-02-15"),
        ("بدأ في 2014-02-15 وانتهى", "2014-02-15", "2014-02-15", "2014-02-15"),
        ("بدأ في ١٥ شباط ٢٠١٤", "١٥ شباط ٢٠١٤", "2014-02-15", "2014-02-15"),
        ("خلال شهر مايو/ أيار من عام 2008", "خلال شهر مايو/ أيار من عام 2008", "2008-05-01", "2008-05-31"),
        ("سيطروا عليها عام 2012", "عام 2012", "2012-01-01", "2012-12-31"),
        ("سيطروا عليها في 2012", "2012", "2012-01-01", "2012-12-31"),
        ("سيطروا عليها الشهر الماضي", "الشهر الماضي", "2015-07-01", "2015-07-31"),
        ("سيطروا عليها العام الماضي", "العام الماضي", "2014-01-01", "2014-12-31"),
        ("سيطروا عليها مطلع الشهر الجاري", "مطلع الشهر الجاري", "2015-08-01", "2015-08-10"),
        ("سيطروا عليها أواخر يونيو حزيران الماضي", "أواخر يونيو حزيران الماضي", "2015-06-21", "2015-06-30"),
        ("يتواصل منذ الجمعة", "منذ الجمعة", "2015-07-31", "2015-08-06"),
        ("يتواصل منذ ثلاثة أيام", "منذ ثلاثة أيام", "2015-08-03", "2015-08-06"),
        ("وصل قبل يومين", "قبل يومين", "2015-08-04", "2015-08-04"),
        ("خلال الأيام الثلاثة الماضية", "خلال الأيام الثلاثة الماضية", "2015-08-03", "2015-08-06"),
        ("قتل في 10 شوال 1436هـ", "10 شوال 1436هـ", "2015-07-26", "2015-07-26"),
        ("posted 7:45 AM · Dec 25, 2014", "Dec 25, 2014", "2014-12-25", "2014-12-25"),
    ],
)
def test_day_words_are_read(text: str, span: str, first: str, last: str) -> None:
    """Each way of telling a day gives its exact words and days."""
    found = days(text)
    assert (span, first, last) in [(t.removeprefix("في "), a, b) for t, a, b in found]


@pytest.mark.parametrize(
    "text",
    [
        "في الآونة الأخيرة",
        "قبل أيام",
        "الأسبوع الماضي",
        "قبل عام",
        "منذ أشهر",
        "مؤخرا",
        "بعد أربعة أشهر",
        "منتصف عام 2014",
    ],
)
def test_vague_words_are_kept_without_days(text: str) -> None:
    """Vague and week-long spans keep their words; no day is guessed."""
    (found,) = read(f"تصاعدت الهجمات {text} على البلدة")
    assert (found.day_from, found.day_to, found.reason) == (None, None, "vague")


@pytest.mark.parametrize(
    "text",
    [
        "قال الأمين العام للحزب",
        "نقلت صحيفة اليوم عن مسؤول",
        "مدير الأمن العام في البلاد",
        "مارس ضغوطا على الحكومة",
        "اجتاز 15 كيلومترا سيرا",
        "استقبل 2015 لاجئا",
        "قرية السبت في الريف",
    ],
)
def test_look_alikes_are_no_dates(text: str) -> None:
    """Names and common words that look like time words are left alone."""
    assert read(text) == []


def test_unknown_publication_leaves_relative_days_open() -> None:
    """Without a day of publication only full dates are settled."""
    found = read("قال أمس إن الهدنة بدأت في 3 مايو 2014", None)
    assert [(m.day_from, m.reason) for m in found] == [(None, "published-unknown"), ("2014-05-03", None)]


@pytest.mark.parametrize(
    "text",
    [
        "قصفت القرية في 17 كانون الأول من العام الفائت",
        "قصفت القرية في تشرين الأول من العام الماضي",
        "قصفت القرية في 12 حزيران من العام الجاري",
    ],
)
def test_a_month_of_last_year_leans_on_publication_too(text: str) -> None:
    """A year told by its distance is unknown where the day of publication is."""
    assert [(m.day_from, m.reason) for m in read(text, None)] == [(None, "published-unknown")]
    assert all(m.day_from for m in read(text))


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("قصفت اليوم السبت 5 آب 2023 القرية", "2023-08-05"),
        ("قصفت أمس الجمعة (4 آب 2023) القرية", "2023-08-05"),
        ("قصفت اليوم الجمعة 20 كانون الثاني القرية. وقتل منذ مطلع العام 2023 عشرة", "2023-01-20"),
        ("قصفت أمس الأحد 31 كانون الأول القرية. وقتل في العام الحالي 2024 مدني", "2024-01-01"),
        ("قصفت اليوم الجمعة 20 كانون الثاني القرية", None),  # which year?
        ("قصفت اليوم الجمعة 20 كانون الثاني القرية، كما في عام 2023", None),  # not called the current one
        ("قصفت اليوم الخميس 20 كانون الثاني القرية. وقتل منذ مطلع العام 2023 عشرة", None),  # it was a Friday
        ("قصفت اليوم السبت 5 آب 2023 القرية. قصفت اليوم الأحد 6 آب 2023 القرية", None),  # which of them?
    ],
)
def test_the_day_that_a_text_calls_today(text: str, today: str | None) -> None:
    """Told in full, or by its day and the year that the text calls the current one; else unknown."""
    day = stated_today(read_words(text))
    assert (day.isoformat() if day else None) == today


def test_today_told_in_full_settles_the_other_days_of_the_text() -> None:
    """Publication unknown, «yesterday» still has a day where the text says which day today is."""
    found = days("قصفت اليوم السبت 5 آب 2023 القرية. وقتل أمس مدني", None)
    assert [d for _, d, _ in found] == ["2023-08-05", "2023-08-04"]


@pytest.mark.parametrize(
    ("text", "weekday"), [("الخميس 3 تشرين الثاني", 3), ("ليل الجمعة - السبت", None), ("3 تشرين الثاني", None)]
)
def test_the_one_weekday_that_words_name(text: str, weekday: int | None) -> None:
    """Monday is 0; two weekdays are none."""
    assert named_weekday(read_words(text)) == weekday


def test_the_text_wins_over_publication() -> None:
    """Where «today» is named with another weekday than publication's, the text's own day holds throughout."""
    found = days("وصل اليوم الأربعاء وفد جديد. وغادر أمس وفد آخر")
    assert [d for _, d, _ in found] == ["2015-08-05", "2015-08-04"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("الخميس 6 آب 2015", dt.date(2015, 8, 6)),
        ("15 شباط 2021", dt.date(2021, 2, 15)),
        ("نشر في 6 أغسطس، 2015 - الساعة 10:20", dt.date(2015, 8, 6)),
        ("2021-11-02", dt.date(2021, 11, 2)),
        ("7:45 AM · Dec 25, 2025", dt.date(2025, 12, 25)),
        ("آخر تحديث أمس", None),
    ],
)
def test_date_line_of_a_page(line: str, day: dt.date | None) -> None:
    """A page's own date line is read; words that lean on an unknown day are not."""
    assert publication_day(line) == day


_PIECES = [
    "أمسِ",
    "الخميـس",
    "15",
    "/",
    "2",
    "2021",
    "تموز",
    "و",
    "الماضي",
    "منذ",
    "شهر",
    "(",
    ")",
    "\u200f",
    "\n",
    "اليوم",
    "-",
    "هـ",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=25))
def test_offsets_are_exact(pieces: list[str]) -> None:
    """Whatever stands in the text, a mention is the stored text between its offsets."""
    text = " ".join(pieces)
    for mention in read(text):
        assert text[mention.start : mention.end] == mention.text
        assert (mention.day_from is None) == (mention.reason is not None)
