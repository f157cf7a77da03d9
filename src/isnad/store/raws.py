"""Bytes as received: compressed, each content once, by its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, select

from isnad.model.intake import Incoming
from isnad.store.bulk import Row, insert_rows, new_ids
from isnad.store.contents import pack
from isnad.store.schema import raws


def keep_raws(connection: Connection, batch: Sequence[Incoming]) -> dict[bytes, int]:
    """Keep the bytes of a batch; return their ids."""
    media_types = {item.raw: item.media_type for item in batch if item.raw is not None}
    hashes = {hashlib.sha256(raw).hexdigest(): raw for raw in media_types}
    if not hashes:
        return {}
    query = select(raws.c.hash, raws.c.id).where(raws.c.hash.in_(hashes))
    found = {hashes[row.hash]: row.id for row in connection.execute(query)}
    fresh = [(hash_, raw) for hash_, raw in hashes.items() if raw not in found]
    rows: list[Row] = [
        {"id": id_, "hash": hash_, "media_type": media_types[raw], "size": len(raw), "data": pack(raw)}
        for id_, (hash_, raw) in zip(new_ids(connection, raws, len(fresh)), fresh, strict=True)
    ]
    insert_rows(connection, raws, rows)
    return found | {raw: row["id"] for row, (_, raw) in zip(rows, fresh, strict=True)}


__all__ = ["keep_raws"]
