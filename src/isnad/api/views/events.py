"""Events of an article, and events in lists."""

from __future__ import annotations

from collections.abc import Mapping

from isnad.api.shapes.articles import CueView, EventItem, EventView, PartyView, SourceView
from isnad.api.shapes.common import Days, PlaceView, SpanView
from isnad.api.views.naming import Naming
from isnad.model import Event, Party, Place
from isnad.store import EventRow, PartyRow

_LONGEST = 2_000
_MOST_CUES = 50
_MOST_PARTIES = 50


def event_view(event: Event, naming: Naming, *, incident: str | None) -> EventView:
    """Return an event for the reader."""
    date, source = event.date, event.source
    return EventView(
        id=event.id,
        type=event.type,
        mode=event.mode,
        status=event.status,
        trigger=_span(event.trigger.text, event.trigger.start, event.trigger.end),
        actors=tuple(_party(party, naming) for party in event.actors[:_MOST_PARTIES]),
        recipients=tuple(_party(party, naming) for party in event.recipients[:_MOST_PARTIES]),
        place=_place(event.place),
        date=Days(start=date.start, end=date.end) if date else None,
        killed=event.killed,
        injured=event.injured,
        detained=event.detained,
        source=SourceView(
            text=source.text[:_LONGEST], kind=source.kind, via=source.via.text[:_LONGEST] if source.via else None
        )
        if source
        else None,
        cues=tuple(
            CueView(field=cue.field, rule=cue.rule, text=cue.text[:_LONGEST]) for cue in event.cues[:_MOST_CUES]
        ),
        score=event.score,
        incident=incident,
    )


def event_item(row: EventRow, naming: Naming, incidents: Mapping[tuple[int, int], str]) -> EventItem:
    """Return an event in a list."""
    place = None
    if row.place is not None:
        place = PlaceView(
            name=row.place,
            text=row.place,
            level=row.level,
            precision_km=row.precision,
            country=row.country,
            lat=row.lat,
            lon=row.lon,
            source_id=row.place_id,
        )
    return EventItem(
        article=str(row.article),
        event=row.event,
        type=row.type,
        mode=row.mode,
        status=row.status,
        title=row.title,
        outlet=naming.outlet_or_none(row.outlet),
        published=row.published,
        actors=tuple(_listed(p, naming) for p in row.parties if p.role == "actor"),
        recipients=tuple(_listed(p, naming) for p in row.parties if p.role == "recipient"),
        place=place,
        date=Days(start=row.day[0], end=row.day[1]) if row.day else None,
        killed=row.killed,
        injured=row.injured,
        detained=row.detained,
        score=row.score,
        incident=incidents.get((row.article, row.event)),
    )


def _listed(party: PartyRow, naming: Naming) -> PartyView:
    return _party_view(party.text, party.id, party.framing, None, naming)


def _party(party: Party, naming: Naming) -> PartyView:
    return _party_view(party.text, party.id, party.framing, _span(party.text, party.start, party.end), naming)


def _party_view(text: str, id: str | None, framing: str | None, span: SpanView | None, naming: Naming) -> PartyView:
    named = naming.party(id) if id else None
    return PartyView(
        text=text[:_LONGEST],
        id=id,
        ar=named.ar if named else None,
        en=named.en if named else None,
        framing=framing,
        span=span,
    )


def _place(place: Place | None) -> PlaceView | None:
    if place is None:
        return None
    return PlaceView(
        name=place.name,
        text=place.text[:_LONGEST],
        level=place.level,
        precision_km=place.precision,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        source_id=place.source_id,
    )


def _span(text: str, start: int, end: int) -> SpanView:
    return SpanView(text[:_LONGEST], start, end)


__all__ = ["event_item", "event_view"]
