"""The headline of a page and the element that shows it."""

from __future__ import annotations

from isnad.ingest.page_parts import HEADINGS, Element, key, squeeze, tokens

_SUFFIX = ("|", " - ", " – ", " — ", "»", "«", "::", " : ", "•", "·")
_LONGEST = 400
_FEWEST_WORDS = 3


def find_title(root: Element, stated: tuple[str, ...]) -> tuple[str | None, Element | None]:
    """Return the headline and its element, either None where it is not found.

    `stated` are headlines of the page's head, best first; a heading that says the same, or begins or is the beginning
    of one, is preferred, so that the headline is the one readers see.
    """
    headings = [(e, squeeze(e.text_content())) for tag in HEADINGS for e in root.iter(tag)]
    headings = [(e, text) for e, text in headings if text and len(text) <= _LONGEST]
    page = squeeze(next((e.text_content() for e in root.iter("title") if e.text), ""))
    for title in filter(None, (*stated, page)):
        for element, text in headings:
            if _same(text, title):
                return (title if key(title) == key(text) else text), element
    for element, text in headings:
        if element.tag == "h1" and text.count(" ") >= _FEWEST_WORDS - 1 and not _logo(element):
            return text, element
    title = stated[0] if stated else _without_site(page)
    return (title or None), _shown(root, title)


def _same(heading: str, title: str) -> bool:
    """Say whether a heading is the headline, which may have the site's name beside it or be cut."""
    one, two = key(heading), key(title)
    if one == two:
        return bool(one)
    enough = one.count(" ") >= _FEWEST_WORDS - 1 and len(one) >= 0.4 * len(two)
    return enough and (two.startswith(one) or two.endswith(one) or (len(two) > 30 and one.startswith(two)))


def _logo(element: Element) -> bool:
    names = tokens(element)
    return bool(names & {"logo", "site", "brand"}) or any(a.get("href") in ("/", "#") for a in element.iter("a"))


def _without_site(title: str) -> str:
    """Cut the site's name off the title of the page: the longest part is the headline."""
    for sign in _SUFFIX:
        if sign in title:
            return max((part.strip() for part in title.split(sign)), key=len)
    return title


def _shown(root: Element, title: str | None) -> Element | None:
    """Return the element without children whose text is the headline (a cell, a div), outside the head."""
    if not title:
        return None
    wanted = key(title)
    for element in root.iter("div", "td", "span", "p", "font", "strong", "b", "a"):
        if len(element) == 0 and element.text and key(element.text) == wanted:
            return element
    return None


__all__ = ["find_title"]
