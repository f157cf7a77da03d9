"""Words of a text as columns: where each stands, and what kind of word it is, decided once a written form.

`#` and `_` are no words: a hashtag reads as what it stands for (CODEBOOK 2), #دير_الزور as دير + الزور.
Words split to pass a censor («ميلـ.ـيشـ.ـيا», «القيا.دي», «اعتـ ـقلت») are one word whose key is the whole.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from enum import IntEnum
from itertools import accumulate, count

import msgspec

from isnad.text.clitics import Split, light_stem, splits
from isnad.text.fold import MARKS, bare, fold
from isnad.text.frequencies import UNSEEN, level
from isnad.text.kept import Kept
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
#: The same tokens as `_TOKEN`, as the one group of a pattern that splits a text into gaps and tokens.
#: A word with a blank or comma after it, nearly every one, is tried first.
_WHOLE = rf"[{_ARABIC}][{_ARABIC}{MARKS}]*+(?![.*_/\-–…])(?<!{_TATWEEL})"
_SPLIT = re.compile(f"({_WHOLE}|{re.sub('[(][?]P<[a-z]>', '(?:', _TOKEN.pattern)})")


class WordType:
    """A written form: its folded key, kind, and readings as clitics + stem, the likeliest first.

    `number` is its own in this process, given when it is first met: readers keep what they know of it by it.
    """

    __slots__ = ("key", "kind", "number", "splits", "surface")

    splits: tuple[Split, ...]

    def __init__(self, surface: str, key: str, kind: Kind) -> None:
        self.surface = surface
        self.key = key
        self.kind = kind
        self.number = next(_NUMBERS)

    def __getattr__(self, name: str) -> tuple[Split, ...]:
        """Find the readings when they are first asked for: of most words they never are."""
        if name != "splits":
            raise AttributeError(name)
        self.splits = found = splits(self.key, _ending(self.surface)) if self.kind is Kind.WORD else ()
        return found

    @property
    def stem(self) -> str:
        """Return the stem of the likeliest reading."""
        return self.splits[0].stem if self.splits else self.key


class Words(msgspec.Struct, frozen=True, eq=False):
    """A text as columns of words: `text[start[i]:end[i]]` is word i, `types[i]` what is known of its form.

    `key` holds the words as they are looked up, `numbers` those of their types.
    """

    text: str
    start: list[int]
    end: list[int]
    types: list[WordType]
    key: list[str]
    sentence_of: list[int]
    sentences: list[Sentence]
    numbers: list[int]

    def __len__(self) -> int:
        return len(self.start)

    def between(self, start: int, end: int) -> list[int]:
        """Return the words that lie, wholly or in part, in code points [start, end); the nearest when none does."""
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


_TYPES: Kept[str, WordType] = Kept()
_NUMBERS = count(1)


def word_type(surface: str, group: str = "w") -> WordType:
    """Return what is known of a written form; kept for the next time it is met."""
    known = _TYPES.known(surface)
    return _TYPES.keep(surface, _make_type(surface, group)) if known is None else known


def _make_type(surface: str, group: str) -> WordType:
    if group in "wj":
        key = fold(_INNER.sub("", surface) if group == "j" else surface)
        return WordType(surface, surface if key == surface else key, Kind.WORD)  # one string in memory
    if group == "l":
        return WordType(surface, fold(surface), Kind.LATIN)
    if group == "n":
        return WordType(surface, fold(surface), Kind.NUMBER)
    key = html.unescape(surface).strip() if group == "e" else surface
    return WordType(surface, key or surface, Kind.PUNCT)


def stem_of(kind: WordType) -> str:
    """Return the light stem of a word.  Its own readings serve, unless its ending had a say in them."""
    if not kind.splits or kind.key[-1] == "ه":  # ة and ه, which the key does not tell apart
        return light_stem(kind.key)
    return light_stem(kind.key, kind.splits[0])


def _ending(surface: str) -> str:
    """Return ة or ه where a word is written with it at its end, which its key no longer tells."""
    last = surface[-1]
    if not "\u0621" <= last <= "\u063a":  # a mark or another letter than ة may hide it
        last = bare(surface[-3:])[-1:]
    return last if last in ("ة", "ه") else ""


def read_words(text: str) -> Words:
    """Split `text` into words and sentences.  Every offset is a code point of `text` itself."""
    parts = _SPLIT.split(text)  # gap, token, gap, token ... gap
    written = parts[1::2]
    ends = list(accumulate(map(len, parts)))
    start, end = ends[0:-1:2], ends[1::2]
    found = list(map(_TYPES.get, written))
    types: list[WordType] = found  # type: ignore[assignment]  # the missing ones are put in next
    for i in reversed([i for i, kind in enumerate(found) if kind is None]):
        known = _TYPES.known(written[i])
        if known is not None:
            types[i] = known
            continue
        first = start[i]
        match = _TOKEN.match(text, first)
        group = (match.lastgroup if match else None) or "p"
        if group == "j" and not _is_one_word(written[i]):
            inner = list(_PART.finditer(text, first, end[i]))  # it only looked like one: «السعودية.وقال»
            types[i : i + 1] = [word_type(m.group(), m.lastgroup or "p") for m in inner]
            written[i : i + 1] = [m.group() for m in inner]
            start[i : i + 1] = [m.start() for m in inner]
            end[i : i + 1] = [m.end() for m in inner]
        else:
            types[i] = _TYPES.keep(written[i], _make_type(written[i], group))
    key = [kind.key for kind in types]
    numbers = [kind.number for kind in types]
    sentences = read_sentences(text, start, end, key)
    sentence_of: list[int] = []
    for n, sentence in enumerate(sentences):
        sentence_of += [n] * (sentence.last - sentence.first)
    return Words(text, start, end, types, key, sentence_of, sentences, numbers)


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
