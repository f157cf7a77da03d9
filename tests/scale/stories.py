"""Coded articles for the tests of this folder: own compositions, told again with other towns, days and tolls."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from isnad.model import CodedArticle, DateValue, Event, Party, Place, Span

TOWNS = (("سرمين", 35.9040, 36.7261), ("أريحا", 35.8136, 36.6100), ("بنش", 35.9562, 36.7130))
#: Regime forces shelled TOWN with artillery; three civilians were killed, and a shop in the market burnt down.
SHELLING = "قصفت قوات النظام مدينة {town} بالمدفعية فقتل {killed} مدنيين واحترق محل في السوق القديم وسط المدينة"
#: The army targeted positions in TOWN with artillery.
STRIKE = "الجيش العربي السوري يستهدف بالمدفعية مواقع في {town} خلال ساعات النهار"


def story(number: int, *, days: int = 30) -> CodedArticle:
    """Return article `number`: every third tells a shelling as the other side does, every fifth denies it.

    Every thirteenth tells of a deployment that is only planned, every eleventh tells nothing.
    """
    town, lat, lon = TOWNS[number % 3]
    day = (dt.date(2023, 9, 1) + dt.timedelta(days=number % days)).isoformat()
    text = (STRIKE if number % 3 == 2 else SHELLING).format(town=town, killed=2 + number % 4)
    word, actor = ("يستهدف", "الجيش العربي السوري") if number % 3 == 2 else ("قصفت", "قوات النظام")

    def span(words: str) -> Span:
        return Span(words, text.index(words), text.index(words) + len(words))

    at, by = span(town), span(actor)
    event = Event(
        id=1,
        trigger=span(word),
        type="MOBILIZE" if number % 13 == 12 else "ASSAULT" if number % 7 else "COERCE",
        mode="heavy-weapons",
        status="planned" if number % 13 == 12 else "denied" if number % 5 == 4 else "actual",
        actors=(Party(text=by.text, start=by.start, end=by.end, id="SYR.mil"),),
        place=Place(
            text=at.text,
            start=at.start,
            end=at.end,
            name=town,
            country="SYR",
            level="town",
            lat=lat,
            lon=lon,
            precision=4.0,
            source_id=town,
        ),
        date=DateValue(text=word, start=day, end=day, span=span(word)) if number % 2 else None,
        killed=None if number % 3 == 2 else (2 + number % 4, 2 + number % 4),
    )
    silent = number % 11 == 10
    return CodedArticle(
        doc_id=f"story-{number:04d}",
        text=text,
        published=day,
        outlet=f"outlet-{number % 4}",
        events=() if silent else (event,),
    )


def write_parts(folder: Path, articles: list[CodedArticle], parts: int) -> Path:
    """Write articles as JSONL parts, in order; return the folder."""
    folder.mkdir()
    size = -(-len(articles) // parts)
    for n in range(parts):
        lines = [msgspec.json.encode(a) + b"\n" for a in articles[n * size : (n + 1) * size]]
        (folder / f"part-{n:03d}.jsonl").write_bytes(b"".join(lines))
    return folder
