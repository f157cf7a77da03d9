"""One request and its answer, with no redirects, no second try and no politeness: those are fetch.py's."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Callable

import msgspec

from isnad.ingest.addresses import Address, Resolver
from isnad.ingest.fetch_body import read_body
from isnad.ingest.fetch_connection import Guard, connect, exchange, resolve
from isnad.ingest.fetch_errors import FetchError
from isnad.ingest.fetch_headers import charset_of, media_type_of, validator
from isnad.settings import FetchSettings

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GOOD = frozenset({200, 203})
NOT_MODIFIED = 304


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered.  `location` is set for redirects, `retry_after` as sent; `body` only where it is good."""

    status: int
    location: str | None = None
    retry_after: str | None = None
    body: bytes = b""
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def good(self) -> bool:
        """Whether the body is what was asked for."""
        return self.status in _GOOD


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: headers, the media types that are taken (None: any), limits in bytes, and whether to cut there."""

    headers: dict[str, str]
    kinds: frozenset[str] | None
    max_wire_bytes: int
    max_bytes: int
    cut: bool = False


class Budget:
    """The time one address may take in all, with its redirects."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @property
    def left(self) -> float:
        """The seconds that are left; FetchError `fetch.timeout` when there are none."""
        if self._left <= 0:
            raise FetchError("fetch.timeout", "the whole answer took longer than the limit of time")
        return self._left

    def spend(self, seconds: float) -> None:
        """Take `seconds` off."""
        self._left -= seconds


class Wires:
    """How names are looked up and connections made: the resolver, the trusted certificates, the stop signal."""

    def __init__(
        self,
        *,
        limits: FetchSettings,
        resolver: Resolver,
        trust: Callable[[], ssl.SSLContext],
        allow_loopback: bool,
        stop: threading.Event,
    ) -> None:
        self._limits = limits
        self._resolver = resolver
        self._trust = trust
        self._allow_loopback = allow_loopback
        self._stop = stop
        self._guards: set[Guard] = set()

    def ask(self, address: Address, wanted: Wanted, budget: Budget) -> Answer:
        """Send one request and read the answer.  Raises FetchError (any code but those of redirects and robots)."""
        started = time.monotonic()
        with Guard(seconds=budget.left, stop=self._stop) as guard:
            self._guards.add(guard)
            try:
                return self._guarded(address, wanted, guard)
            except FetchError:
                guard.check()
                raise
            finally:
                self._guards.discard(guard)
                budget.spend(time.monotonic() - started)

    def cut(self) -> None:
        """End every connection that is open; the stop signal must be set before."""
        for guard in tuple(self._guards):
            guard.cut()

    def _guarded(self, address: Address, wanted: Wanted, guard: Guard) -> Answer:
        limits = self._limits
        found = resolve(
            address.host,
            resolver=self._resolver,
            seconds=min(limits.connect_seconds, limits.total_seconds),
            stop=self._stop,
            allow_loopback=self._allow_loopback,
        )
        sock = connect(
            address,
            found,
            guard=guard,
            trust=self._trust,
            connect_seconds=limits.connect_seconds,
            read_seconds=limits.read_seconds,
        )
        with exchange(address, sock, wanted.headers) as response:
            answer = _read(response, wanted)
        guard.check()
        return answer


def _read(response: http.client.HTTPResponse, wanted: Wanted) -> Answer:
    headers = response.headers
    answer = Answer(
        status=response.status,
        location=headers.get("Location") if response.status in _REDIRECTS else None,
        retry_after=headers.get("Retry-After"),
        charset=charset_of(headers.get("Content-Type")),
        etag=validator(headers, "ETag"),
        last_modified=validator(headers, "Last-Modified"),
    )
    if not answer.good:
        return answer
    stated = media_type_of(headers.get("Content-Type"), b"")
    if wanted.kinds is not None and stated not in wanted.kinds and stated != "unknown" and "octet" not in stated:
        raise _wrong_kind(stated)
    body = read_body(response, max_wire_bytes=wanted.max_wire_bytes, max_bytes=wanted.max_bytes, cut=wanted.cut)
    kind = media_type_of(headers.get("Content-Type"), body[:1024])
    if wanted.kinds is not None and kind not in wanted.kinds:
        raise _wrong_kind(kind)
    return msgspec.structs.replace(answer, body=body, media_type=kind)


def _wrong_kind(kind: str) -> FetchError:
    return FetchError("fetch.type", f"the answer is {kind[:60]}, no page, feed or text")


__all__ = ["NOT_MODIFIED", "Answer", "Budget", "Wanted", "Wires"]
