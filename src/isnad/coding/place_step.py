"""Where it happened: which mentioned place belongs to an event (CODEBOOK section 6).

Candidates are the places of the event's own sentence, the nearest ones of the sentences before, and those
that earlier events were given: what is plainly carried over. A headline has only its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnad.coding.attach import NO, YES, Pair, mention_cue, pair_groups, yes
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures
from isnad.coding.ground import ground_of
from isnad.coding.groups import Group, Weigher, spell
from isnad.coding.model import Model
from isnad.coding.past import Past
from isnad.coding.reading import NONE, Reading
from isnad.read.mentions import PlaceMention
from isnad.text import fold

#: Probability from which a place is taken, in the event's own sentence and carried over; chosen by
#: cross-validation.
THRESHOLD, CARRIED = 0.25, 0.23
_BACK = 4  # sentences looked back
_CARRIED = 4  # places at most from them
_ORDER = ("site", "neighbourhood", "town", "district", "governorate", "region", "country")
_LEVELS = {level: n for n, level in enumerate(_ORDER)}


class PlaceStep:
    """Sets `draft.place`."""

    name = "place"

    def __init__(self) -> None:
        self._weigher = Weigher()

    def examples(
        self,
        reading: Reading,
        forms: Sequence[FormFeatures],
        drafts: Sequence[Draft],
        gold: Sequence[dict[str, Any]],
    ) -> tuple[list[list[str]], list[str]]:
        """Return the features and labels of every pair, each event seeing what earlier ones have in gold."""
        work = _Places(reading, forms, drafts)
        features: list[list[str]] = []
        labels: list[str] = []
        for draft, event in zip(drafts, gold, strict=True):
            found = candidates(work, draft)
            right = {n for n in found if _is(reading.places[n], event.get("place"))}
            features += [spell(work.groups(draft, n, found)) for n in found]
            labels += [YES if n in right else NO for n in found]
            work.given(draft, max(right, key=lambda n: _overlap(reading.places[n], event["place"]), default=None))
        return features, labels

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        """Give each draft, in order, its likeliest place, if that is likely enough."""
        if not reading.places:
            return
        work = _Places(reading, forms, drafts)
        for draft in drafts:
            found = candidates(work, draft)
            chances = yes(model, self._weigher, [work.groups(draft, n, found) for n in found])
            best = choose(reading, draft, found, chances)
            draft.place = best
            work.given(draft, best)
            if best is not None:
                draft.cues.append(mention_cue(reading, draft, "place", reading.places[best]))


def choose(reading: Reading, draft: Draft, found: Sequence[int], chances: Sequence[float]) -> int | None:
    """Return the place furthest above its threshold, the first named of equals; None if none reaches it."""
    best, most = None, 0.0
    for n, chance in zip(found, chances, strict=True):
        here = reading.words.sentence_of[reading.places[n].first] == draft.sentence
        excess = chance - (THRESHOLD if here else CARRIED)
        if excess > most or (excess == most and best is None):
            best, most = n, excess
    return best


def candidates(work: _Places, draft: Draft) -> list[int]:
    """Return the indices of the places that may be the event's, those of its own sentence first."""
    reading = work.reading
    own = reading.words.sentences[draft.sentence]
    here = [n for n in work.by_sentence[draft.sentence] if reading.places[n].first != draft.head]
    if own.headline:
        return here
    seen = {work.names[n] for n in here}
    back: list[int] = []
    for s in range(draft.sentence - 1, max(draft.sentence - _BACK, 0) - 1, -1):
        for n in reversed(work.by_sentence[s]):
            name = work.names[n]
            if name not in seen and len(back) < _CARRIED:
                seen.add(name)
                back.append(n)
    for n in reversed(work.order):
        name = work.names[n]
        if name not in seen and len(back) < _CARRIED + 2:
            seen.add(name)
            back.append(n)
    return here + back


