"""What each format writes."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from msgspec import structs

from isnad.errors import UsageError
from isnad.export import FORMATS, writer_for
from isnad.export.csv import COLUMNS
from isnad.export.html import HtmlWriter, whole_page
from isnad.model import CodedArticle, Span


def written(format_: str, *articles: CodedArticle) -> str:
    writer = writer_for(format_)
    return writer.begin() + "".join(map(writer.article, articles)) + writer.end()


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_in_is_a_whole_file(format_: str) -> None:
    assert isinstance(written(format_), str)


def test_unknown_format() -> None:
    with pytest.raises(UsageError, match="xlsx"):
        writer_for("xlsx")


def test_jsonl_is_one_line_an_article_with_the_keys_that_are_scored(
    coded: CodedArticle, empty: CodedArticle
) -> None:
    lines = written("jsonl", coded, empty).splitlines()
    row = json.loads(lines[0])
    event = row["events"][1]
    assert len(lines) == 2
    assert row["doc_id"] == "doc-1"
    assert event["trigger"] == {
        "text": "قصف",
        "start": event["trigger"]["start"],
        "end": event["trigger"]["end"],
    }
    assert event["killed"] == [7, 7]
    assert event["actors"][0]["framing"] == "ميليشيا"
    assert event["date"]["span"]["text"] == "أمس الثلاثاء"
    assert event["source"]["via"]["kind"] == "media"
    assert event["place"]["source_id"] == "geonames:1"


def test_csv_has_one_row_an_event(coded: CodedArticle, empty: CodedArticle) -> None:
    text = written("csv", coded, empty)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert text.count("\r\n") == 3
    assert tuple(rows[0]) == COLUMNS
    assert [row["event_id"] for row in rows] == ["1", "2"]
    assert rows[1]["recipient_ids"] == "civilians"
    assert (rows[1]["injured_min"], rows[1]["injured_max"], rows[1]["detained_min"]) == ("20", "99", "")
    assert rows[1]["date_from"] == "2024-01-02"


def test_csv_text_is_no_formula(coded: CodedArticle) -> None:
    event = structs.replace(coded.events[0], trigger=Span("=HYPERLINK(1)", 0, 4))
    row = next(csv.DictReader(io.StringIO(written("csv", structs.replace(coded, events=(event,))))))
    assert row["trigger"] == "'=HYPERLINK(1)"


def test_table_shows_arabic_whole(coded: CodedArticle, empty: CodedArticle) -> None:
    text = written("table", coded, empty)
    assert "…" not in text
    for words in (
        "تقصف",
        "سبعة مدنيين",
        "valley-militia",
        "7 killed",
        "20-99 injured",
        "denied",
        "not news of conflict",
    ):
        assert words in text


@pytest.mark.parametrize("width", [40, 80, 100, 120, 160, 250])
def test_no_width_cuts_a_word(coded: CodedArticle, width: int) -> None:
    text = writer_for("table", width=width).article(coded)
    cells = [coded.events[1].trigger.text, "valley-militia", "heavy-weapons", "2024-01-02", "anonymous", "denied"]
    assert all(re.search(rf"(?<!\S){cell}(?!\S)", text) for cell in cells)


class Page(HTMLParser):
    """The text of the paragraphs and every element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self._in_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "p":
            self._in_text = dict(attrs).get("dir") == "auto"
            if self._in_text:
                self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._in_text = False

    def handle_data(self, data: str) -> None:
        if self._in_text:
            self.paragraphs[-1] += data


def parsed(*articles: CodedArticle) -> Page:
    page = Page()
    page.feed(whole_page(articles))
    return page


def test_page_shows_the_text_to_the_letter(coded: CodedArticle) -> None:
    """Marks, however nested, neither lose nor move a letter; hostile text stays text."""
    assert parsed(coded).paragraphs == coded.text.splitlines()


def test_page_runs_nothing_from_an_article(coded: CodedArticle) -> None:
    html = whole_page([coded])
    page = parsed(coded)
    assert html.count("<script>") == 1
    assert "<b>" not in html
    assert not any((attrs.get("href") or "").startswith("javascript:") for _, attrs in page.elements)
    assert not any(
        "style" in attrs or any(name.startswith("on") for name in attrs) for _, attrs in page.elements
    )


def test_page_fetches_nothing(coded: CodedArticle) -> None:
    page = parsed(coded)
    assert not any(tag in {"link", "img", "iframe", "object"} for tag, _ in page.elements)
    assert not any("src" in attrs for _, attrs in page.elements)
    policy = next(a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_page_policy_allows_its_own_style_and_script(coded: CodedArticle) -> None:
    """The hashes are those of what stands between the tags, to the byte."""
    import base64
    import hashlib

    html = whole_page([coded])
    for tag in ("style", "script"):
        source = re.search(f"<{tag}>(.*?)</{tag}>", html, re.S)
        assert source is not None
        digest = base64.b64encode(hashlib.sha256(source[1].encode()).digest()).decode()
        assert f"sha256-{digest}" in html


def test_page_is_right_to_left_and_ties_claims_to_spans(coded: CodedArticle) -> None:
    page = parsed(coded)
    assert page.elements[0] == ("html", {"lang": "ar", "dir": "rtl"})
    marks = [attrs for tag, attrs in page.elements if tag == "mark"]
    cards = [attrs["data-e"] for tag, attrs in page.elements if "card" in (attrs.get("class") or "").split()]
    assert cards == ["1", "2"]
    assert {event for mark in marks for event in (mark["data-e"] or "").split()} == {"1", "2"}
    assert any(mark["class"] == "cue" for mark in marks)


def test_page_says_status_in_words(coded: CodedArticle) -> None:
    assert "منفيّ" in whole_page([coded])  # denied


def test_page_counts_at_its_end(coded: CodedArticle, empty: CodedArticle) -> None:
    writer = HtmlWriter()
    writer.article(coded)
    writer.article(empty)
    assert "2" in writer.end().partition("<script>")[0]
