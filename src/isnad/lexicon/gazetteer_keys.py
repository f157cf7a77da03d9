"""What a row of a user's table says of a place: its keys with their class, what holds it, its rank."""

from __future__ import annotations

import re

from isnad.lexicon.gazetteer_data import EVERYDAY, PLAIN, UNSURE, key_of
from isnad.lexicon.placewords import load_place_words
from isnad.text.frequencies import level as frequency

#: 10 x Zipf from which a single name is an everyday word; from which it needs company.
_EVERYDAY, _UNSURE = 38, 26
#: People that the chief town of a governorate, district or subdistrict counts as, where a table gives none.
_CHIEF = {"gov": 100_000, "admin1": 100_000, "adm1": 100_000, "dist": 20_000, "admin2": 20_000, "adm2": 20_000}
_CHIEF_LEAST = 5_000
_HOLDERS = (
    "gov_ar",
    "admin1_ar",
    "adm1_ar",
    "dist_ar",
    "admin2_ar",
    "adm2_ar",
    "subdist_ar",
    "admin3_ar",
    "adm3_ar",
    "parent_ar",
)  # columns of the divisions that hold a place
ARABIC = re.compile("[\u0621-\u064a]{2}")
_ARTICLE = "ال"  # the
_ALIKE = str.maketrans({"ص": "س"})  # emphatic and plain s
_INNER_ARTICLE = re.compile("(?<=[^ ]{3})ال(?=[^ ]{3})")  # «جسرالشغور»
_LAST_VOWELS = ("ا", "ه", "ي")  # folded: alif, ta marbuta, ya and alif maqsura
_LEAST = 5  # letters; a shorter skeleton is of too many names
_HEADS = re.compile(r"^(?:محافظة|مدينة|بلدة|قرية|ناحية|قضاء|مديرية|مركز) (?=\S)")  # governorate, city, town ...


def holders_of(values: dict[str, str]) -> tuple[str, ...]:
    """Return the folded names of the divisions that a row says hold its place."""
    names = (key_of(_HEADS.sub("", values[c].strip())) for c in _HOLDERS if values.get(c))
    return tuple(dict.fromkeys(name for name in names if ARABIC.search(name)))


def chief_of(keys: str, values: dict[str, str]) -> int:
    """Return the people that a place counts as for having the name of a division that holds it."""
    names = {key[:-1] for key in keys.split("|")}
    ranks = [
        _CHIEF.get(column.partition("_")[0], _CHIEF_LEAST)
        for column in _HOLDERS
        if values.get(column) and key_of(_HEADS.sub("", values[column].strip())) in names
    ]
    return max(ranks, default=0)


def keys_of(names: str, holders: tuple[str, ...] = ()) -> str:
    """Return the keys of a cell: each of its names, also without the division added to tell namesakes apart."""
    out: dict[str, None] = {}
    parts = load_place_words().compound
    for n, name in enumerate(re.split(r"[/|()؛;_\-–]", names)):
        key = key_of(_HEADS.sub("", " ".join(name.split())))
        if not ARABIC.search(key) or (key in parts and key != key_of(names)) or (n and key in holders):
            continue
        out[key + _class(key)] = None
        short = next((key.removesuffix(f" {h}") for h in holders if key.endswith(f" {h}")), key)
        if short != key and len(short) > 2 and short not in parts:
            out[short + _class(short)] = None
    return "|".join(out)


def _class(key: str) -> str:
    if " " in key:
        return UNSURE if key.partition(" ")[0] in load_place_words().persons else PLAIN
    how_often = frequency(key)
    if how_often >= _EVERYDAY or len(key) <= 2:
        return EVERYDAY
    return UNSURE if how_often >= _UNSURE else PLAIN


def skeleton(key: str) -> str | None:
    """Return a folded name without what its spellings differ in; None where too little is left of it."""
    *first, last = (w.removeprefix(_ARTICLE) if len(w) > len(_ARTICLE) + 1 else w for w in key.split(" "))
    joined = "".join(w[:-1] + "ت" if w.endswith("ه") else w for w in first) + last  # ta marbuta before a word is t
    bones = _INNER_ARTICLE.sub("", joined.translate(_ALIKE))
    short = bones[:-1] if bones.endswith(_LAST_VOWELS) else bones
    return short if len(short) >= _LEAST else bones if len(bones) >= _LEAST else None
