"""All rows of an incident together, as a process that has no store works them out."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
from sqlalchemy import Connection

from isnad.store.bulk import Row, insert_rows
from isnad.store.incident_records import ToKeep
from isnad.store.incident_rows import body_row, card_of, facet_rows, incident_row, member_rows
from isnad.store.incidents_says import says_rows
from isnad.store.schema import incident_bodies, incident_facets, incident_members, incident_says, incidents

_NONE = 0  # the number of an incident that has none yet


class Rows(msgspec.Struct, frozen=True, array_like=True):
    """What is written of an incident, by table; the number and the stamp are put in when it is written."""

    incident: Row
    body: Row
    members: list[Row]
    facets: list[Row]
    says: list[Row]


def rows_of(kept: ToKeep, *, digest: str | None = None) -> Rows:
    """Return the rows of an incident; `digest` is that of `incident_rows.digest_of`, where it is known."""
    incident = kept.incident
    card = card_of(incident)
    return Rows(
        incident=incident_row(kept, card, number=_NONE, stamp=_NONE, digest=digest),
        body=body_row(kept, card, number=_NONE),
        members=list(member_rows(incident, number=_NONE)),
        facets=list(facet_rows(incident, card, number=_NONE)),
        says=list(says_rows(incident, number=_NONE)),
    )


def packed(found: list[Rows]) -> bytes:
    """Return rows as a sixth of their bytes: those of all incidents wait in memory until they are written."""
    return zlib.compress(msgspec.msgpack.encode(found), 1)


def unpacked(content: bytes) -> list[Rows]:
    """Return the rows that `packed` was given."""
    return msgspec.msgpack.decode(zlib.decompress(content), type=list[Rows])


def insert(connection: Connection, found: list[tuple[int, Rows]], *, stamp: int) -> None:
    """Write the rows of incidents under their numbers."""
    insert_rows(connection, incidents, [rows.incident | {"number": n, "stamp": stamp} for n, rows in found])
    insert_rows(connection, incident_bodies, [rows.body | {"number": n} for n, rows in found])
    parts: tuple[tuple[Any, str], ...] = (
        (incident_members, "members"),
        (incident_facets, "facets"),
        (incident_says, "says"),
    )
    for table, name in parts:
        insert_rows(connection, table, [row | {"incident": n} for n, rows in found for row in getattr(rows, name)])


__all__ = ["Rows", "insert", "packed", "rows_of", "unpacked"]
