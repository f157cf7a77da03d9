"""Weighing a store: what came in or changed since is grouped into incidents, and what that changes is written.

The outcome depends on the articles and the decisions alone, whatever the order and the batches in which they came.
All that one call changes is written in one transaction: a run that is killed leaves the incidents as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import structs

from isnad.errors import StoreError
from isnad.model import CodedArticle
from isnad.model.incidents import Incident
from isnad.review import events, upon
from isnad.review.evidence import own_origin, with_articles
from isnad.review.rules import DecidedGrouping, rules_of
from isnad.review.unsure import Unsure
from isnad.store import Store
from isnad.store.incident_records import Decision, ToKeep
from isnad.store.incident_rows import digest_of, short_key
from isnad.store.incidents_read import Current, Registered
from isnad.store.incidents_write import Change, Weighed
from isnad.weigh import Assembly, Registry
from isnad.weigh.grouping import Scorer
from isnad.weigh.origins import Origin
from isnad.weigh.reprints import Reprints, TextGroup
from isnad.weigh.scoring import Weights, built_in
from isnad.weigh.told import Teller
from isnad.weigh.weighing import Scales

#: Facts that are noted with the incidents: by which weights they were weighed, and up to which decision.
WEIGHTS_FACT, DECISIONS_FACT = "incidents.weights", "incidents.decisions"
_PAGE = 500
_ATTEMPTS = 5
Progress = Callable[[str, int, int], None]


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
    `scorer` and `teller` may spread the work over processes (`isnad.scale.weigh.Spread`).
    """

    def __init__(
        self,
        store: Store,
        *,
        weights: Weights | None = None,
        scales: Scales | None = None,
        scorer: Scorer | None = None,
        teller: Teller | None = None,
    ) -> None:
        self._scorer, self._teller = scorer, teller
        self._store = store
        self._weights = weights or built_in()
        self._scales = scales or Scales()
        self._start()

    def _start(self) -> None:
        """Forget everything read."""
        self._assembly = Assembly(kinds=self._scales.kinds, weights=self._weights, teller=self._teller)
        self._grouping = DecidedGrouping(kinds=self._scales.kinds, weights=self._weights, scorer=self._scorer)
        self._assembly.grouping = self._grouping
        self._have: dict[int, tuple[int, bytes]] = {}  # article → its coding and the decisions upon its events
        self._keys: dict[int, str] = {}
        self._versions: dict[int, int] = {}
        self._texts: dict[str, CodedArticle] = {}
        self._reprints = Reprints()
        self._own: dict[str, Origin] = {}
        self._origins: dict[str, Origin] = {}
        self._weighed: dict[str, tuple[Incident, tuple[Origin, ...], Incident]] = {}
        self._kept: dict[str, tuple[Incident, tuple[Decision, ...], ToKeep, str]] = {}
        self._unsure = Unsure()

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
        articles, gone, marks = self._read(current, events.by_article(decisions), progress)
        progress("grouping", 0, 1)
        self._grouping.rules = rules_of(decisions)
        self._assembly.registry = Registry(members=registered.keys, redirects=registered.redirects)
        names = self._reprints.names()
        found = self._assembly.update(articles, remove=gone, reprints=names)
        self._origins = self._all_origins()
        kept = list(self._weigh(found.incidents, found.registry, decisions, progress))
        change = self._change(kept, found.registry, registered, current, marks, names, str(last))
        progress("writing", 0, 1)
        generation = registered.generation
        if _says_something(change, registered):
            generation, _ = self._store.incidents.apply(change, expected=generation)
        return Outcome(
            articles=len(articles),
            changed=len(change.keep),
            dropped=len(change.drop),
            total=len(kept) + len(registered.imported),
            generation=generation,
        )

    # ---- reading ------------------------------------------------------------------------------------------------

    def _read(
        self, current: Sequence[Current], upon_events: events.ByArticle, progress: Progress
    ) -> tuple[list[CodedArticle], list[str], dict[int, tuple[int, bytes]]]:
        """Take in what is new or other; return it, the keys of what is gone, and what is had now."""
        marks = {row.article: (row.coding, _mark(upon_events.get(row.article, ()))) for row in current}
        fresh = [row for row in current if self._have.get(row.article) != marks[row.article]]
        gone = [article for article in self._have if article not in marks]
        self._name(current)
        again = any(self._versions.get(r.article, r.version) != r.version for r in fresh) or bool(gone)
        keys = [self._keys.pop(article) for article in gone]
        for article, key in zip(gone, keys, strict=True):
            del self._have[article], self._versions[article], self._texts[key], self._own[key]
        forwarded = self._store.incidents.forwarded() if fresh else {}
        out: list[CodedArticle] = []
        for start in range(0, len(fresh), _PAGE):
            progress("reading", start, len(fresh))
            for stored in self._store.incidents.articles([row.article for row in fresh[start : start + _PAGE]]):
                coded = events.laid_over(stored.coded, upon_events.get(stored.article, ()))
                key = self._keys[stored.article]
                self._texts[key] = coded = structs.replace(coded, doc_id=key)
                self._own[key] = own_origin(coded, forwarded.get(stored.article), None)
                self._versions[stored.article] = stored.version
                self._have[stored.article] = marks[stored.article]
                out.append(coded)
        if again:
            self._reprints = Reprints()
        new = self._texts.values() if again else out
        own = self._own
        self._reprints.add((a.doc_id, a.text, a.published, a.outlet, own[a.doc_id].forwarded_from) for a in new)
        return out, keys, marks

    def _name(self, current: Sequence[Current]) -> None:
        """Give every article its key: the doc_id it came with, made unique; it never changes afterwards."""
        self._keys |= {row.article: row.key for row in current if row.key is not None}
        nameless = [row.article for row in current if row.article not in self._keys]
        taken = set(self._store.incidents.weighed_articles()) | set(self._keys.values()) if nameless else set()
        for start in range(0, len(nameless), _PAGE):
            for stored in self._store.incidents.articles(nameless[start : start + _PAGE]):
                key = short_key(stored.coded.doc_id)
                key = f"{key}~{stored.article}" if key in taken else key
                taken.add(key)
                self._keys[stored.article] = key

    def _all_origins(self) -> dict[str, Origin]:
        groups: dict[str, TextGroup] = {key: group for group in self._reprints.groups() for key in group.keys}
        out: dict[str, Origin] = {}
        for key, own in self._own.items():
            before, group = self._origins.get(key), groups.get(key)
            same = before is not None and before.text == group and before == structs.replace(own, text=group)
            out[key] = before if same and before is not None else structs.replace(own, text=group)
        return out

    # ---- weighing -----------------------------------------------------------------------------------------------

    def _weigh(
        self, incidents: Sequence[Incident], registry: Registry, decisions: Sequence[Decision], progress: Progress
    ) -> Iterator[tuple[ToKeep, str]]:
        """Yield each incident as it is to be kept, with its digest."""
        upon_incidents = upon.by_incident(decisions, registry.redirects)
        ids = {key: article for article, key in self._keys.items()}
        weighed: dict[str, tuple[Incident, tuple[Origin, ...], Incident]] = {}
        kept: dict[str, tuple[Incident, tuple[Decision, ...], ToKeep, str]] = {}
        for n, incident in enumerate(incidents):
            if n % _PAGE == 0:
                progress("weighing", n, len(incidents))
            weighed[incident.id] = self._one(incident, ids)
            told, said = weighed[incident.id][2], tuple(upon_incidents.get(incident.id, ()))
            before = self._kept.get(incident.id)
            keys = registry.members[incident.id]
            if before is not None and before[0] is told and before[1] == said and before[2].keys == keys:
                kept[incident.id] = before
            else:
                one = upon.laid_over(told, keys, said)
                kept[incident.id] = (told, said, one, digest_of(one))
            yield kept[incident.id][2:]
        self._weighed, self._kept = weighed, kept

    def _one(self, incident: Incident, ids: Mapping[str, int]) -> tuple[Incident, tuple[Origin, ...], Incident]:
        origins = tuple(self._origins_behind(incident))
        before = self._weighed.get(incident.id)
        if before is not None and before[0] is incident and before[1] == origins:
            return before
        whole = self._scales.weigh(incident, {origin.doc_id: origin for origin in origins})
        return incident, origins, with_articles(whole, ids)

    def _origins_behind(self, incident: Incident) -> Iterator[Origin]:
        """Yield the origins of an incident's articles and of the copies of their texts, in order."""
        keys = {member.doc_id for member in incident.members}
        keys |= {key for k in keys if (group := self._origins[k].text) for key in group.keys}
        return (self._origins[key] for key in sorted(keys))

    # ---- writing ------------------------------------------------------------------------------------------------

    def _change(
        self,
        kept: Sequence[tuple[ToKeep, str]],
        registry: Registry,
        registered: Registered,
        current: Sequence[Current],
        marks: Mapping[int, tuple[int, bytes]],
        names: Mapping[str, str],
        last: str,
    ) -> Change:
        digests = self._store.incidents.digests()
        living = {one.incident.id for one, _ in kept}
        there = set(self._store.incidents.weighed_articles().values())
        rows = [
            row
            for c in current
            if (row := Weighed(c.article, self._keys[c.article], c.coding, names.get(self._keys[c.article])))
            and (c.key, c.weighed, c.copies) != (row.key, row.coding, row.copies)
        ]
        return Change(
            keep=[one for one, digest in kept if digests.get(one.incident.id) != digest],
            drop=sorted(registered.live - living - registered.imported),
            keys={id_: keys for id_, keys in registry.members.items() if registered.keys.get(id_) != keys},
            redirects={id_: to for id_, to in registry.redirects.items() if registered.redirects.get(id_) != to},
            pairs=self._unsure.pairs([one.weighed for one, _ in kept], registry, self._grouping),
            weighed=rows,
            unweighed=sorted(there - marks.keys()),
            facts={WEIGHTS_FACT: self._version(), DECISIONS_FACT: last},
        )

    def _version(self) -> str:
        return hashlib.blake2b(msgspec.json.encode(self._weights, order="sorted"), digest_size=8).hexdigest()


def _says_something(change: Change, registered: Registered) -> bool:
    told = any((change.keep, change.drop, change.keys, change.redirects, change.weighed, change.unweighed))
    return told or any(registered.facts.get(name) != value for name, value in change.facts.items())


def _mark(decisions: Iterable[Decision]) -> bytes:
    """Return what tells the decisions upon an article's events from others."""
    return b",".join(str(decision.id).encode() for decision in decisions)


__all__ = ["DECISIONS_FACT", "WEIGHTS_FACT", "Outcome", "Progress", "Weigher"]
