"""How far two stretches of text share rare words.

The weight of a word is how rarely it stands in conflict news (data/words.json, fixed: weights that moved with the
collection would let the arrival of one article change the scores of all others).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from isnad.text import Kind, WordType, read_words

_SHORTEST = 3  # letters of a stem that can tell
#: Weight from which on a shared word is rare: a name, a number of victims' age, an unusual means.
RARE = 4.5
_RARE = round(1000 * RARE)


class Weights(msgspec.Struct, frozen=True):
    """`share` of articles in which a stem stands; those not listed stand in less than `floor`."""

    made: str
    floor: float
    share: dict[str, float]


class _Table(msgspec.Struct, frozen=True):
    """Weights of listed stems in thousandths of nats and their squares; whole numbers, so that a sum is the same in
    whatever order a set is walked.  `rarest` and `rarest_square` are those of all other stems."""

    weight: dict[str, int]
    square: dict[str, int]
    rarest: int
    rarest_square: int


@cache
def _table() -> _Table:
    data = (resources.files("isnad.weigh") / "data" / "words.json").read_bytes()
    read = msgspec.json.decode(data, type=Weights)
    weights = {word: round(-1000 * math.log(share)) for word, share in read.share.items()}
    rarest = round(-1000 * math.log(read.floor / 2))
    return _Table(weights, {w: n * n for w, n in weights.items()}, rarest, rarest * rarest)


def weight(stem: str) -> float:
    """Return the weight of a stem in nats: 0 for one that stands everywhere."""
    table = _table()
    return table.weight.get(stem, table.rarest) / 1000


def ranked(words: Iterable[str]) -> list[tuple[float, str]]:
    """Return stems, the rarest first, each after its weight below 0."""
    table = _table()
    known, rarest = table.weight, table.rarest
    return sorted([(known.get(word, rarest) / -1000, word) for word in words])


def stems(text: str) -> list[str]:
    """Return the stems of the Arabic words of a text, in order."""
    return stems_of(read_words(text).types)


def stems_of(types: Iterable[WordType]) -> list[str]:
    """Return the stems of words already read; "" where a word does not tell (numbers, signs, short words)."""
    return [
        stem if t.kind is Kind.WORD and len(stem := t.splits[0].stem if t.splits else t.key) >= _SHORTEST else ""
        for t in types
    ]


def cosine(shared: Iterable[str], norm_one: float, norm_two: float) -> float:
    """Return the weighted cosine of two sets of stems by those they share; the norms are those of `norm`."""
    return _squares(shared) / (norm_one * norm_two) if norm_one and norm_two else 0.0


def norm(words: Iterable[str]) -> float:
    """Return the length of stems, each given once, as a vector of weights."""
    return math.sqrt(_squares(words))


def square_of(stem: str) -> int:
    """Return the square of a stem's weight, in millionths: what it adds to `norm` squared."""
    table = _table()
    return table.square.get(stem, table.rarest_square)


def is_rare(stem: str) -> bool:
    """Say whether a stem is rare."""
    table = _table()
    return table.weight.get(stem, table.rarest) >= _RARE


def rare(shared: Iterable[str]) -> int:
    """Return how many of the stems are rare."""
    table = _table()
    known, rarest = table.weight, table.rarest
    return sum(known.get(w, rarest) >= _RARE for w in shared)


def _squares(words: Iterable[str]) -> int:
    table = _table()
    known, rarest = table.square, table.rarest_square
    return sum([known.get(w, rarest) for w in words])


__all__ = ["RARE", "cosine", "is_rare", "norm", "ranked", "rare", "square_of", "stems", "stems_of", "weight"]
