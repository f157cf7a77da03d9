"""What reviewers decided upon events, as gold in the form of CODEBOOK section 1: for scores and for training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from isnad.model import CodedArticle
from isnad.review import events
from isnad.review.asked import ACCEPT, CORRECT, REJECT
from isnad.review.targets import EventTarget, read_target
from isnad.store import Store
from isnad.store.incident_records import Decision

_PAGE = 200
_ENCODER = msgspec.json.Encoder()


def gold(store: Store, *, complete: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the articles of which an event was accepted, rejected or corrected, by id, each as a gold document.

    Events are as decided; those that nobody looked at are as the coder read them (`reviewed` names the others by id),
    so that `complete` leaves out articles where such are left.
    """
    live = store.decisions.live()
    upon: dict[int, list[Decision]] = {}
    for decision in live:
        target = read_target(decision.target)
        if decision.kind in (ACCEPT, REJECT, CORRECT) and isinstance(target, EventTarget):
            upon.setdefault(target.article, []).append(decision)
    changes = events.by_article(live)
    ids = sorted(upon)
    for start in range(0, len(ids), _PAGE):
        for stored in store.incidents.articles(ids[start : start + _PAGE]):
            coded = events.laid_over(stored.coded, changes.get(stored.article, ()))
            reviewed = _reviewed(coded, upon[stored.article])
            if not complete or len(reviewed) == len(coded.events):
                yield _document(coded, reviewed)


def _reviewed(coded: CodedArticle, decisions: list[Decision]) -> list[int]:
    targets = [t for d in decisions if isinstance(t := read_target(d.target), EventTarget)]
    return [event.id for event in coded.events if any(events.is_at(event, target) for target in targets)]


def _document(coded: CodedArticle, reviewed: list[int]) -> dict[str, Any]:
    record: dict[str, Any] = msgspec.to_builtins(coded)
    del record["coder"], record["note"]
    return {**record, "reviewed": reviewed}


def gold_lines(store: Store, *, complete: bool = False) -> Iterator[bytes]:
    """Yield the same as lines of JSONL."""
    for document in gold(store, complete=complete):
        yield _ENCODER.encode(document) + b"\n"


__all__ = ["gold", "gold_lines"]
