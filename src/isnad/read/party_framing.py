"""The loaded word an outlet hangs on a party (CODEBOOK section 5), inside the mention or just after it."""

from __future__ import annotations

from isnad.lexicon.parties import MARKS, PartyLexicon
from isnad.model import Span
from isnad.text import Words

_ARTICLE = "ال"  # the
_AFTER = frozenset(("noun", "adjective"))


def framing_of(words: Words, lexicon: PartyLexicon, first: int, last: int) -> Span | None:
    """Return the loaded word of the mention at words [first, last), as it stands, conjunction left out.

    The first loaded word inside counts; else an adjective with article right after the mention, quotation
    marks passed over («تنظيم "داعش" الإرهابي»).
    """
    loaded, types = lexicon.loaded, words.types
    for i in range(first, last):
        found = loaded(types[i])
        if found is not None:
            return _span(words, i, found[1])
    end = words.sentences[words.sentence_of[first]].last
    i = last
    while i < end and words.key[i] in MARKS:
        i += 1
    if i < end and words.key[i].startswith(_ARTICLE):
        found = loaded(types[i])
        if found is not None and found[1] == 0 and found[0] in _AFTER:
            return _span(words, i, 0)
    return None


def _span(words: Words, i: int, cut: int) -> Span:
    start, end = words.start[i] + cut, words.end[i]
    return Span(words.text[start:end], start, end)
