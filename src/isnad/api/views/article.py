"""An article for the reader: its text cut into segments on the server, a bounded stretch at a time.

Offsets are code points of the stored text.  A text of millions of letters or spans costs what one stretch of it costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from isnad.api.shapes.articles import ArticleView, Role, Segment, VersionView
from isnad.api.views.events import event_view
from isnad.model import CodedArticle, Event
from isnad.store import StoredArticle

if TYPE_CHECKING:
    from isnad.api.desk import Desk

STRETCH = 120_000
MOST_SEGMENTS = 6_000
MOST_ROLES = 24
MOST_EVENTS = 1_000
_ADDRESSES = 50
_COUNTS = frozenset({"killed", "injured", "detained"})


class Spot(NamedTuple):
    """A stretch of the text that plays a role in an event; `n` counts those of one role of one event."""

    start: int
    end: int
    event: int
    role: str
    n: int


def article_view(stored: StoredArticle, desk: Desk, *, offset: int = 0) -> ArticleView:
    """Return an article from `offset` on, its events as people decided upon them; `next` continues it."""
    article, naming = stored.text, desk.naming
    coded = desk.laid_over(stored.article, stored.coded) if stored.coded else None
    offset = min(offset, len(article.text))
    size = _room(coded.events if coded else (), offset)
    segments, next_ = stretch(article.text, spots_of(coded.events) if coded else (), offset=offset, size=size)
    end = next_ if next_ is not None else len(article.text) + 1
    events = [e for e in coded.events if offset <= e.trigger.start < end] if coded else []
    incidents = desk.store.incidents.of_articles([stored.article])
    addresses = dict.fromkeys(s.address for s in stored.sightings)
    return ArticleView(
        id=str(stored.article),
        title=article.title,
        outlet=naming.outlet_or_none(article.outlet),
        published=article.published,
        url=article.url if is_web(article.url) else None,
        addresses=tuple(addresses)[:_ADDRESSES],
        versions=tuple(
            VersionView(
                number=v.number,
                added=v.added,
                hash=v.hash,
                published=v.article.published,
                current=v.version == stored.current,
            )
            for v in stored.versions
        ),
        coder=coded.coder if coded else None,
        note=coded.note if coded else None,
        lang="ar" if coded is not None and coded.note is None else None,
        length=len(article.text),
        offset=offset,
        next=next_,
        segments=segments,
        events=tuple(
            event_view(event, naming, incident=incidents.get((stored.article, event.id)))
            for event in events[:MOST_EVENTS]
        ),
        events_total=len(coded.events) if coded else 0,
    )


def _room(events: Iterable[Event], offset: int) -> int:
    """Return how long a stretch from `offset` on may be so that no more events begin in it than are told at once."""
    starts = sorted(event.trigger.start for event in events if event.trigger.start >= offset)
    return STRETCH if len(starts) <= MOST_EVENTS else min(max(starts[MOST_EVENTS] - offset, 1), STRETCH)


def is_web(url: str | None) -> bool:
    """Say whether an address is one that a page may link to; javascript: and its like are not."""
    return url is not None and url.startswith(("https://", "http://"))


def spots_of(events: Iterable[Event]) -> Iterator[Spot]:
    """Yield every span of every event with its role."""
    for event in events:
        counts: dict[str, int] = {}
        for start, end, role in _spans(event):
            n = counts[role] = counts.get(role, -1) + 1
            yield Spot(start, end, event.id, role, n)


def _spans(event: Event) -> Iterator[tuple[int, int, str]]:
    yield event.trigger.start, event.trigger.end, "trigger"
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for party in parties:
            yield party.start, party.end, role
    if event.place:
        yield event.place.start, event.place.end, "place"
    if event.date:
        yield event.date.span.start, event.date.span.end, "date"
    if event.source:
        yield event.source.start, event.source.end, "source"
        if event.source.via:
            yield event.source.via.start, event.source.via.end, "via"
    for cue in event.cues:
        yield cue.start, cue.end, "count" if cue.field in _COUNTS else "cue"


def stretch(
    text: str, spots: Iterable[Spot], *, offset: int = 0, size: int = STRETCH, most: int = MOST_SEGMENTS
) -> tuple[tuple[Segment, ...], int | None]:
    """Return at most `most` segments of at most `size` code points from `offset` on, and where to continue.

    Segments joined are that part of the text.  A segment names at most `MOST_ROLES` roles.
    """
    end = min(offset + size, len(text))
    inside = [s for s in spots if s.start < end and s.end > offset and 0 <= s.start < s.end <= len(text)]
    edges = sorted({offset, end} | {at for s in inside for at in (s.start, s.end) if offset < at < end})
    if len(edges) > most + 1:
        edges = edges[: most + 1]
        end = edges[-1]
    segments = tuple(_cut(text, inside, edges))
    return segments, end if end < len(text) else None


def _cut(text: str, spots: list[Spot], edges: list[int]) -> Iterator[Segment]:
    opening = sorted(spots, reverse=True)
    active: list[Spot] = []
    for start, end in pairwise(edges):
        while opening and opening[-1].start <= start:
            spot = opening.pop()
            if len(active) < MOST_ROLES:
                active.append(spot)
        active = [spot for spot in active if spot.end > start]
        yield Segment(text[start:end], tuple(Role(s.event, s.role, s.n) for s in active))


def around(coded: CodedArticle, event: Event, *, room: int = 400) -> tuple[Segment, ...]:
    """Return the text around an event's trigger with the roles of this event alone."""
    start = max(event.trigger.start - room, 0)
    end = min(event.trigger.end + room, len(coded.text))
    return stretch(coded.text, spots_of([event]), offset=start, size=end - start)[0]


__all__ = ["Spot", "around", "article_view", "is_web", "spots_of", "stretch"]
