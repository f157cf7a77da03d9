"""The day an article was published, where its record does not say: from its address or its own date line.

Four marks are taken, each of them a day that somebody wrote down, none an estimate: the day in a web address
(/2022/08/06/, or at its end: -24-11-2021), the number of a post (the first 42 bits of a status number of x.com count
milliseconds), a line among the first of the text that is nothing but a date with its year, and the day that the text
itself calls today, with its year.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from isnad.model import CodedArticle
from isnad.read.dates import find_dates, stated_today
from isnad.text import Words, read_words

#: Milliseconds between 1970 and the first status number, as published by the service.
_STATUS_EPOCH = 1_288_834_974_657
_STATUS = re.compile(r"//(?:www\.|mobile\.)?(?:x|twitter)\.com/[^/]+/status(?:es)?/(\d{15,20})")
_PATH = re.compile(r"/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:[/-]|$)")
_LOOSE_PATH = re.compile(r"/(20\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)")
_END_OF_PATH = re.compile(r"[-_/]([0-3]\d)-([01]\d)-(20\d\d)(?:\.html?)?/?(?:[?#]|$)")
_LINES = 10  # a date line stands among the first lines of a page
_LINE = 60  # code points: longer lines are sentences
_DIGITS = re.compile(r"\d")


class Published(msgspec.Struct, frozen=True):
    """A day and the rule it comes from: stated | address | status-number | date-line | today."""

    day: dt.date
    rule: str


def publication_day(article: CodedArticle, words: Words | None = None) -> Published | None:
    """Return the day of publication of `article` with its evidence; None where nothing tells it.

    `words` is the text as read, where that was done before.
    """
    stated = _iso(article.published)
    if stated:
        return Published(stated, "stated")
    url = article.url or ""
    return _status_day(url) or _path_day(url) or _line_day(article.text) or _today(words or read_words(article.text))


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
    if found := _PATH.search(url) or _LOOSE_PATH.search(url):
        year, month, day = found.groups()
    elif found := _END_OF_PATH.search(url):
        day, month, year = found.groups()
    else:
        return None
    try:
        return Published(dt.date(int(year), int(month), int(day)), "address")
    except ValueError:
        return None


def _line_day(text: str) -> Published | None:
    for line in text[:1200].split("\n")[:_LINES]:
        if len(line) <= _LINE and len(_DIGITS.findall(line)) >= 5:
            for mention in find_dates(read_words(line), None):
                if mention.day_from and mention.day_from == mention.day_to:
                    return Published(dt.date.fromisoformat(mention.day_from), "date-line")
    return None


def _today(words: Words) -> Published | None:
    day = stated_today(words)
    return Published(day, "today") if day else None


__all__ = ["Published", "publication_day"]
