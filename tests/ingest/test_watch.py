"""Following feeds against a real server: what is due, what is new, what is remembered, what a failure costs."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from itertools import islice

import pytest
from msgspec import structs
from tests.ingest.server.site import Reply, Request, Site, html, page, typed
from tests.ingest.server.tools import START, TEXT, FakeClock, Names, fetcher

from isnad.errors import Fault
from isnad.ingest.fetch import Fetcher
from isnad.ingest.polite import stamp
from isnad.ingest.watch import Batch, after_failure, after_visit, is_due, watch
from isnad.model.feeds import Feed
from isnad.settings import FetchSettings

LIMITS = FetchSettings()


def story(number: int) -> Reply:
    return html(page(TEXT, f"وقال شاهد إن الحادثة رقم {number} وقعت قرب السوق القديم وإن الأهالي نقلوا المصابين."))


def feed_of(*links: str, etag: str | None = None) -> Reply:
    items = "".join(f"<item><title>خبر</title><link>{link}</link></item>" for link in links)
    reply = typed(
        "application/rss+xml", f"<rss version='2.0'><channel><title>ق</title>{items}</channel></rss>".encode()
    )
    return structs.replace(reply, headers=reply.headers | ({"ETag": etag} if etag else {}))


class Memory:
    """A store of feeds and addresses, as the database would be."""

    def __init__(self, *addresses: str) -> None:
        self.feeds = {address: Feed(address=address) for address in addresses}
        self.stored: list[str] = []
        self.faults: list[Fault] = []

    def run(self, fetch: Fetcher, *, once: bool = True, batches: int | None = None) -> list[Batch]:
        coming = watch(
            lambda: list(self.feeds.values()), fetcher=fetch, known=lambda link: link in self.stored, once=once
        )
        return [self.save(batch) for batch in islice(coming, batches)]

    def save(self, batch: Batch) -> Batch:
        self.stored += [incoming.address for incoming in batch.incoming]
        self.faults += batch.faults
        if batch.feed.address in self.feeds:
            self.feeds[batch.feed.address] = batch.feed
        return batch


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        for number in range(40):
            site.routes[f"/{number}"] = story(number)
        yield site


def test_a_visit_brings_what_is_new_and_only_that(site: Site) -> None:
    """The second visit fetches the one new entry; known and seen ones are not asked for again."""
    site.routes["/feed"] = feed_of("/1", "/2")
    memory, clock = Memory(site.at("/feed")), FakeClock()
    with fetcher(clock=clock) as fetch:
        memory.run(fetch)
        assert memory.stored == [site.at("/1"), site.at("/2")]
        assert memory.run(fetch) == []  # not due
        site.routes["/feed"] = feed_of("/3", "/1", "/2")
        clock.wait(LIMITS.feed_seconds, fetch.stopped)
        memory.run(fetch)
    assert site.asked == ["/feed", "/1", "/2", "/feed", "/3"]
    feed = memory.feeds[site.at("/feed")]
    assert (feed.title, feed.failures, feed.message) == ("ق", 0, "3 entries, 1 new")
    assert feed.next_due == stamp(START + dt.timedelta(seconds=2 * LIMITS.feed_seconds))


def test_an_unchanged_feed_costs_one_request(site: Site) -> None:
    """The validators of the last complete visit are sent; 304 keeps the state and sets the next time."""

    def reply(request: Request) -> Reply:
        return Reply(status=304) if request.headers.get("if-none-match") == '"7"' else feed_of("/1", etag='"7"')

    site.routes["/feed"] = reply
    memory, clock = Memory(site.at("/feed")), FakeClock()
    with fetcher(clock=clock) as fetch:
        memory.run(fetch)
        clock.wait(LIMITS.feed_seconds, fetch.stopped)
        (batch,) = memory.run(fetch)
    assert (batch.incoming, batch.faults, batch.done) == ((), (), True)
    assert (batch.feed.etag, batch.feed.seen) == ('"7"', (site.at("/1"),))
    assert site.asked == ["/feed", "/1", "/feed"]


def test_pages_that_failed_in_passing_are_tried_again(site: Site) -> None:
    """A page that was down is not lost behind a 304: the validators are kept only after a complete visit."""
    site.routes["/feed"] = feed_of("/1", "/down", "/gone", etag='"7"')
    site.routes["/down"] = Reply(status=500)
    memory, clock = Memory(site.at("/feed")), FakeClock()
    with fetcher(clock=clock) as fetch:
        memory.run(fetch)
        state = memory.feeds[site.at("/feed")]
        assert (state.etag, state.message) == (None, "3 entries, 1 new, 1 to be tried again")
        site.routes["/down"] = story(99)
        clock.wait(LIMITS.feed_seconds, fetch.stopped)
        memory.run(fetch)
    assert site.asked == ["/feed", "/1", "/down", "/gone", "/feed", "/down"]
    assert memory.feeds[site.at("/feed")].etag == '"7"'
    assert [fault.code for fault in memory.faults] == ["fetch.status", "fetch.status"]


def test_an_address_that_redirects_is_not_fetched_twice(site: Site) -> None:
    """The store knows the final address; the state knows the one in the feed."""
    site.routes["/feed"] = feed_of("/go")
    site.routes["/go"] = Reply(status=301, headers={"Location": "/1"})
    memory, clock = Memory(site.at("/feed")), FakeClock()
    with fetcher(clock=clock) as fetch:
        memory.run(fetch)
        clock.wait(LIMITS.feed_seconds, fetch.stopped)
        memory.run(fetch)
    assert memory.stored == [site.at("/1")]
    assert site.asked == ["/feed", "/go", "/1", "/feed"]


def test_a_long_visit_comes_in_parts_that_can_be_saved(site: Site) -> None:
    """After a crash between two parts only what was not handed on is fetched again, at once."""
    site.routes["/feed"] = feed_of(*(f"/{n}" for n in range(25)), etag='"7"')
    memory = Memory(site.at("/feed"))
    with fetcher() as fetch:
        memory.run(fetch, batches=1)  # then the program dies
    state = memory.feeds[site.at("/feed")]
    assert (len(memory.stored), len(state.seen), state.etag, state.next_due) == (10, 10, None, None)
    with fetcher() as fetch:
        memory.run(fetch)
    assert memory.stored == [site.at(f"/{n}") for n in range(25)]


def test_a_failing_feed_backs_off_and_the_others_go_on(site: Site) -> None:
    """The pause doubles with each failure up to its limit; other feeds are visited meanwhile."""
    site.routes["/good"] = feed_of("/1")
    site.routes["/bad"] = Reply(status=500)
    memory, clock = Memory(site.at("/bad"), site.at("/good")), FakeClock()
    with fetcher(clock=clock) as fetch:
        memory.run(fetch)
        assert memory.stored == [site.at("/1")]
        pauses = []
        for _ in range(9):
            bad = memory.feeds[site.at("/bad")]
            pauses.append((dt.datetime.fromisoformat(str(bad.next_due)) - clock.now()).total_seconds())
            clock.wait(pauses[-1], fetch.stopped)
            memory.run(fetch)
    assert pauses == [1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400, 86400]
    assert memory.feeds[site.at("/bad")].failures == 10
    site.routes["/bad"] = feed_of("/2")
    with fetcher(clock=clock) as fetch:
        clock.wait(90_000, fetch.stopped)
        memory.run(fetch)
    assert memory.feeds[site.at("/bad")].failures == 0


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=429, headers={"Retry-After": "7200"}), "fetch.busy"),
        (Reply(status=404), "fetch.status"),
        (html(page(TEXT)), "feed.html"),
        (typed("text/xml", b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss/>"), "feed.entities"),
        (typed("image/png", b"x"), "fetch.type"),
        (typed("text/xml", b"x", Content_Encoding="gzip"), "fetch.encoding"),
    ],
)
def test_every_failure_is_one_line_in_the_state(site: Site, reply: Reply, code: str) -> None:
    """What is wrong with a feed can be read from the list of feeds."""
    site.routes["/feed"] = reply
    memory = Memory(site.at("/feed"))
    with fetcher() as fetch:
        (batch,) = memory.run(fetch)
    assert [(fault.path, fault.code) for fault in batch.faults] == [(site.at("/feed"), code)]
    assert str(batch.feed.message).endswith(f"[{code}]")
    if code == "fetch.busy":
        assert batch.feed.next_due == stamp(START + dt.timedelta(seconds=7200))


def test_a_feed_whose_address_is_none_does_not_stop_the_rest(site: Site) -> None:
    """Even an address that can never be fetched is only a fault of its feed."""
    site.routes["/feed"] = feed_of("/1")
    memory = Memory("gopher://x/", site.at("/feed"))
    with fetcher() as fetch:
        memory.run(fetch)
    assert memory.stored == [site.at("/1")]
    assert memory.feeds["gopher://x/"].failures == 1


def test_the_loop_goes_on_for_ever_and_sees_new_feeds(site: Site) -> None:
    """Without `once` the loop waits for what is due next; feeds added meanwhile are visited."""
    site.routes["/a"] = feed_of("/1")
    site.routes["/b"] = feed_of("/2")
    memory, clock = Memory(site.at("/a")), FakeClock()
    with fetcher(clock=clock) as fetch:
        coming = watch(lambda: list(memory.feeds.values()), fetcher=fetch)
        memory.save(next(coming))
        memory.feeds[site.at("/b")] = Feed(address=site.at("/b"))
        memory.save(next(coming))
        assert memory.stored == [site.at("/1"), site.at("/2")]
        later = memory.save(next(coming))
        assert clock.now() >= START + dt.timedelta(seconds=LIMITS.feed_seconds)
        assert later.feed.message == "1 entry, 0 new"
        coming.close()


def test_stopping_ends_the_loop_promptly(site: Site) -> None:
    """A stop from elsewhere, as a signal handler gives it, ends waits and connections."""
    site.routes["/feed"] = feed_of("/1", "/wait")
    memory = Memory(site.at("/feed"))
    with fetcher(total_seconds=60.0, read_seconds=60.0) as fetch:

        def stop(request: Request) -> Reply:
            fetch.stop()
            site.gone.wait(30)
            return Reply()

        site.routes["/wait"] = stop
        started = time.monotonic()
        assert memory.run(fetch, once=False) == []
        assert time.monotonic() - started < 5


def test_pages_on_other_hosts_are_fetched_too(site: Site) -> None:
    """A feed may point anywhere; each host is asked in its own turn."""
    names = Names(b_example=[["127.0.0.1"]], c_example=[["127.0.0.1"]])
    there = [site.at("/1", host="b.example"), site.at("/2", host="c.example"), site.at("/3")]
    site.routes["/feed"] = feed_of(*there, "http://10.0.0.1/")
    memory = Memory(site.at("/feed"))
    with fetcher(resolver=names) as fetch:
        memory.run(fetch)
    assert sorted(memory.stored) == sorted(there)
    assert [fault.code for fault in memory.faults] == ["fetch.private-address"]


def test_the_schedule_is_arithmetic() -> None:
    """Due at once when never visited; the feed's own wish lengthens the pause, within limits."""
    feed = Feed(address="http://a.example/")
    assert is_due(feed, START)
    later = after_visit(feed, now=START, limits=LIMITS, every_seconds=3600.0)
    assert not is_due(later, START + dt.timedelta(seconds=3599))
    assert is_due(later, START + dt.timedelta(seconds=3600))
    never = after_visit(feed, now=START, limits=LIMITS, every_seconds=1e9)
    assert never.next_due == stamp(START + dt.timedelta(seconds=LIMITS.max_feed_seconds))
    fault = Fault(path="x", code="fetch.dns", message="m")
    failed = after_failure(structs.replace(feed, failures=500), fault, now=START, limits=LIMITS)
    assert (failed.failures, failed.next_due) == (501, never.next_due)
