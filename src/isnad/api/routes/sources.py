"""/parties, /outlets, /sources: who is spoken of, who speaks, how they call each other, who copies whom."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from isnad.api import examples
from isnad.api.answers import answer, one, page
from isnad.api.desk import Desk
from isnad.api.documented import ok
from isnad.api.filters import sound
from isnad.api.parameters import Id, NumberCursor, Wanted
from isnad.api.people import Reader, TheDesk
from isnad.api.problems import Problem
from isnad.api.shapes.common import PageOf
from isnad.api.shapes.sources import Copies, NamingRow, OutletCounts, OutletItem, OutletRecord, PartyItem, PartyRecord
from isnad.api.views.naming import Naming
from isnad.api.views.sources import copies_view, naming_rows, outlet_facts, outlet_record
from isnad.store.incident_records import Counts, IncidentFilter

router = APIRouter(tags=["sources"], default_response_class=Response)
MOST = 200
Most = Annotated[int, Query(ge=1, le=MOST, description="At most so many on a page.")]
Rows = tuple[tuple[str, int], ...]
PartyId = Annotated[str | None, Query(max_length=200, description="Neutral id of a party.")]


@router.get(
    "/parties",
    operation_id="listParties",
    summary="Parties of the incidents that answer, those with most incidents first",
    responses=ok(PageOf[PartyItem], "A page of parties, of the 200 with most incidents.", headers=("Link",)),
)
def list_parties(
    request: Request, who: Reader, desk: TheDesk, wanted: Wanted, after: NumberCursor, limit: Most = MOST
) -> Response:
    """Named by neutral ids, whoever writes of them."""
    counts = _counts(desk, wanted)
    shown, next_ = _part(counts.parties, after, limit)
    items = [PartyItem(**_party_facts(id, desk.naming), count=n) for id, n in shown]
    return page(request, items, next=next_, total=len(counts.parties))


@router.get(
    "/parties/{id}",
    operation_id="getParty",
    summary="One party: its incidents counted, and how outlets call it",
    responses=ok(PartyRecord, "The party.", headers=("ETag",)),
)
def get_party(request: Request, who: Reader, desk: TheDesk, id: Id) -> Response:
    """Never a person: officials appear as the body they act for."""
    party = sound(id) or ""
    counts = _counts(desk, IncidentFilter(parties=(party,)))
    rows = naming_rows(desk.store.callings(party=party), desk.naming)
    if not counts.total and not rows and desk.naming.names.english(party) == party:
        raise Problem("api.not-found")
    summary = desk.cards.summary(counts)
    body = PartyRecord(
        **_party_facts(party, desk.naming),
        count=counts.total,
        types=summary.types,
        grades=summary.grades,
        naming=rows,
    )
    return one(request, body)


@router.get(
    "/outlets",
    operation_id="listOutlets",
    summary="Outlets of the incidents that answer, those with most incidents first",
    responses=ok(PageOf[OutletItem], "A page of outlets, of the 200 with most incidents.", headers=("Link",)),
)
def list_outlets(
    request: Request, who: Reader, desk: TheDesk, wanted: Wanted, after: NumberCursor, limit: Most = MOST
) -> Response:
    """Country, kind and side, the side only with the source that says so."""
    known = {outlet.id: outlet for outlet in desk.store.outlets()}
    counts = _counts(desk, wanted)
    shown, next_ = _part(counts.outlets, after, limit)
    items = [
        OutletItem(**outlet_facts(id, known.get(id), desk.naming), counts=OutletCounts(incidents=n)) for id, n in shown
    ]
    return page(request, items, next=next_, total=len(counts.outlets))


@router.get(
    "/outlets/{id}",
    operation_id="getOutlet",
    summary="The record of one outlet",
    responses=ok(OutletRecord, "The record.", headers=("ETag",)),
)
def get_outlet(request: Request, who: Reader, desk: TheDesk, id: Id) -> Response:
    """What it affirmed, denied and copied, how it calls each party, whom it copies, whom it agrees with."""
    outlet = sound(id) or ""
    wanted = IncidentFilter(outlets=(outlet,))
    known = desk.store.outlet(outlet)
    counts = _counts(desk, wanted)
    if known is None and not counts.total and desk.naming.known_outlet(outlet) is None:
        raise Problem("api.not-found")
    rows = naming_rows(desk.store.callings(outlet=outlet), desk.naming)
    incidents = desk.store.incidents
    said = desk.kept.get(incidents.generation(), ("said", outlet), lambda: incidents.said_by(outlet))
    return one(request, outlet_record(outlet, known, said, rows, desk.naming, incidents=counts.total))


@router.get(
    "/sources/naming",
    operation_id="listNaming",
    summary="How outlets call a party",
    responses=ok(
        list[NamingRow],
        "Rows of outlet, party and words.",
        example=[
            {"outlet": examples.OUTLET, "party": examples.CARD["actors"][0], "words": [{"word": "النظام", "count": 7}]}
        ],
    ),
)
def list_naming(who: Reader, desk: TheDesk, party: PartyId = None) -> Response:
    """The loaded word where an outlet uses one, else the words it writes; the most frequent first."""
    return answer(naming_rows(desk.store.callings(party=sound(party)), desk.naming))


@router.get(
    "/sources/copies",
    operation_id="listCopies",
    summary="Who copies whom",
    responses=ok(Copies, "A graph.", example={"nodes": [examples.OUTLET], "edges": [], "looked_at": 1000}),
)
def list_copies(who: Reader, desk: TheDesk, wanted: Wanted) -> Response:
    """An edge from A to B: A says that it has its words from B."""
    incidents = desk.store.incidents
    rows, total = desk.kept.get(incidents.generation(), ("repeated", wanted), lambda: incidents.repeated(wanted))
    return answer(copies_view(rows, desk.naming, looked_at=total))


def _part(rows: Rows, after: str | None, limit: int) -> tuple[Rows, str | None]:
    """Return a page of rows and the cursor of the next, which is how many were shown before it."""
    start = int(after or 0)
    end = start + limit
    return rows[start:end], str(end) if end < len(rows) else None


def _counts(desk: Desk, wanted: IncidentFilter) -> Counts:
    incidents = desk.store.incidents
    return desk.kept.get(incidents.generation(), ("counts", wanted), lambda: incidents.counts(wanted))


def _party_facts(id: str, naming: Naming) -> dict[str, Any]:
    ref, names = naming.party(id), naming.names
    return {
        "id": id, "ar": ref.ar, "en": ref.en, "kind": names.kind(id), "country": names.home(id), "side": names.side(id),
    }  # fmt: skip


__all__ = ["router"]
