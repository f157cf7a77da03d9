"""The names under which a place that somebody asks for may be coded.

A coded place carries the Latin name of its row in the gazetteer, or the words of the text where no row was chosen.
Who asks may write either, and the same name may belong to several places: none of them is picked, all their names are
given.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from isnad.lexicon.gazetteer import Gazetteer, is_same, key_of, load_gazetteer, spellings
from isnad.lexicon.gazetteer_data import PlaceRow


class PlaceNames:
    """The gazetteer with the user's own tables (a folder), read when a name is first asked for."""

    def __init__(self, user_dir: Path | None = None) -> None:
        self._user_dir = user_dir

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return load_gazetteer(self._user_dir)

    def of(self, asked: str) -> tuple[str, ...]:
        """Return all names under which places called `asked` are coded, what was asked for first."""
        return names_of(self._gazetteer, asked)


def names_of(gazetteer: Gazetteer, asked: str) -> tuple[str, ...]:
    """Return all names under which places called `asked`, in Arabic or Latin letters, are coded.

    What was asked for comes first, as it stands: it may be an id, a country's code or an unknown name.
    """
    rows = gazetteer.near_name(key_of(asked))
    if not rows:
        named = _in_latin(gazetteer).get(latin_key(asked), ())
        others = (other for row in named for key in _keys(row) for other in gazetteer.named(key) if is_same(other, row))
        rows = [*named, *others]
    names = (row.name for row in rows if row.name)
    return tuple(dict.fromkeys((asked, *names, *(key for row in rows for key in _keys(row)))))


def _keys(row: PlaceRow) -> Iterator[str]:
    for marked in row.keys.split("|"):
        yield from spellings(marked[:-1])


@cache
def _in_latin(gazetteer: Gazetteer) -> Mapping[str, Sequence[PlaceRow]]:
    found: defaultdict[str, list[PlaceRow]] = defaultdict(list)
    for row in {id(row): row for row in gazetteer.each()}.values():
        found[latin_key(row.name)].append(row)
    found.pop("", None)
    return dict(found)


def latin_key(name: str) -> str:
    """Return the key under which a Latin name is looked up: small letters, without accents and signs."""
    plain = (c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


__all__ = ["PlaceNames", "latin_key", "names_of"]
