"""A saved web page to an article: main text by trafilatura (precision, no comments), NFC, with its headline.

The day of publication is taken only where the page states it (JSON-LD or a meta element).  Guesses from the page's
words or address are not used: measured on Arabic pages they fall back to the first of January without a warning.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import msgspec

from isnad.ingest.jsonl import Refusal, day_of

#: Where pages state the day: name or property of a meta element, best first.
META_DAYS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
)
_META = re.compile(r"<meta\b[^>]{0,2000}>", re.I)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_JSON_LD = re.compile(r"<script\b[^>]{0,500}ld\+json[^>]{0,500}>(.*?)</script>", re.I | re.S)
_CHARSET = re.compile(rb"""<meta[^>]{0,500}charset\s*=\s*["']?\s*([\w-]+)""", re.I)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds: `text` is NFC and begins with the headline; the rest is None where the page is silent."""

    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None


def read_page(html: str) -> Page | None:
    """Return the main text of a page and what it says of itself; None when it has no main text."""
    import trafilatura  # 0.2 s: only for pages

    document: Any = trafilatura.bare_extraction(
        html, favor_precision=True, include_comments=False, with_metadata=True
    )
    body = unicodedata.normalize("NFC", (document.text or "").strip()) if document else ""
    if document is None or not body:
        return None
    title = unicodedata.normalize("NFC", (document.title or "").strip()) or None
    text = body if not title or title in body[: len(title) + 200] else f"{title}\n{body}"
    return Page(text=text, title=title, url=document.url or None, published=stated_day(html))


def stated_day(html: str) -> str | None:
    """Return the day of publication that the page states in JSON-LD or a meta element, or None."""
    candidates = [day for block in _JSON_LD.findall(html) for day in _json_days(block)]
    metas = _metas(html)
    candidates += [metas[name] for name in META_DAYS if name in metas]
    for value in candidates:
        try:
            return day_of(value)
        except Refusal:
            continue
    return None


def declared_charset(data: bytes) -> str | None:
    """Return the character set that the page's head declares, in lower case, or None."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii").lower() if found else None


def _metas(html: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for element in _META.findall(html):
        pairs = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(element)}
        name = pairs.get("property") or pairs.get("name") or pairs.get("itemprop")
        if name and pairs.get("content"):
            out.setdefault(name.lower(), pairs["content"])
    return out


def _json_days(block: str) -> list[str]:
    try:
        tree = msgspec.json.decode(block.strip())
    except (msgspec.DecodeError, RecursionError):
        return []
    return _find_days(tree)


def _find_days(tree: Any) -> list[str]:
    """Collect `datePublished` of the page's objects: at the top, in a list, or in `@graph`."""
    if isinstance(tree, list):
        return [day for item in tree[:50] for day in _find_days(item)]
    if not isinstance(tree, dict):
        return []
    own = tree.get("datePublished")
    return ([own] if isinstance(own, str) else []) + _find_days(tree.get("@graph"))


__all__ = ["META_DAYS", "Page", "declared_charset", "read_page", "stated_day"]
