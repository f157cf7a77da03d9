"""Turns at a host: one request at a time, a pause after each, and a longer one where the host asks for it."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from isnad.ingest.fetch_errors import FetchError

#: How many hosts are remembered before those that are free again are forgotten.
_MOST_HOSTS = 5_000


class Clock(Protocol):
    """The time, and waiting for it to pass; tests give one that does not wait."""

    def now(self) -> dt.datetime:
        """Return the present instant, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Return after `seconds`, or at once when `stop` is set."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> dt.datetime:
        """Return the present instant, in UTC."""
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Return after `seconds`, or at once when `stop` is set."""
        if seconds > 0:
            stop.wait(seconds)


def stamp(moment: dt.datetime) -> str:
    """Return an instant as it is stored: ISO, UTC, whole seconds."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> dt.datetime:
    """Return the instant that `stamp` wrote; ValueError when it is none."""
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)


class _Host:
    """One host: its lock, when it is free again, and whether it asked for that itself."""

    __slots__ = ("free", "held", "holds", "lock", "waiting")

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free = 0.0
        self.held = 0.0
        self.holds = 0
        self.waiting = 0


class Turns:
    """Who may ask which host when.  Safe to use from many threads; one host is asked by one at a time."""

    def __init__(self, *, pause: float, patience: float, clock: Clock, stop: threading.Event) -> None:
        """`pause` and `patience` are in seconds: between two requests, and the longest hold that is waited for."""
        self._pause = pause
        self._patience = patience
        self._clock = clock
        self._stop = stop
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, *, pause: float | None = None) -> Iterator[None]:
        """Wait until `host` may be asked, and keep it for the block; `pause` replaces the usual pause after it.

        Raises FetchError `fetch.busy` when the host asked for a longer wait than `patience`, and `fetch.stopped`.
        """
        place = self._place(host)
        try:
            with place.lock:
                self._refuse_long(host, place)
                self._clock.wait(max(place.free, place.held) - self._clock.monotonic(), self._stop)
                if self._stop.is_set():
                    raise FetchError("fetch.stopped", "interrupted")
                try:
                    yield
                finally:
                    place.free = self._clock.monotonic() + (self._pause if pause is None else pause)
        finally:
            self._leave(place)

    def hold(self, host: str, asked: float | None, *, most: float) -> float:
        """Leave `host` alone for the seconds it asked for, else for a time that doubles with every hold in a row.

        Returns the seconds, `most` at the most.
        """
        place = self._place(host)
        place.holds += 1
        doubled = max(1.0, self._pause) * 2 ** min(place.holds, 30)
        seconds = min(most, doubled if asked is None else asked)
        place.held = max(place.held, self._clock.monotonic() + seconds)
        self._leave(place)
        return seconds

    def well(self, host: str) -> None:
        """Note that `host` answered as it should: the next hold is short again."""
        place = self._place(host)
        place.holds = 0
        self._leave(place)

    def _refuse_long(self, host: str, place: _Host) -> None:
        left = place.held - self._clock.monotonic()
        if left > self._patience:
            message = f"{host} asked to be left alone for another {left:.0f} s"
            raise FetchError("fetch.busy", message, retry_after=left)

    def _leave(self, place: _Host) -> None:
        with self._lock:
            place.waiting -= 1

    def _place(self, host: str) -> _Host:
        with self._lock:
            if len(self._hosts) > _MOST_HOSTS:
                now = self._clock.monotonic()
                self._hosts = {
                    name: place
                    for name, place in self._hosts.items()
                    if place.waiting or max(place.free, place.held) > now
                }
            place = self._hosts.setdefault(host, _Host())
            place.waiting += 1
            return place


__all__ = ["Clock", "SystemClock", "Turns", "moment_of", "stamp"]
