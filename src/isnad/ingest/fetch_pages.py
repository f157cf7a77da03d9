"""Pages and feeds fetched one after the other at one host, each to what it holds or to the reason why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from isnad.errors import Fault
from isnad.ingest.addresses import parse_address
from isnad.ingest.feeds import FeedEntry, FeedPage, read_feed
from isnad.ingest.fetch import Fetched, Fetcher
from isnad.ingest.fetch_errors import FetchError
from isnad.ingest.fetch_headers import PAGE_TYPES, READ_TYPES, TEXT_TYPES, XML_TYPES
from isnad.ingest.fetch_text import read_text
from isnad.ingest.html import read_page
from isnad.ingest.origin import what_is_wrong
from isnad.model.feeds import Feed
from isnad.model.intake import Incoming

#: After so many failed connections in a row the rest of a host's addresses is not tried.
_MOST_FAILURES = 5
_NO_CONNECTION = frozenset({"fetch.dns", "fetch.connect", "fetch.timeout"})


class PageRead(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one address of `source`: a report, or a feed (with the address it was fetched from), or neither.

    `fault` is a notice, or the reason why there is nothing; `passing` says that a later try may go well.
    """

    link: str
    source: str
    incoming: Incoming | None = None
    feed: FeedPage | None = None
    fault: Fault | None = None
    passing: bool = False


class FeedRead(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one visit of a feed: its page, `fetched` (304: nothing changed), or the reason why not.

    `retry_after` are the seconds after which the server wants to be asked again, None where it did not say.
    """

    address: str
    fetched: Fetched | None = None
    page: FeedPage | None = None
    fault: Fault | None = None
    retry_after: float | None = None


def read_feed_at(feed: Feed, *, fetcher: Fetcher) -> Iterator[FeedRead]:
    """Visit one feed, with the validators of the last visit; yields once, or not at all when fetching was stopped."""
    try:
        fetched = fetcher.fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified)
    except FetchError as error:
        if error.code != "fetch.stopped":
            yield FeedRead(address=feed.address, fault=error.fault(feed.address), retry_after=error.retry_after)
        return
    if fetched.unchanged:
        yield FeedRead(address=feed.address, fetched=fetched)
        return
    page = _feed_page(fetched, fetcher)
    if isinstance(page, Fault):
        yield FeedRead(address=feed.address, fault=msgspec.structs.replace(page, path=feed.address))
    else:
        yield FeedRead(address=feed.address, fetched=fetched, page=page)


def read_pages_at(
    entries: Sequence[FeedEntry], *, source: str | None, fetcher: Fetcher, feeds_too: bool = False
) -> Iterator[PageRead]:
    """Fetch the pages of `entries`, which are at one host, in order; ends early when fetching was stopped.

    `source` is noted on each report; None means its own address.  With `feeds_too` an address may hold a feed.  After
    several failed connections the rest is given up.
    """
    kinds = READ_TYPES if feeds_too else PAGE_TYPES | TEXT_TYPES
    failures = 0
    for entry in entries:
        name = source or entry.link
        if failures >= _MOST_FAILURES:
            message = f"not tried: {failures} connections to its host failed in a row"
            fault = Fault(path=entry.link, code="fetch.connect", message=message)
            yield PageRead(link=entry.link, source=name, fault=fault, passing=True)
            continue
        try:
            fetched = fetcher.fetch(entry.link, kinds=kinds)
        except FetchError as error:
            if error.code == "fetch.stopped":
                return
            failures = failures + 1 if error.code in _NO_CONNECTION else 0
            yield PageRead(link=entry.link, source=name, fault=error.fault(entry.link), passing=error.passing)
            continue
        failures = 0
        yield _read(fetched, entry, name, fetcher)


def _read(fetched: Fetched, entry: FeedEntry, source: str, fetcher: Fetcher) -> PageRead:
    if fetched.media_type in XML_TYPES:
        page = _feed_page(fetched, fetcher)
        if isinstance(page, Fault):
            return PageRead(link=entry.link, source=source, fault=page)
        return PageRead(link=entry.link, source=source, feed=page)
    incoming, fault = incoming_of(fetched, source=source, entry=entry)
    return PageRead(link=entry.link, source=source, incoming=incoming, fault=fault)


def _feed_page(fetched: Fetched, fetcher: Fetcher) -> FeedPage | Fault:
    return read_feed(
        fetched.body,
        address=fetched.final_address,
        charset=fetched.charset,
        max_entries=fetcher.limits.max_feed_entries,
    )


def incoming_of(
    fetched: Fetched, *, source: str, entry: FeedEntry | None = None
) -> tuple[Incoming | None, Fault | None]:
    """Return the report on a fetched page, and a notice or the reason why there is none (`input.*`).

    The page's own title and day come first, then those of the feed's `entry`.  `source` says by which feed or list it
    came.
    """
    address = fetched.final_address
    text, fault = read_text(fetched.body, charset=fetched.charset, path=address)
    if text is None:
        return None, fault
    title, published = (entry.title, _not_ahead(entry.published, fetched)) if entry else (None, None)
    if fetched.media_type not in TEXT_TYPES:
        page = read_page(text, url=address, fetched=fetched.fetched_at)
        if page is None:
            return None, Fault(path=address, code="input.html", message="no main text was found in this page")
        text, title, published = page.text, page.title or title, page.published or published
    incoming = Incoming(
        address=address,
        text=text,
        source=source,
        fetched=fetched.fetched_at,
        title=title,
        published=published,
        domain=parse_address(address).host,
        raw=fetched.body,
        media_type=fetched.media_type,
        publisher=entry.publisher if entry else None,
    )
    wrong = ("input.empty", "the answer holds no text") if not text.strip() else what_is_wrong(incoming)
    if wrong is not None:
        return None, Fault(path=address, code=wrong[0], message=wrong[1])
    return incoming, fault


def _not_ahead(published: str | None, fetched: Fetched) -> str | None:
    """Return a stated day unless it lies ahead of the fetch by more than time zones explain."""
    if published is None:
        return None
    latest = dt.date.fromisoformat(fetched.fetched_at[:10]) + dt.timedelta(days=1)
    return published if dt.date.fromisoformat(published) <= latest else None


__all__ = ["FeedRead", "PageRead", "incoming_of", "read_feed_at", "read_pages_at"]
