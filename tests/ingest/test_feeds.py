"""Feeds of every form to entries, and hostile ones to one clear fault."""

from __future__ import annotations

import time

import pytest

from isnad.errors import CODES, Fault
from isnad.ingest.feeds import FeedPage, read_feed
from isnad.ingest.feeds_day import day_of_stamp

AT = "http://news.example/feed"
DC = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
RSS = "<rss version='2.0'><channel><title>أخبار البلد</title>{}</channel></rss>"
ITEM = "<item><title>{0}</title><link>/{0}</link></item>"


def read(text: str | bytes, **given: object) -> FeedPage:
    data = text.encode() if isinstance(text, str) else text
    got = read_feed(data, address=AT, **given)  # type: ignore[arg-type]
    assert isinstance(got, FeedPage)
    return got


def fault(data: bytes) -> Fault:
    got = read_feed(data, address=AT)
    assert isinstance(got, Fault)
    assert got.code in CODES
    assert "\n" not in str(got)
    return got


def test_rss_gives_link_title_day_summary_and_publisher() -> None:
    """All that a story needs, and the publisher of `<source>`, which is evidence."""
    item = """<item><title>قصف &lt;b&gt;ليلي&lt;/b&gt;</title><link> /خبر </link>
    <pubDate>Wed, 23 Dec 2020 23:30:00 +0300</pubDate><source url="http://agency.example/rss">وكالة الأنباء</source>
    <description><![CDATA[<p>سقط&nbsp;جرحى</p>]]></description></item>"""
    feed = read(RSS.format(f"<ttl>30</ttl>{item}"))
    (entry,) = feed.entries
    assert (feed.title, feed.every_seconds, feed.notes) == ("أخبار البلد", 1800.0, ())
    assert (entry.link, entry.title) == ("http://news.example/%D8%AE%D8%A8%D8%B1", "قصف ليلي")
    assert (entry.published, entry.summary, entry.publisher) == ("2020-12-23", "سقط جرحى", "وكالة الأنباء")


