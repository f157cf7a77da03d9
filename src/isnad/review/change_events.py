"""Accepting, rejecting and correcting one event as coded; the incidents of its article are built anew with it."""

from __future__ import annotations

from collections.abc import Sequence

from isnad.errors import ReviewError
from isnad.model import CodedArticle, Event
from isnad.review import events
from isnad.review.asked import ACCEPT, CORRECT, REJECT, Ask
from isnad.review.desk import Desk, Worked
from isnad.review.targets import EventTarget
from isnad.store.incident_records import Decision, ToKeep
from isnad.store.incidents_write import Change, Weighed


def decided(desk: Desk, ask: Ask, target: EventTarget) -> Worked:
    """Work out a decision upon an event."""
    read = _read(desk, target.article)
    coded = events.laid_over(read, events.by_article(desk.live).get(target.article, ()))
    event = _at(coded, target)
    rejected = event is None and any(events.is_rejection_of(one, target) for one in desk.live)
    if rejected and ask.kind in (ACCEPT, REJECT):  # a second reviewer may differ from the first, or agree
        event = _at(read, target)
    if event is None:
        raise ReviewError(f"there is no event at {target}", code="review.unknown")
    target = EventTarget(target.article, event.trigger.start, event.trigger.end)
    before = _before(event, ask, coded.text)
    decision = desk.decision(
        ask.kind,
        target,
        field=ask.field if ask.kind == CORRECT else None,
        before=before,
        after=ask.value if ask.kind == CORRECT else None,
    )
    if ask.kind == (REJECT if rejected else ACCEPT):  # all is as it should be
        return Worked(decision=decision, change=Change())
    change = rebuilt(desk, target.article, (*desk.live, decision))
    return Worked(decision=decision, change=change, again=True)


def _read(desk: Desk, article: int) -> CodedArticle:
    found = desk.store.incidents.articles([article])
    if not found:
        raise ReviewError(f"there is no coded article {article} in the store", code="review.unknown")
    return found[0].coded


def _at(coded: CodedArticle, target: EventTarget) -> Event | None:
    return next((one for one in coded.events if events.is_at(one, target)), None)


def _before(event: Event, ask: Ask, text: str) -> object:
    if ask.kind != CORRECT:
        return event  # whole, so that the log shows what was rejected
    events.corrected(event, str(ask.field), ask.value, text)  # says what is wrong with it
    return getattr(event, str(ask.field))


def rebuilt(desk: Desk, article: int, decisions: Sequence[Decision]) -> Change:
    """Return the incidents of an article as they are with `decisions`; its article is to be weighed anew."""
    ids = {id_ for (_, _), id_ in desk.store.incidents.of_articles([article]).items()}
    olds = desk.store.incidents.several(sorted(ids))
    rebuild = desk.rebuild(olds, decisions)
    keep: list[ToKeep] = []
    drop: list[str] = []
    taken: set[str] = {key for old in olds for key in old.keys}
    for old in olds:
        own = [key for key in rebuild.found(old.keys) if key in old.keys or key not in taken]
        taken.update(own)
        kept = rebuild.incident(old.id, own, merged=old.weighed.merged)
        if kept is None:
            drop.append(old.id)
        else:
            keep.append(kept)
    known = desk.store.incidents.keys_of([article])
    return Change(
        keep=keep,
        drop=drop,
        keys={kept.incident.id: kept.keys for kept in keep},
        weighed=[Weighed(article, row.key, None, row.copies) for row in known.values()],
    )


__all__ = ["decided", "rebuilt"]
