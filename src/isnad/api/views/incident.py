"""The page of one incident: everything known of it, bounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from isnad.api.shapes.incidents import (
    DisputeView,
    IncidentCard,
    IncidentView,
    LinkView,
    MaybeSame,
    MemberView,
    NamesView,
    ValueView,
    VoicesView,
    WordCount,
)
from isnad.api.views.cards import Cards, etag_of, point_of
from isnad.api.views.chains import chain_view
from isnad.api.views.claims import Claims, article_id, span_view
from isnad.api.views.decisions import decision_view
from isnad.api.views.quotes import quote_of
from isnad.model.incidents import Claim, Incident
from isnad.model.incidents import Link as StoredLink
from isnad.store import Store
from isnad.store.incident_records import Decision, StoredIncident, UnsurePair
from isnad.store.incident_rows import card_of
from isnad.store.passages import Passage

MOST_CLAIMS = 3_000
MOST_MEMBERS = 2_000
_MOST_PAIRS = 20
_HISTORY = 200


def incident_view(stored: StoredIncident, store: Store, cards: Cards, claims: Claims) -> IncidentView:
    """Return everything known of an incident."""
    incident = stored.incident
    body = card_of(incident)
    card = cards.of_body(stored.id, body, version=stored.version, state=stored.state, reviewed=stored.reviewed)
    shown = incident.claims[:MOST_CLAIMS]
    members = incident.members[:MOST_MEMBERS]
    passages = store.passages(_articles(incident, shown))
    pairs = store.incidents.pairs(of=stored.id, limit=_MOST_PAIRS)
    others = _cards_by_id(store, cards, [*(link.incident for link in incident.links), *_others(stored.id, pairs)])
    given = {name: getattr(card, name) for name in card.__struct_fields__ if name in IncidentView.__struct_fields__}
    given |= {
        "geometry": point_of(body.place),
        "etag": etag_of(card),
        "summary": {field: ValueView(value=v.value, rule=v.rule) for field, v in incident.summary.items()},
        "claims": tuple(claims.view(claim, passages) for claim in shown),
        "claims_left_out": len(incident.claims) - len(shown),
        "voices": _voices(incident, cards),
        "disputes": _disputes(incident, len(shown)),
        "members": tuple(
            MemberView(
                article=article_id(member.article, member.doc_id),
                event=member.event,
                trigger=span_view(member.trigger),
                type=member.type,
                status=member.status,
                part=member.part,
                outlet=cards.naming.outlet_or_none(member.outlet),
                published=member.published,
                title=_title(passages, member.article),
            )
            for member in members
        ),
        "names": _names(shown, cards),
        "links": tuple(_link(link, others, passages, incident) for link in incident.links),
        "chain": chain_view(shown, cards.naming),
        "maybe_same": tuple(
            MaybeSame(id=other, score=pair.score, card=others.get(other))
            for other, pair in zip(_others(stored.id, pairs), pairs, strict=True)
        ),
        "history": tuple(decision_view(d) for d in _history(store, stored)),
        "merged": incident.merged,
    }
    return IncidentView(**given)


def _articles(incident: Incident, claims: Sequence[Claim]) -> list[int]:
    found = {c.article for c in claims} | {m.article for m in incident.members[:MOST_MEMBERS]}
    return sorted(article for article in found if article is not None)


def _title(passages: Mapping[int, Passage], article: int | None) -> str | None:
    passage = passages.get(article) if article is not None else None
    return passage.title if passage else None


def _others(id: str, pairs: Sequence[UnsurePair]) -> list[str]:
    return [pair.two if pair.one == id else pair.one for pair in pairs]


def _cards_by_id(store: Store, cards: Cards, ids: Sequence[str]) -> dict[str, IncidentCard]:
    return {stored.id: cards.card(stored) for stored in store.incidents.cards_of(sorted(set(ids)))}


def _history(store: Store, stored: StoredIncident) -> list[Decision]:
    targets = [f"incident:{id}" for id in (stored.id, *stored.incident.merged)]
    return store.decisions.log(targets=targets, limit=_HISTORY)


def _voices(incident: Incident, cards: Cards) -> VoicesView:
    voices = incident.voices
    if voices is None:
        return VoicesView(outlets=(), texts=(), speakers=(), sides=(), opposed_agree=False)
    ids = {m.doc_id: article_id(m.article, m.doc_id) for m in incident.members}
    return VoicesView(
        outlets=tuple(cards.naming.outlet(outlet) for outlet in voices.outlets),
        texts=tuple(tuple(ids.get(doc, doc) for doc in group) for group in voices.texts),
        speakers=voices.speakers,
        sides=voices.sides,
        opposed_agree=voices.opposed_agree,
    )


def _disputes(incident: Incident, shown: int) -> tuple[DisputeView, ...]:
    return tuple(
        DisputeView(field=d.field, kind=d.kind, claims=tuple(n for n in d.claims if n < shown))
        for d in incident.disputes
    )


def _names(claims: Sequence[Claim], cards: Cards) -> tuple[NamesView, ...]:
    """Return how each outlet calls each party: the loaded word where there is one, else the words of the mention."""
    words: dict[tuple[str, str], Counter[str]] = {}
    for claim in claims:
        if claim.field in ("actor", "recipient") and isinstance(claim.value, str) and claim.outlet:
            word = (claim.framing or claim.span.text)[:200]
            words.setdefault((claim.value, claim.outlet), Counter())[word] += 1
    return tuple(
        NamesView(
            party=cards.naming.party(party),
            outlet=cards.naming.outlet(outlet),
            words=tuple(WordCount(word=word, count=n) for word, n in found.most_common(10)),
        )
        for (party, outlet), found in sorted(words.items())
    )


def _link(
    link: StoredLink, others: Mapping[str, IncidentCard], passages: Mapping[int, Passage], incident: Incident
) -> LinkView:
    quote = None
    if link.span is not None:
        articles = {m.doc_id: m.article for m in incident.members}
        article = articles.get(link.doc_id or "")
        passage = passages.get(article) if article is not None else None
        quote = quote_of(passage.text if passage else None, link.span.start, link.span.end, words=link.span.text)
    return LinkView(kind=link.kind, incident=link.incident, card=others.get(link.incident), quote=quote)


__all__ = ["MOST_CLAIMS", "incident_view"]
