"""An Atom feed (RFC 4287) of incidents.

An entry's id is the incident's, which never changes; `updated` is the last day of its reports: the store keeps no
instant of change, and a feed reader that compares content sees a changed one all the same.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from isnad.api.shapes.incidents import IncidentCard
from isnad.api.views.labels import Labels
from isnad.store.access_records import SavedSearch

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def feed_of(search: SavedSearch, cards: list[IncidentCard], *, root: str, language: str, labels: Labels) -> bytes:
    """Return the feed of a search; `root` is the address of the server."""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    address = f"{root}/api/v1/searches/{search.id}/feed.atom"
    title = getattr(labels.of("feed", "title"), language).replace("{name}", search.name)
    _add(feed, "id", address)
    _add(feed, "title", title)
    _add(feed, "updated", max([_updated(card) for card in cards], default=search.created))
    ET.SubElement(feed, "link", rel="self", href=address, type="application/atom+xml")
    ET.SubElement(feed, "link", rel="alternate", href=f"{root}/?{search.query}", type="text/html")
    author = ET.SubElement(feed, "author")
    _add(author, "name", "isnad")
    for card in cards:
        _entry(feed, card, root, language, labels)
    content: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _entry(feed: ET.Element, card: IncidentCard, root: str, language: str, labels: Labels) -> None:
    entry = ET.SubElement(feed, "entry")
    address = f"{root}/incidents/{card.id}"
    _add(entry, "id", f"{address}")
    _add(entry, "title", getattr(card.title, language))
    _add(entry, "updated", _updated(card))
    ET.SubElement(entry, "link", rel="alternate", href=address, type="text/html")
    grade = getattr(labels.of("grades", card.grade), language) if card.grade else ""
    days = f"{card.date.start}/{card.date.end}" if card.date else ""
    summary = " · ".join(part for part in (days, grade, f"v{card.version}") if part)
    _add(entry, "summary", summary)


def _updated(card: IncidentCard) -> str:
    days = card.reported or card.date
    day = (days.end or days.start) if days else None
    return f"{day or '1970-01-01'}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NO_XML.sub("\ufffd", text)


__all__ = ["feed_of"]
