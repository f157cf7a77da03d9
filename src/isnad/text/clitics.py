"""Readings of a written word as clitics + stem.

Arabic writes conjunctions (و «and», ف «so»), prepositions (ب «by», ل «to», ك «as»), the future mark (س), the
article (ال) and pronouns (ه, ها, هم ...) together with the word.  All readings that leave a stem of two letters
or more are kept, the likeliest first, so that a look-up may try each.
"""

from __future__ import annotations

import msgspec

_CONJUNCTIONS = ("", "و", "ف")  # and, so
_PREPOSITIONS = ("", "ب", "ل", "ك", "س")  # by, to, as, future mark
_ARTICLE = "ال"  # the
_SUFFIXES = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "ني", "ه", "ك", "ي")  # pronouns, longest first


class Split(msgspec.Struct, frozen=True):
    """One reading of a folded word.  `host` is the word without conjunction and preposition, article kept."""

    conjunction: str
    preposition: str
    article: bool
    stem: str
    suffix: str
    host: str


def splits(key: str) -> tuple[Split, ...]:
    """Return the readings of the folded word `key`, the likeliest first."""
    out: list[Split] = []
    for conjunction in _CONJUNCTIONS:
        if not key.startswith(conjunction):
            continue
        rest = key[len(conjunction) :]
        for preposition in _PREPOSITIONS:
            if rest.startswith(preposition):
                out.extend(_hosts(conjunction, preposition, rest[len(preposition) :]))
    return tuple(sorted(out, key=_cost))


def _hosts(conjunction: str, preposition: str, host: str) -> list[Split]:
    if preposition == "ل" and host.startswith("ل") and len(host) >= 3:  # للجيش = ل + الجيش
        return [Split(conjunction, preposition, True, host[1:], "", _ARTICLE + host[1:])]
    if host.startswith(_ARTICLE) and len(host) >= 4:
        return [Split(conjunction, preposition, True, host[2:], "", host)]
    if len(host) < 2:
        return []
    out = [Split(conjunction, preposition, False, host, "", host)]
    for suffix in _SUFFIXES:
        if host.endswith(suffix) and len(host) - len(suffix) >= 3:
            out.append(Split(conjunction, preposition, False, host[: -len(suffix)], suffix, host))
            break
    return out


def _cost(split: Split) -> float:
    """Rank readings without knowledge of the word: the article speaks for a split, short stems against it."""
    cut = bool(split.conjunction) + 1.5 * bool(split.preposition) + 1.2 * bool(split.suffix)
    return cut - (2.0 if split.article else 0.0) + (2.0 if len(split.stem) < 3 else 0.0)
