"""Which tellings are compared at all: those that share a block.

A block is a family with a stretch of ground and of days, or with a town or a rare word.  A block that has grown too
big says too little: it is cut by day, party and words, and what stays too big is passed over, so that the number of
pairs grows with the number of tellings and not with its square.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from isnad.weigh.families import BY_ACTOR
from isnad.weigh.tellings import Telling
from isnad.weigh.wording import RARE, ranked

_FINE, _COARSE = 0.12, 0.6  # degrees: half a block's side
_FINE_KM = 10.0  # radius up to which a spot is put into fine cells
MOST_BY_WORD = 24  # fewer, where nothing but a word is shared
MOST = 60  # tellings of a block that are all compared with each other
_WORD = "|word:"
_RARE_WORDS = 6
_DAY_WORDS = 10
_TELLING = 2.5  # weight of a word from which on it tells something on a given day
_NEWS_DAYS = (-2, -1, 0)  # a report with no day of its own tells of these days, counted from publication
Part = tuple[str, object]


def blocks_of(telling: Telling) -> list[str]:
    """Return the names of the blocks of a telling; none where it could be joined with nothing."""
    heads = [telling.family]
    if telling.family in BY_ACTOR:
        heads = [f"{telling.family}:{actor}" for actor in telling.actors]
    return sorted({head + tail for tail in _tails(telling) for head in heads})


def _tails(telling: Telling) -> Iterable[str]:
    days = _days(telling)
    for spot in telling.spots:
        if spot.precise:
            yield f"|at:{spot.id}"
        for side in (_FINE, _COARSE) if spot.km <= _FINE_KM else (_COARSE,):
            for cell in _cells(spot.lat, spot.lon, side):
                yield from (f"|{side}:{cell}|{day}" for day in days)
    rarest = ranked(telling.words)
    for word in _rarest(rarest):
        yield f"{_WORD}{word}"
    for word in _day_words(telling, rarest):
        yield from (f"|{word}|{day}" for day in days)
    if telling.copy is not None:
        yield f"|copy:{telling.copy}"


def rare_words(telling: Telling) -> list[str]:
    """Return the rarest words of a telling, those that tell it from others."""
    return _rarest(ranked(telling.words))


def _rarest(rarest: Sequence[tuple[float, str]]) -> list[str]:
    return [word for negative, word in rarest[:_RARE_WORDS] if -negative >= RARE]


def _day_words(telling: Telling, rarest: Sequence[tuple[float, str]]) -> list[str]:
    """Return the words that, on one day, may tell a happening: the place's name, and the rarest around."""
    return sorted({*telling.place_words, *(word for negative, word in rarest[:_DAY_WORDS] if -negative >= _TELLING)})


def _days(telling: Telling) -> list[int]:
    """Return block days: each stands for itself and the next, so that days that touch share one."""
    days = telling.days
    if days.known and days.first is not None and days.last is not None:
        return list(range(days.first - 1, days.last + 1))
    if telling.published is not None and days.first is None:
        return sorted({telling.published + n for n in (_NEWS_DAYS[0] - 1, *_NEWS_DAYS)})
    return []


def _cells(lat: float, lon: float, side: float) -> list[str]:
    row, column = int(lat // side), int(lon // side)
    return [f"{r},{c}" for r in (row - 1, row) for c in (column - 1, column)]


def pairs_of(name: str, members: Sequence[Telling]) -> Iterable[tuple[str, str]]:
    """Return the pairs of keys to compare among the tellings of the block `name`."""
    most = most_of(name)
    if len(members) <= most:
        yield from combinations(sorted(t.key for t in members), 2)
        return
    parts = {n: list(parts_of(telling)) for n, telling in enumerate(members)}
    for group in finer(range(len(members)), parts, most):
        yield from combinations(sorted(members[n].key for n in group), 2)


def most_of(name: str) -> int:
    """Return up to how many tellings of a block are all compared with each other."""
    return MOST_BY_WORD if _WORD in name else MOST


def finer(rows: Sequence[int], parts: Mapping[int, Iterable[Part]], most: int) -> Iterable[list[int]]:
    """Return the groups into which a block that is too big is cut, by the parts of each of its rows."""
    groups: dict[Part, list[int]] = defaultdict(list)
    for row in rows:
        for part in parts[row]:
            groups[part].append(row)
    return [group for group in groups.values() if 1 < len(group) <= most]


def parts_of(telling: Telling) -> Iterable[Part]:
    """Return by what a telling is put into the parts of a block that is too big."""
    actor = min(telling.actors, default="")
    for day in _days(telling):
        yield "day", (day, actor)
    for word in rare_words(telling):
        yield "word", word
    for weekday in _weekdays(telling):
        yield "weekday", (weekday, actor, telling.killed)
        yield "weekday", (weekday, telling.injured)
    if telling.days.month_day:
        yield "date", telling.days.month_day
    elif telling.days.known and telling.days.first is not None:
        known = dt.date.fromordinal(telling.days.first)
        yield "date", (known.month, known.day)
    if telling.killed and telling.killed[0]:
        yield "toll", (telling.killed, telling.injured, tuple(sorted(telling.modes)))


def _weekdays(telling: Telling) -> list[int]:
    if telling.days.weekday is not None:
        return [telling.days.weekday]
    day = telling.days.first if telling.days.known else telling.published
    return [] if day is None else [(day - 1) % 7]


__all__ = ["MOST", "MOST_BY_WORD", "Part", "blocks_of", "finer", "most_of", "pairs_of", "parts_of", "rare_words"]
