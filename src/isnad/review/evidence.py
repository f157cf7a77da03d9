"""The articles behind incidents, as the incidents rest on them, and what each shows of its origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import structs

from isnad.model import CodedArticle
from isnad.model.incidents import Incident
from isnad.review import events
from isnad.store import Store
from isnad.store.incident_records import Decision
from isnad.weigh.agencies import load_agencies
from isnad.weigh.origins import Origin, origin_of
from isnad.weigh.reprints import TextGroup
from isnad.weigh.reprints_first import earliest


class Evidence(msgspec.Struct, frozen=True):
    """Articles by key (`doc_id` of members and claims), their ids in the store, and their origins.

    `articles` are those of the incidents alone; `origins` also tells of the copies of their texts.
    """

    articles: dict[str, CodedArticle]
    ids: dict[str, int]
    origins: dict[str, Origin]


def evidence_of(store: Store, incidents: Iterable[Incident], *, decisions: Iterable[Decision] = ()) -> Evidence:
    """Return what incidents rest on; events are as `decisions` (those that hold) corrected them."""
    wanted = sorted({m.article for i in incidents for m in i.members if m.article is not None})
    return evidence_of_articles(store, wanted, decisions=decisions)


def evidence_of_articles(store: Store, wanted: Iterable[int], *, decisions: Iterable[Decision] = ()) -> Evidence:
    """Return the same for articles by their ids in the store."""
    ids = sorted(set(wanted))
    known = store.incidents.keys_of(ids)
    copies = store.incidents.copies_of(sorted({row.copies for row in known.values() if row.copies is not None}))
    groups = {key: group for members in copies.values() for key, group in _group(members).items()}
    whole = sorted({*ids, *(article for members in copies.values() for article, _, _ in members)})
    upon = events.by_article(decisions)
    keys = {row.article: row.key for row in known.values()}
    keys |= {article: key for members in copies.values() for article, key, _ in members}
    forwarded = store.incidents.forwarded(whole)
    articles = {}
    for row in store.incidents.articles(whole):
        coded = events.laid_over(row.coded, upon.get(row.article, ()))
        key = keys.get(row.article, coded.doc_id)
        articles[key] = structs.replace(coded, doc_id=key)
    by_key = {key: article for article, key in keys.items()}
    return Evidence(
        {key: one for key, one in articles.items() if by_key.get(key) in set(ids)},
        by_key,
        {key: own_origin(one, forwarded.get(by_key.get(key, 0)), groups.get(key)) for key, one in articles.items()},
    )


def own_origin(article: CodedArticle, forwarded: str | None, group: TextGroup | None) -> Origin:
    """Return what an article shows of its origin; `forwarded` is the channel it came from."""
    return origin_of(
        article.doc_id,
        article.text,
        load_agencies(),
        outlet=article.outlet,
        url=article.url,
        forwarded_from=forwarded,
        group=group,
    )


def _group(members: list[tuple[int, str, str | None]]) -> Mapping[str, TextGroup]:
    published = {key: day for _, key, day in members}
    origin, rule = earliest(published)
    group = TextGroup(keys=tuple(sorted(published)), origin=origin, rule=rule)
    return dict.fromkeys(published, group)


def with_articles(incident: Incident, ids: Mapping[str, int]) -> Incident:
    """Return an incident whose members and claims name their articles in the store."""
    return structs.replace(
        incident,
        members=tuple(structs.replace(m, article=ids.get(m.doc_id)) for m in incident.members),
        claims=tuple(structs.replace(c, article=ids.get(c.doc_id)) for c in incident.claims),
    )


__all__ = ["Evidence", "evidence_of", "evidence_of_articles", "own_origin", "with_articles"]
