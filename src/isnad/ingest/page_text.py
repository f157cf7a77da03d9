"""The main text of a page: furniture pruned by its names, lines parted, trafilatura, then trimming."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from isnad.ingest.page_daylines import is_day_line
from isnad.ingest.page_parts import BLOCKS, Element, is_furniture, key, prose_of, squeeze, tokens
from isnad.lexicon.pagewords import page_words
from isnad.read.furniture import furniture

_LAYOUT_WORDS = 25  # a table with so many words in a cell lays out a page, it holds no data
_INLINE_HOLDERS = ("font", "span", "center", "b", "strong", "i", "em", "big", "small", "u")
_ABOVE_SHARE = 0.1
_LEFT_SHARE = 0.85  # of the column with most running text
_PARAGRAPH_WORDS = 4
_LONGEST_LINE = 120
_LONGEST_GLUED = 160
_LONGEST_MARKED = 12  # words of a line that a mark makes furniture
_FINAL = ".؟!؛:"
_TWEET_END = re.compile(r"—.{1,80}\(@\w{1,15}\).{0,40}")  # name, handle and day of an embedded post


def main_text(
    root: Element, prose: dict[Element, int], *, heading: Element | None, title: str | None, site: str | None
) -> str:
    """Return the lines of the article in NFC, '' where the page has none.  `root` is changed.

    `prose` is `prose_of(root)`.
    """
    prune(root, prose, heading)
    if heading is not None:
        drop_above(root, prose, heading)
    flatten_lists(root)
    flatten_tables(root)
    break_lines(root)
    name_paragraphs(root)
    text = _extract(root)
    return trim(text, title=title, site=site) if text else ""


def _extract(root: Element) -> str:
    """Return trafilatura's text: its own extractor alone, and with its fall-backs (slower) where that left too much."""
    quick = _trafilatura(root, fast=True)
    if quick and len(quick) >= _LEFT_SHARE * _largest_column(root):
        return quick
    return max(quick, _trafilatura(root, fast=False), key=len)


def _largest_column(root: Element) -> int:
    """Return the characters of running text in the paragraphs of the element that holds most in its own."""
    held: dict[Element, int] = {}
    for paragraph, count in prose_of(root).items():
        if paragraph.tag in ("p", "blockquote"):
            holder = paragraph.getparent()
            held[holder] = held.get(holder, 0) + count
    return max(held.values(), default=0)


def _trafilatura(root: Element, *, fast: bool) -> str:
    import trafilatura  # 0.2 s: only for pages

    document: Any = trafilatura.bare_extraction(
        root, favor_precision=True, include_comments=False, with_metadata=False, fast=fast
    )
    return unicodedata.normalize("NFC", (document.text or "").strip()) if document else ""


def prune(root: Element, prose: dict[Element, int], heading: Element | None) -> None:
    """Take out of the tree what its tag or names tell to be furniture."""
    total = prose.get(root, 0)
    stack = list(root)
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            element.drop_tree()
            continue
        if element.tag in ("head", "html", "body"):
            if element.tag == "head":
                element.drop_tree()
            else:
                stack.extend(element)
            continue
        if is_furniture(element, prose, total, heading):
            element.drop_tree()
            continue
        names = tokens(element)
        if "twitter" in names or "tweet" in names:
            _bare_tweet(element)
        elif prose.get(element, 0) * 2 > total and names & _misread():
            for name in ("class", "id"):
                element.attrib.pop(name, None)
        stack.extend(element)


def _misread() -> frozenset[str]:
    """Return names that a general reader takes for furniture, also on the element that holds the article."""
    words = page_words()
    return words.strong_tokens | words.weak_tokens | {"print", "page", "header", "side"}


def _bare_tweet(element: Element) -> None:
    """Leave of an embedded post its words, not its author, handle and day."""
    for child in list(element):
        child.tail = None
        if child.tag != "p":
            element.remove(child)


def drop_above(root: Element, prose: dict[Element, int], heading: Element) -> None:
    """Take out the headline and what stands above it, unless a good part of the running text does."""
    total = prose.get(root, 0)
    above: list[Element] = []
    element = heading
    while element is not None and element.tag != "body":
        above.extend(element.itersiblings(preceding=True))
        element = element.getparent()
    if element is None or sum(prose.get(e, 0) for e in above) > _ABOVE_SHARE * total:
        return
    for part in [*above, heading]:
        if part.getparent() is not None:
            part.drop_tree()


