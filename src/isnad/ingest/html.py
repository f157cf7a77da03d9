"""A saved web page to an article: main text (NFC) with its headline, and what the page says of itself.

The text is trafilatura's (precision, no comments) between this project's own pruning and trimming; headline, outlet,
address and day of publication come from JSON-LD and meta elements first, then from what the page shows.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

import msgspec

from isnad.ingest.page_days import publication, stated_value
from isnad.ingest.page_head import META_DAYS, Head, read_head
from isnad.ingest.page_parts import prose_of, strip_dead
from isnad.ingest.page_text import main_text
from isnad.ingest.page_title import find_title

_CHARSET = re.compile(rb"""<meta[^>]{0,500}charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds: `text` is NFC and begins with the headline; the rest is None where the page is silent.

    `url` is the canonical address, `domain` its host (or that of the address fetched) without `www.`; `site` is the
    name the site gives itself, `publisher` the publisher of JSON-LD; `published` is an ISO day.
    """

    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    site: str | None = None
    publisher: str | None = None
    domain: str | None = None


def read_page(html: str, *, url: str | None = None, fetched: str | None = None) -> Page | None:
    """Return the main text of a page and what it says of itself; None when it has no main text.

    `url` is the final address it came from, `fetched` the ISO day or instant of the fetch, each None when unknown.
    """
    root = _tree(html)
    if root is None:
        return None
    head = read_head(root, url=url)
    strip_dead(root)
    title, heading = find_title(root, head.titles)
    day = dt.date.fromisoformat(fetched[:10]) if fetched else None
    address = head.url or url
    prose = prose_of(root)
    published = publication(root, prose, stated=head.days, heading=heading, url=address, fetched=day)
    title = unicodedata.normalize("NFC", title) if title else None
    body = main_text(root, prose, heading=heading, title=title, site=head.site)
    if not body:
        return None
    text = body if not title or title in body[: len(title) + 200] else f"{title}\n{body}"
    return Page(
        text=text,
        title=title,
        url=head.url,
        published=published,
        site=head.site,
        publisher=head.publisher,
        domain=domain_of(address),
    )


def stated_day(html: str) -> str | None:
    """Return the day of publication that the page states in JSON-LD or a meta element, or None."""
    root = _tree(html)
    head = read_head(root) if root is not None else Head()
    found = next((day for value in head.days if (day := stated_value(value))), None)
    return found.day.isoformat() if found else None


def domain_of(url: str | None) -> str | None:
    """Return the host of an address in lower case without `www.`, None where it has none."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def declared_charset(data: bytes) -> str | None:
    """Return the character set that the page's head declares, in lower case, or None."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii").lower() if found else None


def _tree(html: str) -> Any:
    """Return the page as a tree, None when there is none to be had."""
    import lxml.html
    from lxml.etree import LxmlError

    parser = lxml.html.HTMLParser(collect_ids=False, default_doctype=False, encoding="utf-8", huge_tree=False)
    data = _NOT_XML.sub("", html).encode("utf-8", errors="replace")
    try:
        return lxml.html.document_fromstring(data, parser=parser)
    except (LxmlError, ValueError):
        return None


__all__ = ["META_DAYS", "Page", "declared_charset", "domain_of", "read_page", "stated_day"]