def test_atom_is_read() -> None:
    """Atom: the alternate link, the source's title; `published` is a day, `updated` is none."""
    feed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
        <entry><title type="html">a &amp;amp; b</title><link rel="self" href="/x"/><link href="http://b.example/1"/>
        <published>2021-02-15T00:30:00+03:00</published><source><title>وكالة</title></source></entry>
        <entry><title>c</title><link href="2"/><updated>2021-02-15T00:30:00Z</updated></entry></feed>"""
    )
    assert [(e.link, e.title, e.published, e.publisher) for e in feed.entries] == [
        ("http://b.example/1", "a & b", "2021-02-15", "وكالة"),
        ("http://news.example/2", "c", None, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<rss version='0.91'><channel><title>t</title><item><title>a</title><link>http://a.example/1</link></item>"
        "</channel></rss>",
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
        "<rss version='0.91'><channel><title>t</title><item><title>a</title><link>http://a.example/1</link></item>"
        "</channel></rss>",
        "<rss version='0.92'><channel><item><link>http://a.example/1</link></item></channel></rss>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        "<channel/><item rdf:about='http://a.example/1'><link>http://a.example/1</link></item></rdf:RDF>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://channel.netscape.com/rdf/simple/"
        "0.9/'><channel/><item><link>http://a.example/1</link></item></rdf:RDF>",
    ],
    ids=["0.91", "0.91 with its DTD", "0.92", "1.0", "0.90"],
)
def test_older_rss_is_read(text: str) -> None:
    """Every version of RSS gives its links."""
    assert [entry.link for entry in read(text).entries] == ["http://a.example/1"]


def test_dublin_core_gives_the_day_of_rss() -> None:
    """RSS 1.0 states the day as dc:date."""
    feed = read(RSS.format(f"<item {DC}><link>/1</link><dc:date>2015-08-06T01:00:00+03:00</dc:date></item>"))
    assert feed.entries[0].published == "2015-08-06"


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Wed, 23 Dec 2020 23:30:00 +0300", "2020-12-23"),
        ("23 Dec 2020", "2020-12-23"),
        ("2020-12-24T01:00:00+03:00", "2020-12-24"),
        ("2020-12-24", "2020-12-24"),
        ("15 شباط 2021", "2021-02-15"),
        ("الخميس 6 آب 2015", "2015-08-06"),
        ("الأربعاء, 23 ديسمبر 2020 10:00:00 +0300", "2020-12-23"),
        ("05/06/2021", None),
        ("2020-02-31", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("أمس", None),
        ("23 Foo 2020 10:00", None),
        ("", None),
    ],
)
def test_the_day_is_the_stated_one_or_none(stamp: str, day: str | None) -> None:
    """Timestamps in their own zone and Arabic dates are read; what is unclear is no day, never a wrong one."""
    got = day_of_stamp(stamp)
    assert (got.isoformat() if got else None) == day


@pytest.mark.parametrize("claim", [None, "utf-8", "windows-1256", "iso-8859-1"])
@pytest.mark.parametrize("charset", ["windows-1256", "utf-8", "utf-8-sig", "utf-16"])
def test_the_character_set_is_told_by_the_bytes(charset: str, claim: str | None) -> None:
    """Whatever the header claims and the declaration says, the letters come out."""
    text = "<?xml version='1.0' encoding='windows-1256'?>" + RSS.format(ITEM.format("قصف على البلدة"))
    feed = read(text.encode(charset), charset=claim)
    assert feed.entries[0].title == "قصف على البلدة"


def test_ten_thousand_entries_are_bounded() -> None:
    """The first entries up to the limit are taken, quickly, and a notice says how many there were."""
    text = RSS.format("".join(ITEM.format(n) for n in range(10_000)))
    started = time.process_time()
    feed = read(text, max_entries=100)
    assert time.process_time() - started < 3
    assert [entry.title for entry in feed.entries] == [str(n) for n in range(100)]
    assert [(note.code, note.skipped, "10000" in note.message) for note in feed.notes] == [
        ("feed.too-many", False, True)
    ]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/passwd">',
        '<!ENTITY % c SYSTEM "http://127.0.0.1/x.dtd"> %c;',
    ],
    ids=["bomb", "file", "parameter"],
)
def test_entities_are_refused(declared: str) -> None:
    """No feed needs entities of its own: bombs and readers of files are not read at all."""
    head = f"<?xml version='1.0'?><!DOCTYPE rss [{declared}]>"
    assert fault((head + RSS.format("<item><title>&c;</title></item>")).encode()).code == "feed.entities"
    hidden = f"<!-- <rss> {'x' * 30_000} -->" + head.partition("?>")[2]  # beyond the first look
    assert fault((hidden + RSS.format(ITEM.format(1))).encode()).code == "feed.entities"


def test_a_page_in_place_of_a_feed_is_named() -> None:
    """The fault says that it is a page, and which feed the page points to."""
    page = b"<!DOCTYPE html><html><head><link rel=alternate type='application/rss+xml' href='/rss.xml'></head></html>"
    got = fault(page)
    assert got.code == "feed.html"
    assert "http://news.example/rss.xml" in got.message


@pytest.mark.parametrize("data", [b"", b"hello", b"<a/>", b"{}", b"\0\1\2", b"<rss", b"<?xml version='1.0'?>", b"<!--"])
def test_what_is_no_feed_is_said(data: bytes) -> None:
    """Anything else is a fault, not an empty feed."""
    assert fault(data).code in ("feed.broken", "input.binary")


def test_a_truncated_feed_gives_what_is_there() -> None:
    """A feed that breaks off keeps the entries before the break."""
    text = RSS.format(ITEM.format("واحد") + ITEM.format("اثنان")).partition("<title>اثنان")[0]
    assert [entry.title for entry in read(text).entries] == ["واحد"]


def test_small_faults_of_xml_are_forgiven() -> None:
    """HTML entities, bare ampersands, control characters and undeclared prefixes do not cost a feed."""
    item = "<item><title>أ&nbsp;ب & <![CDATA[د & ]]>ج\x0b</title><link>/1?a=1&b=2</link>"
    item += "<media:thumbnail media:url='x'/></item>"
    (entry,) = read(RSS.format(item)).entries
    assert (entry.title, entry.link) == ("أ ب & د & ج", "http://news.example/1?a=1&b=2")


def test_entries_without_address_are_one_fault() -> None:
    """What cannot be fetched is said once, the other entries stay; one address counts once."""
    bad = "<item><title>x</title></item><item><link>javascript:alert(1)</link></item>"
    feed = read(RSS.format(bad + ITEM.format(1) + ITEM.format(1)))
    assert [entry.link for entry in feed.entries] == ["http://news.example/1"]
    assert [(note.code, "1 more" in note.message) for note in feed.notes] == [("feed.no-link", True)]


@pytest.mark.parametrize("part", [b"<a>", b"<a ", b"<item/>", b"<b></b>", b"&lt;", b"<![CDATA[", b"<!--"])
def test_hostile_xml_costs_little(part: bytes) -> None:
    """Depth, repetition and brokenness end in a fault or an empty feed within a moment."""
    started = time.process_time()
    got = read_feed(b"<rss version='2.0'><channel>" + part * (2_000_000 // len(part)), address=AT, max_entries=100)
    assert isinstance(got, Fault) or got.entries == ()
    assert time.process_time() - started < 5
