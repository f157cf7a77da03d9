"""Regular endings of Arabic nouns and adjectives, for the word lists of parties.

A written entry carries a mark: «+» takes all regular endings (sound plural, dual, feminine, construct),
«=» a noun with a broken plural (singular, accusative and dual only, so that its dual counts two), «*» a
noun in ة, «!» this form only.
"""

from __future__ import annotations

from isnad.text import fold, read_words

DEFINITE = 1
DUAL = 2
PRONOUN = 4
SINGULAR = 8

_ARTICLE = "ال"  # the
_SOUND = ("", "ا", "ه", "ان", "ين", "ون", "ي", "و", "ات", "تان", "تين", "يي", "يو")
_BROKEN = (("", SINGULAR), ("ا", SINGULAR), ("ان", DUAL), ("ين", DUAL), ("ي", DUAL), ("ه", SINGULAR))
_FEMININE = (("ه", SINGULAR), ("تان", DUAL), ("تين", DUAL), ("تا", DUAL), ("تي", DUAL), ("ات", 0))
_PRONOUNS = ("ه", "ها", "هم", "هما", "نا")  # his, her, their, of both, our
_TAA = "ه"  # folded ة, written ت before a pronoun


def word_forms(entry: str, *, pronouns: bool = False) -> list[tuple[tuple[str, ...], int]]:
    """Return (folded words, flags) of every form of `entry`, with and without article."""
    keys = tuple(read_words(entry.rstrip("+=*!")).key)
    mark = entry[-1] if entry[-1] in "+=*!" else ""
    if mark == "!":
        return [(keys, DEFINITE)]
    with_article = entry.startswith(_ARTICLE)  # before folding: «ألماني» German has none
    if len(keys) != 1:
        return [(keys, DEFINITE if keys[-1].startswith(_ARTICLE) else 0)]
    out: list[tuple[tuple[str, ...], int]] = []
    for stem, flags in _endings(keys[0], mark):
        if with_article:
            out.append(((stem,), flags | DEFINITE))
            continue
        out.append(((stem,), flags))
        out.append(((_ARTICLE + stem,), flags | DEFINITE))
        if pronouns:
            host = stem[:-1] + "ت" if stem.endswith(_TAA) else stem
            feminine = stem.endswith("ي") and not stem.endswith("يي")  # «إرهابية» is no «his terrorist»
            pronouns_here = _PRONOUNS[1:] if feminine else _PRONOUNS
            out.extend(((host + p,), flags | DEFINITE | PRONOUN) for p in pronouns_here)
    return out


def _endings(stem: str, mark: str) -> list[tuple[str, int]]:
    if mark == "+":
        return list({stem + e: (SINGULAR if e in ("", "ا", "ه") else 0) for e in _SOUND}.items())
    if mark == "=":
        return [(stem + e, f) for e, f in _BROKEN]
    if mark == "*":
        base = stem[:-1] if stem.endswith(_TAA) else stem
        return [(base + e, f) for e, f in _FEMININE]
    return [(stem, 0)]


def name_forms(name: str, *, skip: frozenset[str]) -> tuple[str, ...]:
    """Return the folded words of a fixed name, quotation marks and the like left out."""
    return tuple(k for k in read_words(name).key if k not in skip)


__all__ = ["DEFINITE", "DUAL", "PRONOUN", "SINGULAR", "fold", "name_forms", "word_forms"]
