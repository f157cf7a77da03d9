"""RSS (0.9x, 1.0, 2.0) and Atom to entries, by feedparser over a tree that was cleaned first.

feedparser reads many forms of feed, but it would also read on from broken XML with a slow parser of last resort, open a
string as a file or address, and take every entry there is.  So the XML is parsed by lxml first, with entities and the
network off, repaired, cut to the limit and without the full texts, which are read from the pages.
"""

from __future__ import annotations

import io
import re
from html import unescape
from html.entities import html5
from typing import Any
from urllib.parse import urljoin

import feedparser
import msgspec
from lxml import etree

from isnad.errors import Fault
from isnad.ingest.addresses import parse_address
from isnad.ingest.feeds_day import entry_day
from isnad.ingest.fetch_errors import FetchError
from isnad.ingest.fetch_text import read_text

_HTML = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)*(?:<!doctype\s+html|<html|<head|<body)", re.I | re.S)
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,1000}\[", re.I)
_LINKED = re.compile(r"<link\b[^<>]{0,1000}application/(?:rss|atom)\+xml[^<>]{0,1000}>", re.I)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]{1,1000})""", re.I)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_BARE = re.compile(r"&(?!#?[A-Za-z0-9]{1,32};)")
_CDATA = "<![CDATA["
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]*>")
_ENTRIES = frozenset({"item", "entry"})
#: Elements whose texts are not needed: the page is read instead.
_DROPPED = frozenset({"encoded", "content", "comments", "commentRss", "thumbnail", "group"})
#: More elements an entry than this is no news feed; each costs feedparser 14 µs.
_MOST_ELEMENTS = 100
_LONGEST_SUMMARY = 5_000
#: `<ttl>` is in minutes (RSS 2.0).
_MINUTE = 60.0


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: `link` in normal form, the stated day, the publisher from `<source>`; texts are plain."""

    link: str
    title: str | None = None
    published: str | None = None
    summary: str | None = None
    publisher: str | None = None


class FeedPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed holds.  `every_seconds` is the pause it asks for between visits; `notes` are notices, not faults."""

    title: str | None
    entries: tuple[FeedEntry, ...]
    every_seconds: float | None = None
    notes: tuple[Fault, ...] = ()


def read_feed(data: bytes, *, address: str, charset: str | None = None, max_entries: int = 1_000) -> FeedPage | Fault:
    """Read the feed in `data`, fetched from `address`; `charset` is what the HTTP header claims.

    Returns a Fault `feed.html`, `feed.entities`, `feed.broken` or `input.*` when it is no feed that can be read.  No
    more than `max_entries` are taken, the first ones; a link that comes twice counts once.
    """
    text, fault = read_text(data, charset=charset, path=address)
    if text is None:
        return fault or Fault(path=address, code="feed.broken", message="the feed is no text")
    notes = [fault] if fault is not None else []
    tree = _tree(text, address)
    if isinstance(tree, Fault):
        return tree
    left_out = _trim(tree, max_entries)
    if left_out:
        message = f"the feed has {max_entries + left_out} entries; the first {max_entries} were taken"
        notes.append(Fault(path=address, code="feed.too-many", message=message, skipped=False))
    if sum(1 for _ in tree.iter(etree.Element)) > _MOST_ELEMENTS * (max_entries + 1):
        return Fault(path=address, code="feed.broken", message="the feed has far too many elements for its entries")
    parsed = feedparser.parse(
        io.BytesIO(etree.tostring(tree, encoding="utf-8", xml_declaration=True)),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": address},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not (parsed.version or parsed.entries) or len(tree) == 0:
        return Fault(path=address, code="feed.broken", message="this XML is neither RSS nor Atom")
    entries, faults = _entries(parsed, address)
    return FeedPage(
        title=_plain(parsed.feed.get("title")),
        entries=entries,
        every_seconds=_ttl(parsed.feed.get("ttl")),
        notes=(*notes, *faults),
    )


def _tree(text: str, address: str) -> Any:
    """Return the cleaned tree of the XML in `text`, or the Fault that keeps it from being read."""
    if _HTML.match(text):
        return Fault(path=address, code="feed.html", message=f"this is a web page, not a feed{_advice(text, address)}")
    if _SUBSET.search(text[:20_000]):
        return _entities(address)
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    clean = _mended(_FORBIDDEN.sub("", text)).lstrip()
    try:
        root = etree.fromstring(clean.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        why = " ".join((error.msg or "no XML").split())
        return Fault(path=address, code="feed.broken", message=f"not a feed: {why[:100]}")
    if root is None:
        return Fault(path=address, code="feed.broken", message="not a feed: no XML element in it")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        return _entities(address)
    return root


def _mended(text: str) -> str:
    """Write HTML's entities as their letters and a bare & as XML wants it, outside of CDATA."""
    out: list[str] = []
    at = 0
    while at < len(text):
        start = text.find(_CDATA, at)
        end = text.find("]]>", start) if start >= 0 else -1
        plain = text[at : start if end >= 0 else len(text)]
        out.append(_BARE.sub("&amp;", _NAMED.sub(lambda found: html5.get(found[1], ""), plain)))
        if end < 0:
            break
        out.append(text[start:end])
        at = end
    return "".join(out)


