"""Articles in, incidents out: at once, or as articles arrive, with the same outcome (DESIGN section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import structs

from isnad.model import CodedArticle
from isnad.model.incidents import Incident, Member
from isnad.weigh.build import build
from isnad.weigh.claims import member_of
from isnad.weigh.drafts import MAYBE_SAME, Draft, drafts_of, grouped
from isnad.weigh.grouping import Grouping, Scorer
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.registry import Registry
from isnad.weigh.scoring import Weights
from isnad.weigh.stated import Stated
from isnad.weigh.tellings import Telling
from isnad.weigh.told import Teller, tell_here


class Incidents(msgspec.Struct, frozen=True, kw_only=True):
    """All incidents by id, the registry that keeps their ids, and what is told only as planned, supposed or denied
    of nothing that happened (`loose`)."""

    incidents: tuple[Incident, ...]
    registry: Registry
    loose: tuple[Member, ...] = ()


class Assembly:
    """A collection of articles and its incidents, kept up to date as articles come and go.

    `registry` holds the ids given before; `scorer` and `teller` may spread the scoring of pairs and the reading of
    articles over processes (`isnad.scale`).  Of an article no more is kept than its events: not its text.
    """

    def __init__(
        self,
        *,
        registry: Registry | None = None,
        kinds: PartyKinds | None = None,
        weights: Weights | None = None,
        scorer: Scorer | None = None,
        teller: Teller | None = None,
    ) -> None:
        self.grouping = Grouping(kinds=kinds, weights=weights, scorer=scorer)
        self._teller = teller or tell_here
        self._reprints: Mapping[str, str] = {}
        self.registry = registry or Registry()
        self._articles: dict[str, CodedArticle] = {}  # those with events
        self._stated: dict[str, list[Stated]] = {}
        self._built: dict[str, tuple[Draft, Incident]] = {}
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
        last: dict[str, int] = {}
        for n, told in enumerate(self._teller(self._taken(articles, tellings, last), self._reprints)):
            if last[told.doc_id] == n:
                tellings[told.doc_id] = told.tellings
                if told.stated:
                    self._stated[told.doc_id] = told.stated
        for doc_id in {**before, **self._reprints}:
            copy = self._reprints.get(doc_id)
            if before.get(doc_id) != copy and doc_id in self._articles and doc_id not in tellings:
                tellings[doc_id] = [structs.replace(t, copy=copy) for t in self.grouping.of(doc_id)]
        self.grouping.update(tellings)
        return self._assembled()

    def _taken(
        self, articles: Iterable[CodedArticle], tellings: dict[str, list[Telling]], last: dict[str, int]
    ) -> Iterable[CodedArticle]:
        """Yield articles with events as they come, keeping these; `last` gets which of those yielded counts by doc_id.

        Of two with one doc_id it is the later one, however far the reader is behind.
        """
        n = 0
        for article in articles:
            self._forget(article.doc_id)
            tellings[article.doc_id] = []
            last[article.doc_id] = -1
            if article.events:
                self._articles[article.doc_id] = structs.replace(article, text="")
                last[article.doc_id] = n
                yield article
                n += 1

    def _forget(self, doc_id: str) -> None:
        """Drop what is kept of an article, and the incidents built from it."""
        if self._articles.pop(doc_id, None) is not None:
            self._stated.pop(doc_id, None)
            for id in self._ids.pop(doc_id, ()):
                self._built.pop(id, None)

    def _assembled(self) -> Incidents:
        events = {key: (t.doc_id, t.events) for key, t in self.grouping.tellings.items()}
        found = drafts_of([grouped(self.grouping)], events, self._stated, self.registry)
        self.registry = found.registry
        out = [self._incident(draft) for draft in found.drafts]
        self._built = {i.id: self._built[i.id] for i in out}
        return Incidents(incidents=tuple(out), registry=self.registry, loose=self._loose(found.loose))

    def _incident(self, draft: Draft) -> Incident:
        known = self._built.get(draft.id)
        if known and known[0] == draft:
            return known[1]
        tellings = self.grouping.tellings
        incident = build(
            draft.id,
            [tellings[k] for k in draft.keys],
            [tellings[k] for k in draft.beside],
            articles=self._articles,
            kinds=self.grouping.kinds,
            links=draft.links,
            merged=draft.merged,
        )
        self._built[draft.id] = (draft, incident)
        for member in incident.members:
            self._ids[member.doc_id].add(draft.id)
        return incident

    def _loose(self, keys: Sequence[str]) -> tuple[Member, ...]:
        return tuple(m for key in keys for m in members_of(self.grouping.tellings[key], self._articles))


def members_of(telling: Telling, articles: Mapping[str, CodedArticle]) -> list[Member]:
    """Return the events of a telling as members."""
    article = articles[telling.doc_id]
    return [member_of(article, event) for event in article.events if event.id in telling.events]


def assemble(
    articles: Iterable[CodedArticle],
    *,
    registry: Registry | None = None,
    reprints: Mapping[str, str] | None = None,
    kinds: PartyKinds | None = None,
    weights: Weights | None = None,
    scorer: Scorer | None = None,
    teller: Teller | None = None,
) -> Incidents:
    """Return the incidents of `articles`.

    The grouping depends on nothing but the set of articles; ids also on `registry`, what was returned before.
    `reprints` names for a doc_id the group of near-identical texts it is in; `scorer` and `teller`
    may spread the scoring of pairs and the reading of articles over processes.
    """
    assembly = Assembly(registry=registry, kinds=kinds, weights=weights, scorer=scorer, teller=teller)
    return assembly.update(articles, reprints=reprints)


__all__ = ["MAYBE_SAME", "Assembly", "Incidents", "assemble", "members_of"]
