"""Work that may be spread: pure functions of modules from bytes to bytes, done here, by processes or by a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

Work = Callable[[bytes], bytes]
#: Does a work for each part; yields the outcomes in the order of the parts, which are taken as they are needed.
Mapper = Callable[[Work, Iterable[bytes]], Iterator[bytes]]


def map_here(work: Work, parts: Iterable[bytes]) -> Iterator[bytes]:
    """Do the work in this process."""
    return map(work, parts)


__all__ = ["Mapper", "Work", "map_here"]
