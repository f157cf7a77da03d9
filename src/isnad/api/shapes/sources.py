"""Parties and outlets: their records, names, copies and agreement."""

from __future__ import annotations

import msgspec

from isnad.api.shapes.common import OutletRef, PartyRef
from isnad.api.shapes.incidents import Counted, WordCount


class PartyItem(msgspec.Struct, frozen=True, kw_only=True):
    """A party in the list; `count` are the incidents in which it acts or is acted upon."""

    id: str
    ar: str
    en: str
    kind: str | None
    country: str | None
    side: str | None
    count: int


class PartyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A party: what is known of it, its incidents counted, and how outlets call it."""

    id: str
    ar: str
    en: str
    kind: str | None
    country: str | None
    side: str | None
    count: int
    types: tuple[Counted, ...]
    grades: tuple[Counted, ...]
    naming: tuple[NamingRow, ...]


class OutletCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What the store has of an outlet."""

    incidents: int


class OutletItem(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet in the list; `side_source` cites who says on whose side it is."""

    id: str
    ar: str
    en: str
    country: str | None
    kind: str | None
    side: str | None
    side_source: str | None
    counts: OutletCounts


class PartyWords(msgspec.Struct, frozen=True, kw_only=True):
    """How one outlet calls a party."""

    party: PartyRef
    words: tuple[WordCount, ...]


class CopyCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many texts an outlet took from another."""

    outlet: OutletRef
    count: int


class AgreementCount(msgspec.Struct, frozen=True, kw_only=True):
    """On how many incidents two outlets affirm the same, and on how many they exclude each other."""

    outlet: OutletRef
    agree: int
    disagree: int


class OutletRecord(OutletItem, frozen=True, kw_only=True):
    """The record of an outlet: reports that affirm, deny and pass on, in all `looked_at` incidents it tells of."""

    domains: tuple[str, ...]
    affirmed: int
    denied: int
    copied: int
    looked_at: int
    naming: tuple[PartyWords, ...]
    copies_from: tuple[CopyCount, ...]
    agreement: tuple[AgreementCount, ...]


class NamingRow(msgspec.Struct, frozen=True, kw_only=True):
    """How an outlet calls a party."""

    outlet: OutletRef
    party: PartyRef
    words: tuple[WordCount, ...]


class CopyEdge(msgspec.Struct, frozen=True, kw_only=True):
    """`from` copies `to`, in `count` texts."""

    from_: str = msgspec.field(name="from")
    to: str
    count: int


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """Who copies whom, in all `looked_at` incidents that answer."""

    nodes: tuple[OutletRef, ...]
    edges: tuple[CopyEdge, ...]
    looked_at: int


__all__ = [
    "AgreementCount", "Copies", "CopyCount", "CopyEdge", "NamingRow", "OutletCounts", "OutletItem", "OutletRecord",
    "PartyItem", "PartyRecord", "PartyWords",
]  # fmt: skip
