"""Articles in, incidents out: at once, or as articles arrive, with the same outcome (DESIGN section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from isnad.model import CodedArticle
from isnad.model.incidents import Incident, Link, Member
from isnad.weigh.beside import homes_of
from isnad.weigh.build import build
from isnad.weigh.claims import member_of
from isnad.weigh.families import HAPPENING
from isnad.weigh.grouping import Grouping, Scorer
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.registry import Registry, assign
from isnad.weigh.scoring import Weights
from isnad.weigh.stated import Stated, stated_links
from isnad.weigh.tellings import Telling, tellings_of

MAYBE_SAME = "maybe-same"
_MOST_MAYBE = 5  # unsure links kept for an incident, the likeliest first
Signature = tuple[tuple[str, ...], tuple[str, ...], tuple[Link, ...], tuple[str, ...]]


class Incidents(msgspec.Struct, frozen=True, kw_only=True):
    """All incidents by id, the registry that keeps their ids, and what is told only as planned, supposed or denied
    of nothing that happened (`loose`)."""

    incidents: tuple[Incident, ...]
    registry: Registry
    loose: tuple[Member, ...] = ()


class Assembly:
    """A collection of articles and its incidents, kept up to date as articles come and go.

    `registry` holds the ids given before; `scorer` may spread the scoring of pairs over processes.
    """

    def __init__(
        self,
        *,
        registry: Registry | None = None,
        kinds: PartyKinds | None = None,
        weights: Weights | None = None,
        scorer: Scorer | None = None,
    ) -> None:
        self.grouping = Grouping(kinds=kinds, weights=weights, scorer=scorer)
        self._reprints: Mapping[str, str] = {}
        self.registry = registry or Registry()
        self._articles: dict[str, CodedArticle] = {}
        self._stated: dict[str, list[Stated]] = {}
        self._built: dict[str, tuple[Signature, Incident]] = {}
        self._ids: dict[str, set[str]] = defaultdict(set)

    def update(
        self,
        articles: Iterable[CodedArticle] = (),
        *,
        remove: Iterable[str] = (),
        reprints: Mapping[str, str] | None = None,
    ) -> Incidents:
        """Take in articles (one known by its doc_id is replaced), take out those of `remove`; return all incidents.

        `reprints`, where given, names for every doc_id of a reprint the group it is in.
        """
        tellings: dict[str, list[Telling]] = {}
        for doc_id in remove:
            tellings[doc_id] = []
            self._forget(doc_id)
        before, self._reprints = self._reprints, reprints if reprints is not None else self._reprints
        given = {article.doc_id: article for article in articles}
        moved = [d for d in {**before, **self._reprints} if before.get(d) != self._reprints.get(d)]
        given |= {d: self._articles[d] for d in moved if d in self._articles and d not in given}
        for article in given.values():
            self._forget(article.doc_id)
            tellings[article.doc_id] = tellings_of(article, copy=self._reprints.get(article.doc_id))
            self._articles[article.doc_id] = article
            self._stated[article.doc_id] = stated_links(article)
        self.grouping.update(tellings)
        return self._assembled()

    def _forget(self, doc_id: str) -> None:
        """Drop what is kept of an article, and the incidents built from it."""
        if self._articles.pop(doc_id, None) is not None:
            self._stated.pop(doc_id, None)
            for id in self._ids.pop(doc_id, ()):
                self._built.pop(id, None)

    def _assembled(self) -> Incidents:
        clusters = self.grouping.clusters()
        ids, self.registry = assign(clusters, self.registry)
        id_of = {n: id for id, n in ids.items()}
        where = {key: n for n, cluster in enumerate(clusters) for key in cluster}
        homes = homes_of(self.grouping, self._articles)
        beside: dict[int, list[str]] = defaultdict(list)
        for key, home in homes.items():
            beside[where[home]].append(key)
        links = self._links(where, id_of)
        merged = self.registry.merged()
        out = [
            self._incident(id, clusters[n], sorted(beside[n]), links.get(n, ()), merged.get(id, ()))
            for id, n in sorted(ids.items())
        ]
        self._built = {i.id: self._built[i.id] for i in out}
        return Incidents(incidents=tuple(out), registry=self.registry, loose=self._loose(homes))

    def _incident(
        self, id: str, keys: tuple[str, ...], beside: Sequence[str], links: tuple[Link, ...], merged: tuple[str, ...]
    ) -> Incident:
        signature = (keys, tuple(beside), links, merged)
        known = self._built.get(id)
        if known and known[0] == signature:
            return known[1]
        tellings = self.grouping.tellings
        incident = build(
            id,
            [tellings[k] for k in keys],
            [tellings[k] for k in beside],
            articles=self._articles,
            kinds=self.grouping.kinds,
            links=links,
            merged=merged,
        )
        self._built[id] = (signature, incident)
        for member in incident.members:
            self._ids[member.doc_id].add(id)
        return incident

    def _links(self, where: dict[str, int], id_of: dict[int, str]) -> dict[int, tuple[Link, ...]]:
        out: dict[int, list[Link]] = defaultdict(list)
        for (one, two), value in self._unsure(where):
            for a, b in ((one, two), (two, one)):
                if sum(link.kind == MAYBE_SAME for link in out[a]) < _MOST_MAYBE:
                    out[a].append(Link(kind=MAYBE_SAME, incident=id_of[b], score=round(value, 3)))
        told = {(t.doc_id, e): where[k] for k, t in self.grouping.tellings.items() if k in where for e in t.events}
        for doc_id in sorted(self._stated):
            for stated in self._stated[doc_id]:
                first, second = told.get((doc_id, stated.one)), told.get((doc_id, stated.two))
                if first is not None and second is not None and first != second:
                    link = Link(kind=stated.kind, incident=id_of[second], doc_id=doc_id, span=stated.span)
                    out[first].append(link)
        return {n: tuple(links) for n, links in out.items()}

    def _unsure(self, where: dict[str, int]) -> list[tuple[tuple[int, int], float]]:
        """Return the pairs of happenings that may be one, the likeliest first, each by its best pair of tellings."""
        tellings, best = self.grouping.tellings, dict[tuple[int, int], float]()
        for (one, two), value in self.grouping.unsure(where):
            if tellings[one].doc_id != tellings[two].doc_id:
                pair = (min(where[one], where[two]), max(where[one], where[two]))
                best[pair] = max(value, best.get(pair, value))
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))

    def _loose(self, homes: Mapping[str, str]) -> tuple[Member, ...]:
        tellings = self.grouping.tellings
        alone = sorted(k for k, t in tellings.items() if t.part != HAPPENING and k not in homes)
        return tuple(
            member_of(article, event)
            for key in alone
            if (article := self._articles[tellings[key].doc_id])
            for event in article.events
            if event.id in tellings[key].events
        )


def assemble(
    articles: Iterable[CodedArticle],
    *,
    registry: Registry | None = None,
    reprints: Mapping[str, str] | None = None,
    kinds: PartyKinds | None = None,
    weights: Weights | None = None,
    scorer: Scorer | None = None,
) -> Incidents:
    """Return the incidents of `articles`.

    The grouping depends on nothing but the set of articles; ids also on `registry`, what was returned before.
    `reprints` names for a doc_id the group of near-identical texts it is in; `scorer` may spread the scoring of pairs.
    """
    return Assembly(registry=registry, kinds=kinds, weights=weights, scorer=scorer).update(articles, reprints=reprints)


__all__ = ["MAYBE_SAME", "Assembly", "Incidents", "assemble"]
