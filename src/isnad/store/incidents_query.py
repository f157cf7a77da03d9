"""Filters, counts, points and pages over the index of incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, Select, literal_column, select

from isnad.errors import UsageError
from isnad.store.filters import COUNTRY, names_asked
from isnad.store.flat import place_key
from isnad.store.fulltext import answers, entry
from isnad.store.incident_records import REJECTED, Counts, IncidentFilter, Points
from isnad.store.incidents_index import NO_DAY, PARTY, Index, Ints, Mask, Vocabulary, ordinal
from isnad.store.incidents_load import array_of
from isnad.store.schema import articles, incident_members
from isnad.store.words import read_query

_ANY = ("any", "true")
_MOST = 200  # outlets and parties that are counted by name, the largest


def matching(index: Index, wanted: IncidentFilter, found_by_text: Ints | None = None) -> Mask:
    """Return which incidents answer; `found_by_text` are the numbers of those that hold `wanted.text`."""
    mask: Mask = np.ones(len(index), dtype=bool)
    for part in _conditions(index, wanted):
        mask &= part
    if found_by_text is not None:
        mask &= np.isin(index.columns["number"], found_by_text)
    return mask


def _conditions(index: Index, wanted: IncidentFilter) -> Iterable[Mask]:
    column = index.columns
    if wanted.states:
        yield _among(index, "state", wanted.states)
    else:
        yield column["state"] != index.words["state"].code(REJECTED)
    yield from _days(index, wanted)
    if wanted.bbox is not None:
        yield _inside(index, wanted.bbox)
    if wanted.types:
        yield _among(index, "type", [name.upper() for name in wanted.types])
    if wanted.grades:
        yield _among(index, "grade", wanted.grades)
    if wanted.parties:
        yield _with(index, wanted.role or PARTY, "party", wanted.parties)
    if wanted.outlets:
        yield _with(index, "outlet", "outlet", wanted.outlets)
    if wanted.statuses:
        yield _with(index, "status", "member-status", [name.lower() for name in wanted.statuses])
    if wanted.dispute is not None:
        yield _with(index, "dispute", "dispute", None if wanted.dispute in _ANY else [wanted.dispute])
    if wanted.place is not None:
        yield _at(index, wanted.place)
    if wanted.noplace:
        yield ~column["has_place"]
    if wanted.reviewed is not None:
        yield column["reviewed"] == wanted.reviewed


def _among(index: Index, name: str, values: Iterable[str]) -> Mask:
    return _any_of(index.columns[name], [index.words[name].code(value) for value in values])


def _with(index: Index, facet: str, vocabulary: str, values: Iterable[str] | None) -> Mask:
    mask: Mask = np.zeros(len(index), dtype=bool)
    codes = None if values is None else [index.words[vocabulary].code(value) for value in values]
    rows, found = index.facets[facet]
    mask[rows if codes is None else rows[_any_of(found, codes)]] = True
    return mask


def _any_of(column: Ints, codes: Iterable[int]) -> Mask:
    """Return where one of `codes` stands; several times quicker than a search in a set, as there are few."""
    mask: Mask = np.zeros(len(column), dtype=bool)
    for code in codes:
        if code >= 0:
            mask |= column == code
    return mask


def _days(index: Index, wanted: IncidentFilter) -> Iterable[Mask]:
    if not (wanted.day_from or wanted.day_to):
        return
    first = index.columns["day"]
    last = np.maximum(index.columns["day_end"], np.where(index.columns["day_end"] == NO_DAY, first, NO_DAY))
    yield first != NO_DAY
    if wanted.day_from:
        yield last >= _asked(wanted.day_from)
    if wanted.day_to:
        yield first <= _asked(wanted.day_to)


def _asked(day: str) -> int:
    number = ordinal(day)
    if number == NO_DAY:
        raise UsageError(f"not a day (YYYY-MM-DD): {day!r}")
    return number


def _inside(index: Index, box: tuple[float, float, float, float]) -> Mask:
    west, south, east, north = box
    lon, lat = index.columns["lon"], index.columns["lat"]
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    inside: Mask = index.columns["has_place"] & (lat >= south) & (lat <= north) & across
    return inside


def _at(index: Index, asked: str | tuple[str, ...]) -> Mask:
    """Return which incidents are at a place of one of several names, ids, or countries."""
    names = names_asked(asked)
    countries = [name for name in names if COUNTRY.fullmatch(name)]
    others = [name for name in names if not COUNTRY.fullmatch(name)]
    mask = _among(index, "country", countries) if countries else np.zeros(len(index), dtype=bool)
    if others:
        mask |= _among(index, "place_key", {place_key(name) for name in others}) | _among(index, "place_id", others)
    return mask


def holding(connection: Connection, query: str) -> Ints:
    """Return the numbers of incidents that an article tells of which holds the words of `query`."""
    dialect = connection.dialect.name
    found = select(entry(dialect)).where(answers(dialect, read_query(query)))
    numbers: Select[Any] = (
        select(literal_column(array_of(connection, "incident_members.incident")))
        .select_from(incident_members)
        .join(articles, articles.c.id == incident_members.c.article)
        .where(articles.c.version.in_(found))
    )
    return np.array(msgspec.json.decode(connection.execute(numbers).scalar_one() or "[]"), dtype=np.int64)


def page_of(index: Index, mask: Mask, *, after: str | None, limit: int) -> list[int]:
    """Return the numbers of a page, the newest day first."""
    order = index.order
    if after is not None:
        day, sign, number = after.partition("~")
        if not sign or not number.isdecimal() or (day and ordinal(day) == NO_DAY):
            raise UsageError(f"not a place to continue from: {after!r}")
        days, numbers = index.columns["day"][order], index.columns["number"][order]
        at = ordinal(day)
        order = order[(days < at) | ((days == at) & (numbers < int(number)))]
    chosen = order[mask[order]][: limit if limit else None]
    return [int(number) for number in index.columns["number"][chosen]]


def counts_of(index: Index, mask: Mask) -> Counts:
    """Return how many of the incidents in `mask` there are of each kind."""
    days = index.columns["day"][mask]
    days = days[days != NO_DAY]
    first = int(days.min(initial=dt.date.max.toordinal()))
    many = np.bincount(days - first)
    known = np.flatnonzero(many)
    return Counts(
        total=int(mask.sum()),
        noplace=int((mask & ~index.columns["has_place"]).sum()),
        days=tuple(zip(map(_written, (first + known).tolist()), many[known].tolist(), strict=True)),
        **{f"{name}s": _count(index, mask, name) for name in ("type", "grade", "state")},
        statuses=_facet_counts(index, mask, "status", "member-status"),
        outlets=_facet_counts(index, mask, "outlet", "outlet"),
        parties=_facet_counts(index, mask, PARTY, "party"),
        disputes=_facet_counts(index, mask, "dispute", "dispute"),
    )


@lru_cache(maxsize=100_000)
def _written(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _count(index: Index, mask: Mask, name: str) -> tuple[tuple[str, int], ...]:
    return _largest(np.bincount(index.columns[name][mask]), index.words[name])


def _facet_counts(index: Index, mask: Mask, facet: str, vocabulary: str) -> tuple[tuple[str, int], ...]:
    words = index.words[vocabulary]
    rows, codes = index.facets[facet]
    return _largest(np.bincount(codes[mask[rows]]), words)


def _largest(counts: Ints, words: Vocabulary) -> tuple[tuple[str, int], ...]:
    found = [(word, int(n)) for word, n in zip(words.words, counts, strict=False) if n and word is not None]
    return tuple(sorted(found, key=lambda item: (-item[1], item[0]))[:_MOST])


def points_of(index: Index, mask: Mask, *, most: int) -> Points:
    """Return the incidents in `mask` that have coordinates, the newest first, at most so many."""
    chosen = index.order[(mask & index.columns["has_place"])[index.order]][:most]
    column: dict[str, Any] = {
        name: index.columns[name][chosen] for name in ("lon", "lat", "precision", "type", "grade")
    }
    types, grades = index.words["type"].words, index.words["grade"].words
    return Points(
        ids=index.ids[chosen].tolist(),
        lon=column["lon"].tolist(),
        lat=column["lat"].tolist(),
        type=[types[code] or "" for code in column["type"]],
        radius_km=np.nan_to_num(column["precision"]).tolist(),
        grade=[grades[code] for code in column["grade"]],
    )


__all__ = ["counts_of", "holding", "matching", "page_of", "points_of"]