def flatten_lists(root: Element) -> None:
    """Turn lists of plain words into paragraphs: general readers drop short lists as menus."""
    for holder in list(root.iter("ul", "ol")):
        items = list(holder)
        if not items or any(i.tag != "li" for i in items) or next(holder.iter("a"), None) is not None:
            continue
        if any(i.tag in BLOCKS for item in items for i in item.iterdescendants()):
            continue
        holder.tag = "div"
        for item in items:
            item.tag = "p"
            item.text = f"- {(item.text or '').lstrip()}"


def flatten_tables(root: Element) -> None:
    """Turn tables that lay out a page into plain blocks."""
    for table in [t for t in root.iter("table") if t.getparent() is not None]:
        cells = list(table.iter("td", "th"))
        wide = any((c.text_content() or "").count(" ") >= _LAYOUT_WORDS for c in cells)
        if wide or table.find(".//table") is not None:
            for part in [table, *table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th")]:
                part.tag = "div"


def break_lines(root: Element) -> None:
    """Make a paragraph of every stretch between line breaks, so that lines stay apart."""
    for br in list(root.iter("br")):
        holder = br.getparent()
        while holder is not None and holder.tag in _INLINE_HOLDERS and holder.getparent() is not None:
            outer = holder.getparent()
            holder.drop_tag()
            holder = outer
    for holder in {id(br.getparent()): br.getparent() for br in root.iter("br")}.values():
        if holder is not None and holder.tag not in ("li", "pre", "h1", "h2", "h3"):
            _part(holder)


def _part(holder: Element) -> None:
    parts: list[Element] = []
    current = holder.makeelement("p")
    current.text, holder.text = holder.text, None
    for child in list(holder):
        tail, child.tail = child.tail, None
        holder.remove(child)
        if child.tag == "br" or child.tag in BLOCKS:
            parts.append(current)
            if child.tag != "br":
                parts.append(child)
            current = holder.makeelement("p")
            current.text = tail
        else:
            current.append(child)
            child.tail = tail
    parts.append(current)
    if holder.tag == "p":
        holder.tag = "div"
    for part in parts:
        if part.tag != "p" or len(part) or squeeze(part.text):
            holder.append(part)


def name_paragraphs(root: Element) -> None:
    """Make paragraphs of the plain blocks that hold running text: many editors write each paragraph as a div."""
    for block in list(root.iter("div")):
        if any(inner.tag in BLOCKS for inner in block.iterdescendants()) or block.getparent() is None:
            continue
        text = squeeze(block.text_content())
        said = text.count(" ") >= _PARAGRAPH_WORDS or text[-1:] in _FINAL
        if text and said and next(block.iter("a"), None) is None:
            block.tag = "p"


def trim(text: str, *, title: str | None, site: str | None) -> str:
    """Return the lines that are no furniture: by the coder's own filter, by the lines of pages, days and site names."""
    lines = [_unglued(line) for line in text.split("\n")]
    lines = [line for line in lines if line and not _is_page_line(line, site)]
    text = "\n".join(lines)
    head = f"{title}\n" if title and not text.startswith(title) else ""
    return _cut(head + text)[len(head) :].strip() if head else _cut(text)


def _cut(text: str) -> str:
    out: list[str] = []
    reached = 0
    for start, end in furniture(text):
        out.append(text[reached:start])
        reached = end
    out.append(text[reached:])
    return "\n".join(line for line in map(str.strip, "".join(out).split("\n")) if line)


def _is_page_line(line: str, site: str | None) -> bool:
    words = page_words()
    said = key(line[:_LONGEST_LINE])
    if not said:
        return not any(c.isalnum() for c in line)
    if len(line) > _LONGEST_LINE:
        return said.startswith(tuple(words.prefixes))
    bare = re.sub(r"\d+", " ", said).strip()
    if bare in words.lines or said.startswith(tuple(words.prefixes)) or _TWEET_END.fullmatch(line):
        return True
    if line[-1] not in _FINAL and line.count(" ") <= _LONGEST_MARKED and any(mark in said for mark in words.marks):
        return True
    return (site is not None and said == key(site)) or is_day_line(line)


def _unglued(line: str) -> str:
    """Cut furniture off the end of a paragraph, where a sentence ends before it."""
    line = line.strip()
    for phrase in page_words().glued:
        at = line.rfind(phrase)
        if at > 0 and len(line) - at <= _LONGEST_GLUED and line[:at].rstrip(' -–—|*»”"')[-1:] in ".؟!…":
            return line[:at].rstrip(" -–—|*")
    return line


__all__ = [
    "break_lines",
    "drop_above",
    "flatten_lists",
    "flatten_tables",
    "main_text",
    "name_paragraphs",
    "prune",
    "trim",
]
