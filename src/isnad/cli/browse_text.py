"""Rows of the store as lines for people.

Arabic stands on lines of its own, so that a terminal that orders letters by the first strong one shows them right; what
is found in it is marked without moving a letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from isnad.errors import UsageError
from isnad.store import ArticleRow, EventRow, Hit, Mark, StoredArticle

_AROUND = 90  # code points shown on each side of a hit
_BOLD, _DIM, _PLAIN = "\033[1;33m", "\033[2m", "\033[0m"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def article_lines(row: ArticleRow, colour: bool = False) -> list[str]:
    """Return the lines of an article in a list."""
    coded = "not coded" if row.events is None else row.note or f"{row.events} event{'' if row.events == 1 else 's'}"
    facts = (f"{row.article}", row.published or "day unknown", row.outlet or "", coded)
    return [_dim("  ".join(fact for fact in facts if fact), colour), _safe(row.title or "(no title)")]


def event_lines(row: EventRow, colour: bool = False) -> list[str]:
    """Return the lines of an event in a list."""
    what = f"{row.type}{f' ({row.mode})' if row.mode else ''}"
    day = _day(row)
    who = [f"{party.role} {party.id or '?'}" for party in row.parties]
    where = f"{row.place}{f', {row.country}' if row.country else ''}" if row.place else ""
    tolls = (("killed", row.killed), ("injured", row.injured), ("detained", row.detained))
    counts = [f"{name} {_range(count)}" for name, count in tolls if count is not None]
    facts = (what, row.status, day, *who, where, *counts)
    place = f"{row.article}#{row.event}  {row.outlet or ''}".rstrip()
    return [
        _dim(place, colour) + "  " + "  ".join(_safe(fact) for fact in facts if fact),
        _safe(row.title or "(no title)"),
    ]


def _day(row: EventRow) -> str:
    start, end = row.day or (None, None)
    if start is None and end is None:
        return f"day unknown (published {row.published})" if row.published else "day unknown"
    return str(start) if start == end else f"{start or '?'} to {end or '?'}"


def _range(count: tuple[int | None, int | None]) -> str:
    least, most = count
    if least == most:
        return str(least)
    return f"{'?' if least is None else least} to {'?' if most is None else most}"


def hit_lines(hit: Hit, colour: bool = False) -> list[str]:
    """Return the lines of a hit: its title, and the first place in the text that answers, marked."""
    facts = "  ".join(x for x in (str(hit.article), hit.published or "day unknown", hit.outlet) if x)
    title = marked(hit.title or "", hit.title_marks, colour=colour) or "(no title)"
    return [_dim(facts, colour), title, _snippet(hit, colour), ""]


def _snippet(hit: Hit, colour: bool) -> str:
    if not hit.marks:
        return ""
    first = max(hit.marks[0].start - _AROUND, 0)
    last = min(hit.marks[0].end + _AROUND, len(hit.text))
    first = hit.text.find(" ", first, hit.marks[0].start) + 1 or first if first else 0
    if last < len(hit.text):
        cut = hit.text.rfind(" ", hit.marks[0].end, last)
        last = cut if cut > 0 else last
    marks = [Mark(m.start - first, m.end - first) for m in hit.marks if m.end <= last]
    piece = marked(hit.text[first:last].replace("\n", " "), marks, colour=colour)
    return f"{'… ' if first else ''}{piece}{' …' if last < len(hit.text) else ''}"


def marked(text: str, marks: Sequence[Mark], *, colour: bool) -> str:
    """Return `text` with its marks in colour, or in brackets where there is none."""
    before, after = (_BOLD, _PLAIN) if colour else ("[", "]")
    out, at = [], 0
    for mark in marks:
        out += [_safe(text[at : mark.start]), before, _safe(text[mark.start : mark.end]), after]
        at = mark.end
    return "".join([*out, _safe(text[at:])])


def stored_lines(found: StoredArticle, *, coder: str | None, colour: bool) -> list[str]:
    """Return everything of one article for people; with `coder`, that coder's reading."""
    lines = [_dim(f"article {found.article}", colour)]
    for seen in found.sightings:
        facts = [_safe(seen.address), f"fetched {seen.fetched}", seen.published or "day unknown", seen.outlet or ""]
        facts += [f"forwarded from {_safe(seen.forwarded_from)}"] if seen.forwarded_from else []
        facts += [f"publisher {_safe(seen.publisher)}"] if seen.publisher else []
        facts += [] if seen.current else ["shows something else now"]
        lines.append("  ".join(fact for fact in facts if fact))
    for version in found.versions:
        use = " (in use)" if version.version == found.current else ""
        lines.append(f"version {version.number}{use}: {len(version.article.text):,} letters, added {version.added}")
        lines += [f"  coded by {c.coder} {c.made}{' (in use)' if c.current else ''}" for c in version.codings]
    lines += ["", _safe(found.text.title or ""), _safe(found.text.text), ""]
    return lines + _coding(found, coder, colour)


def _coding(found: StoredArticle, coder: str | None, colour: bool) -> list[str]:
    coded = found.coded
    if coder is not None:
        made = {coding.coder: coding.coded for version in found.versions for coding in version.codings}
        if coder not in made:
            raise UsageError(
                f"article {found.article} has no coding by {coder!r}; there are: {', '.join(made) or 'none'}"
            )
        coded = made[coder]
    if coded is None:
        return ["not coded"]
    from isnad.export import writer_for

    return [writer_for("table", colour=colour).article(coded).rstrip("\n")]


def _safe(text: str) -> str:
    """Return text without what could move other text of the terminal: control letters and bidi overrides."""
    return _UNSEEN.sub("\ufffd", text)


def _dim(text: str, colour: bool) -> str:
    return f"{_DIM}{text}{_PLAIN}" if colour else text


__all__ = ["article_lines", "event_lines", "hit_lines", "marked", "stored_lines"]
