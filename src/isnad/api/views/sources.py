"""What outlets affirm, deny and copy, whom they agree with, and how they call parties: counted over the whole store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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
from isnad.store import Outlet
from isnad.store.incident_records import Repeated, Said
from isnad.weigh.names import Names, load_names

_WORDS = 12
_ROWS = 200
_LISTED = ("outlet", "agency")


def copies_of(rows: Iterable[Repeated]) -> Counter[tuple[str, str]]:
    """Return how many reports an outlet has from another, where the texts name one."""
    names = load_names()
    known: dict[tuple[str, ...], str | None] = {}
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.media not in known:
            known[row.media] = _outlet_behind(row.media, names)
        source = known[row.media]
        if source is not None and source != row.outlet:
            found[row.outlet, source] += row.count
    return found


def _outlet_behind(media: Iterable[str], names: Names) -> str | None:
    """Return the first outlet or agency among the media that a text names."""
    for text in media:
        kind, _, name = names.of_media(text).id.partition(":")
        if kind in _LISTED:
            return name
    return None


def copies_view(rows: Iterable[Repeated], naming: Naming, *, looked_at: int) -> Copies:
    """Return who copies whom as a graph."""
    copies = copies_of(rows)
    ids = sorted({id for edge in copies for id in edge})
    return Copies(
        nodes=tuple(naming.outlet(id) for id in ids),
        edges=tuple(CopyEdge(from_=a, to=b, count=n) for (a, b), n in copies.most_common(_ROWS)),
        looked_at=looked_at,
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
    id: str, known: Outlet | None, said: Said, rows: Sequence[NamingRow], naming: Naming, *, incidents: int
) -> OutletRecord:
    """Return the record of an outlet."""
    listed = naming.known_outlet(id)
    return OutletRecord(
        **outlet_facts(id, known, naming),
        counts=OutletCounts(incidents=incidents),
        domains=(known.domains if known else ()) or (listed.domains if listed else ()),
        affirmed=said.affirmed,
        denied=said.denied,
        copied=said.copied,
        looked_at=incidents,
        naming=tuple(PartyWords(party=row.party, words=row.words) for row in rows),
        copies_from=tuple(
            CopyCount(outlet=naming.outlet(source), count=n)
            for (_, source), n in copies_of(said.repeated).most_common(_ROWS)
        ),
        agreement=_agreements(said.agree, said.disagree, naming),
    )


def _agreements(agree: Mapping[str, int], disagree: Mapping[str, int], naming: Naming) -> tuple[AgreementCount, ...]:
    found: list[tuple[OutletRef, int, int]] = [
        (naming.outlet(other), agree.get(other, 0), disagree.get(other, 0)) for other in {*agree, *disagree}
    ]
    found.sort(key=lambda row: (-row[1] - row[2], row[0].id))
    return tuple(AgreementCount(outlet=o, agree=a, disagree=d) for o, a, d in found[:_ROWS])


__all__ = ["copies_of", "copies_view", "naming_rows", "outlet_facts", "outlet_record"]
