"""Where sentences begin and end, and which of them is the headline.

Pages come with paragraphs as lines, with headline and caption lines that have no full stop, and at times with
lines broken in mid-sentence (as the BBC's of 2009).  Posts of X begin «Post / Post / NAME@handle».
Every step is linear in the number of words, and no sentence is longer than `LONGEST` words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib import resources

import msgspec
import yaml

from isnad.text.clitics import splits

LONGEST = 150  # words; longer ones are cut at a semicolon or comma
_SHORTEST_CUT = 50  # a cut leaves at least this many words before it
_END = frozenset(".!؟?…\u06d4")  # full stop, exclamation and question marks, ellipsis
_CLOSING = frozenset("\"'»”’›)]}")
_FINAL = _END | frozenset(":؛;")  # a line that ends so is complete
_COMPLETE = _FINAL | _CLOSING
_COMMAS = frozenset("،,؛;")
_HEADLINE_WORDS = range(3, 36)
_HEADLINE_LINES = 7  # the headline stands among the first lines, after dates and section names
_LONG_LINE = 45  # code points: shorter lines without a full stop are headings, bylines, captions


class Sentence(msgspec.Struct, frozen=True):
    """Words [first, last) of one sentence; `headline` where it is (part of) the article's headline line."""

    first: int
    last: int
    headline: bool = False


class _Cues(msgspec.Struct, frozen=True):
    unfinished: frozenset[str]
    continues: frozenset[str]
    begins: frozenset[str]


@cache
def _cues() -> _Cues:
    data = (resources.files("isnad.text") / "data" / "sentences.yaml").read_bytes()
    hand = yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return _Cues(frozenset(hand["unfinished"]), frozenset(hand["continues"]), frozenset(hand["begins"]))


class _Line(msgspec.Struct, frozen=True):
    first: int
    last: int
    length: int  # code points


def read_sentences(text: str, start: Sequence[int], end: Sequence[int], key: Sequence[str]) -> list[Sentence]:
    """Return the sentences over the words of `text`: they cover every word once, in order."""
    if not start:
        return []
    lines = _lines(text, start)
    headline = _headline(text, lines, key)
    stops = _stops(lines, key)
    if headline is not None:  # a headline is one sentence: «بالفيديو.. فلان يهاجم»
        stops = [s for s in stops if not headline.first < s < headline.last]
        stops.append(headline.last)
    stops.extend(_full_stops(start, end, key, headline))
    handle = _after_handle(text, start, end, key)
    if handle:
        stops.append(handle)
    out: list[Sentence] = []
    first = 0
    for last in sorted({s for s in stops if 0 < s < len(start)} | {len(start)}):
        is_headline = headline is not None and headline.first <= first and last <= headline.last
        while last - first > LONGEST:
            cut = _cut(key, first)
            out.append(Sentence(first, cut, is_headline))
            first = cut
        out.append(Sentence(first, last, is_headline))
        first = last
    return out


def _lines(text: str, start: Sequence[int]) -> list[_Line]:
    """Return the lines that hold a word."""
    out: list[_Line] = []
    first, position, n = 0, 0, len(start)
    while first < n:
        newline = text.find("\n", max(position, start[first]))
        if newline < 0:
            out.append(_Line(first, n, len(text) - position))
            break
        last = bisect_left(start, newline, first)
        if last > first:
            out.append(_Line(first, last, newline - position))
        first, position = last, newline + 1
    return out


def _headline(text: str, lines: list[_Line], key: Sequence[str]) -> _Line | None:
    """Return the line that is the article's headline, if its first real line is one."""
    if len(lines) < 2 or _is_post(text):
        return None
    for line in lines[: min(_HEADLINE_LINES, len(lines) - 1)]:
        if key[line.first] in ("http", "https"):
            continue
        words = [k for k in key[line.first : line.last] if len(k) > 1 and not k.isascii()]
        if len(words) < _HEADLINE_WORDS.start:
            continue
        if line.last - line.first > 2 * _HEADLINE_WORDS.stop or len(words) >= _HEADLINE_WORDS.stop:
            return None
        return None if _has_full_stop(key, line) else line
    return None


