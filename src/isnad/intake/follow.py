"""Feeds followed: what each visit brings is coded and stored, and then the state of the feed is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from isnad.ingest.watch import Batch
from isnad.intake.pipeline import Keeper, Plan, take_in
from isnad.intake.tally import Tally
from isnad.model.feeds import Feed
from isnad.scale.many import CoderLike


class FeedKeeper(Keeper, Protocol):
    """What following needs of a store."""

    def feeds(self, *, due: str | None = None) -> list[Feed]: ...

    def save_feed(self, feed: Feed) -> bool: ...


def follow(
    visits: Iterable[Batch],
    *,
    store: FeedKeeper,
    coder: CoderLike | None,
    tally: Tally,
    on_visit: Callable[[Batch], None] = lambda visit: None,
) -> None:
    """Store what `visits` bring, for as long as they come.  `coder` None leaves coding for later.

    Reports go in before the state of their feed: after a stop in between they are found again and known.
    """
    for visit in visits:
        for fault in visit.faults:
            tally.fault(fault)
        take_in(
            visit.incoming,
            store=store,
            make_coder=None if coder is None else lambda: coder,
            plan=Plan(workers=1, batch=_at_once(visit.incoming)),
            tally=tally,
        )
        store.save_feed(visit.feed)
        on_visit(visit)


def _at_once(reports: Sequence[object]) -> int:
    return max(len(reports), 1)


__all__ = ["FeedKeeper", "follow"]
