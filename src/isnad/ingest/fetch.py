"""Fetching one web address: safely, within limits, and politely.

What is asked for comes from outside (feeds, redirects, lists), so every step is checked: addresses in the private
network are refused (RFC 6890 and kin), the limits of `FetchSettings` hold while the answer streams, redirects are
followed by hand with the same checks, robots.txt is obeyed, and a host is asked by one request at a time with a pause.
Proxies of the environment are not used: they would look names up themselves.
"""

from __future__ import annotations

import ssl
import threading
from importlib.metadata import version
from typing import Self

import msgspec

from isnad.ingest.addresses import Address, Resolver, follow, parse_address, system_resolver
from isnad.ingest.fetch_body import ENCODINGS
from isnad.ingest.fetch_errors import FetchError
from isnad.ingest.fetch_headers import READ_TYPES, retry_seconds
from isnad.ingest.fetch_once import NOT_MODIFIED, Answer, Budget, Wanted, Wires
from isnad.ingest.polite import Clock, SystemClock, Turns, stamp
from isnad.ingest.robots import AGENT, MAX_BYTES, Robots
from isnad.settings import FetchSettings

_BUSY = frozenset({429, 503})
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.1"


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What an address gave.

    `final_address` is where the redirects led, in normal form.  `body` is unpacked and otherwise as sent; it is empty
    when `status` is 304.  `media_type` is in lower case; `charset` is what the header claims.  `etag` and
    `last_modified` are to be sent back at the next visit.  `fetched_at` is an ISO UTC instant.
    """

    final_address: str
    status: int
    body: bytes
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: str

    @property
    def unchanged(self) -> bool:
        """Whether the server said that nothing has changed since the last visit."""
        return self.status == NOT_MODIFIED


class Fetcher:
    """Fetches addresses for many threads, remembering what each host asked for.  Used as a context manager."""

    def __init__(
        self,
        *,
        limits: FetchSettings = FetchSettings(),  # noqa: B008 (frozen)
        allow_private: bool = False,
        resolver: Resolver = system_resolver,
        clock: Clock | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """Make a fetcher.

        `allow_private` lets it reach the loopback addresses of this machine, for tests; all other private addresses
        stay closed.  `trust` replaces the certificates that the system trusts.
        """
        self.limits = limits
        self.clock = clock or SystemClock()
        self.stopped = threading.Event()
        self._trust = trust
        self._wires = Wires(
            limits=limits,
            resolver=resolver,
            trust=self._context,
            allow_loopback=allow_private,
            stop=self.stopped,
        )
        self._turns = Turns(
            pause=limits.host_seconds, patience=limits.patience_seconds, clock=self.clock, stop=self.stopped
        )
        self._robots = Robots(get=self._get_robots, clock=self.clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End all waits and connections now, from any thread or signal handler; this fetcher fetches no more."""
        self.stopped.set()
        self._wires.cut()

    def fetch(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        kinds: frozenset[str] = READ_TYPES,
    ) -> Fetched:
        """Fetch `address`; with `etag` or `last_modified` of the last visit the answer may be 304.

        `kinds` are the media types that are taken.  A host that is busy (429, 503) is asked again after the time it
        names, else after pauses that double, up to `retries` times.  Raises FetchError with any code of `fetch.*`.
        """
        wanted = Wanted(
            headers=self._headers(etag, last_modified),
            kinds=kinds,
            max_wire_bytes=self.limits.max_wire_bytes,
            max_bytes=self.limits.max_bytes,
        )
        start = parse_address(address)
        for attempt in range(self.limits.retries + 1):
            try:
                return self._follow(start, wanted, obey=True)
            except FetchError as error:
                wait = error.retry_after or 0.0
                if error.code != "fetch.busy" or attempt == self.limits.retries or wait > self.limits.patience_seconds:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _follow(self, start: Address, wanted: Wanted, *, obey: bool) -> Fetched:
        """Ask, and follow redirects; every hop is checked like the first."""
        budget = Budget(self.limits.total_seconds)
        address, passed = start, [start]
        while True:
            pause = self._robots.check(address) if obey else None
            with self._turns.turn(address.host, pause=self._pause(pause)):
                answer = self._wires.ask(address, wanted, budget)
            if answer.location is None:
                return self._result(address, answer, wanted)
            address = follow(address, answer.location)
            if address in passed:
                raise FetchError("fetch.redirect", f"the redirects go in a circle, back to {address}")
            passed.append(address)
            if len(passed) > self.limits.max_redirects + 1:
                raise FetchError("fetch.redirect", f"more than {self.limits.max_redirects} redirects")

    def _result(self, address: Address, answer: Answer, wanted: Wanted) -> Fetched:
        conditional = "If-None-Match" in wanted.headers or "If-Modified-Since" in wanted.headers
        if not answer.good and not (answer.status == NOT_MODIFIED and conditional):
            raise self._refusal(address, answer)
        self._turns.well(address.host)
        return Fetched(
            final_address=str(address),
            status=answer.status,
            body=answer.body,
            media_type=answer.media_type,
            charset=answer.charset,
            etag=answer.etag,
            last_modified=answer.last_modified,
            fetched_at=stamp(self.clock.now()),
        )

    def _refusal(self, address: Address, answer: Answer) -> FetchError:
        """Return what an answer that is no page means; a busy host is left alone from now on."""
        status = answer.status
        if status not in _BUSY:
            message = f"{address.host} answered with status {status}"
            return FetchError("fetch.status", message, status=status, passing=status >= 500)
        asked = retry_seconds(answer.retry_after, now=self.clock.now())
        wait = self._turns.hold(address.host, asked, most=self.limits.max_feed_seconds)
        message = f"{address.host} answered with status {status}: asks to come back in {wait:.0f} s"
        return FetchError("fetch.busy", message, status=status, retry_after=wait)

    def _get_robots(self, address: Address) -> bytes:
        wanted = Wanted(
            headers=self._headers(None, None), kinds=None, max_wire_bytes=MAX_BYTES, max_bytes=MAX_BYTES, cut=True
        )
        return self._follow(address, wanted, obey=False).body

    def _pause(self, asked: float | None) -> float:
        """Return the pause after a request: ours, or the longer one that the host asks for, within reason."""
        return max(self.limits.host_seconds, min(asked or 0.0, self.limits.max_host_seconds))

    def _headers(self, etag: str | None, last_modified: str | None) -> dict[str, str]:
        contact = f" (+{self.limits.contact})" if self.limits.contact else ""
        headers = {
            "User-Agent": f"{AGENT}/{version('isnad')}{contact}",
            "Accept": _ACCEPT,
            "Accept-Encoding": ENCODINGS,
            "Accept-Language": "ar,*;q=0.5",
            "Connection": "close",
        }
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return headers

    def _context(self) -> ssl.SSLContext:
        if self._trust is None:
            self._trust = ssl.create_default_context()
        return self._trust


__all__ = ["FetchError", "Fetched", "Fetcher"]
