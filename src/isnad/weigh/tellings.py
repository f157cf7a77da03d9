"""What one article tells of one happening: its mentions of it gathered (CODEBOOK section 10, and what that leaves)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import msgspec

from isnad.model import CodedArticle, Event
from isnad.text import Words, read_words
from isnad.weigh.bulletins import bulletin_day
from isnad.weigh.days import Days, days_of, merged
from isnad.weigh.families import HAPPENING, family_of, part_of
from isnad.weigh.gather import gather
from isnad.weigh.publication import publication_day
from isnad.weigh.spots import Spot, finest, spot_of
from isnad.weigh.wording import norm, stems_of

_AROUND = 18  # words of context kept on each side of a trigger
_SCOPE = 60  # words on each side in which a place named elsewhere may be meant
_LEAD = 2  # the headline and the sentence after it are the lead

Range = tuple[int | None, int | None]


class Telling(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One article's account of one happening.

    `key` is «doc_id@offset of the first trigger»; `events` are ids in the article.  `published` is an ordinal day.
    `spots` are the places given, the finest first, `place_words` the stems of the first one's name; `words` the stems
    around the triggers (sorted, once each), `length` their norm; `scope` those of a wider stretch, kept where no place
    is given.  `chained` are the events that the coder says are the same as these, kept where none of these happened.
    """

    key: str
    doc_id: str
    events: tuple[int, ...]
    family: str
    part: str
    modes: frozenset[str]
    spots: tuple[Spot, ...]
    days: Days
    published: int | None
    actors: frozenset[str]
    recipients: frozenset[str]
    killed: Range | None
    injured: Range | None
    detained: Range | None
    words: tuple[str, ...]
    length: float
    scope: tuple[str, ...]
    place_words: frozenset[str]
    lead: bool
    outlet: str | None
    copy: str | None = None
    chained: tuple[int, ...] = ()


def tellings_of(article: CodedArticle, *, copy: str | None = None, words: Words | None = None) -> list[Telling]:
    """Return what `article` tells, in the order of the text; `copy` names the group of reprints it belongs to.

    `words` is the text as read, where that was done before.
    """
    if not article.events:
        return []
    words = words or read_words(article.text)
    published = publication_day(article, words)
    day = published.day if published else None
    days = {e.id: days_of(e.date, day) for e in article.events}
    heading = bulletin_day(article)
    around = _Around(article.events, words)
    return [
        _telling(article, events, words=words, around=around, days=days, heading=heading, published=day, copy=copy)
        for events in gather(article.events, days, article.text)
    ]


def _telling(
    article: CodedArticle,
    events: list[Event],
    *,
    words: Words,
    around: _Around,
    days: dict[int, Days],
    heading: Days | None,
    published: dt.date | None,
    copy: str | None,
) -> Telling:
    near = around(events, _AROUND)
    spots = finest([s for e in events if (s := spot_of(e.place))])
    part = part_of(events[0].status)
    told = [days[e.id] for e in events if e.date]
    return Telling(
        key=f"{article.doc_id}@{min(e.trigger.start for e in events)}",
        doc_id=article.doc_id,
        events=tuple(e.id for e in events),
        family=family_of(events[0].type, events[0].mode),
        part=part if any(part_of(e.status) == part for e in events) else HAPPENING,
        modes=frozenset(e.mode for e in events if e.mode),
        spots=spots,
        days=heading if heading and not told else merged(told),
        published=published.toordinal() if published else None,
        actors=frozenset(p.id for e in events for p in e.actors if p.id),
        recipients=frozenset(p.id for e in events for p in e.recipients if p.id),
        killed=_range([e.killed for e in events]),
        injured=_range([e.injured for e in events]),
        detained=_range([e.detained for e in events]),
        words=near,
        length=norm(near),
        scope=() if spots else around(events, _SCOPE),
        place_words=frozenset(spots[0].words) if spots and spots[0].precise else frozenset(),
        lead=_leads(events, words),
        outlet=article.outlet,
        copy=copy,
        chained=_chained(article, events),
    )


class _Around:
    """The stems around the triggers of an article."""

    def __init__(self, events: Sequence[Event], words: Words) -> None:
        self._at = {e.id: words.between(e.trigger.start, e.trigger.end)[0] for e in events}
        self._first = max(0, min(self._at.values()) - _SCOPE)
        self._stems = stems_of(words.types[self._first : max(self._at.values()) + _SCOPE + 1])

    def __call__(self, events: Sequence[Event], reach: int) -> tuple[str, ...]:
        """Return the different stems up to `reach` words away from a trigger of `events`, sorted."""
        near: set[str] = set()
        for event in events:
            at = self._at[event.id] - self._first
            near.update(self._stems[max(0, at - reach) : at + reach + 1])
        near.discard("")
        return tuple(sorted(near))


def _chained(article: CodedArticle, events: list[Event]) -> tuple[int, ...]:
    """Return the events that the coder's links join with those of a telling which is of none that happened."""
    if part_of(events[0].status) == HAPPENING:
        return ()
    own = {e.id for e in events}
    heads = {e.same_as for e in events if e.same_as is not None}
    return tuple(sorted({*heads, *(e.id for e in article.events if e.same_as is not None and e.same_as in own)}))


def _leads(events: list[Event], words: Words) -> bool:
    sentences = {words.sentence_of[words.between(e.trigger.start, e.trigger.end)[0]] for e in events}
    return any(s < _LEAD or words.sentences[s].headline for s in sentences)


def _range(given: list[Range | None]) -> Range | None:
    """Return the count most often given, of equals the greatest: what the telling says in the end."""
    counts = Counter(r for r in given if r is not None)
    if not counts:
        return None
    return max(counts, key=lambda r: (r[0] is not None and r[0] == r[1], counts[r], r[0] or 0, r[1] or 0))


__all__ = ["Telling", "tellings_of"]
