"""Manners against a real server: unchanged pages, busy hosts, pauses, robots.txt."""

from __future__ import annotations

from email.utils import format_datetime

import pytest
from tests.ingest.server.site import Reply, Request, Site, html, typed
from tests.ingest.server.tools import GOOD, START, FakeClock, endless, failure, fetcher


def test_unchanged_is_told_by_either_validator(site: Site) -> None:
    """ETag and Last-Modified are sent back, and 304 means that nothing changed."""

    def reply(request: Request) -> Reply:
        same = request.headers.get("if-none-match") == '"1"' or "if-modified-since" in request.headers
        return Reply(status=304) if same else html(GOOD.body, ETag='"1"')

    site.routes["/"] = reply
    with fetcher() as fetch:
        first = fetch.fetch(site.at("/"))
        assert not first.unchanged
        assert fetch.fetch(site.at("/"), etag=first.etag).unchanged
        assert fetch.fetch(site.at("/"), last_modified="Sat, 31 Jan 2026 10:00:00 GMT").unchanged
        assert not fetch.fetch(site.at("/"), etag='"0"').unchanged


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_asked_again_when_it_says(site: Site, status: int) -> None:
    """Retry-After in seconds is waited for, then the page comes."""
    answers = [Reply(status=status, headers={"Retry-After": "7"}), GOOD]
    site.routes["/"] = lambda request: answers.pop(0)
    clock = FakeClock()
    with fetcher(clock=clock) as fetch:
        assert fetch.fetch(site.at("/")).body == GOOD.body
    assert clock.waits == [7.0]


def test_retry_after_may_be_a_date(site: Site) -> None:
    """An HTTP date counts from now."""
    date = format_datetime(START.replace(second=30), usegmt=True)
    answers = [Reply(status=503, headers={"Retry-After": date}), GOOD]
    site.routes["/"] = lambda request: answers.pop(0)
    clock = FakeClock()
    with fetcher(clock=clock) as fetch:
        fetch.fetch(site.at("/"))
    assert clock.waits == [30.0]


def test_a_long_retry_after_is_not_waited_for(site: Site) -> None:
    """Beyond our patience the host is left alone, also by its other addresses, and the fault says for how long."""
    site.routes["/"] = Reply(status=429, headers={"Retry-After": "3600"})
    clock = FakeClock()
    with fetcher(clock=clock) as fetch:
        error = failure(fetch, site.at("/"))
        assert (error.code, error.retry_after, error.passing) == ("fetch.busy", 3600.0, True)
        assert failure(fetch, site.at("/good")).code == "fetch.busy"
    assert (site.asked, clock.waits) == (["/"], [])


def test_without_retry_after_the_pauses_double_within_bounds(site: Site) -> None:
    """A host that is busy without a word is asked after pauses that double, then left."""
    site.routes["/"] = Reply(status=503)
    clock = FakeClock()
    with fetcher(clock=clock, retries=9) as fetch:
        assert failure(fetch, site.at("/")).code == "fetch.busy"
    assert clock.waits == [2.0, 4.0, 8.0, 16.0, 32.0]


def test_requests_to_a_host_keep_their_distance(site: Site) -> None:
    """The pause lies between any two requests to one host, robots.txt included."""
    clock = FakeClock()
    with fetcher(clock=clock, host_seconds=2.0) as fetch:
        fetch.fetch(site.at("/good"))
        fetch.fetch(site.at("/good"))
    assert clock.waits == [2.0, 2.0]


def test_crawl_delay_lengthens_the_pause_within_reason(site: Site) -> None:
    """A host may ask for more distance; a day of it is not granted."""
    clock = FakeClock()
    with fetcher(clock=clock, max_host_seconds=60.0) as fetch, Site() as other:
        other.routes["/good"] = GOOD
        site.routes["/robots.txt"] = typed("text/plain", b"User-agent: *\nCrawl-delay: 9\n")
        fetch.fetch(site.at("/good"))
        fetch.fetch(site.at("/good"))
        assert clock.waits == [9.0]
        other.routes["/robots.txt"] = typed("text/plain", b"User-agent: isnad\nCrawl-delay: 86400\n")
        fetch.fetch(other.at("/good"))
        fetch.fetch(other.at("/good"))
    assert clock.waits == [9.0, 9.0, 60.0]


def test_robots_denial_is_obeyed(site: Site) -> None:
    """A forbidden address is not asked for; robots.txt is read once for the host."""
    site.routes["/robots.txt"] = typed("text/plain", b"User-agent: *\nDisallow: /closed/\nAllow: /closed/open\n")
    site.routes["/closed/open"] = GOOD
    with fetcher() as fetch:
        error = failure(fetch, site.at("/closed/1"))
        assert (error.code, error.passing) == ("fetch.robots", False)
        fetch.fetch(site.at("/closed/open"))
        fetch.fetch(site.at("/good"))
    assert [request.target for request in site.requests] == ["/robots.txt", "/closed/open", "/good"]


def test_robots_hold_on_the_way_of_a_redirect(site: Site) -> None:
    """An open address that leads to a closed one does not open it."""
    site.routes["/robots.txt"] = typed("text/plain", b"User-agent: isnad\nDisallow: /closed\n")
    site.routes["/go"] = Reply(status=302, headers={"Location": "/closed"})
    with fetcher() as fetch:
        assert failure(fetch, site.at("/go")).code == "fetch.robots"
    assert site.asked == ["/go"]


def test_robots_that_are_missing_allow_and_those_that_fail_hold_off(site: Site) -> None:
    """RFC 9309: 4xx allows everything; 5xx allows nothing for now, and is asked again later."""
    site.routes["/robots.txt"] = Reply(status=403)
    with fetcher() as fetch:
        fetch.fetch(site.at("/good"))
    site.routes["/robots.txt"] = Reply(status=500)
    clock = FakeClock()
    with fetcher(clock=clock) as fetch:
        error = failure(fetch, site.at("/good"))
        assert (error.code, error.passing) == ("fetch.robots", True)
        site.routes["/robots.txt"] = Reply(status=404)
        clock.wait(601, fetch.stopped)
        fetch.fetch(site.at("/good"))


def test_an_endless_robots_file_is_read_to_its_limit(site: Site) -> None:
    """The first rules count, and the file does not hang us."""
    rules = b"User-agent: *\nDisallow: /good\n"
    site.routes["/robots.txt"] = Reply(headers={"Content-Type": "text/plain"}, body=rules, chunks=endless)
    with fetcher() as fetch:
        assert failure(fetch, site.at("/good")).code == "fetch.robots"
