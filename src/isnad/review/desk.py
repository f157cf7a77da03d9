"""What deciding works with: one state of the store, the decisions that hold in it, and the id of the new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from isnad.errors import ReviewError
from isnad.review.rebuild import Rebuild
from isnad.review.weigher import DECISIONS_FACT
from isnad.store import Store
from isnad.store.incident_records import Decision, StoredIncident
from isnad.store.incidents_write import Change


class Worked(msgspec.Struct, frozen=True, kw_only=True):
    """A decision worked out and what it changes.

    `again`: the whole is to be weighed anew, as the decision may have effects beyond what was worked out.
    """

    decision: Decision
    change: Change
    again: bool = False


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """`generation` and `live` (decisions that hold) as of now; `id` is for the new decision, by `user`."""

    store: Store
    user: str
    generation: int
    live: tuple[Decision, ...]
    last: int
    id: int

    @classmethod
    def of(cls, store: Store, user: str) -> Desk:
        """Look at the store as it is now."""
        if not user.strip():
            raise ReviewError("who decides?")
        generation = store.incidents.generation()  # first: what changes after it is noticed when it is written
        live, last = tuple(store.decisions.live()), store.decisions.last()
        return cls(store=store, user=user, generation=generation, live=live, last=last, id=store.decisions.reserve())

    def check(self, expected: Mapping[str, int]) -> None:
        """ReviewError (review.stale) where an incident has another version than the one that was read."""
        for id_, version in expected.items():
            if self.get(id_).version != version:
                raise ReviewError(f"incident {id_} was changed meanwhile; read it again", code="review.stale")

    def get(self, id_: str) -> StoredIncident:
        """Return an incident by its id or one that leads to it."""
        return self.store.incidents.get(id_)

    def decision(self, kind: str, target: object, **more: object) -> Decision:
        """Return the new decision."""
        return Decision(id=self.id, kind=kind, target=str(target), user=self.user, at="", **more)  # type: ignore[arg-type]

    def rebuild(self, olds: Sequence[StoredIncident], decisions: Iterable[Decision]) -> Rebuild:
        """Return what builds incidents from the tellings of `olds`; StoreError where their articles are not here."""
        for old in olds:
            if old.imported:
                raise ReviewError(f"the articles of incident {old.id} are not in the store; it cannot be cut or joined")
        return Rebuild(self.store, olds, list(decisions))

    def facts(self, *, again: bool) -> dict[str, str]:
        """Return what to note: that this decision was worked out, unless another one before it was not."""
        noted = self.store.incidents.fact(DECISIONS_FACT) or "0"
        return {} if again or noted != str(self.last) else {DECISIONS_FACT: str(self.id)}


__all__ = ["Desk", "Worked"]
