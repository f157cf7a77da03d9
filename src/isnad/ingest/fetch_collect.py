"""Addresses and lists of them to reports: many hosts at once, each host politely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from isnad.errors import Fault
from isnad.ingest.addresses import parse_address
from isnad.ingest.encoding import decode
from isnad.ingest.feeds import FeedEntry
from isnad.ingest.fetch import Fetcher
from isnad.ingest.fetch_errors import FetchError
from isnad.ingest.fetch_pages import PageRead, read_pages_at
from isnad.ingest.fetch_pool import HostPool
from isnad.model.intake import Incoming

#: A file of addresses larger than this is something else.
_LARGEST_LIST = 50_000_000


def collect(
    addresses: Iterable[str | Fault],
    *,
    fetcher: Fetcher,
    source: str | None = None,
    known: Callable[[str], bool] = lambda address: False,
) -> Iterator[Incoming | Fault]:
    """Fetch `addresses`, pages and feeds, and yield a report or a fault for each as it comes.

    A feed gives the reports of its entries.  Faults among `addresses`, as `read_address_list` gives them, are passed
    on.  `source` is noted on each report (the file of addresses); by default the address itself, or the feed's.
    `known` tells addresses in normal form (`isnad.ingest.addresses`) that are passed over; it is called in the thread
    that takes the reports.  The order is that of arrival, at one host that of `addresses`.  Closing the generator, or
    Ctrl-C, ends all that is under way and stops `fetcher`.
    """
    entries: dict[str, FeedEntry] = {}
    for text in addresses:
        if isinstance(text, Fault):
            yield text
            continue
        try:
            link = str(parse_address(text))
        except FetchError as error:
            yield error.fault(text)
            continue
        entries[link] = FeedEntry(link=link)
    done = set(entries)
    with HostPool[PageRead](workers=fetcher.limits.workers, stop=fetcher.stopped, abort=fetcher.stop) as pool:
        add_pages(
            pool.add, [e for e in entries.values() if not known(e.link)], source=source, fetcher=fetcher, feeds_too=True
        )
        while pool.busy and not fetcher.stopped.is_set():
            read = pool.take()
            if read is None:
                continue
            if read.incoming is not None:
                yield read.incoming
            if read.fault is not None:
                yield read.fault
            if read.feed is not None:
                yield from read.feed.notes
                new = [e for e in read.feed.entries if e.link not in done and not known(e.link)]
                done.update(entry.link for entry in new)
                add_pages(pool.add, new, source=source or read.link, fetcher=fetcher)


def add_pages(
    add: Callable[[str, Callable[[], Iterator[PageRead]]], None],
    entries: Iterable[FeedEntry],
    *,
    source: str | None,
    fetcher: Fetcher,
    feeds_too: bool = False,
) -> None:
    """Give a pool (its `add`) the pages of `entries`, one job a host; `source` None means each page's own address."""
    hosts: dict[str, list[FeedEntry]] = {}
    for entry in entries:
        hosts.setdefault(parse_address(entry.link).host, []).append(entry)
    for host, group in hosts.items():
        add(host, partial(read_pages_at, group, source=source, fetcher=fetcher, feeds_too=feeds_too))


def read_address_list(path: Path) -> Iterator[str | Fault]:
    """Yield the addresses in a file, one a line; empty lines and lines that begin with # are passed over.

    A line that is no web address is a Fault `fetch.list` with its number; a file that cannot be read one of
    `input.*`.
    """
    try:
        if path.stat().st_size > _LARGEST_LIST:
            yield Fault(path=str(path), code="input.too-large", message="too large for a list of addresses")
            return
        text, fault = decode(path.read_bytes(), path=str(path))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Fault(path=str(path), code="input.not-found", message=f"cannot be opened: {reason}")
        return
    if fault is not None:
        yield fault
    for number, line in enumerate((text or "").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            yield str(parse_address(line))
        except FetchError as error:
            yield Fault(path=str(path), line=number, code="fetch.list", message=str(error))


__all__ = ["add_pages", "collect", "read_address_list"]
