"""What the tests of fetching share: a clock that does not wait, a name server of their own, a quick fetcher."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from tests.ingest.server.site import html, page

from isnad.errors import CODES
from isnad.ingest.fetch import Fetcher, FetchError
from isnad.settings import FetchSettings

TEXT = "قصفت قوات مجهولة الهوية أطراف البلدة صباح اليوم، وسقط جرحى بين المدنيين بحسب شهود من سكان المكان."
GOOD = html(page(TEXT, TEXT.replace("صباح", "مساء")))
START = dt.datetime(2026, 1, 31, 12, 0, 0, tzinfo=dt.UTC)


class FakeClock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._seconds = 1000.0
        self._lock = threading.Lock()

    def now(self) -> dt.datetime:
        """The present instant: START and what was waited since."""
        return START + dt.timedelta(seconds=self._seconds - 1000.0)

    def monotonic(self) -> float:
        """The seconds that passed."""
        return self._seconds

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Let time pass at once."""
        if seconds > 0:
            with self._lock:
                self.waits.append(seconds)
                self._seconds += seconds


class Names:
    """A name server: each name has answers that are given in turn, the last one for ever after."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = {name.replace("_", "."): list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    def __call__(self, name: str) -> list[str]:
        self.asked.append(name)
        if name not in self._answers:
            return [name] if name[0].isdigit() or ":" in name else self._missing(name)
        answers = self._answers[name]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    @staticmethod
    def _missing(name: str) -> list[str]:
        raise OSError(f"no such name: {name}")


def fetcher(*, clock: FakeClock | None = None, **given: Any) -> Fetcher:
    """A fetcher that may reach loopback and does not pause; limits may be given by name."""
    limits = {name: given.pop(name) for name in list(given) if name in FetchSettings.__struct_fields__}
    settings = FetchSettings(**{"host_seconds": 0.0, "read_seconds": 5.0, "total_seconds": 10.0, **limits})
    return Fetcher(**{"limits": settings, "allow_private": True, "clock": clock or FakeClock(), **given})


def failure(fetch: Fetcher, address: str) -> FetchError:
    """Return the fault of an address that cannot be fetched: of a known code, in one line."""
    with pytest.raises(FetchError) as caught:
        fetch.fetch(address)
    assert caught.value.code in CODES
    assert "\n" not in str(caught.value)
    return caught.value


def endless(gone: threading.Event) -> Iterator[bytes]:
    """Yield bytes until the reader is gone."""
    while not gone.is_set():
        yield b"x" * 65536
