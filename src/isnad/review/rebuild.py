"""A few incidents built anew from their own tellings, without the rest of the store: what a decision shows at once.

The next weighing of the whole comes to the same, as it lays the same decisions over the same tellings; only links from
and to other incidents may be told more finely by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from isnad.model import CodedArticle
from isnad.model.incidents import Incident, Link
from isnad.review import upon
from isnad.review.evidence import Evidence, evidence_of_articles, with_articles
from isnad.review.rules import find_telling
from isnad.store import Store
from isnad.store.incident_records import Decision, StoredIncident, ToKeep
from isnad.weigh.build import build
from isnad.weigh.families import HAPPENING
from isnad.weigh.tellings import Telling, tellings_of
from isnad.weigh.weighing import Scales


@cache
def scales() -> Scales:
    """Return the built-in scales, which take a second to load."""
    return Scales()


class Rebuild:
    """Builds incidents over the members of `olds`; `decisions` are those that hold, with what is being decided."""

    def __init__(self, store: Store, olds: Sequence[StoredIncident], decisions: Sequence[Decision]) -> None:
        self._olds = olds
        self._decisions = decisions
        articles = {m.article for old in olds for m in old.weighed.members if m.article is not None}
        self._evidence: Evidence = evidence_of_articles(store, articles, decisions=decisions)
        self._tellings = self._read(self._evidence.articles.values())
        self._by_doc: dict[str, list[str]] = {}
        for telling in self._tellings.values():
            self._by_doc.setdefault(telling.doc_id, []).append(telling.key)
        self._upon = upon.by_incident(decisions, {})

    def _read(self, articles: Iterable[CodedArticle]) -> dict[str, Telling]:
        copies = {key: origin.text.keys[0] for key, origin in self._evidence.origins.items() if origin.text}
        return {t.key: t for article in articles for t in tellings_of(article, copy=copies.get(article.doc_id))}

    def incident(self, id_: str, keys: Iterable[str], *, merged: tuple[str, ...]) -> ToKeep | None:
        """Return the incident `id_` of the tellings `keys`; None when none of them is told any more."""
        wanted = self.found(keys)
        if not wanted:
            return None
        home = {key for key in wanted if key in self._tellings}
        incident = build(
            id_,
            [self._tellings[key] for key in wanted],
            self._beside(home),
            articles=self._evidence.articles,
            kinds=scales().kinds,
            links=self._links(id_, home),
            merged=merged,
        )
        whole = with_articles(scales().weigh(incident, self._evidence.origins), self._evidence.ids)
        return self.laid_over(whole, wanted)

    def laid_over(self, weighed: Incident, keys: tuple[str, ...]) -> ToKeep:
        """Return a weighed incident with the decisions upon it and upon those that lead to it."""
        others = sorted((d for id_ in weighed.merged for d in self._upon.get(id_, ())), key=lambda d: d.id)
        return upon.laid_over(weighed, keys, [*others, *self._upon.get(weighed.id, ())])

    def found(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of tellings of a happening that `keys` mean now, sorted."""
        found = {find_telling(key, self._tellings, self._by_doc) for key in keys}
        return tuple(sorted(key for key in found if key is not None and self._tellings[key].part == HAPPENING))

    def holding(self, members: set[tuple[str, int]], keys: Iterable[str]) -> tuple[str, ...]:
        """Return those of `keys` whose tellings hold one of the events, given by key of the article and id."""
        found = (self._tellings[key] for key in self.found(keys))
        return tuple(t.key for t in found if any((t.doc_id, event) in members for event in t.events))

    def _beside(self, home: set[str]) -> list[Telling]:
        """Return what stands beside the incidents that these tellings were of and is of one of their articles."""
        old_beside: dict[tuple[str, int], StoredIncident] = {
            (m.doc_id, m.event): old for old in self._olds for m in old.weighed.members if m.part != HAPPENING
        }
        out = []
        for telling in self._tellings.values():
            if telling.part == HAPPENING:
                continue
            olds = [old for e in telling.events if (old := old_beside.get((telling.doc_id, e)))]
            if olds and self._is_home(telling, olds[0], home):
                out.append(telling)
        return out

    def _is_home(self, telling: Telling, old: StoredIncident, home: set[str]) -> bool:
        """Whether what stood beside `old` stands beside these tellings: where its article is, else most of `old`."""
        own = self.found(old.keys)
        same = {key in home for key in own if self._tellings[key].doc_id == telling.doc_id}
        if len(same) == 1:
            return same.pop()
        here = sum(key in home for key in own)
        return here * 2 > len(own) or (here * 2 == len(own) and min(own) in home)

    def _links(self, id_: str, home: set[str]) -> tuple[Link, ...]:
        docs = {self._tellings[key].doc_id for key in home}
        inside = {old.id for old in self._olds if set(self.found(old.keys)) <= home}
        links = dict.fromkeys(
            link
            for old in self._olds
            for link in old.weighed.links
            if link.incident != id_ and link.incident not in inside and (link.doc_id is None or link.doc_id in docs)
        )
        return tuple(links)


__all__ = ["Rebuild", "scales"]
