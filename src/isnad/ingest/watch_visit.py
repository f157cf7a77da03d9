"""One visit of a feed: what it brought so far, and the state that may be saved with it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec import structs

from isnad.errors import Fault
from isnad.ingest.feeds import FeedEntry
from isnad.ingest.fetch_pages import FeedRead, PageRead
from isnad.model.feeds import Feed
from isnad.model.intake import Incoming

#: So many pages are handed on together; what was not handed on is fetched again after a crash.
_FULL = 10


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Some of what a visit of a feed brought.

    Store `incoming` first and then save `feed`, in one transaction or in this order: the state says what needs no
    second look.  `faults` are the pages that could not be taken and notices on the feed.  `done` marks the last
    batch of the visit.
    """

    feed: Feed
    incoming: tuple[Incoming, ...] = ()
    faults: tuple[Fault, ...] = ()
    done: bool = True


class Visit:
    """A visit under way.  The server's validators are kept only when every page was dealt with: else the next visit
    would hear that nothing has changed, and the pages that failed for a passing reason would be lost."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.every_seconds: float | None = None
        self._read: FeedRead | None = None
        self._order: tuple[str, ...] = ()
        self._dealt: set[str] = set(feed.seen)
        self._open: set[str] = set()
        self._new = 0
        self._postponed = 0
        self._incoming: list[Incoming] = []
        self._faults: list[Fault] = []

    @property
    def finished(self) -> bool:
        """Whether every page of the visit has come."""
        return not self._open

    @property
    def full(self) -> bool:
        """Whether enough has come to be handed on."""
        return len(self._incoming) + len(self._faults) >= _FULL

    def opened(self, read: FeedRead, *, known: Callable[[str], bool]) -> list[FeedEntry]:
        """Take the feed itself; return the entries whose pages are new."""
        self._read = read
        if read.page is None:
            return []
        self.every_seconds = read.page.every_seconds
        self._faults += read.page.notes
        self._order = tuple(entry.link for entry in read.page.entries)
        self._dealt.update(link for link in self._order if link not in self._dealt and known(link))
        new = [entry for entry in read.page.entries if entry.link not in self._dealt]
        self._open = {entry.link for entry in new}
        return new

    def take(self, read: PageRead) -> None:
        """Take one page."""
        self._open.discard(read.link)
        if read.incoming is not None:
            self._incoming.append(read.incoming)
            self._new += 1
        if read.fault is not None:
            self._faults.append(read.fault)
        if read.passing:
            self._postponed += 1
        else:
            self._dealt.add(read.link)

    def feed_so_far(self) -> Feed:
        """Return the state in the middle of the visit: due as before, with what was dealt with."""
        return structs.replace(self.feed, seen=tuple(link for link in self._order if link in self._dealt))

    def feed_at_end(self) -> Feed:
        """Return the state at the end of the visit, but for the next one's time."""
        fetched = self._read.fetched if self._read else None
        page = self._read.page if self._read else None
        if fetched is None or page is None:
            return structs.replace(self.feed, message="not changed since the last visit")
        count = len(self._order)
        message = f"{count} {'entry' if count == 1 else 'entries'}, {self._new} new"
        feed = structs.replace(self.feed_so_far(), title=page.title or self.feed.title, message=message)
        if self._postponed:
            message += f", {self._postponed} to be tried again"
            return structs.replace(feed, message=message, etag=None, last_modified=None)
        return structs.replace(feed, etag=fetched.etag, last_modified=fetched.last_modified)

    def batch(self, feed: Feed, *, done: bool) -> Batch:
        """Hand on what has come since the last batch, with the state `feed`."""
        batch = Batch(feed=feed, incoming=tuple(self._incoming), faults=tuple(self._faults), done=done)
        self._incoming, self._faults = [], []
        return batch


__all__ = ["Batch", "Visit"]
