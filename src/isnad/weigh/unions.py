"""Sets that are joined and never parted."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any


class Unions:
    """Sets of anything that can be a key; what was never joined is alone in its set."""

    def __init__(self) -> None:
        self._set: dict[Hashable, list[Any]] = {}

    def join(self, one: Hashable, two: Hashable) -> None:
        """Make the sets of `one` and `two` one."""
        large, small = self.members(one), self.members(two)
        if large is small or one == two:
            return
        if len(large) < len(small):
            large, small = small, large
        large.extend(small)
        for item in (*small, large[0]):
            self._set[item] = large

    def same(self, one: Hashable, two: Hashable) -> bool:
        """Say whether `one` and `two` are in one set."""
        return one == two or (one in self._set and self._set.get(one) is self._set.get(two))

    def members(self, one: Hashable) -> list[Any]:
        """Return the set of `one`, itself among it, in no particular order."""
        return self._set.get(one) or [one]


__all__ = ["Unions"]
