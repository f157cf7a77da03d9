"""What is told as planned, demanded, supposed or denied, put beside the happening it speaks of."""

from __future__ import annotations

from collections.abc import Mapping

from isnad.model import CodedArticle
from isnad.weigh.blocking import MOST, blocks_of
from isnad.weigh.cluster import FORBIDDEN
from isnad.weigh.families import HAPPENING
from isnad.weigh.grouping import Grouping
from isnad.weigh.tellings import Telling


def homes_of(grouping: Grouping, articles: Mapping[str, CodedArticle]) -> dict[str, str]:
    """Return for each such telling the key of the telling of a happening that it stands beside; others are left out.

    It is the one of the same article that the coder's chain names, else the one that scores best: above the joining
    score, or in the same article with nothing that tells them apart.
    """
    own: dict[str, list[Telling]] = {}
    for telling in grouping.tellings.values():
        if telling.part == HAPPENING:
            own.setdefault(telling.doc_id, []).append(telling)
    out: dict[str, str] = {}
    for key, telling in grouping.tellings.items():
        if telling.part != HAPPENING:
            home = _chained(telling, own.get(telling.doc_id, []), articles[telling.doc_id])
            home = home or _best(telling, own.get(telling.doc_id, []), grouping)
            if home:
                out[key] = home
    return out


def _chained(telling: Telling, own: list[Telling], article: CodedArticle) -> str | None:
    heads = {e.same_as for e in article.events if e.id in telling.events and e.same_as is not None}
    ids = {*heads, *(e.id for e in article.events if e.same_as is not None and e.same_as in telling.events)}
    found = sorted(t.key for t in own if t.family == telling.family and ids & set(t.events))
    return found[0] if found else None


def _best(telling: Telling, own: list[Telling], grouping: Grouping) -> str | None:
    near = {t.key: True for t in own if t.family == telling.family}
    for name in blocks_of(telling):
        members = grouping.block(name)
        if len(members) <= MOST:
            for key in members:
                near.setdefault(key, False)
    scored = [(grouping.score(telling.key, key), in_article, key) for key, in_article in near.items()]
    fitting = [
        (-value, key)
        for value, in_article, key in scored
        if value >= grouping.weights.join or (in_article and value > FORBIDDEN)
    ]
    return min(fitting)[1] if fitting else None


__all__ = ["homes_of"]
