"""Every value that some article gives for a field of a happening, with whose word it is (DESIGN section 1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from isnad.model import CodedArticle, Event, Party, Source, Span, Via
from isnad.model.incidents import Claim, Member, Speaker
from isnad.weigh.families import part_of
from isnad.weigh.kinds import PartyKinds

SAYS, REPEATS, DENIES = "says", "repeats", "denies"


def member_of(article: CodedArticle, event: Event) -> Member:
    """Return the event as a member of an incident."""
    return Member(
        doc_id=article.doc_id,
        event=event.id,
        trigger=event.trigger,
        type=event.type,
        status=event.status,
        part=part_of(event.status),
        outlet=article.outlet,
        published=article.published,
    )


def claims_of(article: CodedArticle, event: Event, kinds: PartyKinds) -> Iterable[Claim]:
    """Yield what the event claims, field by field: that it happened, its type, place, day, parties and counts."""
    for field, value, span, framing in _values(event):
        yield Claim(
            field=field,
            value=value,
            says=_says(event),
            status=event.status,
            doc_id=article.doc_id,
            event=event.id,
            span=span,
            outlet=article.outlet,
            speaker=speaker_of(event.source, event, kinds),
            via=_via(event.source.via) if event.source and event.source.via else None,
            framing=framing,
        )


def _values(event: Event) -> Iterable[tuple[str, Any, Span, str | None]]:
    yield "happening", event.status != "denied", event.trigger, None
    yield "type", {"type": event.type, "mode": event.mode}, event.trigger, None
    if event.place:
        place = msgspec.to_builtins(event.place)
        yield "place", place, Span(event.place.text, event.place.start, event.place.end), None
    if event.date:
        yield "date", {"start": event.date.start, "end": event.date.end}, event.date.span, None
    for field, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for party in parties:
            yield field, party.id, Span(party.text, party.start, party.end), party.framing
    for field, count in (("killed", event.killed), ("injured", event.injured), ("detained", event.detained)):
        if count is not None:
            yield field, list(count), _count_span(event, field), None


def _count_span(event: Event, field: str) -> Span:
    """Return the words of a count, which stand among the cues; the trigger where they do not."""
    cue = next((c for c in event.cues if c.field == field), None)
    return Span(cue.text, cue.start, cue.end) if cue else event.trigger


def _says(event: Event) -> str:
    if event.status == "denied":
        return DENIES
    return REPEATS if event.source and event.source.via else SAYS


def speaker_of(source: Source | None, event: Event, kinds: PartyKinds) -> Speaker | None:
    """Return who vouches; the party is known where the source's words are those of a party of the event."""
    if source is None:
        return None
    party = _same_words(source, (*event.actors, *event.recipients))
    return Speaker(text=source.text, kind=source.kind, party=party, side=kinds.side(party) if party else None)


def _same_words(source: Source, parties: Iterable[Party]) -> str | None:
    return next((p.id for p in parties if p.id and p.start < source.end and source.start < p.end), None)


def _via(via: Via) -> Speaker:
    return Speaker(text=via.text, kind=via.kind)


__all__ = ["claims_of", "member_of", "speaker_of"]
