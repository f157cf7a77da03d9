"""Names of places as they are asked for: Arabic ones are looked up in the gazetteer, whose rows the store names."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from msgspec import structs

from isnad.lexicon.gazetteer import Gazetteer, choose, key_of, load_gazetteer
from isnad.store.incident_records import IncidentFilter


class Places:
    """The gazetteer, read when it is first asked."""

    def __init__(self, user_dir: Path) -> None:
        self._user_dir = user_dir

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return load_gazetteer(self._user_dir)

    def resolved(self, wanted: IncidentFilter) -> IncidentFilter:
        """Return a filter whose place, where it is an Arabic name of one, is the name that the store keeps it under."""
        if wanted.place is None or wanted.place.isascii():
            return wanted
        rows = self._gazetteer.near_name(key_of(wanted.place))
        if not rows:
            return wanted
        row = choose(rows, level=None, countries={}) or rows[0]
        return structs.replace(wanted, place=row.name)


__all__ = ["Places"]
