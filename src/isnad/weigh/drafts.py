"""Which tellings make which incident, under which id and with which links: all but what is built from articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from isnad.model.incidents import Link
from isnad.weigh.beside import homes_of
from isnad.weigh.families import HAPPENING
from isnad.weigh.grouping import Grouping
from isnad.weigh.registry import Registry, assign
from isnad.weigh.stated import Stated

MAYBE_SAME = "maybe-same"
_MOST_MAYBE = 5  # unsure links kept for an incident, the likeliest first


class Draft(msgspec.Struct, frozen=True):
    """An incident to be: the keys of the tellings that make it, of those beside it, its links and the merged ids."""

    id: str
    keys: tuple[str, ...]
    beside: tuple[str, ...]
    links: tuple[Link, ...]
    merged: tuple[str, ...]


class Drafts(msgspec.Struct, frozen=True):
    """All incidents to be by id, the registry to keep, and the tellings that stand beside nothing (`loose`)."""

    drafts: list[Draft]
    registry: Registry
    loose: list[str]


class Grouped(msgspec.Struct, frozen=True):
    """What is known of a set of tellings once they are grouped.

    `clusters` are happenings as sorted keys; `homes` name for a telling of what did not happen the happening it stands
    beside, None for nothing; `unsure` are pairs of clusters, by their first keys, that may be one, with the score of
    their best pair of tellings of different articles.
    """

    clusters: list[tuple[str, ...]]
    homes: dict[str, str | None]
    unsure: list[tuple[str, str, float]]


def grouped(grouping: Grouping) -> Grouped:
    """Return the outcome of a grouping.  Families have nothing to do with each other: the outcomes of each of them,
    put together, are that of all."""
    clusters, homes = grouping.clusters(), homes_of(grouping)
    where = {key: n for n, cluster in enumerate(clusters) for key in cluster}
    tellings, best = grouping.tellings, dict[tuple[int, int], float]()
    for (one, two), value in grouping.unsure(where):
        if tellings[one].doc_id != tellings[two].doc_id:
            pair = (min(where[one], where[two]), max(where[one], where[two]))
            best[pair] = max(value, best.get(pair, value))
    return Grouped(
        clusters=clusters,
        homes={key: homes.get(key) for key, t in tellings.items() if t.part != HAPPENING},
        unsure=[(clusters[one][0], clusters[two][0], value) for (one, two), value in best.items()],
    )


def drafts_of(
    groups: Iterable[Grouped],
    events: Mapping[str, tuple[str, Sequence[int]]],
    stated: Mapping[str, Sequence[Stated]],
    registry: Registry,
) -> Drafts:
    """Return the incidents to be.

    `events` has the doc_id and the events of every telling of a happening by key, `stated` the links each article's
    text states, by doc_id.
    """
    groups = list(groups)
    clusters = sorted(cluster for group in groups for cluster in group.clusters)
    ids, registry = assign(clusters, registry)
    id_of = {n: id for id, n in ids.items()}
    where = {key: n for n, cluster in enumerate(clusters) for key in cluster}
    beside: dict[int, list[str]] = defaultdict(list)
    loose: list[str] = []
    for key, home in ((k, h) for group in groups for k, h in group.homes.items()):
        (loose if home is None else beside[where[home]]).append(key)
    told = {(doc_id, e): where[key] for key, (doc_id, numbers) in events.items() if key in where for e in numbers}
    links = _links([edge for group in groups for edge in group.unsure], told, stated, where, id_of)
    merged = registry.merged()
    drafts = [
        Draft(id, clusters[n], tuple(sorted(beside[n])), links.get(n, ()), merged.get(id, ()))
        for id, n in sorted(ids.items())
    ]
    return Drafts(drafts, registry, sorted(loose))


def _links(
    unsure: Sequence[tuple[str, str, float]],
    told: Mapping[tuple[str, int], int],
    by_doc: Mapping[str, Sequence[Stated]],
    where: Mapping[str, int],
    id_of: Mapping[int, str],
) -> dict[int, tuple[Link, ...]]:
    out: dict[int, list[Link]] = defaultdict(list)
    for one, two, value in sorted(unsure, key=lambda edge: (-edge[2], edge[0], edge[1])):
        for a, b in ((where[one], where[two]), (where[two], where[one])):
            if sum(link.kind == MAYBE_SAME for link in out[a]) < _MOST_MAYBE:
                out[a].append(Link(kind=MAYBE_SAME, incident=id_of[b], score=round(value, 3)))
    for doc_id in sorted(by_doc):
        for stated in by_doc[doc_id]:
            first, second = told.get((doc_id, stated.one)), told.get((doc_id, stated.two))
            if first is not None and second is not None and first != second:
                link = Link(kind=stated.kind, incident=id_of[second], doc_id=doc_id, span=stated.span)
                out[first].append(link)
    return {n: tuple(links) for n, links in out.items()}


__all__ = ["MAYBE_SAME", "Draft", "Drafts", "Grouped", "drafts_of", "grouped"]
