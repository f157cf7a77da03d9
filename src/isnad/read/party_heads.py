"""What the head words of a phrase say: the sector, the people, whether it is a group or an office."""

from __future__ import annotations

from isnad.lexicon.party_schema import Entry
from isnad.read.party_grammar import Chunk

CIVILIANS = "civilians"  # the id and the kind of people without a body (CODEBOOK section 5)


def people_of(chunk: Chunk) -> Entry | None:
    """Return the most telling people word: one that says more than «civilians»."""
    found = [h[0] for h in chunk.heads if h[0].role == "people"]
    return next((e for e in found if e.id != CIVILIANS), found[0] if found else None)


def sector_of(chunk: Chunk) -> tuple[str, int]:
    """Return the sector of the strongest head, the first among equals, and its strength."""
    sector, best = "none", 0
    for entry, _ in chunk.heads:
        if entry.strength > best:
            sector, best = entry.sector, entry.strength
    return sector, best


def sector_in(chunk: Chunk, country: str, sector: str) -> str:
    """Return the sector the head has in this country («القوات الأمنية» are soldiers in Iraq)."""
    for entry, _ in chunk.heads:
        if entry.choices and country in entry.choices:
            return entry.choices[country]
    return sector


def has_title(chunk: Chunk) -> bool:
    """Say whether the phrase names an office or a person."""
    return chunk.person or chunk.has("title")


def is_group(chunk: Chunk) -> bool:
    """Say whether the phrase names an armed group, which may stand for a patron («الفصائل» the factions)."""
    return any(e.back == "rebel" or e.role == "frame" or e.kind == "rebel" for e, _ in chunk.heads)


def unnamed_armed(chunk: Chunk) -> str | None:
    """Return the id of armed people without a name («مسلحين مجهولين»), None where there are none."""
    return next((e.id for e, _ in chunk.heads if e.role == "people" and e.kind == "rebel"), None)
