"""What outlets say of incidents, as rows that can be counted: who affirms, denies, repeats, and contradicts whom.

The rows follow from the claims of an incident; counting them costs the same whether its body is large or small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import msgspec
import numpy as np
from sqlalchemy import Connection, text

from isnad.model.incidents import Claim, Incident
from isnad.store.bulk import Row
from isnad.store.incident_records import REJECTED, Repeated, Said
from isnad.store.incident_rows import ENCODER, short_key
from isnad.store.incidents_index import Index, Mask
from isnad.store.incidents_load import array_of

AFFIRMS, DENIES, REPEATS, AGAINST = "affirms", "denies", "repeats", "against"
_HAPPENING, _MEDIA = "happening", "media"
_LONGEST = 300
_TEXTS = msgspec.json.Decoder(tuple[str, ...])


def says_rows(incident: Incident, *, number: int) -> Iterator[Row]:
    """Yield the rows of an incident: `n` claims of a kind by an outlet.

    `other` is, of what it repeats, a JSON array of the media it names as having it from, and of what it is against, the
    other outlet, whose claims exclude its own (each pair both ways).
    """
    found: Counter[tuple[str, str, str]] = Counter()
    for claim in incident.claims:
        if claim.outlet is None or claim.field != _HAPPENING:
            continue
        outlet = short_key(claim.outlet)
        found[DENIES if claim.says == "denies" else AFFIRMS, outlet, ""] += 1
        if claim.says == "repeats":
            found[REPEATS, outlet, _behind(claim)] += 1
    for one, two in _against(incident):
        found[AGAINST, one, two] = found[AGAINST, two, one] = 1
    for (kind, outlet, other), n in sorted(found.items()):
        yield {"incident": number, "kind": kind, "outlet": outlet, "other": other, "n": n}


def _behind(claim: Claim) -> str:
    media = [who.text[:_LONGEST] for who in (claim.via, claim.speaker) if who is not None and who.kind == _MEDIA]
    return ENCODER.encode(media).decode()


def _against(incident: Incident) -> set[tuple[str, str]]:
    """Return the outlets whose claims in a dispute have nothing in common."""
    against: set[tuple[str, str]] = set()
    for dispute in incident.disputes:
        sides: dict[str, set[bytes]] = {}
        for claim in (incident.claims[n] for n in dispute.claims if n < len(incident.claims)):
            if claim.outlet:
                said = ENCODER.encode([claim.value, claim.says == "denies"])
                sides.setdefault(short_key(claim.outlet), set()).add(said)
        pairs = combinations(sorted(sides), 2)
        against.update((one, two) for one, two in pairs if not sides[one] & sides[two])
    return against


def said_by(connection: Connection, outlet: str) -> Said:
    """Return what an outlet says in all incidents but the rejected ones."""
    asked = {"outlet": short_key(outlet), "rejected": REJECTED}
    counts: Counter[str] = Counter()
    repeated: list[Repeated] = []
    for kind, other, n in connection.execute(text(_SAYS), asked):
        counts[kind] += int(n)
        if kind == REPEATS:
            repeated.append(Repeated(outlet=outlet, media=_TEXTS.decode(other), count=int(n)))
    agree = Counter({str(other): int(n) for other, n in connection.execute(text(_TOGETHER), asked)})
    disagree: dict[str, int] = {}
    for other, n, both in connection.execute(text(_CONTRADICTS), asked):
        disagree[other] = n
        agree[other] -= both
    return Said(
        affirmed=counts[AFFIRMS],
        denied=counts[DENIES],
        copied=counts[REPEATS],
        repeated=tuple(repeated),
        agree={other: n for other, n in agree.items() if n > 0},
        disagree=disagree,
    )


_COUNTED = "JOIN incidents i ON i.number = a.incident AND i.state <> :rejected"
_SAYS = f"""
SELECT a.kind, a.other, sum(a.n) FROM incident_says a {_COUNTED}
WHERE a.outlet = :outlet AND a.kind IN ('{AFFIRMS}', '{DENIES}', '{REPEATS}') GROUP BY a.kind, a.other"""
#: On how many incidents another outlet affirms what this one affirms (grouped by an expression: SQLite would else go
#: through every outlet's rows to have them in order).
_TOGETHER = f"""
SELECT b.outlet || '', count(*) FROM incident_says a {_COUNTED}
JOIN incident_says b ON b.incident = a.incident AND b.kind = '{AFFIRMS}' AND b.outlet <> a.outlet
WHERE a.outlet = :outlet AND a.kind = '{AFFIRMS}' GROUP BY b.outlet || ''"""
#: On how many incidents another outlet's claims exclude this one's, and on how many of them both affirm.
_CONTRADICTS = f"""
SELECT a.other, count(*), count(CASE WHEN b.incident IS NOT NULL AND c.incident IS NOT NULL THEN 1 END)
FROM incident_says a {_COUNTED}
LEFT JOIN incident_says b ON b.incident = a.incident AND b.kind = '{AFFIRMS}' AND b.outlet = a.outlet
LEFT JOIN incident_says c ON c.incident = a.incident AND c.kind = '{AFFIRMS}' AND c.outlet = a.other
WHERE a.outlet = :outlet AND a.kind = '{AGAINST}' GROUP BY a.other"""


def repeated(connection: Connection, index: Index, mask: Mask) -> list[Repeated]:
    """Return who repeats whom in the incidents in `mask`, the most frequent first."""
    numbers, counts = array_of(connection, "incident"), array_of(connection, "n")
    query = f"SELECT outlet, other, {numbers}, {counts} FROM incident_says WHERE kind = '{REPEATS}'"
    wanted = index.columns["number"][mask]
    out = []
    for outlet, other, given, n in connection.exec_driver_sql(f"{query} GROUP BY outlet, other"):
        among = np.isin(np.array(msgspec.json.decode(given)), wanted)
        total = int(np.array(msgspec.json.decode(n))[among].sum())
        if total:
            out.append(Repeated(outlet=outlet, media=_TEXTS.decode(other), count=total))
    return sorted(out, key=lambda row: (-row.count, row.outlet, row.media))


__all__ = ["repeated", "said_by", "says_rows"]
