"""The words by which places are named in running text (`data/places/words.yaml`), as look-up tables."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
import yaml

from isnad.lexicon.gazetteer_data import DATA
from isnad.text import fold


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """A noun that stands before a place's name, or alone for a place.

    `level` is what it names; `bare` says that the definite noun alone looks back; `generic` that it is a
    place without any name (a hit house); `strict` that only gazetteer names or quoted ones follow;
    `loose` that common words after it are no name; `known` that only gazetteer names do; `part` that the
    whole place is meant (the streets of a town); `small` that no great city is named so (village of);
    `honours` that it may bear the name of a town elsewhere or of a person (street, mosque);
    `dwelling` that in the plural it is a place only with the town it stands in (houses of civilians).
    """

    level: str
    gloss: str
    en: str = ""
    plural: bool = False
    bare: bool = False
    definite: bool = False
    generic: bool = False
    strict: bool = False
    loose: bool = False
    known: bool = False
    number: bool = False
    military: bool = False
    part: bool = False
    small: bool = False
    honours: bool = False
    dwelling: bool = False


class PlaceWords(msgspec.Struct, frozen=True):
    """The tables, all by folded key."""

    heads: dict[str, Head]
    directions: dict[str, str]
    sides: dict[str, str]
    parts: dict[str, str]
    edges: frozenset[str]
    lands: frozenset[str]
    borders: frozenset[str]
    border_adjectives: frozenset[str]
    nation: frozenset[str]
    kingdom: frozenset[str]
    before: frozenset[str]
    clitics: frozenset[str]
    joined: dict[str, str]
    compound: frozenset[str]
    tails: frozenset[str]
    not_names: frozenset[str]
    governorates: frozenset[str]
    within: frozenset[str]
    road_words: frozenset[str]
    military: frozenset[str]
    inside: frozenset[str]
    spelled_otherwise: frozenset[str]
    belonging: frozenset[str]
    persons: frozenset[str]
    listed: frozenset[str] = frozenset()  # every word that plays a part by itself


_LISTED = (
    "directions", "sides", "edges", "lands", "borders", "border_adjectives", "nation", "kingdom", "before", "within",
)  # fmt: skip


@cache
def load_place_words() -> PlaceWords:
    """Return the tables of `words.yaml`."""
    raw = yaml.load(
        (DATA / "words.yaml").read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    heads = {key: head for entry in raw.pop("heads") for key, head in _head(entry)}
    tables: dict[str, Any] = {
        name: {fold(k): v for k, v in value.items()}
        if isinstance(value, dict)
        else frozenset(value if name == "spelled_otherwise" else map(fold, value))
        for name, value in raw.items()
        if name != "parts"
    }
    listed = frozenset(heads).union(*(tables[name] for name in _LISTED))
    return PlaceWords(heads=heads, parts=raw["parts"], listed=listed, **tables)


def _head(entry: dict[str, Any]) -> list[tuple[str, Head]]:
    forms = {number: entry.pop(number, ()) for number in ("one", "dual", "many")}
    single = msgspec.convert(entry, Head)
    several = msgspec.structs.replace(single, plural=True)
    out = [(fold(form), single) for form in forms["one"]]
    return out + [(fold(form), several) for number in ("dual", "many") for form in forms[number]]
