"""Reprints: which texts are one text printed by several, each pair verified exactly.

Near-identical texts are found by MinHash bands (`reprints_minhash`) and every candidate is compared by the true share
of word 5-grams (DESIGN section 4, step 1; Nicholls 2019 for shingling news copy).  Groups are the connected parts of
all pairs at or above `SAME`, so that they do not depend on the order or the batches in which articles come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import combinations

import msgspec
import numpy as np

from isnad.text import fold
from isnad.weigh.reprints_first import earliest
from isnad.weigh.reprints_join import Rows, candidates
from isnad.weigh.reprints_minhash import BANDS, bands_of
from isnad.weigh.reprints_shingles import Shingles, jaccard, letters_of, shingles_of
from isnad.weigh.unions import Unions

#: Jaccard of word 5-grams from which on two texts are one (BLOCKS section 8).
SAME = 0.7
#: key, text, publication (ISO day or instant, None where unknown), outlet, channel a Telegram post was forwarded from.
Report = tuple[str, str, str | None, str | None, str | None]


class Reprint(msgspec.Struct, frozen=True, kw_only=True):
    """Two articles with one text: `jaccard` of their word 5-grams, and the evidence codes.

    `earlier` is the key of the one published first, None where that is not known.  Evidence: same-text (all 5-grams),
    near-same-text, forwarded (one was forwarded from the other's outlet, or both from one channel).
    """

    first: str
    second: str
    jaccard: float
    evidence: tuple[str, ...]
    earlier: str | None = None


class TextGroup(msgspec.Struct, frozen=True, kw_only=True):
    """All articles with one text, by key.  `origin` is the one published first, `rule` says how that is known.

    rule: earliest | same-time (several at the first moment) | undated (a publication is not known).
    """

    keys: tuple[str, ...]
    origin: str | None
    rule: str


class Print(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of a report to compare its text with others.  `bands` may be left to be found when they are needed.

    Texts of one `digest` are one.  A text too short to tell copying from chance has none (it is no other's copy)
    unless it was forwarded: then it is one with the same text forwarded from the same channel.
    """

    key: str
    published: str | None
    outlet: str | None
    forwarded: str | None
    digest: bytes | None
    shingles: Shingles
    bands: Shingles | None = None


def print_of(report: Report) -> Print:
    """Return what is read of one report: a pure function of it, for any process."""
    key, text, published, outlet, forwarded = report
    letters = letters_of(text)
    shingles = shingles_of(letters)
    digest = None
    if len(shingles):
        digest = _digest(shingles.tobytes())
    elif forwarded:
        digest = _digest(letters.tobytes() + b"\n" + fold(forwarded).encode())
    return Print(key=key, published=published, outlet=outlet, forwarded=forwarded, digest=digest, shingles=shingles)


class Reprints:
    """An index of texts to which articles are added, in any order and any batches."""

    def __init__(self) -> None:
        self._reports: dict[str, tuple[str | None, str | None, str | None]] = {}
        self._text_of: dict[str, int] = {}
        self._keys: list[list[str]] = []  # of each different text
        self._shingles: list[Shingles] = []
        self._known: dict[bytes, int] = {}
        self._bands: Rows = np.empty((0, BANDS), dtype=np.uint64)
        self._rows: list[int] = []  # text of each row of bands
        self._alike = Unions()

    def add(self, reports: Iterable[Report]) -> None:
        """Add articles; an article whose key is known replaces nothing and is passed over."""
        self.add_prints(print_of(report) for report in reports if report[0] not in self._reports)

    def add_prints(self, prints: Iterable[Print]) -> None:
        """Add articles of which `print_of` has read the texts, here or elsewhere; otherwise as `add`."""
        new: list[Shingles] = []
        for one in prints:
            if one.key in self._reports:
                continue
            self._reports[one.key] = (one.published, one.outlet, one.forwarded)
            number, is_new = self._number(one)
            self._text_of[one.key] = number
            self._keys[number].append(one.key)
            if is_new and len(one.shingles):
                self._rows.append(number)
                new.append(bands_of(one.shingles) if one.bands is None else one.bands)
        if new:
            self._join(np.stack(new))

    def __contains__(self, key: str) -> bool:
        """Say whether an article was added."""
        return key in self._reports

    def _number(self, one: Print) -> tuple[int, bool]:
        """Return the number of a text and whether it is new: known ones have the same 5-grams."""
        shingles = one.shingles
        digest = one.digest or len(self._keys).to_bytes(8, "big")  # its own text
        number = self._known.setdefault(digest, len(self._keys))
        if number < len(self._keys):
            return number, False
        self._keys.append([])
        self._shingles.append(shingles)
        return number, True

    def _join(self, new: Rows) -> None:
        first_new = len(self._bands)
        self._bands = np.concatenate((self._bands, new))
        for a, b in candidates(self._bands, first_new):
            one, two = self._rows[a], self._rows[b]
            if not self._alike.same(one, two) and jaccard(self._shingles[one], self._shingles[two]) >= SAME:
                self._alike.join(one, two)

    def jaccard(self, first: str, second: str) -> float:
        """Return the exact share of 5-grams of two known articles, 1.0 for one text.  KeyError for an unknown key."""
        one, two = self._text_of[first], self._text_of[second]
        return 1.0 if one == two else jaccard(self._shingles[one], self._shingles[two])

    def keys_of(self, key: str) -> tuple[str, ...]:
        """Return the keys of all articles with the text of `key`, itself among them, sorted."""
        texts = self._alike.members(self._text_of[key])
        return tuple(sorted(k for text in texts for k in self._keys[text]))

    def group_of(self, key: str) -> TextGroup:
        """Return the group of `key` with what is known of its origin."""
        keys = self.keys_of(key)
        origin, rule = earliest({k: self._reports[k][0] for k in keys})
        return TextGroup(keys=keys, origin=origin, rule=rule)

    def groups(self) -> list[TextGroup]:
        """Return the groups of two or more articles, by smallest key."""
        found = {self.keys_of(keys[0]) for keys in self._keys}
        return [self.group_of(keys[0]) for keys in sorted(found) if len(keys) > 1]

    def names(self) -> dict[str, str]:
        """Return for the key of every article in a group the group's name, its smallest key."""
        return {key: group.keys[0] for group in self.groups() for key in group.keys}

    def pair(self, first: str, second: str) -> Reprint | None:
        """Return what makes two articles one text; None where they are not."""
        share = self.jaccard(first, second)
        if share < SAME:
            return None
        return Reprint(
            first=first, second=second, jaccard=share, evidence=self._evidence(first, second, share),
            earlier=earliest({k: self._reports[k][0] for k in (first, second)})[0],
        )  # fmt: skip

    def _evidence(self, first: str, second: str, share: float) -> tuple[str, ...]:
        (_, outlet, channel), (_, other, other_channel) = self._reports[first], self._reports[second]
        forwarded = channel is not None and fold(channel) in (fold(other or ""), fold(other_channel or ""))
        forwarded |= other_channel is not None and fold(other_channel) == fold(outlet or "")
        return ("same-text" if share == 1 else "near-same-text", *(["forwarded"] if forwarded else []))

    def pairs(self) -> Iterator[Reprint]:
        """Yield every pair that shares a band or a text and is one text, by keys (for audits: groups need fewer)."""
        texts = {(number, number) for number, keys in enumerate(self._keys) if len(keys) > 1}
        texts |= {tuple(sorted((self._rows[a], self._rows[b]))) for a, b in candidates(self._bands, 0)}  # type: ignore[misc]
        found = set()
        for one, two in texts:
            if one == two:
                found |= set(combinations(sorted(self._keys[one]), 2))
            elif jaccard(self._shingles[one], self._shingles[two]) >= SAME:
                found |= {(min(a, b), max(a, b)) for a in self._keys[one] for b in self._keys[two]}
        for a, b in sorted(found):
            reprint = self.pair(a, b)
            if reprint is not None:
                yield reprint


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def find_reprints(reports: Iterable[Report]) -> Reprints:
    """Return the index of `reports`, ready to be asked for groups and pairs, and for more to be added."""
    index = Reprints()
    index.add(reports)
    return index


__all__ = ["SAME", "Print", "Report", "Reprint", "Reprints", "TextGroup", "find_reprints", "print_of"]
