"""From drafts to the records that go out: spans of the stored text, neutral ids, cues, ACLED and CAMEO."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from isnad.coding.casting import settled_id
from isnad.coding.classes import party_class
from isnad.coding.crosswalk import acled, cameo
from isnad.coding.draft import Draft
from isnad.coding.lexicons import Lexicons
from isnad.coding.reading import Reading
from isnad.coding.roles import ACTOR, RECIPIENT
from isnad.model import Cue, DateValue, Event, Party, Place, Source, Span, Via

_TOLLS = ("killed", "injured", "detained")


def make_events(reading: Reading, drafts: Sequence[Draft], lexicons: Lexicons) -> tuple[Event, ...]:
    """Return the events of an article, numbered from 1 in the order of the text."""
    out = []
    for n, draft in enumerate(drafts):
        event = _event(reading, draft, n + 1)
        classes = partial(party_class, lexicons.parties, event.place.country if event.place else None)
        out.append(replace(event, acled=acled(event, classes), cameo=cameo(event, classes)))
    return tuple(out)


def _event(reading: Reading, draft: Draft, number: int) -> Event:
    words = reading.words
    start, end = words.start[draft.first], words.end[draft.last - 1]
    trigger = Span(words.text[start:end], start, end)
    place = _place(reading, draft)
    date = _date(reading, draft)
    source = _source(reading, draft)
    return Event(
        id=number,
        trigger=trigger,
        type=draft.type,
        mode=draft.mode,
        status=draft.status,
        actors=_parties(reading, draft, draft.actors, ACTOR),
        recipients=_parties(reading, draft, draft.recipients, RECIPIENT),
        place=place,
        date=date,
        killed=_toll(draft, "killed"),
        injured=_toll(draft, "injured"),
        detained=_toll(draft, "detained"),
        source=source,
        same_as=None if draft.same_as is None else draft.same_as + 1,
        score=round(draft.score, 3),
        cues=_cues(draft, trigger),
        reasons=_reasons(reading, draft),
    )


def _parties(reading: Reading, draft: Draft, indices: Sequence[int], role: str) -> tuple[Party, ...]:
    out = []
    for n in indices:
        p = reading.parties[n]
        framing = p.framing.text if p.framing is not None else None
        out.append(Party(text=p.text, start=p.start, end=p.end, id=settled_id(p, draft.type, role), framing=framing))
    return tuple(out)


def _place(reading: Reading, draft: Draft) -> Place | None:
    if draft.place is None:
        return None
    p = reading.places[draft.place]
    return Place(
        text=p.text, start=p.start, end=p.end, name=p.name, country=p.country, level=p.level,
        lat=p.lat, lon=p.lon, precision=p.precision, source_id=p.source_id,
    )  # fmt: skip


def _date(reading: Reading, draft: Draft) -> DateValue | None:
    if draft.date is None:
        return None
    d = reading.dates[draft.date]
    return DateValue(text=d.text, start=d.day_from, end=d.day_to, span=Span(d.text, d.start, d.end))


def _toll(draft: Draft, field: str) -> tuple[int | None, int | None] | None:
    toll = draft.tolls.get(field)
    return None if toll is None else (toll.count.least, toll.count.most)


def _source(reading: Reading, draft: Draft) -> Source | None:
    if draft.attribution is None:
        return None
    a = reading.attributions[draft.attribution]
    via = None
    if a.via is not None:
        via = Via(text=a.via.text, kind=a.via_kind or "media", start=a.via.start, end=a.via.end)
    return Source(text=a.text, start=a.start, end=a.end, kind=a.kind, via=via)


def _cues(draft: Draft, trigger: Span) -> tuple[Cue, ...]:
    rule = f"lexicon:{draft.form.lemma}" if draft.form is not None else "model"
    first = Cue(field="type", rule=rule, text=trigger.text, start=trigger.start, end=trigger.end)
    return (first, *draft.cues)


def _reasons(reading: Reading, draft: Draft) -> dict[str, str]:
    """Return a reason code for each value that is null."""
    out: dict[str, str] = {}
    if not draft.actors:
        out["actors"] = "none-stated"
    if not draft.recipients:
        out["recipients"] = "none-stated"
    if draft.place is None:
        out["place"] = "none-stated"
    elif reading.places[draft.place].lat is None:
        out["place"] = reading.places[draft.place].reason or "not-in-gazetteer"
    if draft.date is None:
        out["date"] = "none-stated"
    elif reading.dates[draft.date].day_from is None:
        out["date"] = reading.dates[draft.date].reason or "vague"
    if draft.attribution is None:
        out["source"] = "asserted-by-text"
    for field in _TOLLS:
        if field not in draft.tolls:
            out[field] = "none-stated"
    return out
