"""The report of incidents: self-contained, safe, in two languages, with every claim and its words."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from msgspec import structs

from isnad.export.incident_html import IncidentHtmlWriter
from isnad.export.names import Names
from isnad.model import CodedArticle, Span
from isnad.model.incidents import Incident

from .incidents import articles, incidents, member, shelling, written

_VOID = {"meta", "br", "hr", "img", "link", "input"}


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.load()


class Page(HTMLParser):
    """Every element, checked to be closed in order, and all text by the path of elements around it."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self._open), data))

    def inside(self, tag: str) -> str:
        return "".join(text for path, text in self.texts if tag in path)


def page(names: Names, *told: Incident, by_id: dict[str, CodedArticle] | None = None) -> tuple[str, Page]:
    at_hand = {one.doc_id: one for one in articles()} if by_id is None else by_id
    html = written(IncidentHtmlWriter(names, article_of=at_hand.get), told)
    parsed = Page()
    parsed.feed(html)
    assert not parsed._open
    return html, parsed


def test_it_needs_nothing_from_outside_and_runs_nothing(names: Names) -> None:
    """No script, no fetched file, no inline style; the policy allows only the page's own style, by its hash."""
    html, parsed = page(names, *incidents())
    assert not {tag for tag, _ in parsed.elements} & {"script", "link", "img", "iframe", "object", "form"}
    assert not any(name.startswith("on") or name in ("src", "style") for _, attrs in parsed.elements for name in attrs)
    style = re.search("<style>(.*?)</style>", html, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(a["content"] for _, a in parsed.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style[1]
    assert "prefers-color-scheme: dark" in style[1]


def test_it_is_right_to_left_in_two_languages(names: Names) -> None:
    _, parsed = page(names, shelling())
    assert parsed.elements[0] == ("html", {"lang": "ar", "dir": "rtl"})
    heads = parsed.inside("h3")
    for words in ("من قال ماذا", "Who says what", "سلسلة النقل", "Chain of transmission"):
        assert words in heads
    everything = parsed.inside("main")
    assert "الجيش السوري" in everything
    assert "Syrian armed forces" in everything


def test_the_table_has_a_row_a_field_and_a_column_a_source(names: Names) -> None:
    """Cells say who says, repeats or denies, with the words quoted, and never by colour alone."""
    html, parsed = page(names, shelling())
    assert not re.search('class="id">(?:yes|no|says|denies|killed)<', html)  # every word has its label
    table = [(tag, attrs) for tag, attrs in parsed.elements if tag == "th"]
    assert sum(attrs.get("scope") == "col" for _, attrs in table) == 1 + 3
    assert sum(attrs.get("scope") == "row" for _, attrs in table) == 7
    cells = parsed.inside("td")
    for words in ("ينفي", "سبعة مدنيين", "ميليشيات", "13+", "ناطق عسكري"):
        assert words in cells


def test_the_chain_ends_with_whose_word_it_is(names: Names) -> None:
    _, parsed = page(names, shelling())
    chain = "".join(text for path, text in parsed.texts if "li" in path)
    assert re.search(r"al-rasmi ← وكالة السهل.*← ناطق عسكري", chain, re.S)


def test_the_evidence_shows_the_lines_to_the_letter(names: Names) -> None:
    """Marked words neither lose nor move a letter, and a hostile text stays text."""
    html, parsed = page(names, shelling())
    by_id = {one.doc_id: one for one in articles()}
    shown = "".join(text for path, text in parsed.texts if path[-2:] in (("section", "p"), ("p", "mark")))
    for doc in ("syr-1", "syr-2", "syr-3"):
        assert by_id[doc].text in shown
    assert "<b>" not in html
    assert any(tag == "mark" and attrs.get("class") == "denies" for tag, attrs in parsed.elements)


def test_without_the_article_the_words_are_quoted(names: Names) -> None:
    html, parsed = page(names, shelling(), by_id={})
    assert "سبعة مدنيين" in parsed.inside("q")
    assert "<mark" not in html


def test_every_value_is_escaped(names: Names) -> None:
    """Markup in any text of an incident, or of its article, comes out as text; a script address is no link."""
    evil = '"><script>alert(1)</script>'
    hostile = Incident(
        id=evil, type=evil, mode=evil, actors=(evil,), merged=(evil,),
        members=(structs.replace(member("syr-1", "قصف"), doc_id=evil, outlet=evil, published=evil, status=evil),),
        claims=tuple(
            structs.replace(c, doc_id=evil, outlet=evil, framing=evil, field=evil, says=evil, span=Span(evil, 0, 3))
            for c in shelling().claims
        ),
        disputes=shelling().disputes, grade=shelling().grade, voices=shelling().voices,
    )  # fmt: skip
    bad = CodedArticle(doc_id=evil, text=evil, title=evil, url="javascript:alert(1)", outlet=evil)
    html, parsed = page(names, hostile, by_id={evil: bad})
    assert "<script" not in html
    assert not any(tag == "script" for tag, _ in parsed.elements)
    assert not any((attrs.get("href") or "#").startswith("javascript") for _, attrs in parsed.elements)


def test_links_inside_the_page_lead_somewhere(names: Names) -> None:
    _, parsed = page(names, *incidents())
    ids = [attrs["id"] for _, attrs in parsed.elements if "id" in attrs]
    assert len(set(ids)) == len(ids)
    targets = {attrs["href"] for tag, attrs in parsed.elements if tag == "a" and (attrs["href"] or "").startswith("#")}
    assert {(target or "")[1:] for target in targets} <= set(ids)


def test_what_stands_beside_is_shown_as_such(names: Names) -> None:
    _, parsed = page(names, *incidents())
    assert "Told beside it" in parsed.inside("h3")
    assert "مزمع" in parsed.inside("li")
