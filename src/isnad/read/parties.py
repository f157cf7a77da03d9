"""Every mention of a party that can do or suffer something (CODEBOOK section 5)."""

from __future__ import annotations

from isnad.lexicon.parties import PartyLexicon
from isnad.read.mentions import PartyMention
from isnad.read.party_chunk import Chunker
from isnad.read.party_resolve import Resolver
from isnad.text import Words, fold


def find_parties(
    words: Words,
    lexicon: PartyLexicon,
    *,
    outlet_country: str | None = None,
    published: str | None = None,
) -> list[PartyMention]:
    """Return the party mentions of a text in order, none overlapping another.

    `outlet_country` (ISO3) is what a bare «الحكومة» (the government) or «المملكة» (the kingdom) falls
    back on when the text names no country; None leaves such mentions without id.  `published` (ISO day)
    decides names that meant one party before a year and another after it («الجنجويد»).
    """
    year = int(published[:4]) if published and published[:4].isdecimal() else None
    chunks = Chunker(words, lexicon).chunks()
    found = Resolver(words, lexicon, chunks, outlet_country, year).mentions()
    return [m for m in found if m.last - m.first > 1 or m.framing or fold(m.text) not in lexicon.lone]
