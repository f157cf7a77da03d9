"""The loaded word an outlet hangs on a party (CODEBOOK section 5), inside the mention or just beside it."""

from __future__ import annotations

from isnad.lexicon.parties import MARKS, PartyLexicon
from isnad.model import Span
from isnad.text import Words

_AND = ("و", "ف")  # and, so


def framing_of(words: Words, lexicon: PartyLexicon, first: int, last: int) -> Span | None:
    """Return the loaded word of the mention at words [first, last), as it stands, conjunction left out."""
    framing = lexicon.framing
    sentence = words.sentences[words.sentence_of[first]]
    for i in range(first, last):
        found = _role(words, framing, i)
        if found is not None:
            return _span(words, i, *found)
    i = last
    while i < sentence.last and words.key[i] in MARKS:
        i += 1
    if i < sentence.last:
        found = _role(words, framing, i)
        if found is not None and not found[1] and words.key[i].startswith("ال") and found[0] in ("noun", "adjective"):
            return _span(words, i, *found)
    return None


def _role(words: Words, framing: dict[str, str], i: int) -> tuple[str, int] | None:
    """Return (role of the loaded word i, letters of conjunction before it)."""
    kind = words.types[i]
    role = framing.get(kind.key)
    if role is not None:
        return role, 0
    for split in kind.splits:
        role = framing.get(split.host)
        if role is not None:
            return role, len(split.conjunction)
    return None


def _span(words: Words, i: int, role: str, cut: int) -> Span:
    start, end = words.start[i] + cut, words.end[i]
    return Span(words.text[start:end], start, end)
