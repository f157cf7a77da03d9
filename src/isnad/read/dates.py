"""Dates in a text: which words tell time, and which days they mean (CODEBOOK section 7)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from isnad.read.date_calendar import move
from isnad.read.date_grammar import Grammar, When
from isnad.read.date_tags import date_tags
from isnad.read.date_today import own_today
from isnad.read.mentions import DateMention
from isnad.text import Words, read_words
from isnad.text.words import Kind

VAGUE = "vague"
UNKNOWN = "published-unknown"

#: Roles that open a date of their own; «in», «of», «until» do not.
_SPANS = frozenset({"since", "ago", "after", "during", "over"})
_POINTS = frozenset({"part", "day", "weekday", "day_noun", "two_days", "this", "dated", "hour", "ordinal"})
_MONTHS = frozenset({"month", "hijri", "month_noun"})
_UNKNOWN_BASE = dt.date(2400, 1, 1)  # no report is of that day, and what leans on it is thrown away
#: How far the text's own day words may move the day of publication.
_MOST_DRIFT = 5


def find_dates(words: Words, published: dt.date | None) -> list[DateMention]:
    """Return the time expressions of a text in order.

    Days are None with a reason where the words settle none (`vague`) or lean on an unknown day of publication
    (`published-unknown`).  Where the text's own day words contradict `published` by some days, the text wins; where
    it is unknown, the one day that the text itself calls today stands for it (`date_today`).
    """
    tags = date_tags(words)
    if not tags.openers:
        return []
    grammar = Grammar(words, tags, published or _UNKNOWN_BASE)
    found = _read(grammar)
    base = _own_day(grammar, published)
    if base != published:
        grammar = Grammar(words, tags, base or _UNKNOWN_BASE)
        found = _read(grammar)
    return [_mention(grammar, first, when, base) for first, when in found]


def _own_day(grammar: Grammar, published: dt.date | None) -> dt.date | None:
    """Return the day on which the text says «today» falls: near `published`, or told in full where that is unknown."""
    if published is None:
        return own_today(grammar)
    near = Counter(day for day in grammar.implied if abs((day - published).days) <= _MOST_DRIFT)
    if not near or published in near:
        return published
    return near.most_common(1)[0][0]


def _read(grammar: Grammar) -> list[tuple[int, When]]:
    out: list[tuple[int, When]] = []
    reached = 0
    for i in grammar.tags.openers:
        if i < reached:
            continue
        when = _at(grammar, i)
        if when:
            when = _range(grammar, i, when)
            out.append((i, when))
            reached = when.last
    return out


def _at(grammar: Grammar, i: int) -> When | None:
    """Read the time expression that starts at word i."""
    tagged = grammar.tags.get(i)
    if not tagged:
        if grammar.types[i].kind is not Kind.NUMBER:
            return None
        return grammar.point(i) or grammar.year_alone(i)
    roles = {tag.role for tag, _ in tagged}
    longest = tagged[0]
    if longest[0].role == "now":
        return When(grammar.base, grammar.base, longest[1], "now")
    when = _span(grammar, i, roles) if roles & _SPANS else None
    if when is None and "nth_day" in roles:
        when = grammar.nth_day(i)
    if when is None and "third" in roles:
        when = grammar.third(i)
    if when is None and roles & _POINTS:
        when = grammar.point(i)
    if when is None and (hours := grammar.tag(i, "first_hours")):
        when = When(grammar.base, grammar.base, hours[1], "first-hours")
    if when is None and roles & _MONTHS:
        when = grammar.month_first(i) or grammar.month(i)
    if when is None and "year_noun" in roles:
        when = grammar.year_alone(i)
    if when is None and ("the_unit" in roles or grammar.key[i] == "ال"):
        when = grammar.unit_shift(i)
    if "vague" in roles:
        vague = grammar.tag(i, "vague")
        if vague and (when is None or vague[1] > when.last):
            return When(None, None, vague[1], "vague-phrase")
    return when


def _span(grammar: Grammar, i: int, roles: set[str]) -> When | None:
    for role in ("since", "ago", "after", "during", "over"):
        found = grammar.tag(i, role) if role in roles else None
        if found:
            when = {"since": _since, "ago": _ago, "after": _later, "during": _during, "over": _over}[role](
                grammar, found[1]
            )
            if when:
                return when
    return None


def _target(grammar: Grammar, j: int) -> When | None:
    """Read what may follow منذ «since» or خلال «during»: a point, month, year or counted span."""
    if j >= len(grammar.words):
        return None
    return (
        grammar.point(j)
        or grammar.third(j)
        or grammar.month(j, supported=True)
        or grammar.year_alone(j)
        or grammar.unit_shift(j)
    )


#: How far from منذ «since» the year or month of the event it names may stand.
_EVENT_WORDS = 9


def _since_event(grammar: Grammar, j: int) -> When | None:
    """Read «منذ اندلاعها في آذار/مارس 2011»: since an event that has its own year."""
    words = grammar.words
    for k in range(j + 1, min(j + _EVENT_WORDS, len(words))):
        if words.types[k].kind is Kind.PUNCT or not grammar.same_sentence(j, k):
            return None
        when = grammar.month(k) or grammar.year_alone(k) or grammar.day_month(k)
        if when:
            return when if when.rule in {"month-year", "year", "date"} else None
    return None


def _since(grammar: Grammar, j: int) -> When | None:
    when = _target(grammar, j)
    hours = grammar.tag(j, "first_hours")
    if when is None and hours:
        return When(grammar.base, grammar.base, hours[1], "since")
    if when is None and grammar.amount(j) is None:
        when = _since_event(grammar, j)
    if when:
        lo = when.lo
        if when.rule == "third-of-year":
            inner = grammar.year_alone(j + 1)
            lo = inner.lo if inner else None
        if lo is None and when.rule == "third-of-unit":
            lo = grammar.base.replace(month=1, day=1) if "year" in _unit_at(grammar, j + 1) else None
        if lo and lo > grammar.base and when.rule == "weekday":  # not the morrow: it has begun
            lo -= dt.timedelta(days=7)
        if lo and lo > grammar.base and when.rule == "month":
            lo = lo.replace(year=lo.year - 1)
        if lo is None or lo > grammar.base:
            return When(None, None, when.last, "since-vague")
        return When(lo, grammar.base, when.last, "since")
    amount = grammar.amount(j)
    return _back(grammar, amount, "since") if amount else None


def _unit_at(grammar: Grammar, j: int) -> str:
    unit = grammar.tag(j, "the_unit")
    return unit[0].value[0] if unit else ""


def _back(grammar: Grammar, amount: tuple[str, int | None, int], rule: str) -> When:
    unit, number, last = amount
    lo = None if number is None or unit in {"vague", "hour"} else move(grammar.base, unit, -number)
    return When(lo, grammar.base if lo else None, last, rule)


def _ago(grammar: Grammar, j: int) -> When | None:
    amount = grammar.amount(j)
    if amount is None:
        return None
    unit, number, last = amount
    # a number of days is a day; a week, a month or a year ago is not
    exact = number is not None and (unit == "day" or (unit == "week" and number > 1))
    day = move(grammar.base, unit, -number) if exact and number is not None else None
    return When(day, day, last, "ago")


def _later(grammar: Grammar, j: int) -> When | None:
    amount = grammar.amount(j)
    return When(None, None, amount[2], "later") if amount else None


def _during(grammar: Grammar, j: int) -> When | None:
    when = _target(grammar, j)
    if when:
        return when
    amount = grammar.amount(j)
    return _back(grammar, amount, "during") if amount and amount[0] != "vague" else None  # «خلال فترة» a while


def _over(grammar: Grammar, j: int) -> When | None:
    when = _target(grammar, j)
    amount = None if when else grammar.amount(j)
    return when or (When(None, None, amount[2], "over") if amount else None)


def _range(grammar: Grammar, i: int, when: When) -> When:
    """Join «… حتى/إلى …» to a range of days."""
    until = grammar.tag(when.last, "until")
    if not until or when.lo is None or not grammar.same_sentence(i, until[1]):
        return when
    end = _target(grammar, until[1])
    if end is None or end.hi is None or end.hi < when.lo:
        return when
    return When(when.lo, end.hi, end.last, "range", when.relative or end.relative)


def _mention(grammar: Grammar, first: int, when: When, published: dt.date | None) -> DateMention:
    words = grammar.words
    start = words.start[first]
    cut = grammar.tags.cut(first)
    if cut[:1] in {"و", "ف"}:  # and, so: one letter of the stored text
        start += 1
    end = words.end[when.last - 1]
    lo, hi, reason = when.lo, when.hi, None
    if published is None and when.relative:
        lo, hi, reason = None, None, UNKNOWN
    elif lo is None or hi is None:
        lo, hi, reason = None, None, VAGUE
    return DateMention(
        first=first,
        last=when.last,
        start=start,
        end=end,
        text=words.text[start:end],
        day_from=lo.isoformat() if lo else None,
        day_to=hi.isoformat() if hi else None,
        reason=reason,
        rule=when.rule,
    )


def stated_today(words: Words) -> dt.date | None:
    """Return the one day that a text calls today, with its year; None where it names none, or several."""
    tags = date_tags(words)
    grammar = Grammar(words, tags, _UNKNOWN_BASE)
    for i in tags.openers:
        if grammar.tag(i, "day"):
            grammar.point(i)
    return own_today(grammar)


def named_weekday(words: Words) -> int | None:
    """Return the one weekday that words name, Monday being 0; None where they name none, or several."""
    tags = date_tags(words)
    named = {tag.value for i in range(len(words)) for tag, _ in tags.get(i) if tag.role == "weekday"}
    return named.pop() if len(named) == 1 else None


def publication_day(text: str) -> dt.date | None:
    """Return the day a page's own date line states, None when it states no full date."""
    for mention in find_dates(read_words(text), None):
        if mention.day_from and mention.day_from == mention.day_to:
            return dt.date.fromisoformat(mention.day_from)
    return None
