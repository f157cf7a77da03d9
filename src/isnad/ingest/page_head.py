"""What a page says of itself in its head: JSON-LD (schema.org), meta elements, the canonical address."""

from __future__ import annotations

import html as entities
import json
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from isnad.ingest.page_parts import Element, squeeze

#: Where pages state the day of publication: name, property or itemprop of a meta element, best first.
META_DAYS = (
    "article:published_time",
    "og:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
)
_ARTICLES = ("article", "posting", "report", "webpage", "creativework")
_STRAY = re.compile(r"^\s*(?:<!--|/\*<!\[CDATA\[\*/|<!\[CDATA\[)|(?:-->|/\*\]\]>\*/|\]\]>)\s*;?\s*$")
_MAX_JSON = 500_000


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a page: `days` are values as stated (JSON-LD first), the rest is None where the page is silent."""

    days: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    site: str | None = None
    publisher: str | None = None
    url: str | None = None


def read_head(root: Element, *, url: str | None = None) -> Head:
    """Return what the page says of itself; `url` is where it was fetched, against which addresses are read."""
    metas = _metas(root)
    address = _canonical(root, metas, url)
    objects = [found for script in _scripts(root) for found in _objects(_load(script), 0)]
    article = _own(objects, address or url, metas.get("og:title"))
    days = [str(item["datePublished"]) for item in article if isinstance(item.get("datePublished"), str)]
    days += [metas[name] for name in META_DAYS if name in metas]
    titles = [item.get("headline") or item.get("name") for item in article]
    titles += [metas.get("og:title"), metas.get("twitter:title")]
    publisher = next((name for item in article if (name := _name(item.get("publisher")))), None)
    sites = (_name(item) for item in objects if "website" in _type(item))
    return Head(
        days=tuple(dict.fromkeys(days)),
        titles=tuple(dict.fromkeys(squeeze(t) for t in titles if isinstance(t, str) and t.strip())),
        site=metas.get("og:site_name") or next(filter(None, sites), None),
        publisher=publisher or metas.get("dc.publisher") or metas.get("publisher"),
        url=address,
    )


def _metas(root: Element) -> dict[str, str]:
    out: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        names = element.get("property") or element.get("name") or element.get("itemprop")
        if content and names:
            for name in names.lower().split():
                out.setdefault(name, squeeze(content))
    return out


def _canonical(root: Element, metas: dict[str, str], url: str | None) -> str | None:
    """Return the canonical address; a bare home page given for every page is no address of an article."""
    links = [e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for found in (*links, metas.get("og:url")):
        address = urljoin(url, found.strip()) if url and found else (found or "").strip()
        parts = urlsplit(address) if _splits(address) else None
        if parts and parts.scheme in ("http", "https") and parts.hostname:
            if parts.path in ("", "/") and not parts.query:
                continue
            return address
    return None


def _splits(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _scripts(root: Element) -> list[str]:
    found = (e.text for e in root.iter("script") if "ld+json" in (e.get("type") or "").lower())
    return [text for text in found if text and len(text) <= _MAX_JSON]


def _load(text: str) -> Any:
    """Read JSON-LD, also with bare line breaks in strings or inside a comment; None when it is no JSON."""
    text = _STRAY.sub("", _STRAY.sub("", text)).strip()
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text), entities.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(tree: Any, depth: int) -> list[dict[str, Any]]:
    """Return the objects of a page: at the top, in a list, in `@graph` or `mainEntity`; not those of lists of links."""
    if depth > 4:
        return []
    if isinstance(tree, list):
        return [found for item in tree[:100] for found in _objects(item, depth + 1)]
    if not isinstance(tree, dict):
        return []
    inner = [tree.get("@graph"), tree.get("mainEntity")]
    return [tree, *(found for item in inner for found in _objects(item, depth + 1))]


def _type(item: dict[str, Any]) -> str:
    kind = item.get("@type")
    return " ".join(map(str, kind)).lower() if isinstance(kind, list) else str(kind or "").lower()


def _own(objects: list[dict[str, Any]], address: str | None, title: str | None) -> list[dict[str, Any]]:
    """Return the objects that are this page's article: where there are several, those of its address or headline."""
    articles = [item for item in objects if any(kind in _type(item) for kind in _ARTICLES)]
    stories = [item for item in articles if "webpage" not in _type(item)]
    if len({str(item.get("datePublished")) for item in stories}) <= 1:
        return [*stories, *(item for item in articles if item not in stories)]
    return [item for item in stories if _is_of(item, address, title)] or stories


def _is_of(item: dict[str, Any], address: str | None, title: str | None) -> bool:
    page = item.get("mainEntityOfPage")
    names = [item.get("url"), item.get("@id"), page if isinstance(page, str) else None]
    names.append(page.get("@id") if isinstance(page, dict) else None)
    same = any(address and isinstance(n, str) and n.split("#")[0].rstrip("/") == address.rstrip("/") for n in names)
    headline = item.get("headline")
    return same or bool(title and isinstance(headline, str) and squeeze(headline) == title)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return squeeze(value) or None if isinstance(value, str) else None


__all__ = ["META_DAYS", "Head", "read_head"]
