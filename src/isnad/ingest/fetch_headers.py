"""What the headers of an answer say: kind, character set, when to come back."""

from __future__ import annotations

import datetime as dt
import re
from email.message import Message
from email.utils import parsedate_to_datetime

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain"})
XML_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "application/x-rss+xml",
        "text/rss+xml",
    }
)
#: Everything that is read: pages, plain text and feeds.
READ_TYPES = PAGE_TYPES | TEXT_TYPES | XML_TYPES
#: What a server says that does not know; the first bytes decide.
_UNKNOWN = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_LONGEST_TAG = 1_000


def media_type_of(header: str | None, head: bytes) -> str:
    """Return the media type in lower case; where the header does not say it, what `head` (first bytes) looks like."""
    named = (header or "").partition(";")[0].strip().lower()
    if named not in _UNKNOWN:
        return named
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        return "application/xhtml+xml" if b"<html" in start else "application/xml"
    return "text/html" if start.startswith((b"<!doctype html", b"<html", b"<head", b"<!--")) else named or "unknown"


def charset_of(header: str | None) -> str | None:
    """Return the character set that a Content-Type names, in lower case, or None."""
    found = _CHARSET.search(header or "")
    return found[1].lower() if found else None


def retry_seconds(header: str | None, *, now: dt.datetime) -> float | None:
    """Return a Retry-After in seconds from `now` (RFC 9110 10.2.3: seconds or a date), None where it says nothing."""
    value = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())


def validator(headers: Message, name: str) -> str | None:
    """Return the ETag or Last-Modified of an answer when it can be sent back as it is, else None."""
    value = (headers.get(name) or "").strip()
    return value if value and len(value) <= _LONGEST_TAG and value.isascii() and value.isprintable() else None


__all__ = [
    "PAGE_TYPES",
    "READ_TYPES",
    "TEXT_TYPES",
    "XML_TYPES",
    "charset_of",
    "media_type_of",
    "retry_seconds",
    "validator",
]
