"""The feeds that are followed, and what is remembered of each between two visits."""

from __future__ import annotations

import msgspec


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """One RSS or Atom feed and its state.  Instants are ISO UTC with seconds, `2026-01-31T12:00:00Z`.

    `address` is the key.  `etag` and `last_modified` are what the server said at the last visit that was dealt with
    completely, to be sent back with the next one.  `next_due` is when to ask again (None: at once).  `failures`
    counts visits that failed in a row; `message` is the last visit in one line.  `seen` are the links of the
    entries at the last visit that need no second look, so that an address that redirects is not fetched again; it
    holds no more than one feed's entries.  `added` is when the feed was put on the list.
    """

    address: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    next_due: str | None = None
    failures: int = 0
    message: str | None = None
    added: str | None = None
    seen: tuple[str, ...] = ()


__all__ = ["Feed"]
