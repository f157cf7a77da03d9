"""From the tellings of one happening to its `Incident`: members, claims, and the summary with its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from isnad.model import CodedArticle, Event, Place
from isnad.model.incidents import Incident, Link, Value
from isnad.weigh.claims import claims_of, member_of
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.spots import Where, spot_of, where_of
from isnad.weigh.summary import count_of, date_of, most_common, parties_of, place_of, reported_of
from isnad.weigh.tellings import Telling

Told = tuple[CodedArticle, Event]


def build(
    id: str,
    happening: Sequence[Telling],
    beside: Sequence[Telling],
    *,
    articles: Mapping[str, CodedArticle],
    kinds: PartyKinds,
    links: tuple[Link, ...] = (),
    merged: tuple[str, ...] = (),
) -> Incident:
    """Return the incident of `happening` (at least one), with what is only planned, supposed or denied `beside` it."""
    told = _told(happening, articles)
    around = _told(beside, articles)
    types = [(e.type, e.mode) for _, e in told]
    type_ = most_common([t for t, _ in types])
    mode = most_common([m for t, m in types if t == type_])
    place = place_of(happening, [_given(t, articles[t.doc_id]) for t in happening], _places(told))
    date = date_of(happening)
    killed, injured, detained = (
        count_of([getattr(t, field) for t in happening]) for field in ("killed", "injured", "detained")
    )
    actors, recipients = (parties_of([getattr(t, field) for t in happening]) for field in ("actors", "recipients"))
    return Incident(
        id=id,
        type=type_,
        mode=mode,
        members=tuple(member_of(a, e) for a, e in (*told, *around)),
        claims=tuple(c for a, e in (*told, *around) for c in claims_of(a, e, kinds)),
        place=place.value,
        date=date.value,
        actors=actors.value,
        recipients=recipients.value,
        killed=killed.value,
        injured=injured.value,
        detained=detained.value,
        summary={
            "type": Value(value={"type": type_, "mode": mode}, rule="type.most-told"),
            "place": place,
            "date": date,
            "reported": reported_of(happening),
            "actors": actors,
            "recipients": recipients,
            "killed": killed,
            "injured": injured,
            "detained": detained,
        },
        links=links,
        merged=merged,
    )


def _told(tellings: Sequence[Telling], articles: Mapping[str, CodedArticle]) -> list[Told]:
    """Return the articles with the events of the tellings, in order of article and text."""
    out: list[Told] = []
    for telling in sorted(tellings, key=lambda t: t.key):
        article = articles[telling.doc_id]
        wanted = set(telling.events)
        out += [(article, event) for event in article.events if event.id in wanted]
    return out


def _given(telling: Telling, article: CodedArticle) -> Counter[Where]:
    """Return how many events of a telling give each spot."""
    wanted = set(telling.events)
    return Counter(where_of(s) for e in article.events if e.id in wanted and (s := spot_of(e.place)))


def _places(told: Sequence[Told]) -> dict[Where, Place]:
    """Return the place of each spot as the first event gives it."""
    out: dict[Where, Place] = {}
    for _, event in told:
        spot = spot_of(event.place)
        if spot and event.place:
            out.setdefault(where_of(spot), event.place)
    return out


__all__ = ["build"]
