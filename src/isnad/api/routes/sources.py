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
from isnad.api.parameters import Id, Wanted
from isnad.api.people import Reader, TheDesk
from isnad.api.problems import Problem
from isnad.api.shapes.common import PageOf
from isnad.api.shapes.sources import Copies, NamingRow, OutletCounts, OutletItem, OutletRecord, PartyItem, PartyRecord
from isnad.api.views.naming import Naming
from isnad.api.views.sources import Tally, copies_view, naming_rows, outlet_facts, outlet_record, tally_of
from isnad.store.incident_records import Counts, IncidentFilter

router = APIRouter(tags=["sources"], default_response_class=Response)
PartyId = Annotated[str | None, Query(max_length=200, description="Neutral id of a party.")]


@router.get(
    "/parties",
    operation_id="listParties",
    summary="Parties of the incidents that answer, those with most incidents first",
    responses=ok(PageOf[PartyItem], "The parties, at most 200."),
)
def list_parties(request: Request, who: Reader, desk: TheDesk, wanted: Wanted) -> Response:
    """Named by neutral ids, whoever writes of them."""
    counts = _counts(desk, wanted)
    items = [PartyItem(**_party_facts(id, desk.naming), count=n) for id, n in counts.parties]
    return page(request, items, next=None, total=len(items))


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
    responses=ok(PageOf[OutletItem], "The outlets, at most 200."),
)
def list_outlets(request: Request, who: Reader, desk: TheDesk, wanted: Wanted) -> Response:
    """Country, kind and side, the side only with the source that says so."""
    known = {outlet.id: outlet for outlet in desk.store.outlets()}
    items = [
        OutletItem(**outlet_facts(id, known.get(id), desk.naming), counts=OutletCounts(incidents=n))
        for id, n in _counts(desk, wanted).outlets
    ]
    return page(request, items, next=None, total=len(items))


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
    return one(request, outlet_record(outlet, known, _tally(desk, wanted), rows, desk.naming, incidents=counts.total))


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
    return answer(copies_view(_tally(desk, wanted), desk.naming))


def _counts(desk: Desk, wanted: IncidentFilter) -> Counts:
    incidents = desk.store.incidents
    return desk.kept.get(incidents.generation(), ("counts", wanted), lambda: incidents.counts(wanted))


def _tally(desk: Desk, wanted: IncidentFilter) -> Tally:
    incidents = desk.store.incidents
    return desk.kept.get(incidents.generation(), ("tally", wanted), lambda: tally_of(desk.store, wanted))


def _party_facts(id: str, naming: Naming) -> dict[str, Any]:
    ref, names = naming.party(id), naming.names
    return {
        "id": id, "ar": ref.ar, "en": ref.en, "kind": names.kind(id), "country": names.home(id), "side": names.side(id),
    }  # fmt: skip


__all__ = ["router"]
