"""What comes in from a source, before and after it is stored."""

from __future__ import annotations

import msgspec


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One report as a source gave it.

    `address` is where it stands: the final URL, or `path`, `path#line`, `path#message-id`; the store keeps one
    document an address, and every different content at it as a version.  `doc_id` is the id that came in with it
    (None when the source gives none).  `published` is an ISO day or None when unknown; `fetched` is an ISO UTC
    instant.  `outlet` is an outlet's id or name as given, `domain` the host of the address.  `raw` are the bytes as
    received (None where the text itself is what was received) with their `media_type`.  `forwarded_from` (Telegram)
    and `publisher` (the `<source>` of a feed) are evidence for the chain of transmission.
    """

    address: str
    text: str
    source: str
    fetched: str
    doc_id: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    domain: str | None = None
    raw: bytes | None = None
    media_type: str | None = None
    forwarded_from: str | None = None
    publisher: str | None = None


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one `Incoming`.

    `outcome` is added (new content), linked (known content at a new address), changed (a new version of a known
    address) or known (nothing new).  `article` is the stored article's id, which never changes.
    """

    outcome: str
    article: int


__all__ = ["Incoming", "Kept"]
