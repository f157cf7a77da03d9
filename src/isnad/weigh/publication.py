"""The day an article was published, where its record does not say: from its address or its own date line.

Three marks are taken, each of them a day that somebody wrote down, none an estimate: the day in a web address
(/2022/08/06/), the number of a post (the first 42 bits of a status number of x.com count milliseconds), and a line
among the first of the text that is nothing but a date with its year.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from isnad.model import CodedArticle
from isnad.read.dates import find_dates
from isnad.text import read_words

#: Milliseconds between 1970 and the first status number, as published by the service.
_STATUS_EPOCH = 1_288_834_974_657
_STATUS = re.compile(r"//(?:www\.|mobile\.)?(?:x|twitter)\.com/[^/]+/status(?:es)?/(\d{15,20})")
_PATH = re.compile(r"/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:[/-]|$)")
_LOOSE_PATH = re.compile(r"/(20\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)")
_LINES = 10  # a date line stands among the first lines of a page
_LINE = 60  # code points: longer lines are sentences
_DIGITS = re.compile(r"\d")


class Published(msgspec.Struct, frozen=True):
    """A day and the rule it comes from: stated | address | status-number | date-line."""

    day: dt.date
    rule: str


def publication_day(article: CodedArticle) -> Published | None:
    """Return the day of publication of `article` with its evidence; None where nothing tells it."""
    stated = _iso(article.published)
    if stated:
        return Published(stated, "stated")
    url = article.url or ""
    return _status_day(url) or _path_day(url) or _line_day(article.text)


def _iso(day: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((day or "")[:10])
    except ValueError:
        return None


def _status_day(url: str) -> Published | None:
    found = _STATUS.search(url)
    if not found:
        return None
    seconds = ((int(found[1]) >> 22) + _STATUS_EPOCH) / 1000
    return Published(dt.datetime.fromtimestamp(seconds, dt.UTC).date(), "status-number")


def _path_day(url: str) -> Published | None:
    found = _PATH.search(url) or _LOOSE_PATH.search(url)
    if not found:
        return None
    try:
        return Published(dt.date(int(found[1]), int(found[2]), int(found[3])), "address")
    except ValueError:
        return None


def _line_day(text: str) -> Published | None:
    for line in text[:1200].split("\n")[:_LINES]:
        if len(line) <= _LINE and len(_DIGITS.findall(line)) >= 5:
            for mention in find_dates(read_words(line), None):
                if mention.day_from and mention.day_from == mention.day_to:
                    return Published(dt.date.fromisoformat(mention.day_from), "date-line")
    return None


__all__ = ["Published", "publication_day"]
