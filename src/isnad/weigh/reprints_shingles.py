"""Word 5-grams of a text as 64-bit numbers, and how much two texts share of them.

The words are those of the folded text (one spelling, no marks), punctuation left out, so that «قُتِلَ» and «قتل» are one
word and a reprint with other dashes is the same text.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from isnad.text.fold import bare, fold

Shingles = NDArray[np.uint64]
Codes = NDArray[np.uint32]

#: Words in a shingle (measured on news: BLOCKS section 8; five tell wire copy from a shared turn of phrase).
SIZE = 5
#: A text of fewer words can be the same as another by chance («انفجار في دمشق»), so it is no evidence of copying.
FEWEST_WORDS = 8
_LETTER = re.compile(r"[^\W_]")
_BLANK, _GONE = 32, 0
_LAST = 0xFFFF  # what lies beyond (emoji, rare scripts) is no word
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
EMPTY: Shingles = np.empty(0, dtype=np.uint64)


def letters_of(text: str) -> Codes:
    """Return the folded text as code points: its words, each with one blank after it."""
    table = _table()
    codes = table[np.frombuffer(bare(text).encode("utf-32-le", "surrogatepass"), dtype="<u4").clip(max=_LAST)]
    codes = codes[codes != _GONE]
    blank = codes == _BLANK
    first_blank = blank & ~np.concatenate(([True], blank[:-1]))
    codes = codes[~blank | first_blank]
    return codes if not len(codes) or codes[-1] == _BLANK else np.append(codes, np.uint32(_BLANK))


def shingles_of(letters: Codes) -> Shingles:
    """Return the different 5-grams of `letters`, sorted; none where there are fewer than `FEWEST_WORDS` words.

    A 5-gram's number is a polynomial over its code points modulo 2**64, taken for all of them at once as differences
    of one running sum.
    """
    ends = np.flatnonzero(letters == _BLANK)
    if len(ends) < FEWEST_WORDS:
        return EMPTY
    starts = np.concatenate(([0], ends[:-1] + 1))[: len(ends) - SIZE + 1]
    up, down = _powers(1 << (len(letters) - 1).bit_length())
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters.astype(np.uint64) * up[: len(letters)], out=sums[1:])
    return np.unique(mix((sums[ends[SIZE - 1 :]] - sums[starts]) * down[starts]))


def mix(numbers: Shingles) -> Shingles:
    """Return `numbers` with every bit depending on every other (the finaliser of splitmix64)."""
    out = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(out ^ (out >> np.uint64(31)), dtype=np.uint64)


def jaccard(one: Shingles, two: Shingles) -> float:
    """Return the share of 5-grams in both among those in either, 0 to 1; 0 where a text has none."""
    if not len(one) or not len(two):
        return 0.0
    shared = _shared(one, two)
    return shared / (len(one) + len(two) - shared)


def _shared(one: Shingles, two: Shingles) -> int:
    both = np.concatenate((one, two))
    both.sort(kind="stable")
    return int(np.count_nonzero(both[1:] == both[:-1]))


@lru_cache(maxsize=1)
def _table() -> Codes:
    """Return for each code point its folded letter, a blank for what is no word, 0 for what folding takes away."""
    points = [n for n in range(_LAST) if n != ord("\n") and not 0xD800 <= n < 0xE000]
    table = np.full(_LAST + 1, _BLANK, dtype=np.uint32)
    for n, key in zip(points, fold("\n".join(map(chr, points))).split("\n"), strict=True):
        if not key:
            table[n] = _GONE
        elif _LETTER.match(key):
            table[n] = ord(key[0])
    return table


@lru_cache(maxsize=32)
def _powers(length: int) -> tuple[Shingles, Shingles]:
    """Return the first `length` powers of the base and of its inverse, modulo 2**64."""
    return _row(_BASE, length), _row(_INVERSE, length)


def _row(base: int, length: int) -> Shingles:
    row = np.full(length, base, dtype=np.uint64)
    row[0] = 1
    return np.cumprod(row, dtype=np.uint64)


__all__ = ["EMPTY", "FEWEST_WORDS", "SIZE", "Codes", "Shingles", "jaccard", "letters_of", "mix", "shingles_of"]
