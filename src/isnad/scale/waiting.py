"""Waiting for what a process works out, when processes may die."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

_T = TypeVar("_T")
_PATIENCE = 2.0  # seconds between two looks at whether the pool still works


def outcome(pool: ProcessPoolExecutor, future: Future[_T]) -> _T:
    """Return the result of `future`, which `pool` was given; BrokenProcessPool when the pool broke.

    A pool that breaks at the moment when it takes a piece of work may never answer for it; but it takes no more.
    """
    while True:
        try:
            return future.result(timeout=_PATIENCE)
        except TimeoutError:
            if not future.done():
                pool.submit(_nothing)
                continue
            return future.result()


def _nothing() -> None:
    pass


__all__ = ["outcome"]
