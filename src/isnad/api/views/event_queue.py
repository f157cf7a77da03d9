"""Which event is to be decided next: second looks that others asked for, then the least sure of those not decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from isnad.api.second_looks import wanted_of
from isnad.api.shapes.articles import Segment
from isnad.api.shapes.desk import ArticleRef, NextCard, ReviewCard
from isnad.api.views.article import spots_of, stretch
from isnad.api.views.events import event_view
from isnad.errors import ReviewError, StoreError
from isnad.model import CodedArticle, Event
from isnad.review.asked import ACCEPT, CORRECT, REJECT
from isnad.review.events import is_at
from isnad.review.targets import EventTarget, read_target

if TYPE_CHECKING:
    from isnad.api.desk import Desk

#: The ETag of an event that belongs to no incident.
NO_INCIDENT = '"none"'
SECOND_LOOK = "second-look"
_ROOM = 320
_SEVERAL = 20
_ELLIPSIS = Segment("… ")


def next_event(desk: Desk, skipped: set[str], *, user: str) -> NextCard:
    """Return the first event that is not among `skipped` (event:ARTICLE:START-END), and how many are left."""
    away = [target for line in skipped if (target := _event(line)) is not None]
    looks = [card for target in _wanted(desk, user) if (card := _card(desk, target, True)) is not None]
    decided = _decided(desk)
    found, count = desk.store.least_sure(without=_spots([*decided, *away]), limit=_SEVERAL)
    left = len(looks) + (desk.store.least_sure(without=_spots(decided), limit=0)[1] if away else count)
    for card in looks:
        if card.id not in skipped:
            return NextCard(card=card, left=left)
    for one in found:
        card = _card(desk, EventTarget(one.article, one.start, one.end), False)
        if card is not None:
            return NextCard(card=card, left=left)
    return NextCard(card=None, left=left)


def _event(line: str) -> EventTarget | None:
    try:
        target = read_target(line)
    except ReviewError:
        return None
    return target if isinstance(target, EventTarget) else None


def _wanted(desk: Desk, user: str) -> Iterator[EventTarget]:
    """Yield the events that somebody else wants looked at again."""
    for line in wanted_of(desk.store, user=user):
        target = _event(line)
        if target is not None:
            yield target


def _decided(desk: Desk) -> list[EventTarget]:
    """Return the events that somebody decided upon, as long as it was not taken back."""

    def read() -> list[EventTarget]:
        live = desk.store.decisions.live()
        targets = [read_target(one.target) for one in live if one.kind in (ACCEPT, REJECT, CORRECT)]
        return [target for target in targets if isinstance(target, EventTarget)]

    return desk.kept.get(desk.store.incidents.generation(), "decided events", read)


def _spots(targets: list[EventTarget]) -> dict[int, list[tuple[int, int]]]:
    out: dict[int, list[tuple[int, int]]] = {}
    for target in targets:
        out.setdefault(target.article, []).append((target.start, target.end))
    return out


def _card(desk: Desk, target: EventTarget, second: bool) -> ReviewCard | None:
    """Return the card of an event as people decided upon it so far; None where it is no more.

    A second look also shows what the first reviewer rejected, as the coder read it.
    """
    try:
        stored = desk.store.article(target.article)
    except StoreError as error:
        if error.code != "store.unknown":
            raise
        return None
    if stored.coded is None:
        return None
    coded = desk.laid_over(stored.article, stored.coded)
    event = _at(coded, target) or (_at(stored.coded, target) if second else None)
    if event is None:
        return None
    incident = desk.store.incidents.of_articles([stored.article]).get((stored.article, event.id))
    article = stored.text
    return ReviewCard(
        id=str(EventTarget(stored.article, event.trigger.start, event.trigger.end)),
        etag=_tag(desk, incident),
        kind="event",
        why=(SECOND_LOOK,) if second else (),
        article=ArticleRef(
            id=str(stored.article),
            title=article.title,
            outlet=desk.naming.outlet_or_none(article.outlet),
            published=article.published,
        ),
        event=event_view(event, desk.naming, incident=incident),
        segments=passage(coded.text, event),
    )


def _at(coded: CodedArticle, target: EventTarget) -> Event | None:
    return next((event for event in coded.events if is_at(event, target)), None)


def _tag(desk: Desk, incident: str | None) -> str:
    cards = desk.store.incidents.cards_of([incident]) if incident else []
    return f'"v{cards[0].version}"' if cards else NO_INCIDENT


def passage(text: str, event: Event) -> tuple[Segment, ...]:
    """Return the text around an event's trigger in whole words, with the roles of this event alone."""
    start = _edge(text, max(event.trigger.start - _ROOM, 0), event.trigger.start)
    end = min(event.trigger.end + _ROOM, len(text))
    while end < len(text) and end > event.trigger.end and not text[end].isspace():
        end -= 1
    segments, _ = stretch(text, spots_of([event]), offset=start, size=end - start)
    before = (_ELLIPSIS,) if start else ()
    after = (Segment(" …"),) if end < len(text) else ()
    return (*before, *segments, *after)


def _edge(text: str, start: int, most: int) -> int:
    """Return where a passage that may begin at `start` begins: after a line's end close by, else at a whole word."""
    if start == 0:
        return 0
    line = text.find("\n", start, most)
    if line >= 0 and line - start < _ROOM // 3:
        return line + 1
    while start < most and not text[start - 1].isspace():
        start += 1
    return start


__all__ = ["next_event", "passage"]
