"""Words of a text as columns: where each stands, and what kind of word it is, decided once a written form.

`#` and `_` are no words: a hashtag reads as what it stands for (CODEBOOK 2), #دير_الزور as دير + الزور.
Words split to pass a censor («ميلـ.ـيشـ.ـيا», «القيا.دي», «اعتـ ـقلت») are one word whose key is the whole.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from enum import IntEnum

import msgspec

from isnad.text.clitics import Split, splits
from isnad.text.fold import MARKS, bare, fold
from isnad.text.frequencies import UNSEEN, level
from isnad.text.sentences import Sentence, read_sentences

__all__ = ["Kind", "Sentence", "WordType", "Words", "read_words", "word_type"]


class Kind(IntEnum):
    """What a token is made of."""

    WORD = 0
    NUMBER = 1
    LATIN = 2
    PUNCT = 3


_TATWEEL = "\u0640"
_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f"
    "\u08a0-\u08c7\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
_RUN = f"[{_ARABIC}][{_ARABIC}{MARKS}]*"
# What stands inside a split word: marks beside a tatweel, a space between two tatweels, or dots alone.
_SEPARATOR = (
    rf"(?:(?<={_TATWEEL})[ .*_/\-–]{{1,3}}(?={_TATWEEL})"
    rf"|(?<={_TATWEEL})[.*_/\-–]|[.*_/\-–](?={_TATWEEL})|[.*…]{{1,3}})"
)
_PLAIN = (
    rf"(?P<l>(?:(?![{_ARABIC}{MARKS}])[^\W\d_])+)"
    r"|(?P<n>\d+(?:[.,\u066b\u066c]\d+)*)"
    r"|(?P<e>&(?:\#\d{1,5}|\#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,6});)"
    rf"|(?P<p>[^\s\#_{MARKS}])"
)
_TOKEN = re.compile(rf"(?P<w>{_RUN})(?P<j>(?:{_SEPARATOR}[{MARKS}]*{_RUN})+)?|{_PLAIN}")
_PART = re.compile(rf"(?P<w>{_RUN})|{_PLAIN}")
_INNER = re.compile(r"[ .*_/\-–…]+")
_TYPES: dict[str, WordType] = {}
_MAX_TYPES = 400_000  # bounds the memory of a long run: about 100 MB


class WordType(msgspec.Struct, frozen=True, eq=False):
    """A written form: its folded key, kind, and readings as clitics + stem, the likeliest first."""

    surface: str
    key: str
    kind: Kind
    splits: tuple[Split, ...]

    @property
    def stem(self) -> str:
        """Return the stem of the likeliest reading."""
        return self.splits[0].stem if self.splits else self.key


class Words(msgspec.Struct, frozen=True, eq=False):
    """A text as columns of words: `text[start[i]:end[i]]` is word i, `types[i]` what is known of its form."""

    text: str
    start: list[int]
    end: list[int]
    types: list[WordType]
    key: list[str]
    sentence_of: list[int]
    sentences: list[Sentence]

    def __len__(self) -> int:
        return len(self.start)

    def between(self, start: int, end: int) -> list[int]:
        """Return the words that lie, wholly or in part, in code points [start, end); the nearest word when none does."""
        i = max(bisect_right(self.start, start) - 1, 0)
        if i < len(self.start) and self.end[i] <= start:
            i += 1
        out = []
        while i < len(self.start) and self.start[i] < end:
            out.append(i)
            i += 1
        return out or [min(i, len(self.start) - 1)]

    def surface(self, first: int, last: int) -> str:
        """Return the stored text from word `first` to before word `last`."""
        return self.text[self.start[first] : self.end[last - 1]]


def word_type(surface: str, group: str = "w") -> WordType:
    """Return what is known of a written form; kept for the next time it is met."""
    known = _TYPES.get(surface)
    if known is None:
        known = _make_type(surface, group)
        if len(_TYPES) >= _MAX_TYPES:
            _TYPES.clear()
        _TYPES[surface] = known
    return known


def _make_type(surface: str, group: str) -> WordType:
    if group in "wj":
        key = fold(_INNER.sub("", surface) if group == "j" else surface)
        return WordType(surface, key, Kind.WORD, splits(key, _ending(surface)))
    if group == "l":
        return WordType(surface, fold(surface), Kind.LATIN, ())
    if group == "n":
        return WordType(surface, fold(surface), Kind.NUMBER, ())
    key = html.unescape(surface).strip() if group == "e" else surface
    return WordType(surface, key or surface, Kind.PUNCT, ())


def _ending(surface: str) -> str:
    """Return ة or ه where a word is written with it at its end, which its key no longer tells."""
    last = bare(surface[-3:])[-1:]
    return last if last in ("ة", "ه") else ""


def read_words(text: str) -> Words:
    """Split `text` into words and sentences.  Every offset is a code point of `text` itself."""
    start: list[int] = []
    end: list[int] = []
    types: list[WordType] = []
    known = _TYPES
    for match in _TOKEN.finditer(text):
        surface = match.group()
        first, last = match.span()
        found = known.get(surface)
        if found is None:
            group = match.lastgroup or "p"
            if group == "j" and not _is_one_word(surface):
                _add_parts(text, first, last, start, end, types)
                continue
            found = word_type(surface, group)
        start.append(first)
        end.append(last)
        types.append(found)
    key = [t.key for t in types]
    sentences = read_sentences(text, start, end, key)
    sentence_of = [n for n, s in enumerate(sentences) for _ in range(s.first, s.last)]
    return Words(text, start, end, types, key, sentence_of, sentences)


def _add_parts(
    text: str, first: int, last: int, start: list[int], end: list[int], types: list[WordType]
) -> None:
    """Add the words of a stretch that only looked like one split word («السعودية.وقال»)."""
    for match in _PART.finditer(text, first, last):
        start.append(match.start())
        end.append(match.end())
        types.append(word_type(match.group(), match.lastgroup or "p"))


def _is_one_word(surface: str) -> bool:
    """Say whether parts joined by dots are one word: tatweel at the seam, letters (ق.س.د), a known whole."""
    parts = [fold(part) for part in _INNER.split(surface)]
    if len(parts) > 12:
        return False
    if re.search(rf"{_TATWEEL}[ .*_/\-–…]|[ .*_/\-–…]{_TATWEEL}", surface):
        return True
    if all(len(part) == 1 for part in parts):
        return len(parts) > 2
    whole = "".join(parts)
    host = splits(whole)[0].host
    known = max(level(whole), level(host))
    return (
        len(whole) > 3
        and known > UNSEEN + 5
        and (min(len(part) for part in parts) < 3 or known > min(level(part) for part in parts))
    )