def _has_full_stop(key: Sequence[str], line: _Line) -> bool:
    """Say whether a line holds or ends with a single full stop or a colon at its end: it is running text."""
    if key[line.last - 1] in ".:":
        return key[line.last - 2] != "."
    inner = range(line.first + 1, line.last - 1)
    return any(
        key[i] == "." and "." not in (key[i - 1], key[i + 1]) and min(len(key[i - 1]), len(key[i + 1])) > 2
        for i in inner
    )


def _is_post(text: str) -> bool:
    return text.startswith(("Post\n", "Copy link to Tweet\n", "Conversation\n"))


def _after_handle(text: str, start: Sequence[int], end: Sequence[int], key: Sequence[str]) -> int:
    """Return the word after the author's @handle of an X post, which its text follows without a space."""
    if not _is_post(text):
        return 0
    for i in range(min(60, len(key) - 1)):
        if key[i] == "@":
            i += 1
            while i < len(key) and start[i] - end[i - 1] < 2 and key[i].isascii() and key[i].isalnum():
                i += 1
            return i
    return 0


def _stops(lines: list[_Line], key: Sequence[str]) -> list[int]:
    """Return the words at which a line begins that is no continuation of the one before."""
    ended = sum(key[line.last - 1] in _FINAL or key[line.last - 1] in _CLOSING for line in lines)
    running = 2 * ended > len(lines)  # a text of full sentences, not of menus and captions
    out: list[int] = []
    for n in range(1, len(lines)):
        if not _goes_on(lines[n - 1], lines[n], key, wrapped=running and n > 2):
            out.append(lines[n].first)
    return out


def _goes_on(before: _Line, after: _Line, key: Sequence[str], *, wrapped: bool) -> bool:
    """Say whether the line `after` goes on in the sentence of `before`."""
    last, first = key[before.last - 1], key[after.first]
    if last in _FINAL or last in _CLOSING or last == ">" or first in ("alt", "-", "–", "•", "*", "@", "#"):
        return False
    cues = _cues()
    if last in ("،", ",") or last in cues.unfinished or first in ("،", "؛", ".", ")", "»", "”"):
        return True
    if not wrapped or first in cues.begins:
        return False
    if first in cues.continues:
        return True
    if len(first) < 2 or first.isascii() or key[after.last - 1] not in _COMPLETE:
        return False
    # «نفى وقوع / الحادث», «العدالة / والتنمية», «قرب / لمواجهة»; bare nouns and verbs begin paragraphs
    reading = splits(first)[0]
    return (
        before.length >= _LONG_LINE
        and (reading.article or reading.preposition in ("ب", "ل"))
        and (reading.article or not reading.conjunction)
    )


def _full_stops(
    start: Sequence[int], end: Sequence[int], key: Sequence[str], headline: _Line | None
) -> list[int]:
    """Return the words after a full stop, question or exclamation mark and the closing quotes behind it."""
    out: list[int] = []
    n = len(key)
    skip_to = 0
    for i in [i for i, k in enumerate(key) if k in _END]:
        if i < skip_to or (headline is not None and headline.first <= i < headline.last):
            continue
        j = i + 1
        while j < n and start[j] == end[j - 1] and (key[j] in _CLOSING or key[j] in _END):
            j += 1
        skip_to = j
        if j < n and _ends(start, end, key, i, j):
            out.append(j)
    return out


def _ends(start: Sequence[int], end: Sequence[int], key: Sequence[str], i: int, j: int) -> bool:
    """Say whether the mark at word i, its closing quotes up to word j, ends a sentence; not «د.» nor «1.»."""
    before = key[i - 1] if i else ""
    initial = len(before) == 1 and before.isalpha()
    if key[i] == "." and j == i + 1 and (initial or (before.isdigit() and len(before) < 3)):
        return False
    if start[j] > end[j - 1]:
        return True
    # no space: «السعودية.وقال», but not a web address
    return len(before) > 2 and not before.isascii() and (not key[j].isascii() or key[j][0].isdigit())


def _cut(key: Sequence[str], first: int) -> int:
    """Return where to cut an overlong sentence: after the last semicolon or comma within bounds."""
    for i in range(first + LONGEST - 1, first + _SHORTEST_CUT, -1):
        if key[i] in _COMMAS:
            return i + 1
    return first + LONGEST