class _Places:
    """The places of an article and what the events so far have been given."""

    def __init__(self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        self.reading = reading
        self.ground = ground_of(reading, forms, drafts)
        sentence_of = reading.words.sentence_of
        self.by_sentence: list[list[int]] = [[] for _ in reading.words.sentences]
        for n, place in enumerate(reading.places):
            self.by_sentence[sentence_of[place.first]].append(n)
        self.tags = [_tag(reading, p) for p in reading.places]
        self.names = [_name(p) for p in reading.places]
        self.levels = [_LEVELS.get(p.level, 7) for p in reading.places]
        self.openings = [fold(p.text.split(None, 1)[0]) for p in reading.places]
        self.counts: dict[str, int] = {}
        for name in self.names:
            self.counts[name] = self.counts.get(name, 0) + 1
        self.parties: set[int] = set()  # that had a part in the events so far
        self.order: list[int] = []  # places given, the latest last
        self.past = Past(self.ground)

    def given(self, draft: Draft, place: int | None) -> None:
        """Note what an event was given."""
        self.past.note(draft, None if place is None else self.names[place])
        self.parties.update(draft.actors, draft.recipients)
        if place is not None:
            self.order.append(place)

    def groups(self, draft: Draft, n: int, found: Sequence[int]) -> list[Group]:
        """Return the features of place n as the event's."""
        place = self.reading.places[n]
        tag = self.tags[n]
        pair = Pair(self.ground, draft, place.first, place.last)
        out = pair_groups(self.ground, draft, pair, place.first, place.last, tag)
        if pair.gap:
            out += self._rank_back(draft, n, found, pair.side, tag)
        else:
            out += self._rank(draft, n, pair, tag)
        out += self._party(draft, n, place, tag, pair.side)
        out += self.past.groups(draft, self.names[n], pair, tag)
        out.append((_often, min(self.counts[self.names[n]], 5), pair.side))
        return out

    def _rank_back(self, draft: Draft, n: int, found: Sequence[int], side: str, tag: str) -> list[Group]:
        """How a place of another sentence stands among the candidates."""
        here = self.by_sentence[draft.sentence]
        rank = found.index(n) - sum(1 for m in found if m in here)
        kinds = "".join(sorted({self.tags[m][0] for m in here}))
        shape = self.ground.shapes[id(draft)]
        return [
            (_back_rank, side, rank, tag),
            (_back_here, min(len(here), 3), side, kinds, tag[0]),
            (_back_none, not here, draft.type, shape),
        ]

    def _rank(self, draft: Draft, n: int, pair: Pair, tag: str) -> list[Group]:
        """How the place stands among the others: rank, detail, neighbours in one chain of places."""
        places, marks, side = self.reading.places, self.ground.marks, pair.side
        place = places[n]
        here = self.by_sentence[draft.sentence]
        same = [m for m in here if (places[m].first < draft.first) == (side == "<")]
        rank = same.index(n)
        rank = min(rank if side == ">" else len(same) - 1 - rank, 4)
        level = self.levels[n]
        finer = sum(1 for m in here if self.levels[m] < level)
        out: list[Group] = [
            (_own_rank, side, rank, tag, pair.link),
            (_own_here, min(len(here), 5), len(here) > len(same), side, rank),
            (_only, len(here) == 1, tag),
            (_finer, min(finer, 3), side, rank, tag),
        ]
        if n and places[n - 1].last >= place.first - 2 and n - 1 in here:
            out.append((_chained, "tail", self.tags[n - 1], tag, "".join(marks[places[n - 1].last : place.first])))
        if n + 1 in here and places[n + 1].first <= place.last + 2:
            out.append((_chained, "chain", tag, self.tags[n + 1], "".join(marks[place.last : places[n + 1].first])))
        if len(here) > 1:
            out += dict.fromkeys((_with, self.tags[m], tag) for m in [m for m in here if m != n][:4])
        return out

    def _party(self, draft: Draft, n: int, place: PlaceMention, tag: str, side: str) -> list[Group]:
        """Whether the mention is also a party, of this event or of others."""
        reading, type_ = self.reading, draft.type
        out: list[Group] = [(_level, place.level, type_), (_named, place.name, self.openings[n])]
        index = reading.party_at[place.first]
        if index == NONE:
            out.append((_land, place.country in {reading.parties[a].country for a in draft.actors}, tag))
            return out
        party = reading.parties[index]
        role = "a" if index in draft.actors else "r" if index in draft.recipients else "-"
        cover = "in" if party.first <= place.first and place.last <= party.last else "over"
        return [
            *out,
            (_role, role, tag, type_, side),
            (_role_named, role, cover, party.form, party.id),
            (_others, index in self.parties, role, tag),
            (_role_mode, role, type_, draft.mode, place.level),
        ]


def _often(often: int, side: str) -> Sequence[str]:
    return (f"freq{often}|{side}",)


def _back_rank(side: str, rank: int, tag: str) -> Sequence[str]:
    return f"rank{side}{rank}", f"rank{side}{rank}|{tag}"


def _back_here(here: int, side: str, kinds: str, kind: str) -> Sequence[str]:
    return f"here{here}|{side}", f"here={kinds}|{side}|{kind}"


def _back_none(none: bool, type_: str, shape: str) -> Sequence[str]:
    return (f"here0{none}|{type_}|{shape}",)


def _own_rank(side: str, rank: int, tag: str, link: str) -> Sequence[str]:
    return f"rank{side}{rank}", f"rank{side}{rank}|{tag}", f"rank{side}{rank}|{link}"


def _own_here(here: int, other: bool, side: str, rank: int) -> Sequence[str]:
    return f"n{here}{side}{rank}", f"other{other}|{side}{rank}"


def _only(only: bool, tag: str) -> Sequence[str]:
    return (f"only{only}|{tag}",)


def _finer(finer: int, side: str, rank: int, tag: str) -> Sequence[str]:
    return f"finer{finer}", f"finer{min(finer, 2)}|{side}{rank}", f"finer{min(finer, 2)}|{tag}"


def _chained(name: str, one: str, two: str, gap: str) -> Sequence[str]:
    return name, f"{name}{one}>{two}", f"{name}{gap}"


def _with(other: str, tag: str) -> Sequence[str]:
    return (f"with{other}|{tag}",)


def _level(level: str, type_: str) -> Sequence[str]:
    return (f"lv={level}|{type_}",)


def _named(name: str | None, opening: str) -> Sequence[str]:
    return f"name={name}", f"fl={opening}"


def _land(actor: bool, tag: str) -> Sequence[str]:
    return (f"land={actor}|{tag}",)


def _role(role: str, tag: str, type_: str, side: str) -> Sequence[str]:
    return f"role={role}", f"role={role}|{tag}", f"role={role}|{type_}|{side}"


def _role_named(role: str, cover: str, form: str, party: str | None) -> Sequence[str]:
    return f"role={role}{cover}|{form}", f"pid={party}|{role}"


def _others(others: bool, role: str, tag: str) -> Sequence[str]:
    return (f"others={others}|{role}|{tag}",)


def _role_mode(role: str, type_: str, mode: str | None, level: str) -> Sequence[str]:
    return (f"role={role}|{type_}.{mode}|{level}",)


def _tag(reading: Reading, place: PlaceMention) -> str:
    index = reading.party_at[place.first]
    form = "" if index == NONE else reading.parties[index].form
    return f"{_LEVELS.get(place.level, 7)}{form}"


def _name(place: PlaceMention) -> str:
    return place.name or fold(place.text)


def _overlap(place: PlaceMention, gold: dict[str, Any]) -> int:
    overlap: int = max(0, min(place.end, gold["end"]) - max(place.start, gold["start"]))
    return overlap


def _is(place: PlaceMention, gold: dict[str, Any] | None) -> bool:
    """Say whether a place is the one of the gold: its words, or the same name elsewhere."""
    if gold is None:
        return False
    if _overlap(place, gold):
        return True
    return place.name is not None and place.name.casefold() == (gold.get("name") or "").casefold()
