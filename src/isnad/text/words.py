"""Words of a text as columns: where each stands, and what kind of word it is, decided once a written form."""

from __future__ import annotations

import html
import re
from enum import IntEnum

import msgspec

from isnad.text.clitics import Split, splits
from isnad.text.fold import MARKS, fold


class Kind(IntEnum):
    """What a token is made of."""

    WORD = 0
    NUMBER = 1
    LATIN = 2
    PUNCT = 3


_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"(?P<w>{_LETTER}(?:[{MARKS}]*{_LETTER})*[{MARKS}]*"
    # split words such as «ميلـ.ـيشـ.ـيا»: a tatweel beside a dot, star, dash or slash inside the word
    rf"(?:(?:\u0640[.*_/\-\u2013]\u0640?|[.*_/\-]\u0640){_LETTER}(?:[{MARKS}]*{_LETTER})*[{MARKS}]*)*)"
    r"|(?P<n>\d+(?:[.,\u066b\u066c]\d+)*)"
    r"|(?P<e>&(?:\#\d{1,5}|\#x[0-9a-fA-F]{1,5}|[a-z]{2,6});)"
    rf"|(?P<p>[^\s{MARKS}])"
)
_INNER = re.compile(r"[.*_/\-\u2013]")
_END = frozenset(".!?؟…\u06d4")  # full stop, exclamation and question marks, ellipsis
_CLOSING = frozenset("\"'»”’)]}")
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


class Sentence(msgspec.Struct, frozen=True):
    """Words [first, last) of one sentence; `headline` where it is the article's own first line."""

    first: int
    last: int
    headline: bool = False


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
    if group == "w":
        key = fold(_INNER.sub("", surface) if _INNER.search(surface) else surface)
        latin = key[:1].isascii()
        return WordType(surface, key, Kind.LATIN if latin else Kind.WORD, () if latin else splits(key))
    if group == "n":
        return WordType(surface, fold(surface), Kind.NUMBER, ())
    return WordType(surface, html.unescape(surface) if group == "e" else surface, Kind.PUNCT, ())


def read_words(text: str) -> Words:
    """Split `text` into words and sentences.  Every offset is a code point of `text` itself."""
    start: list[int] = []
    end: list[int] = []
    types: list[WordType] = []
    known = _TYPES
    for match in _TOKEN.finditer(text):
        surface = match.group()
        first, last = match.span()
        start.append(first)
        end.append(last)
        types.append(known.get(surface) or word_type(surface, match.lastgroup or "p"))
    sentences = _sentences(text, start, end, types)
    sentence_of = [n for n, s in enumerate(sentences) for _ in range(s.first, s.last)]
    return Words(text, start, end, types, [t.key for t in types], sentence_of, sentences)


def _sentences(text: str, start: list[int], end: list[int], types: list[WordType]) -> list[Sentence]:
    out: list[Sentence] = []
    first, n = 0, len(start)
    for i in range(n):
        if i + 1 < n:
            gap = text[end[i] : start[i + 1]]
            if "\n" not in gap and not (gap and _closes(types, i)):
                continue
        headline = not out and i + 1 < n and types[i].key not in _END and "\n" in text[end[i] : start[i + 1]]
        out.append(Sentence(first, i + 1, headline))
        first = i + 1
    return out


def _closes(types: list[WordType], i: int) -> bool:
    """Say whether word i ends a sentence: final mark, or closing quotes after one; not «د.» and the like."""
    while i > 0 and types[i].key in _CLOSING and types[i].kind is Kind.PUNCT:
        i -= 1
    if types[i].key not in _END:
        return False
    before = types[i - 1] if i else types[i]
    return not (types[i].key == "." and before.kind is Kind.WORD and len(before.key) == 1)
