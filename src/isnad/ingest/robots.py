"""What a host asks robots to leave alone (RFC 9309), read by protego and remembered for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

import msgspec
from protego import Protego

from isnad.ingest.addresses import Address
from isnad.ingest.fetch_errors import FetchError
from isnad.ingest.polite import Clock

AGENT = "isnad"
#: RFC 9309 2.5: at least 500 KiB must be read; more is not.
MAX_BYTES = 512_000
#: RFC 9309 2.4: not longer than a day.
_KEPT_SECONDS = 86_400.0
_KEPT_AFTER_FAILURE = 600.0
_MOST_ORIGINS = 500
#: Failures of the connection itself: the address would fail alike, and that is the clearer message.
_OWN_MESSAGE = frozenset(
    {
        "fetch.dns",
        "fetch.connect",
        "fetch.tls",
        "fetch.timeout",
        "fetch.private-address",
        "fetch.stopped",
        "fetch.busy",
        "fetch.address",
    }
)


class _Rules(msgspec.Struct, frozen=True):
    """The rules of one origin until `until`: parsed, absent (everything allowed), or the reason to hold off."""

    until: float
    parsed: Protego | None = None
    closed: str | None = None


class Robots:
    """The robots.txt files of the hosts that were asked; safe to use from many threads."""

    def __init__(self, *, get: Callable[[Address], bytes], clock: Clock) -> None:
        """`get` fetches a robots.txt, cut at MAX_BYTES, or raises FetchError with the status it had."""
        self._get = get
        self._clock = clock
        self._known: OrderedDict[str, _Rules] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, address: Address) -> float | None:
        """Return the pause in seconds that the host asks for (None: none) when `address` may be fetched.

        Raises FetchError `fetch.robots` when it may not, or when the rules cannot be had; and the failure itself
        where no connection can be made.
        """
        rules = self._rules(address)
        if rules.closed is not None:
            raise FetchError("fetch.robots", rules.closed, passing=True)
        if rules.parsed is None:
            return None
        if not rules.parsed.can_fetch(str(address), AGENT):
            raise FetchError("fetch.robots", f"the robots.txt of {address.host} forbids this address")
        return rules.parsed.crawl_delay(AGENT)

    def _rules(self, address: Address) -> _Rules:
        with self._lock:
            known = self._known.get(address.origin)
        if known is not None and known.until > self._clock.monotonic():
            return known
        rules = self._ask(address)
        with self._lock:
            self._known[address.origin] = rules
            self._known.move_to_end(address.origin)
            if len(self._known) > _MOST_ORIGINS:
                self._known.popitem(last=False)
        return rules

    def _ask(self, address: Address) -> _Rules:
        now = self._clock.monotonic()
        try:
            body = self._get(msgspec.structs.replace(address, target="/robots.txt"))
        except FetchError as error:
            if error.code in _OWN_MESSAGE:
                raise
            if error.code == "fetch.redirect" or (error.status is not None and 400 <= error.status < 500):
                return _Rules(now + _KEPT_SECONDS)  # RFC 9309 2.3.1.2 and 2.3.1.3: no rules, all is allowed
            closed = f"the robots.txt of {address.host} cannot be had now, so nothing is fetched there: {error}"
            return _Rules(now + _KEPT_AFTER_FAILURE, closed=closed)
        return _Rules(now + _KEPT_SECONDS, parsed=Protego.parse(body.decode("utf-8-sig", errors="replace")))


__all__ = ["AGENT", "MAX_BYTES", "Robots"]
