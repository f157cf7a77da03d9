"""Incidents built, weighed and turned into rows, from all that they rest on: a pure function, for any process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from isnad.review import upon
from isnad.review.evidence import with_articles
from isnad.review.taking import article_of
from isnad.store.incident_records import Decision
from isnad.store.incident_rows import digest_of
from isnad.store.incident_whole import Rows, packed, rows_of
from isnad.weigh.build import build
from isnad.weigh.drafts import Draft
from isnad.weigh.origins import Origin
from isnad.weigh.tellings import Telling
from isnad.weigh.weighing import Scales


class Basis(msgspec.Struct, frozen=True, array_like=True):
    """All that an incident rests on: its articles (each without text, as `put_together` gives it) with their ids in
    the store, the origins of these and of their copies, the decisions upon it.  `digest` is that of the incident as it
    is kept, None when it is not."""

    draft: Draft
    tellings: list[Telling]
    beside: list[Telling]
    articles: list[tuple[bytes, list[bytes]]]
    ids: dict[str, int]
    origins: list[Origin]
    decisions: Sequence[Decision]
    digest: str | None


class Raised(msgspec.Struct, frozen=True, array_like=True):
    """The digest of each of several incidents, in order; ids and rows (`packed`) of those other than was kept."""

    digests: list[str]
    ids: tuple[str, ...]
    rows: bytes


def raise_chunk(encoded: bytes) -> bytes:
    """Build and weigh each of a list of `Basis`; both sides are MessagePack."""
    digests, ids, rows = [], [], []
    for basis in msgspec.msgpack.decode(encoded, type=list[Basis]):
        digest, found = _raise(basis)
        digests.append(digest)
        if found is not None:
            ids.append(basis.draft.id)
            rows.append(found)
    return msgspec.msgpack.encode(Raised(digests, tuple(ids), packed(rows)))


def raised(encoded: bytes) -> Raised:
    """Return what `raise_chunk` made."""
    return msgspec.msgpack.decode(encoded, type=Raised)


def _raise(basis: Basis) -> tuple[str, Rows | None]:
    draft, scales = basis.draft, scales_here()
    incident = build(
        draft.id,
        basis.tellings,
        basis.beside,
        articles={one.doc_id: one for one in (article_of(*parts) for parts in basis.articles)},
        kinds=scales.kinds,
        links=draft.links,
        merged=draft.merged,
    )
    whole = with_articles(scales.weigh(incident, {origin.doc_id: origin for origin in basis.origins}), basis.ids)
    kept = upon.laid_over(whole, draft.keys, basis.decisions)
    digest = digest_of(kept)
    return digest, None if digest == basis.digest else rows_of(kept, digest=digest)


@cache
def scales_here() -> Scales:
    """Return the scales of this process, which keep what they look up; processes forked after it share them."""
    return Scales()


__all__ = ["Basis", "Raised", "raise_chunk", "raised", "scales_here"]
