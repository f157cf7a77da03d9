"""Pages to articles: the bars on real and built pages, days that may not be guessed, character sets that lie."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
import unicodedata
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pages.corpus import Built, Score, add, pages, squeeze

from isnad.ingest.fetch_text import read_text
from isnad.ingest.html import Page, domain_of, read_page, stated_day
from isnad.ingest.page_days import stated_value, url_day

HTML = Path(__file__).parents[3] / "shared" / "data" / "html"
TITLE = "قتلى وجرحى بقصف على البلدة والنزوح مستمر"
BODY = "".join(
    f"<p>قصفت قوة مسلحة أطراف البلدة رقم {n} بعشرات القذائف، وقال مصدر طبي إن عددا من المدنيين أصيبوا بجروح.</p>"
    for n in range(5)
)


def measured(built: list[Built]) -> Score:
    score = Score()
    for page in built:
        read = read_page(page.html)
        add(
            score,
            page,
            text=read.text if read else "",
            title=read.title if read else None,
            published=read.published if read else None,
        )
    return score


def page(before: str = "", after: str = "", *, head: str = "", title: str = TITLE, body: str = BODY) -> Page:
    html = (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{title} - موقع</title>{head}</head>'
        f"<body>{before}<article><h1>{title}</h1>{after}{body}</article></body></html>"
    )
    read = read_page(html)
    assert read is not None
    return read


def day(before: str = "", after: str = "", *, head: str = "") -> str | None:
    return page(before, after, head=head).published


@pytest.mark.parametrize("seed", [1, 21])
def test_bars_on_two_hundred_built_pages(seed: int) -> None:
    """Twelve layouts: >= 99 % of paragraphs kept, <= 1 % furniture, never a wrong day, most stated days found."""
    score = measured(pages(200, seed=seed))
    assert score.pages == 200
    assert score.kept >= 0.99 * score.paragraphs, str(score)
    assert score.furniture <= 0.01 * score.lines, str(score)
    assert score.wrong == 0, str(score)
    assert score.found >= 0.95 * score.dated, str(score)
    assert score.titles >= 0.99 * score.pages, str(score)


def test_pages_without_one_class_or_id_are_read_by_their_structure() -> None:
    """The names of elements help but do not carry the reading: paragraphs and days hold without them."""
    built = pages(120, seed=11)
    for item in built:
        item.html = re.sub(r' (class|id)="[^"]*"', "", item.html)
    score = measured(built)
    assert score.kept >= 0.99 * score.paragraphs, str(score)
    assert score.furniture <= 0.05 * score.lines, str(score)
    assert score.wrong == 0, str(score)


def test_a_page_takes_less_than_fifty_milliseconds() -> None:
    """About 4 ms of processor time at the median on an idle core."""
    built = pages(60, seed=5)
    read_page(built[0].html)
    times = []
    for item in built:
        began = time.process_time()
        read_page(item.html)
        times.append(time.process_time() - began)
    assert sorted(times)[len(times) // 2] < 0.05


needs_html = pytest.mark.skipif(not HTML.exists(), reason="../shared is not beside the repository")


def saved(name: str) -> Page:
    read = read_page((HTML / name).read_text(encoding="utf-8"))
    assert read is not None
    return read


@needs_html
@pytest.mark.parametrize("name", ["cnn_arabic_syria_2013.html", "cnn_arabic_goose.html"])
def test_saved_page_of_cnn(name: str) -> None:
    """Every expected paragraph, nothing else; no day: the one shown is of the update and differs between captures."""
    expected = [squeeze(line) for line in (HTML / "cnn_arabic_syria_2013.txt").read_text(encoding="utf-8").split("\n")]
    read = saved(name)
    assert [squeeze(line) for line in read.text.split("\n")] == [read.title, *filter(None, expected)]
    assert read.published is None
    assert read.domain == "arabic.cnn.com"


@needs_html
def test_saved_page_of_lbci() -> None:
    expected = json.loads((HTML / "lbci_2026.json").read_text(encoding="utf-8"))["V1"]
    read = saved("lbci_2026.html")
    paragraphs = [squeeze(p) for section in expected["body"]["sections"] for p in section["paragraphs"]]
    assert [squeeze(line) for line in read.text.split("\n")] == [squeeze(expected["title"]), *paragraphs]
    assert read.title == squeeze(expected["title"])
    assert read.published == expected["publishing_date"][:10]
    assert read.site == "LBCIV7"


@needs_html
def test_saved_page_of_assabah() -> None:
    """Paragraphs parted by line breaks inside; the day by its field in French months of Arabic letters."""
    read = saved("assabah.html")
    assert read.published == "2019-02-08"
    lines = read.text.split("\n")
    assert lines[0] == read.title
    assert len(lines) >= 24
    source = squeeze(re.sub(r"<[^>]+>", " ", (HTML / "assabah.html").read_text(encoding="utf-8")))
    letters = re.sub(r"\W+", "", unicodedata.normalize("NFC", source))
    assert all(re.sub(r"\W+", "", line) in letters for line in lines)
    assert not any(word in read.text for word in ("إضافة تعليق", "Facebook", "الوسوم"))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("<span>15 شباط 2021</span>", "2021-02-15"),
        ("<span>الخميس 6 آب 2015</span>", "2015-08-06"),
        ("<div>الخميس 21 شوال 1436هـ - 6 أغسطس 2015م - العدد 17210</div>", "2015-08-06"),
        ("<p class='d'>نشر في 12 غشت 2019</p>", "2019-08-12"),
        ("<p>الجمعة 3 جانفي 2020</p>", "2020-01-03"),
        ("<p>٦ آب ٢٠١٥ - ١٠:٣٠ ص</p>", "2015-08-06"),
        ("<p>تاريخ النشر: 2015/08/06 - آخر تحديث: 2015/08/09</p>", "2015-08-06"),
        ("<p><span>نشر:</span> <span>6 آب 2015</span> <span>تحديث:</span> <span>9 آب 2015</span></p>", "2015-08-06"),
        ("<p>بواسطة <a href='/a'>أحمد</a> - <span class='date'>أغسطس 6, 2015</span></p>", "2015-08-06"),
        ("<p><b>6</b> <b>آب</b> <b>2015</b></p>", "2015-08-06"),
        ('<time datetime="2015-08-06T23:30:00+03:00">قبل 3 سنوات</time>', "2015-08-06"),
        ('<abbr class="published" itemprop="datePublished" title="2015-08-06T10:00:00+03:00">x</abbr>', "2015-08-06"),
        ("<p>الخميس 21 شوال 1436 هـ</p>", "2015-08-06"),  # a Hijri day with the weekday that confirms it
    ],
)
def test_days_shown_beside_the_headline(shown: str, expected: str) -> None:
    assert day(after=shown) == expected


@pytest.mark.parametrize(
    "shown",
    [
        "<p>آخر تحديث: 6 آب 2015</p>",
        "<p>الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400)</p>",
        "<p><span>آخر تحديث</span> <span>6 آب 2015</span></p>",
        '<time class="updated" datetime="2015-08-06T10:00:00Z">6 آب 2015</time>',
        "<p>تاريخ الطباعة: 6 آب 2015</p>",
        "<p>الجمعة 6 آب 2015</p>",  # it was a Thursday
        "<p>21 شوال 1436</p>",  # may be a day off
        "<p>8/6/2015 10:05:00 AM</p>",  # June or August
        "<p>6 آب</p>",
        "<p>منذ 3 ساعات</p>",
        "<p>آب 2015</p>",
        "<p>31 شباط 2015</p>",
        "<p>6 آب 2015</p><p>9 آب 2015</p>",
        "<figure><img><figcaption>6 آب 2015</figcaption></figure>",
        "<p>صورة أرشيفية 6 آب 2015</p>",
        "<p>في ذكرى مجزرة 6 آب 2015 خرج مئات الأهالي في مظاهرة وسط البلدة يطالبون بمحاسبة الفاعلين.</p>",
        '<div class="related"><a href="/o">خبر آخر</a> <span>6 آب 2015</span></div>',
        '<blockquote class="twitter-tweet"><p>عاجل</p>&mdash; شبكة (@net) <a href="#">August 6, 2015</a></blockquote>',
        '<div id="comments"><span class="date">6 آب 2015</span></div>',
        '<p><a href="/2015/08/06/other">6 آب 2015</a></p>',
    ],
)
def test_days_that_are_of_something_else_or_in_doubt_are_not_taken(shown: str) -> None:
    assert day(after=shown) is None


@pytest.mark.parametrize(
    "above",
    [
        '<div class="top">السبت 6 حزيران 2026</div>',
        "<table><tr><td>اليوم: 6 حزيران 2026</td></tr></table>",
        '<header><span class="date">6 حزيران 2026</span></header>',
        '<div class="ticker"><time datetime="2026-06-06T10:00:00Z">6 حزيران 2026</time></div>',
        '<div><time datetime="2026-06-06">6 حزيران 2026</time></div>',
    ],
)
def test_the_day_of_the_visit_above_the_page_is_not_taken(above: str) -> None:
    assert day(before=above) is None
    assert day(before=above, after="<span>6 آب 2015</span>") == "2015-08-06"


def ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def test_head_and_page_must_agree() -> None:
    """A clear day in the head stands; against another day beside the headline there is none."""
    head = ld(datePublished="2015-08-06T10:00:00+03:00", dateModified="2015-08-20")
    assert day(head=head) == "2015-08-06"
    assert day(head=head, after="<p>الخميس 6 آب 2015</p>") == "2015-08-06"
    assert day(head=head, after="<p>آخر تحديث 20 آب 2015</p>") == "2015-08-06"
    assert day(head=head, after="<p>الخميس 20 آب 2015</p>") is None
    assert day(head=head + '<meta property="article:published_time" content="2015-08-26T00:00:00Z">') is None


def test_a_day_at_greenwich_gives_way_to_the_local_day_shown() -> None:
    head = '<meta property="article:published_time" content="2015-08-05T22:30:00Z">'
    assert day(head=head) == "2015-08-05"
    assert day(head=head, after="<p>الخميس 6 آب 2015</p>") == "2015-08-06"


def test_other_stories_in_json_ld_are_passed_over() -> None:
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2020-01-01"}]}
    html = f'<script type="application/ld+json">{json.dumps(listed)}</script>'
    assert day(head=html) is None
    own = ld(datePublished="2015-08-06", headline=TITLE)
    other = ld(datePublished="2016-08-06", headline="خبر آخر تماما عن مدينة أخرى")
    meta = f'<meta property="og:title" content="{TITLE}">'
    assert day(head=meta + other + own) == "2015-08-06"


def test_the_address_gives_a_day_only_when_it_is_whole() -> None:
    link = '<link rel="canonical" href="https://a.example/{}">'
    assert day(head=link.format("2015/08/06/title")) == "2015-08-06"
    assert day(head=link.format("2015/08/title")) is None
    assert day(head=link.format("06/08/2015/title")) is None
    assert day(head=link.format("2015/08/06/x"), after="<p>20 آب 2015</p>") is None
    assert url_day("https://a.example/2015/13/06/x") is None
    assert url_day("https://a.example/2015/08/06/2016/01/01/") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2015-08-06T10:00:00+03:00", "2015-08-06"),
        ("2015-08-06 10:00", "2015-08-06"),
        ("20150806", "2015-08-06"),
        ("Thu, 06 Aug 2015 09:00:00 +0300", "2015-08-06"),
        ("الخميس، 6 آب 2015 - 10:00", "2015-08-06"),
        ("15/08/2015", "2015-08-15"),
        ("06/08/2015", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01", None),
        ("2015-02-30", None),
        ("2015", None),
        ("", None),
    ],
)
def test_values_of_the_head(value: str, expected: str | None) -> None:
    found = stated_value(value)
    assert found == (None if expected is None else type(found)(dt.date.fromisoformat(expected), found.utc))  # type: ignore[union-attr,misc]


def test_a_day_after_the_fetch_is_no_day_of_publication() -> None:
    html = f'<html><head><meta name="pubdate" content="2031-01-01"></head><body><h1>{TITLE}</h1>{BODY}</body></html>'
    late, early = read_page(html, fetched="2026-01-01T00:00:00Z"), read_page(html, fetched="2031-01-02")
    assert late is not None
    assert early is not None
    assert (late.published, early.published) == (None, "2031-01-01")


def test_what_a_page_says_of_itself() -> None:
    head = '<link rel="canonical" href="/news/7"><meta property="og:site_name" content="شبكة الريف">' + ld(
        headline=TITLE, publisher={"@type": "Organization", "name": "دار الريف"}
    )
    html = f"<html><head><title>x</title>{head}</head><body><h1>{TITLE}</h1>{BODY}</body></html>"
    read = read_page(html, url="https://www.reef.example/print?id=7")
    assert read is not None
    assert (read.url, read.domain) == ("https://www.reef.example/news/7", "reef.example")
    assert (read.site, read.publisher, read.title) == ("شبكة الريف", "دار الريف", TITLE)
    assert stated_day(html) is None
    assert domain_of("http://[x") is None


def test_a_canonical_address_that_is_the_home_page_is_no_address() -> None:
    assert page(head='<link rel="canonical" href="https://a.example/">').url is None


def test_text_begins_with_the_headline_once_and_is_normal_form_c() -> None:
    read = page(body="<p>" + "قصفَّت البلدةَ قوةٌ مسلحة وأصيب عدد من المدنيين بجروح متفاوتة وفق مصدر طبي. " * 4 + "</p>")
    assert read.text.count(TITLE) == 1
    assert read.text.startswith(f"{TITLE}\n")
    assert unicodedata.is_normalized("NFC", read.text)


@pytest.mark.parametrize(
    "html", ["", " ", "<html></html>", "<p></p>", "\x00", "<" * 5000, "<div>" * 3000, "<div></div>"]
)
def test_pages_without_an_article(html: str) -> None:
    """None and no exception, whatever came."""
    assert read_page(html) is None


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 60_000,
        "<div class='related'>" * 2_000 + BODY,
        "<table><tr><td>" * 500 + BODY,
        f"<h1>{TITLE}</h1>" + BODY * 300,
        f"<h1>{TITLE}</h1><p>" + "سطر من النص في خبر طويل جدا<br>" * 4000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + BODY,
    ],
    ids=["paragraphs", "nested related", "nested tables", "long", "line breaks", "deep JSON"],
)
def test_hostile_pages_end_in_time(html: str) -> None:
    began = time.process_time()
    read_page(html)
    assert time.process_time() - began < 10


LATIN = '<html><head><meta charset="{}"><title>t</title></head><body class="x y">' + "<div id='menu'>menu</div>" * 20


@pytest.mark.parametrize(
    ("declared", "actual", "notice"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8", "utf-8-sig", False),
        ("windows-1256", "windows-1256", False),
        ("windows-1256", "utf-8", False),
        ("utf-8", "windows-1256", True),
        ("iso-8859-1", "windows-1256", True),
        ("utf-8", "iso8859-6", True),
        ("utf-8", "utf-16", False),
        ("no-such-set", "windows-1256", True),
    ],
)
def test_character_sets_that_lie(declared: str, actual: str, notice: bool) -> None:
    """The bytes decide; that a declaration lied is said where the text had to be told by its letters."""
    html = LATIN.format(declared) + BODY
    text, fault = read_text(html.encode(actual), charset=None, path="a.html")
    assert text == html
    assert (fault is not None) == notice
    assert fault is None or (fault.code == "input.decoded" and not fault.skipped)
