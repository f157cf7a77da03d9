"""The list of all claims, page by page through incidents of any size.

A cursor is the incident card's cursor before the one at hand, `@`, and how many of its claims were shown.
"""

from __future__ import annotations

from isnad.api.problems import Problem
from isnad.api.shapes.incidents import ListedClaim
from isnad.api.views.claims import Claims
from isnad.store import Store
from isnad.store.incident_records import IncidentFilter

_AT_ONCE = 20


def listed_claims(
    store: Store, claims: Claims, wanted: IncidentFilter, *, after: str | None, limit: int
) -> tuple[list[ListedClaim], str | None]:
    """Return a page of claims and the cursor that continues it."""
    before, shown = _read(after)
    out: list[ListedClaim] = []
    while True:
        cards = store.incidents.cards(wanted, after=before, limit=_AT_ONCE)
        if not cards:
            return out, None
        incidents = {one.id: one.incident for one in store.incidents.several([card.id for card in cards])}
        for card in cards:
            incident = incidents.get(card.id)
            mine = incident.claims[shown : shown + limit - len(out)] if incident else ()
            passages = store.passages(sorted({c.article for c in mine if c.article is not None}))
            out += [
                ListedClaim(incident=card.id, number=shown + n, claim=claims.view(claim, passages))
                for n, claim in enumerate(mine)
            ]
            if len(out) >= limit:
                return out, f"{before or ''}@{shown + len(mine)}"
            before, shown = card.cursor, 0


def _read(after: str | None) -> tuple[str | None, int]:
    if after is None:
        return None, 0
    before, sign, shown = after.rpartition("@")
    if not sign or not shown.isdecimal():
        raise Problem("api.cursor")
    return before or None, int(shown)


__all__ = ["listed_claims"]
