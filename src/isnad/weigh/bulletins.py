"""The day of a bulletin: its heading tells of which day all the events below it are."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources

import yaml

from isnad.model import CodedArticle
from isnad.read.dates import find_dates
from isnad.text import fold, read_words
from isnad.weigh.days import Days

_HEADING = 300  # code points of a heading that are looked at
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _marks() -> frozenset[str]:
    data = yaml.load((resources.files("isnad.weigh") / "data" / "bulletins.yaml").read_bytes(), Loader=_LOADER)
    return frozenset(fold(word) for word in data["words"])


def bulletin_day(article: CodedArticle) -> Days | None:
    """Return the one day, with its year, in the heading of a bulletin; None for another article, or another heading."""
    heading = (article.title or article.text.partition("\n")[0])[:_HEADING]
    folded = fold(heading)
    if not any(mark in folded for mark in _marks()):
        return None
    words = read_words(heading)
    if _marks().isdisjoint(words.key):
        return None
    days = {m.day_from for m in find_dates(words, None) if m.day_from and m.day_from == m.day_to}
    if len(days) != 1:
        return None
    day = dt.date.fromisoformat(days.pop()).toordinal()
    return Days(day, day)


__all__ = ["bulletin_day"]
