"""One article laid out for pairing events with mentions: marks of the words, running order of the events."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures
from isnad.coding.groups import Group
from isnad.coding.reading import Reading
from isnad.lexicon.links import link_words
from isnad.read.mentions import Mention
from isnad.text.words import Kind

LINKS = link_words().links
RELATIVES = link_words().relatives
STOPS = frozenset("،؛:.,-–|")
_MARKS = {key: f"({key})" for key in LINKS | STOPS}
_QUOTES = "\"«“(‘'#"


class Ground:
    """What each word is, and where events, possible triggers, links and stops stand."""

    __slots__ = (
        "_beside", "_settings", "drafts", "events", "forms", "heads", "links_at", "marks", "reading",
        "shapes", "stops_at", "traits", "triggers_at",
    )  # fmt: skip

    def __init__(self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        self.reading = reading
        self.forms = forms
        self.drafts = drafts
        self.events = sorted(drafts, key=lambda d: d.head)
        self.heads = [d.head for d in self.events]
        self.marks = _marks(reading, forms)
        for draft in drafts:
            self.marks[draft.head] = "!"
        for said in reading.attributions:
            if said.verb:
                low, high = self.words_of(said.verb.start, said.verb.end)
                self.marks[low:high] = ["S"] * (high - low)
        keys, marks = reading.words.key, self.marks
        self.links_at = [i for i, key in enumerate(keys) if key in _MARKS and marks[i][0] == "("]
        self.stops_at = [i for i in self.links_at if keys[i] in STOPS]
        self.triggers_at = [i for i, f in enumerate(forms) if f.classes]
        self.shapes = {id(d): _shape(d) for d in drafts}
        #: What hangs on the trigger alone: shape, stem, lemma (None without a form), cluster.
        self.traits = {
            id(d): (_shape(d), forms[d.head].stem, d.form.lemma if d.form else None, forms[d.head].cluster)
            for d in drafts
        }
        self._settings: dict[tuple[int, str], list[Group]] = {}
        self._beside: dict[tuple[int, int], tuple[str, str, int, str, int]] = {}

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the words [first, last) of code points [start, end)."""
        words = self.reading.words
        return bisect_left(words.end, start + 1), bisect_left(words.start, end)

    def between(self, first: int, last: int) -> list[Draft]:
        """Return the events whose heads stand in words [first, last), in order."""
        return self.events[bisect_left(self.heads, first) : bisect_left(self.heads, last)]

    def beside(self, first: int, last: int) -> tuple[str, str, int, str, int]:
        """Return of a mention: its link, the word before, the cluster before, the word and the cluster after."""
        found = self._beside.get((first, last))
        if found is None:
            words, forms = self.reading.words, self.forms
            inside = last < len(words)
            found = self._beside[first, last] = (
                *link_of(self.reading, first),
                forms[first - 1].cluster if first else -1,
                words.key[last] if inside else "#",
                forms[last].cluster if inside else -1,
            )
        return found

    def setting(self, draft: Draft, side: str) -> list[Group]:
        """Return features of the event's own surroundings, the same for all its candidates on one side."""
        found = self._settings.get((draft.head, side))
        if found is None:
            found = self._settings[draft.head, side] = self._setting(draft, side)
        return found

    def _setting(self, draft: Draft, side: str) -> list[Group]:
        words, forms, i = self.reading.words, self.forms, draft.first
        own = words.sentences[draft.sentence]
        shape = self.shapes[id(draft)]
        before = forms[i - 1] if i > own.first else None
        after = forms[draft.last] if draft.last < own.last else None
        earlier = self.between(own.first, draft.head)
        place = min(len(earlier), 3)
        inside = min(len(self.between(own.first, own.last)), 4)
        quoted, size = self.reading.quoted[draft.head], len(words.sentences) // 4
        out: list[Group] = [
            (_before, before.stem if before else "#", before.cluster if before else -1, side),
            (_after, after.stem if after else "#", after.cluster if after else -1, side),
            (_opening, forms[own.first].stem, side, place),
            (_sentence, min(draft.sentence, 4), draft.type, side),
            (_trigger, words.key[draft.head], side),
            (_inside, inside, place, side, shape),
            (_article, quoted, size, self.reading.outlet, side),
        ]
        if place:
            e = earlier[-1]
            out.append((_previous, e.type, draft.type, self.shapes[id(e)], shape, side))
        return out


