"""Which places a text names: gazetteer names and named patterns, told apart by the company they keep.

In: words, a gazetteer, and the parties named there (their countries tell which Tripoli is meant).  Out:
mentions in order.  A mention may lie inside another: the town of a hit house follows the house.  Coordinates
are None where the gazetteer does not know the name or several places share it and nothing in the document
decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from isnad.lexicon.gazetteer import EVERYDAY, Gazetteer
from isnad.lexicon.placewords import load_place_words
from isnad.read.mentions import PartyMention, PlaceMention
from isnad.read.place_choice import cut_length
from isnad.read.place_names import RARE
from isnad.read.place_records import UNKNOWN, Raw
from isnad.read.place_resolve import Resolver
from isnad.read.place_scan import Scan
from isnad.read.place_types import PlaceType, PlaceTypes
from isnad.text import Words
from isnad.text.frequencies import level

_AGAIN = ("town", "neighbourhood", "district")  # levels whose unknown names are looked for again
_CLITICS = frozenset("وفبل")  # and, so, by/in, to
_COUNTRY_WEIGHT, _NISBA_WEIGHT, _PLACE_WEIGHT = 2.0, 1.0, 1.0


def find_places(
    words: Words, gazetteer: Gazetteer, parties: Sequence[PartyMention] = ()
) -> list[PlaceMention]:
    """Return the places that `words` name, in order of their first word, the longer first."""
    types = _types(gazetteer)
    scan = Scan(words, types)
    raws = _settle(scan.run(), parties)
    reader = Resolver(words, types, _countries(raws, scan.infos, parties))
    pairs = [(raw, made) for raw, made in zip(raws, reader.mentions(raws), strict=True) if made is not None]
    out = [made for _, made in pairs]
    out += _again(words, pairs)
    out.sort(key=lambda m: (m.first, -m.last))
    return out


@lru_cache(maxsize=4)
def _types(gazetteer: Gazetteer) -> PlaceTypes:
    return PlaceTypes(gazetteer, load_place_words())


def _settle(raws: list[Raw], parties: Sequence[PartyMention]) -> list[Raw]:
    """Drop the doubtful names that nothing in the document supports."""
    sure = {r.key for r in raws if r.pattern != "doubtful" and r.key}
    inside = {i for p in parties for i in range(p.first, p.last)}
    bodies = {p.first: p.last for p in parties if p.form == "name" and p.last > p.first + 1}
    named = {i for first, last in bodies.items() for i in range(first + 1, last)}
    kept = []
    for raw in raws:
        area = raw.head is not None and raw.head.loose and raw.level == "town" and not raw.rows
        if area and not inside.isdisjoint(range(raw.first + 1, raw.last)):
            raw = msgspec.structs.replace(raw, key="", level="region")  # «مناطق قسد» the areas of the SDF
        if raw.first in named and raw.pattern == "name" and not raw.cued:
            continue  # a body named after a place: «قوات سوريا الديمقراطية» Syrian Democratic Forces
        if raw.pattern == "doubtful" and (
            raw.key not in sure or (raw.sure == EVERYDAY and not raw.cued) or raw.first in inside
        ):
            continue
        kept.append(raw)
    return kept


def _countries(
    raws: list[Raw], infos: list[PlaceType | None], parties: Sequence[PartyMention]
) -> dict[str, float]:
    """Weigh the countries that the document speaks of."""
    weights: dict[str, float] = defaultdict(float)
    for raw in raws:
        for code in raw.codes:
            weights[code] += _COUNTRY_WEIGHT if code != UNKNOWN else 0.0
        lands = {r.country for r in raw.rows}
        land = lands.pop() if len(lands) == 1 else None
        if land is not None:
            weights[land] += _PLACE_WEIGHT
    for info in infos:
        if info is not None and info.nisba:
            weights[info.nisba] += _NISBA_WEIGHT
    for party in parties:
        if party.country:
            weights[party.country] += _NISBA_WEIGHT
    return weights


def _again(words: Words, pairs: list[tuple[Raw, PlaceMention]]) -> list[PlaceMention]:
    """Find the names that the gazetteer does not know again where they stand without head noun."""
    known = {
        raw.key: made
        for raw, made in pairs
        if raw.pattern == "head"
        and raw.key
        and not raw.rows
        and made.level in _AGAIN
        and level(raw.key) <= RARE
    }
    if not known:
        return []
    by_first: dict[str, list[str]] = {}
    for key in known:
        by_first.setdefault(key.partition(" ")[0], []).append(key)
    taken = {i for _, m in pairs for i in range(m.first, m.last)}
    out = []
    for i, key in enumerate(words.key):
        cut = 0 if key in by_first else 1 if key[1:] in by_first else 2 if key[2:] in by_first else None
        if cut is None or i in taken or not _CLITICS.issuperset(key[:cut]):
            continue
        for name in by_first[key[cut:]]:
            size = name.count(" ") + 1
            if " ".join((key[cut:], *words.key[i + 1 : i + size])) == name:
                raw = Raw(first=i, last=i + size, cut=key[:cut], pattern="name")
                start = words.start[i] + cut_length(words, raw)
                end = words.end[i + size - 1]
                text = words.text[start:end]
                seen = msgspec.structs.replace(
                    known[name], first=i, last=i + size, start=start, end=end, text=text
                )
                out.append(seen)
                break
    return out
