"""What outlets affirm, deny and copy, whom they agree with, and how they call parties.

Names come from every event in the store; the rest from the claims of the newest incidents, as many as `LOOKED_AT`, so
that the answer costs the same however large the store is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec

from isnad.api.shapes.common import OutletRef
from isnad.api.shapes.incidents import WordCount
from isnad.api.shapes.sources import (
    AgreementCount,
    Copies,
    CopyCount,
    CopyEdge,
    NamingRow,
    OutletCounts,
    OutletRecord,
    PartyWords,
)
from isnad.api.views.naming import Naming
from isnad.model.incidents import Claim, Incident
from isnad.store import Outlet, Store
from isnad.store.incident_records import IncidentFilter
from isnad.weigh.names import Names, load_names

LOOKED_AT = 1_000
_WORDS = 12
_ROWS = 200


class Tally(msgspec.Struct):
    """Counted over incidents: what each outlet says, who copies whom, who agrees with whom."""

    says: Counter[tuple[str, str]]
    copies: Counter[tuple[str, str]]
    agree: Counter[tuple[str, str]]
    disagree: Counter[tuple[str, str]]
    looked_at: int = 0


def tally_of(store: Store, wanted: IncidentFilter) -> Tally:
    """Count over the newest incidents that answer."""
    cards = store.incidents.cards(wanted, limit=LOOKED_AT)
    tally = Tally(Counter(), Counter(), Counter(), Counter())
    names = load_names()
    for stored in store.incidents.several([card.id for card in cards]):
        _count(stored.incident, tally, names)
        tally.looked_at += 1
    return tally


def _count(incident: Incident, tally: Tally, names: Names) -> None:
    for claim in incident.claims:
        if claim.outlet is None:
            continue
        if claim.field == "happening":
            tally.says["denied" if claim.says == "denies" else "affirmed", claim.outlet] += 1
        if claim.says == "repeats" and claim.field == "happening":
            tally.says["copied", claim.outlet] += 1
            source = _outlet_behind(claim, names)
            if source is not None and source != claim.outlet:
                tally.copies[claim.outlet, source] += 1
    _agreement(incident, tally)


def _outlet_behind(claim: Claim, names: Names) -> str | None:
    """Return the outlet that a claim was taken from, where the text names one."""
    for speaker in (claim.via, claim.speaker):
        if speaker is not None and speaker.kind == "media":
            kind, _, name = names.of_media(speaker.text).id.partition(":")
            if kind in ("outlet", "agency"):
                return name
    return None


def _agreement(incident: Incident, tally: Tally) -> None:
    """Two outlets disagree on an incident where claims of theirs exclude each other, and agree where none do."""
    affirming = {c.outlet for c in incident.claims if c.field == "happening" and c.says != "denies" and c.outlet}
    against: set[tuple[str, str]] = set()
    for dispute in incident.disputes:
        claims = [incident.claims[n] for n in dispute.claims]
        sides: dict[str, set[bytes]] = {}
        for claim in claims:
            if claim.outlet:
                value = msgspec.json.encode([claim.value, claim.says == "denies"])
                sides.setdefault(claim.outlet, set()).add(value)
        for one, two in combinations(sorted(sides), 2):
            if not sides[one] & sides[two]:
                against.add((one, two))
    tally.disagree.update(against)
    tally.agree.update(pair for pair in combinations(sorted(affirming), 2) if pair not in against)


def copies_view(tally: Tally, naming: Naming) -> Copies:
    """Return who copies whom as a graph."""
    ids = sorted({id for edge in tally.copies for id in edge})
    return Copies(
        nodes=tuple(naming.outlet(id) for id in ids),
        edges=tuple(CopyEdge(from_=a, to=b, count=n) for (a, b), n in tally.copies.most_common(_ROWS)),
        looked_at=tally.looked_at,
    )


def naming_rows(rows: Iterable[tuple[str, str, str, int]], naming: Naming) -> tuple[NamingRow, ...]:
    """Return how outlets call parties, from (outlet, party, word, count)."""
    found: dict[tuple[str, str], list[WordCount]] = {}
    for outlet, party, word, count in rows:
        words = found.setdefault((outlet, party), [])
        if len(words) < _WORDS:
            words.append(WordCount(word=word[:200], count=count))
    return tuple(
        NamingRow(outlet=naming.outlet(outlet), party=naming.party(party), words=tuple(words))
        for (outlet, party), words in list(found.items())[:_ROWS]
    )


def outlet_facts(id: str, known: Outlet | None, naming: Naming) -> dict[str, Any]:
    """Return what is known of an outlet, from the store and the lexicon; the store comes first."""
    ref, listed = naming.outlet(id), naming.known_outlet(id)
    return {
        "id": id,
        "ar": (known.name_ar if known else None) or ref.ar,
        "en": (known.name_en if known else None) or ref.en,
        "country": (known.country if known else None) or (listed.country if listed else None),
        "kind": listed.kind if listed else None,
        "side": (known.side if known else None) or (listed.side if listed else None),
        "side_source": (known.side_source if known else None) or (listed.source if listed else None),
    }


def outlet_record(
    id: str, known: Outlet | None, tally: Tally, rows: Sequence[NamingRow], naming: Naming, *, incidents: int
) -> OutletRecord:
    """Return the record of an outlet."""
    listed = naming.known_outlet(id)
    return OutletRecord(
        **outlet_facts(id, known, naming),
        counts=OutletCounts(incidents=incidents),
        domains=(known.domains if known else ()) or (listed.domains if listed else ()),
        affirmed=tally.says["affirmed", id],
        denied=tally.says["denied", id],
        copied=tally.says["copied", id],
        looked_at=tally.looked_at,
        naming=tuple(PartyWords(party=row.party, words=row.words) for row in rows),
        copies_from=tuple(
            CopyCount(outlet=naming.outlet(b), count=n) for (a, b), n in tally.copies.most_common(_ROWS) if a == id
        ),
        agreement=_agreements(id, tally.agree, tally.disagree, naming),
    )


def _agreements(
    id: str, agree: Mapping[tuple[str, str], int], disagree: Mapping[tuple[str, str], int], naming: Naming
) -> tuple[AgreementCount, ...]:
    pairs = [pair for pair in {*agree, *disagree} if id in pair]
    found: list[tuple[OutletRef, int, int]] = []
    for one, two in pairs:
        other = two if one == id else one
        found.append((naming.outlet(other), agree.get((one, two), 0), disagree.get((one, two), 0)))
    found.sort(key=lambda row: (-row[1] - row[2], row[0].id))
    return tuple(AgreementCount(outlet=o, agree=a, disagree=d) for o, a, d in found[:_ROWS])


__all__ = [
    "LOOKED_AT", "Tally", "copies_view", "naming_rows", "outlet_facts", "outlet_record", "tally_of",
]  # fmt: skip
