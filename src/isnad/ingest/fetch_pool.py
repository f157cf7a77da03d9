"""Jobs at many hosts at once, and at each host one after the other."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, Self, TypeVar

T = TypeVar("T")
#: How many results wait for their taker before the jobs wait too; each may hold a page.
_WAITING = 16
_STEP = 0.2


class _Ended:
    """The last thing that a job puts."""

    def __init__(self, host: str) -> None:
        self.host = host


class HostPool(Generic[T]):
    """Runs jobs in threads; their results are taken by the one thread that made the pool.

    A job is a function that returns an iterator of results.  Leaving the block before all is taken calls `abort`,
    which must make the jobs end soon, and waits for them.
    """

    def __init__(self, *, workers: int, stop: threading.Event, abort: Callable[[], None]) -> None:
        self._stop = stop
        self._abort = abort
        self._results: queue.Queue[T | _Ended] = queue.Queue(_WAITING)
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="isnad-fetch")
        self._running: dict[str, Future[None]] = {}
        self._waiting: dict[str, deque[Callable[[], Iterator[T]]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.busy:
            self._abort()
        self._executor.shutdown(wait=True, cancel_futures=True)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._running)

    def add(self, host: str, job: Callable[[], Iterator[T]]) -> None:
        """Run `job` as soon as the earlier jobs of `host` have ended and a thread is free."""
        if host in self._running:
            self._waiting.setdefault(host, deque()).append(job)
        else:
            self._running[host] = self._executor.submit(self._run, host, job)

    def take(self, seconds: float = _STEP) -> T | None:
        """Return the next result; None when none came within `seconds` or a job ended.

        An exception in a job, which is a fault of the program, is raised here.
        """
        try:
            item = self._results.get(timeout=seconds)
        except queue.Empty:
            return None
        if not isinstance(item, _Ended):
            return item
        self._running.pop(item.host).result()
        jobs = self._waiting.get(item.host)
        if jobs:
            self.add(item.host, jobs.popleft())
        else:
            self._waiting.pop(item.host, None)
        return None

    def _run(self, host: str, job: Callable[[], Iterator[T]]) -> None:
        try:
            for item in job():
                self._put(item)
        finally:
            self._put(_Ended(host))

    def _put(self, item: T | _Ended) -> None:
        while not self._stop.is_set():
            try:
                self._results.put(item, timeout=_STEP)
            except queue.Full:
                continue
            return


__all__ = ["HostPool"]
