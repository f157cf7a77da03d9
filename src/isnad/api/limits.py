"""How often somebody may do something: a bucket of tokens for each, filled evenly."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from threading import Lock

_MOST = 10_000  # names kept: the longest unused are forgotten, whose buckets are full again by then


class Limiter:
    """Lets `per_minute` through for each name, all at once or spread; safe between threads."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._rate = per_minute / 60
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, name: str) -> int:
        """Take one; return 0, or the seconds after which there will be one again (nothing is taken then)."""
        moment = self._clock()
        with self._lock:
            left, since = self._left.pop(name, (self._most, moment))
            left = min(self._most, left + (moment - since) * self._rate)
            allowed = left >= 1
            self._left[name] = (left - 1 if allowed else left, moment)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        return 0 if allowed else max(ceil((1 - left) / self._rate), 1)


__all__ = ["Limiter"]