def _entities(address: str) -> Fault:
    return Fault(path=address, code="feed.entities", message="the feed declares XML entities; it was not read")


def _advice(text: str, address: str) -> str:
    """Name the feed that a page points to, where it does."""
    link = _LINKED.search(text[:200_000])
    href = _HREF.search(link[0]) if link else None
    return f"; it names the feed {urljoin(address, href[1])}" if href else ""


def _trim(root: Any, max_entries: int) -> int:
    """Cut the tree to `max_entries` and drop what is not read; return how many entries were cut off."""
    etree.strip_tags(root, etree.Entity)
    seen, dropped = 0, []
    for element in root.iter(etree.Element):
        name = str(element.tag)
        if not name.startswith("{") and ":" in name:  # a prefix that is not declared
            element.tag = name = name.replace(":", "_")
        local = name.rpartition("}")[2]
        for key in [key for key in element.attrib if not key.startswith("{") and ":" in key]:
            del element.attrib[key]
        if local in _ENTRIES:
            seen += 1
            if seen > max_entries:
                dropped.append(element)
        elif local in _DROPPED:
            dropped.append(element)
    for element in dropped:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return max(0, seen - max_entries)


def _entries(parsed: Any, address: str) -> tuple[tuple[FeedEntry, ...], list[Fault]]:
    out: dict[str, FeedEntry] = {}
    without: list[str] = []
    for number, raw in enumerate(parsed.entries, start=1):
        try:
            link = str(parse_address(urljoin(address, str(raw.get("link") or "").strip() or "about:none")))
        except (FetchError, ValueError):
            without.append(f"entry {number} ({(_plain(raw.get('title')) or 'no title')[:60]})")
            continue
        source = raw.get("source")
        out.setdefault(
            link,
            FeedEntry(
                link=link,
                title=_plain(raw.get("title")),
                published=entry_day(raw, version=parsed.version),
                summary=(_plain(raw.get("summary")) or "")[:_LONGEST_SUMMARY] or None,
                publisher=_plain(source.get("title")) if isinstance(source, dict) else None,
            ),
        )
    return tuple(out.values()), _without_link(without, address)


def _without_link(without: list[str], address: str) -> list[Fault]:
    """Say in one line which entries have no address."""
    if not without:
        return []
    more = f" and {len(without) - 1} more" if len(without) > 1 else ""
    message = f"{without[0]}{more}: no web address"
    return [Fault(path=address, code="feed.no-link", message=message)]


def _plain(value: object) -> str | None:
    """Return a text without tags and line breaks, None when nothing is left."""
    if not isinstance(value, str):
        return None
    return " ".join(unescape(_TAG.sub(" ", value)).split()) or None


def _ttl(value: object) -> float | None:
    return float(value) * _MINUTE if isinstance(value, str) and re.fullmatch(r"[0-9]{1,5}", value.strip()) else None


__all__ = ["FeedEntry", "FeedPage", "read_feed"]
