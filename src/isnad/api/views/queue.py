"""What is to be decided next: second looks that others asked for, then the queue of `isnad.review`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from isnad.api.second_looks import wanted_of
from isnad.api.shapes.desk import NextCard, PairFeature, PairView, ReviewCard
from isnad.review.queue import next_card as next_of
from isnad.store.incident_records import IncidentCard, UnsurePair

if TYPE_CHECKING:
    from isnad.api.desk import Desk


def next_card(desk: Desk, skipped: set[str], *, user: str) -> NextCard:
    """Return the first card that is not among `skipped`, and how many are left."""
    looks = list(_second_looks(desk, skipped, user))
    found = next_of(desk.store, skip=skipped)
    left = len(looks) + (found.left if found else 0)
    if looks:
        return NextCard(card=looks[0], left=left)
    if found is None:
        return NextCard(card=None, left=0)
    if found.pair is not None:
        return NextCard(card=_pair(desk, found.pair, found.cards), left=left)
    return NextCard(card=_incident(desk, found.cards[0], found.cards[0].body.reasons), left=left)


def _second_looks(desk: Desk, skipped: set[str], user: str) -> Iterator[ReviewCard]:
    """Yield the incidents that somebody else wants looked at again."""
    for target in wanted_of(desk.store, user=user):
        kind, _, id = target.partition(":")
        if kind == "incident" and target not in skipped:
            for stored in desk.store.incidents.cards_of([id]):
                yield _incident(desk, stored, ("second-look",))


def _incident(desk: Desk, stored: IncidentCard, why: tuple[str, ...]) -> ReviewCard:
    return ReviewCard(
        id=f"incident:{stored.id}",
        etag=f'"v{stored.version}"',
        kind="incident",
        incident=desk.cards.card(stored),
        why=why,
    )


def _pair(desk: Desk, pair: UnsurePair, found: tuple[IncidentCard, ...]) -> ReviewCard:
    left, right = found
    features = tuple(
        PairFeature(name=name, label=desk.labels.feature(name), value=value, contribution=contribution)
        for name, value, contribution in pair.reasons
    )
    return ReviewCard(
        id=f"pair:{pair.one}|{pair.two}",
        etag=f'"v{left.version}-{right.version}"',
        kind="pair",
        pair=PairView(left=desk.cards.card(left), right=desk.cards.card(right), score=pair.score, features=features),
    )


__all__ = ["next_card"]
