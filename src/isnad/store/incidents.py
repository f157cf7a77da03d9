"""`Store.incidents` and `Store.decisions`: the incidents of a store, and what was decided upon them.

Each method is one transaction, as those of `Store`; StoreError when the database fails.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from isnad.store import decisions, incidents_query, incidents_read, incidents_says, incidents_write
from isnad.store.engine import Database
from isnad.store.incident_records import (
    Counts,
    Decision,
    IncidentCard,
    IncidentFilter,
    Points,
    Repeated,
    Said,
    StoredIncident,
    UnsurePair,
)
from isnad.store.incidents_index import COLUMNS, Index, Mask
from isnad.store.incidents_load import changes_since
from isnad.store.incidents_read import Current, Registered, Unread
from isnad.store.incidents_write import Change, Weighed
from isnad.store.records import Stored

T = TypeVar("T")
_PAGE = 500
_MOST_POINTS = 100_000
_ALL = IncidentFilter()


class Incidents:
    """The incidents of a store.  Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._index = Index.empty()

    # ---- one and several ----------------------------------------------------------------------------------------

    def get(self, id: str) -> StoredIncident:
        """Return an incident by its id or one that leads to it; StoreError (incident.unknown) when there is none."""
        return self._database.read(lambda connection: incidents_read.get(connection, id))

    def several(self, ids: Sequence[str]) -> list[StoredIncident]:
        """Return incidents by their own ids, in the order in which ids were given; those that are none are left out."""
        return self._database.read(lambda connection: incidents_read.several(connection, ids))

    def resolve(self, id: str) -> str:
        """Return the id that `id` leads to now; StoreError (incident.unknown) when it was never given."""
        return self._database.read(lambda connection: incidents_read.resolve(connection, id))

    def page(self, *, after: int = 0, limit: int = _PAGE) -> list[StoredIncident]:
        """Return incidents in the order in which their ids were given; continue with `after=last.number`."""
        return self._database.read(lambda connection: incidents_read.page(connection, after=after, limit=limit))

    def each(self) -> Iterator[StoredIncident]:
        """Yield all incidents, page by page: memory stays bounded."""
        after = 0
        while found := self.page(after=after):
            yield from found
            after = found[-1].number

    def of_articles(self, articles: Sequence[int]) -> dict[tuple[int, int], str]:
        """Return the incident's id by (article, event) for the events of articles that belong to one."""
        return self._database.read(lambda connection: incidents_read.of_articles(connection, articles))

    def pairs(self, *, of: str | None = None, limit: int = 100) -> list[UnsurePair]:
        """Return pairs that may be one incident, the likeliest first; `of` those of one incident."""
        return self._database.read(lambda connection: incidents_read.pairs(connection, of=of, limit=limit))

    # ---- lists, counts, maps ------------------------------------------------------------------------------------

    def cards(self, wanted: IncidentFilter = _ALL, *, after: str | None = None, limit: int = 50) -> list[IncidentCard]:
        """Return a page of incidents, the newest day first (0: all); continue with `after=last.cursor`."""
        return self.listed(wanted, after=after, limit=limit)[0]

    def listed(
        self, wanted: IncidentFilter = _ALL, *, after: str | None = None, limit: int = 50
    ) -> tuple[list[IncidentCard], int]:
        """Return the same page, and how many answer in all, for the cost of one."""

        def work(connection: Connection) -> tuple[list[IncidentCard], int]:
            index, mask = self._matching(connection, wanted)
            numbers = incidents_query.page_of(index, mask, after=after, limit=limit)
            return incidents_read.cards(connection, numbers), int(mask.sum())

        return self._database.read(work)

    def cards_of(self, ids: Sequence[str]) -> list[IncidentCard]:
        """Return the cards of incidents by their own ids, in this order."""
        return self._database.read(lambda connection: incidents_read.cards_of(connection, ids))

    def count(self, wanted: IncidentFilter = _ALL) -> int:
        """Return how many incidents answer."""
        return int(self._database.read(lambda connection: self._matching(connection, wanted)[1].sum()))

    def counts(self, wanted: IncidentFilter = _ALL) -> Counts:
        """Return how many of those that answer there are of each day, type, grade, outlet, party, ..."""
        return incidents_query.counts_of(*self._database.read(lambda connection: self._matching(connection, wanted)))

    def points(self, wanted: IncidentFilter = _ALL, *, most: int = _MOST_POINTS) -> Points:
        """Return those that answer and have coordinates, for a map: the newest, at most so many."""
        index, mask = self._database.read(lambda connection: self._matching(connection, wanted))
        return incidents_query.points_of(index, mask, most=most)

    def said_by(self, outlet: str) -> Said:
        """Return what an outlet says, and with whom it agrees, in all incidents but the rejected ones."""
        return self._database.read(lambda connection: incidents_says.said_by(connection, outlet))

    def repeated(self, wanted: IncidentFilter = _ALL) -> tuple[list[Repeated], int]:
        """Return who repeats whom in the incidents that answer, the most frequent first, and how many those are."""

        def work(connection: Connection) -> tuple[list[Repeated], int]:
            index, mask = self._matching(connection, wanted)
            return incidents_says.repeated(connection, index, mask), int(mask.sum())

        return self._database.read(work)

    def warm(self) -> None:
        """Read the index, which lists, counts and maps are made of, if it is not there or old."""
        self._database.read(self._fresh)

    def _matching(self, connection: Connection, wanted: IncidentFilter) -> tuple[Index, Mask]:
        index = self._fresh(connection)
        found = None if wanted.text is None else incidents_query.holding(connection, wanted.text)
        return index, incidents_query.matching(index, wanted, found)

    def _fresh(self, connection: Connection) -> Index:
        """Return the index as of this transaction; only what changed since the last time is read."""
        now = incidents_write.generation(connection)
        if now <= self._index.generation:
            return self._index
        with self._lock:
            if now > self._index.generation:
                self._index = self._index.changed(changes_since(connection, COLUMNS, self._index.generation, now))
            return self._index

    # ---- weighing -----------------------------------------------------------------------------------------------

    def generation(self) -> int:
        """Return a number that grows with every change of any incident."""
        return self._database.read(incidents_write.generation)

    def fact(self, name: str) -> str | None:
        """Return something that was noted with the incidents (`Change.facts`)."""
        return self._database.read(lambda connection: incidents_read.fact(connection, name))

    def leading_to(self, ids: Sequence[str]) -> dict[str, str]:
        """Return where every id leads that leads to one of `ids`, directly or by way of others."""
        return self._database.read(lambda connection: incidents_read.leading_to(connection, ids))

    def is_taken(self, id: str) -> bool:
        """Say whether an id was ever given."""
        return self._database.read(lambda connection: incidents_read.is_taken(connection, id))

    def registered(self) -> Registered:
        """Return all ids ever given, with their tellings and redirects."""
        return self._database.read(incidents_read.registered)

    def current(self) -> list[Current]:
        """Return every article with a coding in use, with what was weighed of it."""
        return self._database.read(incidents_read.current)

    def weighed_articles(self) -> dict[str, int]:
        """Return the articles that were weighed, by the key that stands for `doc_id` in members and claims."""
        return self._database.read(incidents_read.weighed_articles)

    def forwarded(self, articles: Sequence[int] | None = None) -> dict[int, str]:
        """Return for articles (None: all) that were forwarded the channel they came from."""
        return self._database.read(lambda connection: incidents_read.forwarded(connection, articles))

    def articles(self, articles: Sequence[int]) -> list[Stored]:
        """Return articles with their codings in use, by id; those without one are left out."""
        return self._database.read(lambda connection: incidents_read.stored(connection, articles))

    def unread(self, articles: Sequence[int]) -> list[Unread]:
        """Return the same as they lie in the store, for processes that share the decoding (`incidents_read.read`)."""
        return self._database.read(lambda connection: incidents_read.unread(connection, articles))

    def keys_of(self, articles: Sequence[int]) -> dict[int, Weighed]:
        """Return what is known of weighed articles, by their ids."""
        return self._database.read(lambda connection: incidents_read.keys_of(connection, articles))

    def copies_of(self, names: Sequence[str]) -> dict[str, list[tuple[int, str, str | None]]]:
        """Return the articles of groups of reprints by the group's name: id, key, day of publication."""
        return self._database.read(lambda connection: incidents_read.copies_of(connection, names))

    def apply(self, change: Change, *, expected: int, decision: Decision | None = None) -> tuple[int, Decision | None]:
        """Write a change worked out from generation `expected`, and the decision that made it, both or neither.

        Return the new generation and the decision with its id.  StoreError (store.stale) when the incidents have
        changed since.
        """

        def write(connection: Connection) -> tuple[int, Decision | None]:
            if decision is not None and decisions.is_written(connection, decision):
                return expected + 1, decisions.get(connection, decision.id)  # the answer was lost, not the work
            stamp = incidents_write.apply(connection, change, expected=expected)
            return stamp, None if decision is None else decisions.append(connection, decision)

        return self._database.write(write)

    def digests(self) -> dict[str, str]:
        """Return what tells each incident from any other state of it, by id."""
        return self._database.read(incidents_read.digests)


class Decisions:
    """What was decided: append-only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, id: int) -> Decision:
        """Return a decision; StoreError (review.unknown) when there is none."""
        return self._read(lambda connection: decisions.get(connection, id))

    def live(self) -> list[Decision]:
        """Return the decisions that hold, the oldest first."""
        return self._read(decisions.live)

    def last(self) -> int:
        """Return the id of the latest decision, 0 when there is none."""
        return self._read(decisions.last)

    def reserve(self) -> int:
        """Return the id for the next decision; good for a change that is refused when another decision is quicker."""
        return self._database.write(decisions.reserve)

    def log(
        self,
        *,
        targets: Sequence[str] = (),
        kind: str | None = None,
        user: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> list[Decision]:
        """Return decisions, the latest first, upon one of `targets`; continue with `after=str(last.id)`."""
        return self._read(
            lambda connection: decisions.log(
                connection, targets=targets, kind=kind, user=user, after=after, limit=limit
            )
        )

    def _read(self, work: Callable[[Connection], T]) -> T:
        return self._database.read(work)


__all__ = ["Decisions", "Incidents"]
