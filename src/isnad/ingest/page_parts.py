"""The elements of a page: which of them are furniture by their names, and where its running text lies."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from isnad.lexicon.pagewords import page_words
from isnad.text import fold

Element = Any  # lxml.html.HtmlElement, which has no types

_CUT = re.compile(r"[^a-z0-9]+|(?<=[a-z])(?=[A-Z])", re.ASCII)
_NOT_WORD = re.compile(r"[\W_]+")
#: Elements that never hold the article.
DEAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "button",
        "select",
        "option",
        "textarea",
        "nav",
        "figcaption",
        "amp-sidebar",
        "amp-ad",
        "amp-social-share",
        "amp-embed",
        "amp-analytics",
        "ins",
        "dialog",
        "link",
        "meta",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = ("h1", "h2", "h3", "h4")
#: Running text: a stretch outside links of so many words.
_PROSE_WORDS = 8
_WEAK_SHARE = 0.25  # of the running text of the page
_STRONG_SHARE = 0.9


def squeeze(text: str | None) -> str:
    """Return `text` with single spaces."""
    return " ".join(text.split()) if text else ""


def key(text: str) -> str:
    """Return `text` folded, words parted by single spaces, digits kept."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def tokens(element: Element) -> frozenset[str]:
    """Return the words of an element's class and id, in lower case."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _tokens(name[:300]) if len(name) > 1 else frozenset()


@lru_cache(maxsize=4096)
def _tokens(name: str) -> frozenset[str]:
    parts = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return frozenset(filter(None, _CUT.split(parts)))


def strip_dead(root: Element) -> None:
    """Take the elements of `DEAD` and the comments out of a tree, at once."""
    from lxml import etree

    etree.strip_elements(root, *DEAD, etree.Comment, etree.PI, with_tail=False)


def prose_of(root: Element) -> dict[Element, int]:
    """Return for every element that holds running text how many characters of it."""
    out: dict[Element, int] = {}
    elements = [e for e in root.iter() if isinstance(e.tag, str)]
    for element in elements:
        if element.tag not in DEAD and _runs(element.text) and not linked(element):
            out[element] = out.get(element, 0) + len(element.text)
        holder = element.getparent()
        if _runs(element.tail) and holder is not None and holder.tag not in DEAD and not linked(holder):
            out[holder] = out.get(holder, 0) + len(element.tail)
    for element in reversed(elements):  # children before their parents
        if element in out and (holder := element.getparent()) is not None and element is not root:
            out[holder] = out.get(holder, 0) + out[element]
    return out


def _runs(text: str | None) -> bool:
    return text is not None and text.count(" ") >= _PROSE_WORDS


def linked(element: Element) -> bool:
    """Say whether an element stands inside a link."""
    for _ in range(4):
        if element is None:
            return False
        if element.tag == "a":
            return True
        element = element.getparent()
    return False


def hidden(element: Element) -> bool:
    """Say whether an element is not shown."""
    style = element.get("style")
    return "hidden" in element.attrib or bool(style and "display:none" in style.replace(" ", "").lower())


def is_furniture(element: Element, prose: dict[Element, int], total: int, heading: Element | None) -> bool:
    """Say whether an element is furniture by its tag or its names, weighed against the running text it holds.

    `prose` and `total` come from `prose_of`; `heading` is the element of the headline, None where it is not known.
    """
    if element.tag in DEAD or hidden(element):
        return True
    share = prose.get(element, 0) / total if total else 0.0
    names = tokens(element)
    if element.tag in ("footer", "aside", "header", "form"):
        return share < _WEAK_SHARE
    if not names:
        return False
    words = page_words()
    if names & words.strong_tokens:
        return share < _STRONG_SHARE and not _holds(element, heading)
    if names & words.weak_tokens and not names & words.article_tokens:
        return share < _WEAK_SHARE and not _holds(element, heading)
    return "caption" in names and share < _WEAK_SHARE


def _holds(element: Element, inner: Element | None) -> bool:
    while inner is not None:
        if inner is element:
            return True
        inner = inner.getparent()
    return False


__all__ = [
    "BLOCKS",
    "DEAD",
    "HEADINGS",
    "Element",
    "hidden",
    "is_furniture",
    "key",
    "linked",
    "prose_of",
    "squeeze",
    "strip_dead",
    "tokens",
]
