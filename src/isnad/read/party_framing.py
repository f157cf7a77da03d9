"""The loaded words an outlet hangs on a party (CODEBOOK section 5), inside the mention or just after it."""

from __future__ import annotations

from isnad.lexicon.parties import MARKS, PartyLexicon
from isnad.model import Span
from isnad.text import Words

_ARTICLE = "ال"  # the
_AFTER = frozenset(("noun", "adjective"))
_FARTHEST = 6  # words between two loaded words of one party («ميليشيا ... الإرهابية»)


def framing_of(words: Words, lexicon: PartyLexicon, first: int, last: int) -> Span | None:
    """Return the loaded words of the mention at words [first, last), as they stand, clitics left out.

    The first loaded word inside counts; else an adjective with article right after the mention, quotation
    marks passed over («تنظيم "داعش" الإرهابي»).  A second one beside it, or an adjective hung on the same
    name, is kept in the same span («ميليشيا قسد الانفصالية»).
    """
    found = _inside(words, lexicon, first, last) or _adjective(words, lexicon, first, last)
    if found is None:
        return None
    i, cut, end = found
    further = _adjective(words, lexicon, first, last) if last - i <= _FARTHEST and i < last else None
    if further is not None:
        end = further[2]
    start = words.start[i] + cut
    stop = words.end[end - 1]
    return Span(words.text[start:stop], start, stop)


def _inside(words: Words, lexicon: PartyLexicon, first: int, last: int) -> tuple[int, int, int] | None:
    """Return (word, letters cut, end) of the loaded words in the mention: the first, and those that go with it."""
    loaded, types = lexicon.loaded, words.types
    for i in range(first, last):
        found = loaded(types[i])
        if found is None:
            continue
        end = i + 1
        for j in range(end, min(last, i + _FARTHEST)):
            more = loaded(types[j])
            if more is None or more[1]:
                continue
            if j == end or (more[0] in _AFTER and words.key[j].startswith(_ARTICLE)):
                end = j + 1
        return i, found[1], end
    return None


def _adjective(words: Words, lexicon: PartyLexicon, first: int, last: int) -> tuple[int, int, int] | None:
    """Return (word, 0, end) of the loaded adjective with article that follows the mention."""
    keys, size = words.key, len(words.key)
    i = last
    while i < size and keys[i] in MARKS:
        i += 1
    if i < size and keys[i].startswith(_ARTICLE) and words.sentence_of[i] == words.sentence_of[first]:
        found = lexicon.loaded(words.types[i])
        if found is not None and found[1] == 0 and found[0] in _AFTER:
            return i, 0, i + 1
    return None
