"""Following feeds: which are due, what is new in them, when to ask again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import structs

from isnad.errors import Fault
from isnad.ingest.addresses import parse_address
from isnad.ingest.fetch import Fetcher
from isnad.ingest.fetch_collect import add_pages
from isnad.ingest.fetch_errors import FetchError
from isnad.ingest.fetch_pages import FeedRead, PageRead, read_feed_at
from isnad.ingest.fetch_pool import HostPool
from isnad.ingest.polite import moment_of, stamp
from isnad.ingest.watch_visit import Batch, Visit
from isnad.model.feeds import Feed
from isnad.settings import FetchSettings

#: How long the loop sleeps at most, so that feeds added meanwhile are noticed.
_LONGEST_SLEEP = 30.0
#: How often the list of feeds is looked at while pages are coming in.
_BUSY_PAUSE = 2.0


def watch(
    feeds: Callable[[], Sequence[Feed]],
    *,
    fetcher: Fetcher,
    known: Callable[[str], bool] = lambda address: False,
    once: bool = False,
) -> Iterator[Batch]:
    """Visit every feed when it is due, for ever; yield what is to be stored.

    `feeds` is asked again whenever something may be due, so that feeds added or removed meanwhile count; it must
    return the states last saved.  `known` tells addresses (in normal form) that are stored already and are not
    fetched again.  Both are called in the thread that takes the batches.  `once` visits every feed that is due now
    and ends.  Close the generator, or call `fetcher.stop()` from a signal handler, to end: what is under way is
    dropped within a moment, and what was not yielded is found again.
    """
    yield from _Watch(feeds, fetcher=fetcher, known=known).run(once=once)


class _Watch:
    """The feeds that are being visited now."""

    def __init__(self, feeds: Callable[[], Sequence[Feed]], *, fetcher: Fetcher, known: Callable[[str], bool]) -> None:
        self._feeds = feeds
        self._fetcher = fetcher
        self._known = known
        self._visits: dict[str, Visit] = {}
        self._ask_again = 0.0
        self._pool: HostPool[FeedRead | PageRead] = HostPool(
            workers=fetcher.limits.workers, stop=fetcher.stopped, abort=fetcher.stop
        )

    def run(self, *, once: bool) -> Iterator[Batch]:
        """Run the loop."""
        clock, stopped = self._fetcher.clock, self._fetcher.stopped
        with self._pool as pool:
            yield from self._start_due()
            while not stopped.is_set():
                if not pool.busy:
                    if once:
                        return
                    clock.wait(self._sleep(), stopped)
                read = pool.take() if pool.busy else None
                if read is not None:
                    yield from self._took(read)
                if not once and not stopped.is_set() and (not pool.busy or clock.monotonic() >= self._ask_again):
                    yield from self._start_due()

    def _start_due(self) -> Iterator[Batch]:
        """Begin a visit of every feed that is due and not being visited."""
        now = self._fetcher.clock.now()
        self._ask_again = self._fetcher.clock.monotonic() + _BUSY_PAUSE
        for feed in self._feeds():
            if feed.address in self._visits or not is_due(feed, now):
                continue
            try:
                host = parse_address(feed.address).host
            except FetchError as error:
                fault = error.fault(feed.address)
                yield Batch(feed=after_failure(feed, fault, now=now, limits=self._fetcher.limits), faults=(fault,))
                continue
            self._visits[feed.address] = Visit(feed)
            self._pool.add(host, partial(read_feed_at, feed, fetcher=self._fetcher))

    def _sleep(self) -> float:
        """Return the seconds until the next feed is due, within reason."""
        now = self._fetcher.clock.now()
        waits = [(moment_of(feed.next_due) - now).total_seconds() for feed in self._feeds() if feed.next_due]
        return max(0.0, min([*waits, _LONGEST_SLEEP]))

    def _took(self, read: FeedRead | PageRead) -> Iterator[Batch]:
        if isinstance(read, FeedRead):
            yield from self._visited(read)
            return
        visit = self._visits[read.source]
        visit.take(read)
        if visit.finished:
            yield self._finish(visit)
        elif visit.full:
            yield visit.batch(visit.feed_so_far(), done=False)

    def _visited(self, read: FeedRead) -> Iterator[Batch]:
        """Take what a visit of the feed itself brought, and ask for the pages that are new."""
        visit = self._visits[read.address]
        now, limits = self._fetcher.clock.now(), self._fetcher.limits
        if read.fault is not None:
            del self._visits[read.address]
            feed = after_failure(visit.feed, read.fault, now=now, limits=limits, retry_after=read.retry_after)
            yield Batch(feed=feed, faults=(read.fault,))
            return
        new = visit.opened(read, known=self._known)
        if not new:
            yield self._finish(visit)
            return
        add_pages(self._pool.add, new, source=read.address, fetcher=self._fetcher)

    def _finish(self, visit: Visit) -> Batch:
        del self._visits[visit.feed.address]
        feed = after_visit(
            visit.feed_at_end(),
            now=self._fetcher.clock.now(),
            limits=self._fetcher.limits,
            every_seconds=visit.every_seconds,
        )
        return visit.batch(feed, done=True)


def is_due(feed: Feed, now: dt.datetime) -> bool:
    """Tell whether a feed is to be visited at `now`."""
    return feed.next_due is None or moment_of(feed.next_due) <= now


def after_visit(feed: Feed, *, now: dt.datetime, limits: FetchSettings, every_seconds: float | None = None) -> Feed:
    """Return the state after a visit that went well; `every_seconds` is the pause that the feed asks for itself."""
    pause = min(max(limits.feed_seconds, every_seconds or 0.0), limits.max_feed_seconds)
    return structs.replace(feed, failures=0, next_due=stamp(now + dt.timedelta(seconds=pause)))


def after_failure(
    feed: Feed, fault: Fault, *, now: dt.datetime, limits: FetchSettings, retry_after: float | None = None
) -> Feed:
    """Return the state after a visit that failed: the pause doubles with each failure in a row, within limits.

    `retry_after` (seconds, from the server) lengthens it.
    """
    doubled = limits.feed_seconds * 2 ** min(feed.failures + 1, 30)
    pause = min(max(doubled, retry_after or 0.0), limits.max_feed_seconds)
    return structs.replace(
        feed,
        failures=feed.failures + 1,
        next_due=stamp(now + dt.timedelta(seconds=pause)),
        message=f"{fault.message} [{fault.code}]",
    )


__all__ = ["Batch", "after_failure", "after_visit", "is_due", "watch"]
