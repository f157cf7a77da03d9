"""Processes that end when the one that made them is gone, however it went (`kill -9` leaves it no time to end them)."""

from __future__ import annotations

import os
import threading
import time

#: How often is looked, in seconds.
_EVERY = 0.5


def end_with_parent() -> None:
    """Make this process end within a second of its parent's end.

    A worker waits for work on a pipe whose other end it holds itself, so that it would wait for ever; meanwhile it
    would keep the parent's sockets open, and a database server the parent's locks.
    """
    threading.Thread(target=_watch, args=(os.getppid(),), name="isnad-orphan", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os._exit(1)


__all__ = ["end_with_parent"]
