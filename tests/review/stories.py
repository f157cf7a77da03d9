"""Own compositions, coded by hand: shellings of towns, each report with a text of its own."""

from __future__ import annotations

from collections.abc import Iterable

from isnad.model import CodedArticle, DateValue, Event, Party, Place, Span
from isnad.model.intake import Incoming
from isnad.store import Store
from isnad.store.incident_records import StoredIncident

SARMIN = ("سرمين", 35.9040, 36.7261)
ARIHA = ("أريحا", 35.8136, 36.6100)
BINNISH = ("بنش", 35.9562, 36.7130)
DAY = "2023-09-04"
#: Words that make each report a text of its own: «said a correspondent, from the place, ...».
_TAILS = (
    "قال المراسل من المكان",
    "وفق شهود في الحي",
    "كما ذكرت مصادر طبية هناك",
    "بحسب فرق الإنقاذ صباحا",
    "حسب إذاعة محلية مساء",
    "نقلا عن أهال في السوق",
)


def shelling(
    doc_id: str,
    *,
    place: tuple[str, float, float] | None = SARMIN,
    day: str | None = DAY,
    killed: tuple[int, int] | None = (3, 3),
    status: str = "actual",
    outlet: str = "outlet",
    tail: int | None = None,
    published: str | None = None,
    coder: str = "coder 1",
) -> CodedArticle:
    """Return a coded report: «regime forces shelled the town of ... with artillery; three civilians were killed»."""
    town = place[0] if place else "بعيدة"
    number = sum(map(ord, doc_id)) if tail is None else tail
    text = f"قصفت قوات النظام مدينة {town} بالمدفعية فقتل ثلاثة مدنيين {_TAILS[number % len(_TAILS)]} {doc_id}"

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(words, start, start + len(words))

    def party(words: str, id_: str) -> Party:
        at = span(words)
        return Party(text=at.text, start=at.start, end=at.end, id=id_)

    where = None
    if place:
        at = span(place[0])
        where = Place(
            text=at.text,
            start=at.start,
            end=at.end,
            name=place[0],
            country="SYR",
            level="town",
            lat=place[1],
            lon=place[2],
            precision=4.0,
            source_id=place[0],
        )
    event = Event(
        id=1,
        trigger=span("قصفت"),
        type="ASSAULT",
        mode="heavy-weapons",
        status=status,
        actors=(party("قوات النظام", "SYR.mil"),),
        recipients=(party("مدنيين", "civilians"),),
        place=where,
        date=DateValue(text="قصفت", start=day, end=day, span=span("قصفت")) if day else None,
        killed=killed,
    )
    return CodedArticle(
        doc_id=doc_id, text=text, published=published or day, outlet=outlet, events=(event,), coder=coder
    )


def put(store: Store, articles: Iterable[CodedArticle]) -> list[int]:
    """Add coded reports to a store; return their ids."""
    batch = [
        (
            Incoming(
                address=f"https://news.example/{one.doc_id}",
                text=one.text,
                source="test",
                fetched="2026-01-01T00:00:00Z",
                doc_id=one.doc_id,
                published=one.published,
                outlet=one.outlet,
            ),
            one,
        )
        for one in articles
    ]
    return [kept.article for kept in store.add(batch)]


def groups(store: Store) -> set[frozenset[tuple[str, int]]]:
    """Return the grouping of events, ids aside."""
    return {frozenset((m.doc_id, m.event) for m in one.incident.members) for one in store.incidents.each()}


def by_id(store: Store) -> dict[str, frozenset[str]]:
    """Return the doc_ids of each incident."""
    return {one.id: frozenset(m.doc_id for m in one.incident.members) for one in store.incidents.each()}


def bodies(store: Store) -> dict[str, StoredIncident]:
    """Return all incidents by id."""
    return {one.id: one for one in store.incidents.each()}


def one_of(store: Store, doc_id: str) -> StoredIncident:
    """Return the incident that an article tells of."""
    return next(one for one in store.incidents.each() if any(m.doc_id == doc_id for m in one.incident.members))
