"""Every mention of a party that can do or suffer something (CODEBOOK section 5)."""

from __future__ import annotations

from isnad.lexicon.parties import PartyLexicon
from isnad.read.mentions import PartyMention
from isnad.read.party_chunk import Chunker
from isnad.read.party_resolve import Resolver
from isnad.text import Words


def find_parties(
    words: Words, lexicon: PartyLexicon, *, outlet_country: str | None = None
) -> list[PartyMention]:
    """Return the party mentions of a text in order, none overlapping another.

    `outlet_country` (ISO3) is what a bare «الحكومة» (the government) or «المملكة» (the kingdom) falls
    back on when the text names no country; None leaves such mentions without id.
    """
    chunks = Chunker(words, lexicon).chunks()
    return Resolver(words, lexicon, chunks, outlet_country).mentions()
