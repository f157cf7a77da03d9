"""Weighing a store: what came in or changed since is grouped into incidents, and what that changes is written.

The outcome depends on the articles and the decisions alone, whatever the order and the batches in which they came.
All that one call changes is written in one transaction: a run that is killed leaves the incidents as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec
from msgspec import structs

from isnad.errors import StoreError
from isnad.review import events
from isnad.review.held import Held, Progress
from isnad.review.raiser import Raiser
from isnad.review.rules import DecidedGrouping, rules_of
from isnad.review.unsure import Unsure
from isnad.store import Store
from isnad.store.incidents_read import Current, Registered
from isnad.store.incidents_write import Change, Ready, Weighed
from isnad.weigh import Registry
from isnad.weigh.drafts import Drafts, drafts_of, grouped
from isnad.weigh.grouping import Scorer
from isnad.weigh.kinds import built_in_kinds
from isnad.weigh.scoring import Weights, built_in
from isnad.weigh.spreading import Mapper, map_here

#: Facts that are noted with the incidents: by which weights they were weighed, and up to which decision.
WEIGHTS_FACT, DECISIONS_FACT = "incidents.weights", "incidents.decisions"
_ATTEMPTS = 5


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a weighing did: `articles` were weighed, `changed` incidents written, `dropped` are no more, of `total`."""

    articles: int
    changed: int
    dropped: int
    total: int
    generation: int


class Weigher:
    """Keeps the incidents of a store up to date.

    Holds in memory what it has read, so that the next call costs what came in since; not for several threads.
    `mapper` and `scorer` may spread the work (`isnad.scale`).
    """

    def __init__(
        self,
        store: Store,
        *,
        weights: Weights | None = None,
        mapper: Mapper = map_here,
        scorer: Scorer | None = None,
    ) -> None:
        self._mapper, self._scorer = mapper, scorer
        self._store = store
        self._weights = weights or built_in()
        self._start()

    def _start(self) -> None:
        """Forget everything read."""
        self._held = Held(self._store, self._mapper)
        self._grouping = DecidedGrouping(kinds=built_in_kinds(), weights=self._weights, scorer=self._scorer)
        self._raiser = Raiser(self._mapper)
        self._unsure = Unsure(self._mapper)

    def pending(self) -> bool:
        """Say whether anything came in, changed or was decided since the incidents were last weighed."""
        facts = self._store.incidents.registered().facts
        current = self._store.incidents.current()
        return (
            any(row.coding != row.weighed for row in current)
            or len(self._store.incidents.weighed_articles()) != len(current)
            or facts.get(WEIGHTS_FACT) != self._version()
            or facts.get(DECISIONS_FACT, "0") != str(self._store.decisions.last())
        )

    def update(self, *, progress: Progress = lambda step, done, total: None, force: bool = False) -> Outcome:
        """Weigh what is new or changed; with `force` also where nothing seems to be.

        `progress` is called with the step (reading | grouping | weighing | writing) and how much of it is done.
        StoreError when the store fails, or when others change the incidents again and again.
        """
        if not force and not self.pending():
            registered = self._store.incidents.registered()
            count = len(registered.live)
            return Outcome(articles=0, changed=0, dropped=0, total=count, generation=registered.generation)
        for attempt in range(_ATTEMPTS):
            try:
                return self._update(progress)
            except StoreError as error:
                if error.code != "store.stale" or attempt == _ATTEMPTS - 1:
                    self._start()
                    raise
            except BaseException:
                self._start()  # what was read in part is read anew
                raise
        raise AssertionError("the last attempt returns or raises")

    def _update(self, progress: Progress) -> Outcome:
        registered = self._store.incidents.registered()  # before the rest: what changes after it makes this one stale
        last = self._store.decisions.last()
        decisions = self._store.decisions.live()
        current = self._store.incidents.current()
        count, tellings = self._held.read(current, events.by_article(decisions), progress)
        progress("grouping", 0, 1)
        for key, copy in self._held.copied_anew().items():
            known = tellings.get(key) or self._grouping.of(key) if key in self._held.pieces else []
            if known:
                tellings[key] = [structs.replace(telling, copy=copy) for telling in known]
        self._grouping.update(tellings)
        self._grouping.rules = rules_of(decisions)
        found = self._drafts(Registry(members=registered.keys, redirects=registered.redirects))
        ready = list(
            self._raiser.raised(
                found,
                self._grouping,
                self._held,
                decisions=decisions,
                digests=self._store.incidents.digests(),
                progress=progress,
            )
        )
        change = self._change(found, ready, registered, current, str(last))
        progress("writing", 0, 1)
        generation = registered.generation
        if _says_something(change, registered):
            generation, _ = self._store.incidents.apply(change, expected=generation)
        return Outcome(
            articles=count,
            changed=sum(len(some.ids) for some in ready),
            dropped=len(change.drop),
            total=len(found.drafts) + len(registered.imported),
            generation=generation,
        )

    def _drafts(self, registry: Registry) -> Drafts:
        told = {key: (t.doc_id, t.events) for key, t in self._grouping.tellings.items()}
        return drafts_of([grouped(self._grouping)], told, self._held.stated, registry)

    # ---- writing ------------------------------------------------------------------------------------------------

    def _change(
        self, found: Drafts, ready: Sequence[Ready], registered: Registered, current: Sequence[Current], last: str
    ) -> Change:
        living = {draft.id for draft in found.drafts}
        there = set(self._store.incidents.weighed_articles().values())
        held, registry = self._held, found.registry
        rows = [
            row
            for c in current
            if c.article in held.marks
            and (row := Weighed(c.article, held.keys[c.article], c.coding, held.copies.get(held.keys[c.article])))
            and (c.key, c.weighed, c.copies) != (row.key, row.coding, row.copies)
        ]
        return Change(
            ready=ready,
            drop=sorted(registered.live - living - registered.imported),
            keys={id_: keys for id_, keys in registry.members.items() if registered.keys.get(id_) != keys},
            redirects={id_: to for id_, to in registry.redirects.items() if registered.redirects.get(id_) != to},
            pairs=self._unsure.pairs(found.drafts, self._grouping),
            weighed=rows,
            unweighed=sorted(there - held.marks.keys()),
            facts={WEIGHTS_FACT: self._version(), DECISIONS_FACT: last},
        )

    def _version(self) -> str:
        return hashlib.blake2b(msgspec.json.encode(self._weights, order="sorted"), digest_size=8).hexdigest()


def _says_something(change: Change, registered: Registered) -> bool:
    told = any((change.ready, change.drop, change.keys, change.redirects, change.weighed, change.unweighed))
    return told or any(registered.facts.get(name) != value for name, value in change.facts.items())


__all__ = ["DECISIONS_FACT", "WEIGHTS_FACT", "Outcome", "Progress", "Weigher"]
