"""From an article to its `Reading`: every reader run once, in the order in which they need each other."""

from __future__ import annotations

import datetime as dt
from time import perf_counter

from isnad.coding.lexicons import Lexicons
from isnad.coding.reading import Reading
from isnad.read.counts import find_counts
from isnad.read.dates import find_dates
from isnad.read.furniture import furniture
from isnad.read.parties import find_parties
from isnad.read.places import find_places
from isnad.read.speakers import find_attributions
from isnad.read.status import find_status
from isnad.text import read_words


def propose(text: str, lexicons: Lexicons, *, published: str | None = None, outlet: str | None = None) -> Reading:
    """Return the words of `text` with the lexicon's proposals laid on them, page furniture marked."""
    reading = Reading(read_words(text), published=published, outlet=outlet)
    candidates = lexicons.triggers.scan(reading.words)
    for found in candidates:
        if found.last == found.first + 1:
            reading.forms[found.first] = found.forms
    for found in candidates:
        if found.last > found.first + 1:
            reading.add_phrase(found.first, found.last, found.forms[0])
    reading.mark_inert(furniture(text))
    return reading


def fill(reading: Reading, lexicons: Lexicons, stages: dict[str, float]) -> None:
    """Read all that the steps of coding ask for; add the seconds each reader took to `stages`."""
    fill_mentions(reading, lexicons, stages)
    fill_statements(reading, stages)


def fill_mentions(reading: Reading, lexicons: Lexicons, stages: dict[str, float]) -> None:
    """Read parties, places, dates and counts, beside which events are looked for."""
    words = reading.words
    country = lexicons.parties.outlet_country(reading.outlet)
    clock = perf_counter()
    reading.parties = find_parties(words, lexicons.parties, outlet_country=country, published=reading.published)
    clock = _lap(stages, "parties", clock)
    reading.places = find_places(words, lexicons.places, reading.parties)
    clock = _lap(stages, "places", clock)
    reading.dates = find_dates(words, day_of(reading.published))
    clock = _lap(stages, "dates", clock)
    reading.counts = find_counts(words)
    reading.place_mentions()
    _lap(stages, "counts", clock)


def fill_statements(reading: Reading, stages: dict[str, float]) -> None:
    """Read speakers and status cues, which are asked for only where there are events."""
    clock = perf_counter()
    reading.attributions = find_attributions(reading.words, reading.parties, outlet=reading.outlet)
    clock = _lap(stages, "speakers", clock)
    reading.cues = find_status(reading.words)
    _lap(stages, "cues", clock)


def day_of(published: str | None) -> dt.date | None:
    """Return the publication day; None for what is not a day of the calendar."""
    try:
        return dt.date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _lap(stages: dict[str, float], name: str, since: float) -> float:
    now = perf_counter()
    stages[name] = stages.get(name, 0.0) + now - since
    return now
