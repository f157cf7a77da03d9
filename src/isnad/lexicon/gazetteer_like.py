"""Places by a name that is written a little otherwise than any table has it.

Tables and newspapers differ over articles and spaces inside a name («أم قرى» for «أم القرى», «كباجب» for «كبا جب»,
«معرتموخص» for «معرة موخص»), over its last vowel («كفرلاتا», «كفرلاته») and over s («صكيرو», «سكيرو»).  A name
stripped of these is its skeleton; only names that a head noun brings («قرية X» the village of X) are looked up by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from isnad.lexicon.gazetteer import Gazetteer
from isnad.lexicon.gazetteer_data import PlaceRow
from isnad.lexicon.gazetteer_keys import skeleton

_LEVELS = ("town", "neighbourhood")


def like_name(gazetteer: Gazetteer, key: str) -> Sequence[PlaceRow]:
    """Return the places of a folded name; where no table has it, the towns and quarters of its skeleton."""
    return gazetteer.near_name(key) or alike(gazetteer, key)


def alike(gazetteer: Gazetteer, key: str) -> Sequence[PlaceRow]:
    """Return the towns and quarters whose name has the skeleton of a folded name."""
    bones = skeleton(key)
    return _by_skeleton(gazetteer).get(bones, ()) if bones is not None else ()


@cache
def _by_skeleton(gazetteer: Gazetteer) -> Mapping[str, Sequence[PlaceRow]]:
    found: dict[str, dict[int, PlaceRow]] = {}
    for row in gazetteer.each():
        if row.level in _LEVELS:
            for marked in row.keys.split("|"):
                if bones := skeleton(marked[:-1]):
                    found.setdefault(bones, {})[id(row)] = row
    return {bones: tuple(rows.values()) for bones, rows in found.items()}


__all__ = ["alike", "like_name"]
