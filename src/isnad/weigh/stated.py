"""Links between happenings that a text states: response to, cause, part of, after, release of those arrested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec
import yaml

from isnad.model import CodedArticle, Event, Span
from isnad.text import Words, read_words
from isnad.weigh.families import ARREST, HAPPENING, RELEASE, family_of, part_of

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RELEASE_OF = "release-of"
_BEFORE, _AFTER = 25, 6  # words between the first happening and the phrase, the phrase and the second


class _Phrase(msgspec.Struct, frozen=True):
    words: str
    kind: str
    gloss: str


class Stated(NamedTuple):
    """Event `one` of an article is `kind` to event `two`, by the words of `span`."""

    kind: str
    one: int
    two: int
    span: Span


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    data = yaml.load((resources.files("isnad.weigh") / "data" / "stated_links.yaml").read_bytes(), Loader=_LOADER)
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in msgspec.convert(data["phrases"], list[_Phrase]):
        keys = tuple(phrase.words.split(" "))
        out.setdefault(keys[0], []).append((keys, phrase.kind))
    return {first: sorted(found, key=lambda p: -len(p[0])) for first, found in out.items()}


def stated_links(article: CodedArticle, words: Words | None = None) -> list[Stated]:
    """Return the links that the text of `article` states between its actual events, in the order of the text.

    `words` is the text as read, where that was done before.
    """
    events = [e for e in article.events if part_of(e.status) == HAPPENING]
    if len(events) < 2:
        return []
    words = words or read_words(article.text)
    at = {words.between(e.trigger.start, e.trigger.end)[0]: e for e in reversed(events)}
    return [*_by_phrase(words, at), *_releases(events)]


def _by_phrase(words: Words, at: Mapping[int, Event]) -> Iterable[Stated]:
    phrases, places = _phrases(), sorted(at)
    for i, key in enumerate(words.key):
        for keys, kind in phrases.get(key, ()):
            last = i + len(keys)
            if not _stands(words, i, keys):
                continue
            one = next((p for p in reversed(places) if i - _BEFORE <= p < i), None)
            two = next((p for p in places if last - 1 <= p <= last + _AFTER), None)
            if one is not None and two is not None and words.sentence_of[one] == words.sentence_of[two]:
                span = Span(words.surface(i, last), words.start[i], words.end[last - 1])
                yield Stated(kind, at[one].id, at[two].id, span)
            break


def _stands(words: Words, i: int, keys: tuple[str, ...]) -> bool:
    """Whether the phrase stands at word i; a last word of one letter is a preposition joined to the next word."""
    found = words.key[i : i + len(keys)]
    if len(found) < len(keys) or found[:-1] != list(keys[:-1]):
        return False
    return found[-1].startswith(keys[-1]) if len(keys[-1]) == 1 else found[-1] == keys[-1]


def _releases(events: list[Event]) -> Iterable[Stated]:
    """Yield releases of those whose arrest the same article tells before, by the same body or of the same people."""
    arrests: list[Event] = []
    for event in sorted(events, key=lambda e: e.trigger.start):
        family = family_of(event.type, event.mode)
        if family == ARREST:
            arrests.append(event)
        elif family == RELEASE:
            found = next((a for a in reversed(arrests) if _same_people(a, event)), None)
            if found:
                yield Stated(RELEASE_OF, event.id, found.id, event.trigger)


def _same_people(arrest: Event, release: Event) -> bool:
    """Whether nothing tells the freed from the arrested: their party and number agree, and the body that holds them."""
    held, freed = ({p.id for p in e.recipients if p.id} for e in (arrest, release))
    if held and freed and not held & freed:
        return False
    if arrest.detained and release.detained and arrest.detained[0] and release.detained[0]:
        return release.detained[0] <= (arrest.detained[1] or release.detained[0])
    takers, givers = ({p.id for p in e.actors if p.id} for e in (arrest, release))
    return bool(held & freed) or bool(takers & givers)


__all__ = ["RELEASE_OF", "Stated", "stated_links"]
