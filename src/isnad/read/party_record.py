"""From a resolved phrase to the record: exact span, loaded word, number of people."""

from __future__ import annotations

from typing import NamedTuple

from isnad.lexicon.parties import MARKS, PartyLexicon, cut_length
from isnad.lexicon.party_forms import DEFINITE, DUAL, PRONOUN, SINGULAR
from isnad.read.mentions import PartyMention
from isnad.read.party_framing import framing_of
from isnad.read.party_grammar import Chunk
from isnad.text import Words

_NOT_QUOTES = frozenset("#_-–—")
_NOT_CLOSING = _NOT_QUOTES | frozenset("(«“[‘‹{")
_UNNAMED = "unidentified-armed-group"  # its name already says what a loaded word would («خلية إرهابية»)


class Naming(NamedTuple):
    """What a phrase turned out to mean: the fields of `PartyMention` of the same names."""

    id: str | None
    form: str
    kind: str
    country: str | None = None


def record(words: Words, lexicon: PartyLexicon, chunk: Chunk, naming: Naming) -> PartyMention:
    """Return the mention of a phrase, a conjunction before it left out."""
    kind = words.types[chunk.first]
    start = words.start[chunk.first] + cut_length(kind, chunk.cut)
    last = _closed(words, chunk)
    end = words.end[last - 1]
    return PartyMention(
        first=chunk.first,
        last=last,
        start=start,
        end=end,
        text=words.text[start:end],
        id=naming.id,
        form=naming.form,
        kind=naming.kind,
        country=naming.country,
        framing=None if naming.id == _UNNAMED else framing_of(words, lexicon, chunk.first, last),
        count=_count(chunk),
        definite=chunk.body is not None or bool(chunk.heads and chunk.heads[-1][1] & DEFINITE),
    )


def _closed(words: Words, chunk: Chunk) -> int:
    """Return the end of the phrase with the quotation mark that closes one opened in it."""
    n = chunk.last
    if n < len(words) and words.key[n] in MARKS and words.key[n] not in _NOT_CLOSING:
        inside = sum(1 for k in words.key[chunk.first : n] if k in MARKS and k not in _NOT_QUOTES)
        if inside % 2:
            return n + 1
    return n


def _count(chunk: Chunk) -> tuple[int | None, int | None] | None:
    if chunk.number is not None:
        return chunk.number, chunk.number
    if not chunk.heads or chunk.some:
        return None
    entry, flags = chunk.heads[0]
    soldiers = entry.role == "member" and entry.sector in ("mil", "police")
    if flags & (DEFINITE | PRONOUN) or not (entry.role == "people" or soldiers):
        return None
    if flags & DUAL:
        return 2, 2
    return (1, 1) if flags & SINGULAR else None
