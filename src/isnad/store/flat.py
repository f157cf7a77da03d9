"""A coding as flat rows, for filters; the coding itself stays whole beside them."""

from __future__ import annotations

from collections.abc import Iterator

from isnad.model import CodedArticle, Event, Party
from isnad.store.bulk import Row
from isnad.text.fold import fold

#: PostgreSQL indexes no more than 2,700 bytes; no name of a place comes near.
_LONGEST_KEY = 200
_LARGEST = 2**31 - 1  # that a column of counts holds


def place_key(name: str) -> str:
    """Return the key under which a place's name is filtered: any spelling of it gives the same."""
    return " ".join(fold(name).split())[:_LONGEST_KEY]


def event_row(event: Event, *, id_: int, article: int, coding: int, published: str | None) -> Row:
    """Return the row of one event; `published` is the day it sorts by when it has none of its own."""
    place, date = event.place, event.date
    return {
        "id": id_,
        "article": article,
        "coding": coding,
        "number": event.id,
        "day": (date.start if date else None) or published or "",
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "start": event.trigger.start,
        "end": event.trigger.end,
        "day_start": date.start if date else None,
        "day_end": date.end if date else None,
        "place": (place.name or place.text) if place else None,
        "place_key": place_key(place.name or place.text) if place else None,
        "place_id": place.source_id if place else None,
        "level": place.level if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
        **ends("killed", event.killed),
        **ends("injured", event.injured),
        **ends("detained", event.detained),
        "same_as": event.same_as,
        "score": event.score,
    }


def party_rows(event: Event, id_: int) -> Iterator[Row]:
    """Yield the rows of an event's actors and recipients."""
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for number, party in enumerate(parties):
            yield _party_row(party, id_, role, number)


def _party_row(party: Party, event: int, role: str, number: int) -> Row:
    return {
        "event": event,
        "role": role,
        "number": number,
        "party": party.id,
        "text": party.text,
        "framing": party.framing,
    }


def ends(name: str, count: tuple[int | None, int | None] | None) -> Row:
    """Return the columns of a count; what no column holds stands there as the most that one does."""
    least, most = (None if end is None else min(end, _LARGEST) for end in count or (None, None))
    return {f"{name}_min": least, f"{name}_max": most}


def without_nul(coded: CodedArticle) -> bool:
    """Say whether a coding can be kept: a text with NUL is stored with another character in its place."""
    return "\0" not in coded.text


__all__ = ["ends", "event_row", "party_rows", "place_key", "without_nul"]
