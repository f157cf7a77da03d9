"""Which stretches of a captured page are furniture: menus, share bars, comments, headlines of other stories.

CODEBOOK section 2 codes no events there.  Two kinds of evidence: lines known as furniture (lexicon/data/
furniture.yaml), and the structure of the page: an article is lines of running text that end in a full stop;
what follows the last of them in many unfinished lines is a list of links.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec
import yaml

from isnad.text import fold, splits

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_FINAL = frozenset(".!؟?:؛")  # not …, which ends a shortened link
_CLOSING = "\"'»”’›)] "
_ENTITY = ("&#34;", "&quot;")
# X: time, date, views
_FOOTER = re.compile(r"(?:\d{1,2}:\d\d)?\d{1,2}:\d\d [AP]M · [A-Z][a-z]{2} \d{1,2}, \d{4}")
_HANDLE = re.compile(r"@\w{1,15}?(?=[^\x00-\x7f]|[^\w]|$)", re.ASCII)
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\))", re.IGNORECASE)
_BULLET = tuple("-–—•*#◾▪")

_PROSE_WORDS = 10  # a line of running text ends in a full stop and has so many words,
_LONG_WORDS = 28  # or so many without one
_RESUME_WORDS = 14  # running text after a block of links
_LONGEST_MARK = 90  # code points of a line worth looking up
_LONGEST_PREFIX = 40
_TAIL_LINES = 3  # so many unfinished lines at the end are a list of links
_TAIL_LINES_ONE = 5  # so many where the article is a single line of running text
_TAIL_WORDS = 24  # a link has no more words
_MENU_LINES = 5  # so many lines of at most _MENU_WORDS words are a menu
_MENU_WORDS = 4
_SAME_LINE_WORDS = 4  # a line of so many words said twice is a repeated headline


class _Marks(msgspec.Struct, frozen=True):
    lines: frozenset[str]
    blocks: frozenset[str]
    later_blocks: frozenset[str]
    heads: frozenset[str]
    date_words: frozenset[str]
    tails: frozenset[str]
    prefixes: tuple[str, ...]
    inline: tuple[str, ...]


class _Line(msgspec.Struct):
    start: int
    end: int
    words: int
    final: bool
    key: str  # folded letters; of a long line only its beginning
    text: str
    marked: bool = False

    @property
    def prose(self) -> bool:
        """Say whether this is a line of running text."""
        return (self.final and self.words >= _PROSE_WORDS) or self.words >= _LONG_WORDS


def furniture(text: str) -> list[tuple[int, int]]:
    """Return the code-point ranges of `text` that are page furniture, in order, not touching one another."""
    ranges: list[tuple[int, int]] = _inline(text)
    if text.startswith("Post\n"):
        ranges.extend(_post(text))
    elif "\n" in text:
        lines = _lines(text)
        _mark_known(lines)
        _mark_menus(lines)
        _mark_repeats(lines)
        _mark_tail(lines)
        ranges.extend((line.start, line.end) for line in lines if line.marked)
    return _merged(ranges, text)


@cache
def _marks() -> _Marks:
    data = (resources.files("isnad.lexicon") / "data" / "furniture.yaml").read_bytes()
    hand = yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return _Marks(
        frozenset(hand["lines"]),
        frozenset(hand["blocks"]),
        frozenset(hand["later_blocks"]),
        frozenset(hand["heads"]),
        frozenset(hand["date_words"]),
        frozenset(hand["tails"]),
        tuple(hand["prefixes"]),
        tuple(hand["inline"]),
    )


def _lines(text: str) -> list[_Line]:
    """Return the lines that are not blank."""
    out: list[_Line] = []
    position = 0
    for raw in text.split("\n"):
        end = position + len(raw)
        stripped = raw.strip()
        if stripped:
            head = stripped if len(stripped) <= _LONGEST_MARK else stripped[:_LONGEST_PREFIX]
            key = _NOT_LETTERS.sub(" ", fold(head)).strip()
            out.append(_Line(position, end, stripped.count(" ") + 1, _is_final(stripped), key, stripped))
        position = end + 1
    return out


def _is_final(line: str) -> bool:
    """Say whether a line ends a sentence, its closing quotes put aside."""
    if line.endswith(_ENTITY):
        line = line[: line.rfind("&")]
    return line.rstrip(_CLOSING)[-1:] in _FINAL


def _mark_known(lines: list[_Line]) -> None:
    """Mark lines that the data knows, blocks up to the next running text, and tails to the end."""
    marks = _marks()
    begun = in_block = in_tail = after_date = False
    head = 0
    for n, line in enumerate(lines):
        short = len(line.text) <= _LONGEST_MARK
        date = short and _is_date(line, marks)
        if short and (line.key in marks.tails or line.key in marks.blocks):
            in_block = True
            in_tail = in_tail or (begun and line.key in marks.tails)
        elif short and line.key in marks.later_blocks:
            line.marked = True
            in_block = in_block or begun
        elif short and line.key in marks.heads and not begun:
            head = n + 1
        elif in_block and not in_tail and line.final and line.words >= _RESUME_WORDS:
            in_block = False
        begun = begun or line.prose
        linked = after_date and begun and not line.prose  # a date and a headline: another story
        after_date = date and begun and sum(c.isdigit() for c in line.text) > 4  # a day and a year
        line.marked |= in_block or in_tail or date or linked or _known(line, marks, short=short)
    for line in lines[:head]:
        line.marked = True


def _known(line: _Line, marks: _Marks, *, short: bool) -> bool:
    return (short and line.key in marks.lines) or line.key.startswith(marks.prefixes) or _copyright(line)


def _is_date(line: _Line, marks: _Marks) -> bool:
    """Say whether a line is numbers, signs and words of dates alone."""
    return line.words <= 10 and marks.date_words.issuperset(line.key.split())


def _copyright(line: _Line) -> bool:
    return line.words < 12 and _COPYRIGHT.match(line.text) is not None


def _mark_menus(lines: list[_Line]) -> None:
    """Mark runs of very short lines, and section names that keep coming back with the link after each."""
    run: list[_Line] = []
    for line in [*lines, None]:
        if line is not None and line.words <= _MENU_WORDS and not line.final:
            run.append(line)
            continue
        if len(run) >= _MENU_LINES:
            for item in run:
                item.marked = True
        run = []
    seen: dict[str, int] = {}
    for line in lines:
        if line.words <= 3 and line.key:
            seen[line.key] = seen.get(line.key, 0) + 1
    for n, line in enumerate(lines):
        if line.words <= 3 and seen.get(line.key, 0) >= 3:
            line.marked = True
            if n + 2 < len(lines) and (lines[n + 2].key == line.key or lines[n - 2].key == line.key):
                lines[n + 1].marked = lines[n + 1].marked or not lines[n + 1].prose


def _mark_repeats(lines: list[_Line]) -> None:
    """Mark a line said before: a headline repeated is coded once (CODEBOOK section 2)."""
    seen: set[str] = set()
    for line in lines:
        if line.words >= _SAME_LINE_WORDS and not line.marked:
            if line.text in seen:
                line.marked = True
            seen.add(line.text)


def _mark_tail(lines: list[_Line]) -> None:
    """Mark the list of links after the last line of running text, where there are enough of them."""
    last = max((n for n, line in enumerate(lines) if line.prose and not line.marked), default=-1)
    while near := [n for n in range(last + 1, min(last + 3, len(lines))) if _short_sentence(lines[n])]:
        last = near[-1]  # a short sentence belongs to the text before it
    tail = lines[last + 1 :]
    running = sum(line.prose and not line.marked for line in lines)
    if not running or len(tail) < (_TAIL_LINES if running > 1 else _TAIL_LINES_ONE):
        return
    open_lines = [line for line in tail if not line.marked]
    if any(line.words > _TAIL_WORDS or line.text.startswith(_BULLET) for line in open_lines):
        return
    # running text broken into lines: paragraphs that begin with «and», lines that end in a full stop
    joined = sum(splits(line.key.partition(" ")[0])[0].conjunction == "و" for line in open_lines)
    finals = sum(line.final for line in open_lines)
    if 6 * joined < len(open_lines) and 2 * finals < len(open_lines):
        for line in open_lines:
            line.marked = True


def _short_sentence(line: _Line) -> bool:
    return line.final and not line.marked


def _post(text: str) -> list[tuple[int, int]]:
    """Return header, footer and replies of a X post («Post / Post / NAME@handleTEXT7:45 AM · ...»)."""
    out: list[tuple[int, int]] = []
    handle = _HANDLE.search(text, 0, 300)
    if handle:
        out.append((0, handle.end()))
    footer = _FOOTER.search(text, handle.end() if handle else 0)
    if footer:
        out.append((footer.start(), len(text)))
    return out


def _inline(text: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for phrase in _marks().inline:
        at = text.find(phrase)
        if at >= 0:
            out.append((at, at + len(phrase)))
    return out


def _merged(ranges: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Return the ranges in order, joined where only white space lies between."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return out