_last: Ground | None = None


def ground_of(reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> Ground:
    """Return the ground of an article; the steps that follow each other on one article share it."""
    global _last
    found = _last
    if found is None or found.reading is not reading or found.drafts is not drafts or found.forms is not forms:
        found = _last = Ground(reading, forms, drafts)
    return found


def link_of(reading: Reading, i: int) -> tuple[str, str]:
    """Return (what links a mention that begins at word i to the words before it, the word before)."""
    words = reading.words
    first = words.sentences[words.sentence_of[i]].first
    kind = words.types[i]
    link = kind.splits[0].conjunction + kind.splits[0].preposition if kind.splits else ""
    j = i - 1
    while j >= first and len(words.key[j]) == 1 and words.key[j] in _QUOTES:
        j -= 1
    if j < first:
        return link + "+#", "#"
    before = words.key[j]
    if before in _MARKS:
        link += "+" + before
    return link, before


def _shape(draft: Draft) -> str:
    form = draft.form
    if form is None:
        return "?"
    marks = ("x" if form.suffix else "") + ("D" if form.definite else "") + form.preposition
    return f"{form.pos}.{form.tense}.{form.voice[:1]}{marks}{'R' if form.entry.result else ''}"


def _marks(reading: Reading, forms: Sequence[FormFeatures]) -> list[str]:
    """Return one mark a word for the way between trigger and mention; the later layers cover the earlier."""
    words = reading.words
    marks = ["E" if f.classes else "x" for f in forms]
    for i, kind in enumerate(words.types):
        if kind.kind is Kind.NUMBER and marks[i] == "x":
            marks[i] = "n"
    layers: tuple[tuple[str, Sequence[Mention]], ...] = (
        ("N", reading.counts), ("D", reading.dates), ("P", reading.parties), ("L", reading.places),
    )  # fmt: skip
    size = len(marks)
    for mark, mentions in layers:
        for m in mentions:
            for i in range(m.first, min(m.last, size)):
                marks[i] = mark
    for i, key in enumerate(words.key):
        if key in _MARKS:
            marks[i] = _MARKS[key]
    return marks


def _before(stem: str, cluster: int, side: str) -> Sequence[str]:
    return f"tb={stem}|{side}", f"tbc={cluster}|{side}"


def _after(stem: str, cluster: int, side: str) -> Sequence[str]:
    return f"ta={stem}|{side}", f"tac={cluster}|{side}"


def _opening(first: str, side: str, place: int) -> Sequence[str]:
    return f"s0={first}|{side}", f"s0={first}|{side}{place}"


def _sentence(n: int, type_: str, side: str) -> Sequence[str]:
    return f"sn={n}|{side}", f"sn={min(n, 2)}|{type_}|{side}"


def _trigger(key: str, side: str) -> Sequence[str]:
    return (f"tw={key}|{side}",)


def _inside(inside: int, place: int, side: str, shape: str) -> Sequence[str]:
    return f"in={inside}.{place}|{side}", f"in={inside}.{place}|{side}{shape}"


def _article(quoted: bool, size: int, outlet: str | None, side: str) -> Sequence[str]:
    return f"quoted={quoted}|{side}", f"size={size}|{side}", f"pub={outlet}|{side}"


def _previous(type_: str, own: str, shape: str, own_shape: str, side: str) -> Sequence[str]:
    return f"prev={type_}|{own}|{side}", f"prev={shape}|{own_shape}|{side}"
