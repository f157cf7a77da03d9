"""How far reading is, for a progress bar: bytes of files, and addresses counted as if each were a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

#: What one address counts, in bytes: about the size of a page.
ADDRESS = 100_000


class Meter:
    """Counts what has been read; `position` may be asked at any time from the same thread.

    `items` are the reports and faults that came of it.
    """

    def __init__(self) -> None:
        self.items = 0
        self._done = 0
        self._stream: BinaryIO | None = None

    @contextmanager
    def reading(self, stream: BinaryIO) -> Iterator[None]:
        """Count `stream` (a file, as it lies on the disk) while the block runs."""
        self._stream = stream
        try:
            yield
        finally:
            self._stream = None
            with suppress(OSError, ValueError):
                self._done += os.fstat(stream.fileno()).st_size

    def one(self) -> None:
        """Count one address."""
        self._done += ADDRESS

    def worked(self, done: int) -> int:
        """Return how far the work is, in bytes, when `done` of the items that were read are dealt with."""
        return int(self.position * min(1.0, done / self.items)) if self.items else 0

    @property
    def position(self) -> int:
        """What has been read, in bytes."""
        here = 0
        if self._stream is not None:
            with suppress(OSError, ValueError):
                here = self._stream.tell()
        return self._done + here


def total_of(files: Iterable[os.PathLike[str]], addresses: int) -> int:
    """Return what there is to be read, in bytes; files that cannot be looked at count nothing."""
    total = addresses * ADDRESS
    for file in files:
        with suppress(OSError):
            total += os.stat(file).st_size
    return total


__all__ = ["ADDRESS", "Meter", "total_of"]
