"""Names of places as they are asked for, and all names under which the store may have them."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from isnad.lexicon.gazetteer_names import PlaceNames
from isnad.store.incident_records import IncidentFilter


class Places:
    """The gazetteer of an application."""

    def __init__(self, user_dir: Path) -> None:
        self._names = PlaceNames(user_dir)

    def resolved(self, wanted: IncidentFilter) -> IncidentFilter:
        """Return a filter whose place is every name under which places of the asked name are coded."""
        if not isinstance(wanted.place, str):
            return wanted
        return structs.replace(wanted, place=self._names.of(wanted.place))

    def warm(self) -> None:
        """Read the gazetteer, so that whoever asks for a place first does not wait for it."""
        self._names.of("")


__all__ = ["Places"]
