"""Where a page shows days beside its headline, and which of them are days of publication."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import msgspec

from isnad.ingest.page_daylines import FIGURES, LONGEST, YEAR, judge, label_of
from isnad.ingest.page_parts import BLOCKS, Element, is_furniture, linked, tokens
from isnad.lexicon.pagewords import page_words

_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_PROSE_WORDS = 12
_LABEL_WORDS = 4
_ABOVE = 8  # texts between a day and the headline below it
_AFTER_DECK = 6  # texts after the standfirst in which a marked day may stand
_REACH = 60  # texts after the headline that are looked at


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Days beside the headline: `marked` in markup, `published` in words; `doubtful` when some were unclear."""

    marked: frozenset[dt.date] = frozenset()
    published: frozenset[dt.date] = frozenset()
    doubtful: bool = False


class _Text(msgspec.Struct, frozen=True):
    """One text node: its words, its element, the block around it."""

    text: str
    element: Element
    block: Element


def shown_days(root: Element, heading: Element | None, prose: dict[Element, int]) -> Shown:
    """Return the days shown by a page; without a headline element none can be placed.  `prose` is `prose_of(root)`."""
    if heading is None:
        return Shown()
    body = root.find(".//body") if root.tag == "html" else root
    if body is None:
        return Shown()
    texts = list(_texts(body, prose, heading))
    at = next((n for n, t in enumerate(texts) if _inside(t.element, heading)), None)
    if at is None:
        return Shown()
    marked: set[dt.date] = set()
    published: set[dt.date] = set()
    doubtful = False
    for n, placed in _near(texts, at, heading):
        if _of_update(texts[n].element):
            continue
        for label, day in _days_of(texts, n):
            if day is None:
                doubtful = doubtful or n > at
            elif label == "published" or (label == "" and placed):
                published.add(day)
            elif label == "" and n > at:
                doubtful = True
    for element, placed in _times(texts, at, heading):
        day = _marked_day(element)
        if day and placed:
            marked.add(day)
    if published and _month_first(texts):
        doubtful, published = True, {day for day in published if day.day > 12 or day.day == day.month}
    return Shown(marked=frozenset(marked), published=frozenset(published), doubtful=doubtful)


def _texts(body: Element, prose: dict[Element, int], heading: Element) -> Iterator[_Text]:
    """Yield the texts of a page in order, those of furniture left out."""
    total = prose.get(body, 0)

    def walk(element: Element, block: Element, depth: int) -> Iterator[_Text]:
        if depth > 200:
            return
        names = tokens(element)
        if element is not heading and (
            names & page_words().today_tokens
            or (is_furniture(element, prose, total, heading) and not _head_of(element, heading, names))
        ):
            return
        block = element if element.tag in BLOCKS else block
        if (element.text and element.text.strip()) or element.tag in ("time", "abbr"):
            yield _Text((element.text or "").strip(), element, block)
        for child in element:
            if isinstance(child.tag, str):
                yield from walk(child, block, depth + 1)
            if child.tail and child.tail.strip():
                yield _Text(child.tail.strip(), element, block)

    yield from walk(body, body, 0)


def _head_of(element: Element, heading: Element, names: frozenset[str]) -> bool:
    """Say whether an element is a `header` with the headline, or a `header` or `footer` that tells who and when."""
    if element.tag == "header" and _inside(heading, element):
        return True
    return element.tag in ("header", "footer") and bool(names & page_words().day_tokens)


def _inside(element: Element, outer: Element) -> bool:
    while element is not None:
        if element is outer:
            return True
        element = element.getparent()
    return False


def _near(texts: list[_Text], at: int, heading: Element) -> Iterator[tuple[int, bool]]:
    """Yield the texts near the headline that may be a day, and whether one without a label can be trusted there."""
    for n in range(max(0, at - _ABOVE), at):
        if len(texts[n].text) <= LONGEST:
            yield n, _one_holder(texts[n].element, heading)
    decks, last = 0, None
    for n in range(at, min(at + _REACH, len(texts))):
        item = texts[n]
        if _inside(item.element, heading):
            continue
        if item.text.count(" ") >= _PROSE_WORDS and not linked(item.element) and not _has_day(item.text):
            decks += 1
            last = n if decks == 1 else last
            if decks > 1:
                return
            continue
        if last is not None and n - last > _AFTER_DECK:
            return
        if len(item.text) <= LONGEST and not linked(item.element):
            yield n, decks == 0 or bool(_names(item) & page_words().day_tokens)


def _names(item: _Text) -> frozenset[str]:
    return tokens(item.element) | tokens(item.block)


def _one_holder(element: Element, heading: Element) -> bool:
    """Say whether the smallest element around both is an article by its tag or names."""
    around = element
    while around is not None and not _inside(heading, around):
        around = around.getparent()
    if around is None or around.tag in ("body", "html"):
        return False
    return around.tag == "article" or bool(tokens(around) & page_words().holder_tokens)


def _has_day(text: str) -> bool:
    return YEAR.search(text) is not None and len(text) <= LONGEST


def _days_of(texts: list[_Text], n: int) -> list[tuple[str, dt.date | None]]:
    """Return label and day of each date that text `n` is; None for a day in doubt; [] where it is no line of a date."""
    item = texts[n]
    own = judge(item.text, _label_before(texts, n))
    if own:
        return own
    first = n == 0 or texts[n - 1].block is not item.block
    if first and any(t.block is item.block for t in texts[n + 1 : n + 2]):
        whole = " ".join(t.text for t in texts[n : n + 8] if t.block is item.block)
        if len(whole) <= LONGEST and not any(judge(t.text, "") for t in texts[n + 1 : n + 8] if t.block is item.block):
            return judge(whole, "")
    return []


def _label_before(texts: list[_Text], n: int) -> str:
    """Return the short text before text `n`, which may be its label."""
    before = texts[n - 1] if n else None
    if before is None or before.text.count(" ") >= _LABEL_WORDS or judge(before.text, ""):
        return ""
    return before.text


def _times(texts: list[_Text], at: int, heading: Element) -> Iterator[tuple[Element, bool]]:
    """Yield elements that state a day in markup, near the headline or named as the day of publication."""
    near = {id(texts[n].element): placed for n, placed in _near(texts, at, heading)}
    seen: set[int] = set()
    for n, item in enumerate(texts):
        for element in (item.element, item.element.getparent()):
            if element is None or id(element) in seen:
                continue
            seen.add(id(element))
            named = "datepublished" in (element.get("itemprop") or "").lower()
            if named:
                yield element, True
            elif element.tag in ("time", "abbr") and id(item.element) in near:
                label = label_of(_label_before(texts, n))
                if not _of_update(element) and label not in ("updated", "other"):
                    yield element, near[id(item.element)] or "published" in tokens(element)


def _of_update(element: Element) -> bool:
    """Say whether an element is named as the day of an update and not also as that of publication."""
    names = tokens(element)
    return bool(names & page_words().updated_tokens) and "published" not in names


def _marked_day(element: Element) -> dt.date | None:
    value = element.get("datetime") or element.get("content") or element.get("title") or ""
    found = _ISO_DAY.fullmatch(value.strip())
    try:
        return dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _month_first(texts: list[_Text]) -> bool:
    """Say whether the page writes 2/15/2021 somewhere, so that 3/4/2021 may be of April or of March."""
    for item in texts:
        for found in FIGURES.finditer(item.text[:LONGEST]):
            if found[2] == "/" and int(found[1]) <= 12 < int(found[3]) <= 31:
                return True
    return False


__all__ = ["Shown", "shown_days"]
