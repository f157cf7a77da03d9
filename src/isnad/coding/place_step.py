"""Where it happened: which mentioned place belongs to an event (CODEBOOK section 6).

Candidates are the places of the event's own sentence, the nearest ones of the sentences before, and those
that earlier events were given: what is plainly carried over. A headline has only its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnad.coding.attach import NO, YES, Ground, Pair, Past, mention_cue, pair_features, yes
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures
from isnad.coding.model import Model
from isnad.coding.reading import NONE, Reading
from isnad.read.mentions import PlaceMention
from isnad.text import fold

#: Probability from which a place is taken, in the event's own sentence and carried over; chosen by
#: cross-validation.
THRESHOLD, CARRIED = 0.27, 0.3
_BACK = 4  # sentences looked back
_CARRIED = 4  # places at most from them
_LEVELS = {
    "site": 0,
    "neighbourhood": 1,
    "town": 2,
    "district": 3,
    "governorate": 4,
    "region": 5,
    "country": 6,
}


class PlaceStep:
    """Sets `draft.place`."""

    name = "place"

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
            features += [work.features(draft, n, found) for n in found]
            labels += [YES if n in right else NO for n in found]
            work.given(draft, max(right, key=lambda n: _overlap(reading.places[n], event["place"]), default=None))
        return features, labels

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        """Give each draft, in order, its likeliest place, if that is likely enough."""
        work = _Places(reading, forms, drafts)
        for draft in drafts:
            found = candidates(work, draft)
            chances = yes(model, [work.features(draft, n, found) for n in found])
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
    seen = {_name(reading.places[n]) for n in here}
    back: list[int] = []
    for s in range(draft.sentence - 1, max(draft.sentence - _BACK, 0) - 1, -1):
        for n in reversed(work.by_sentence[s]):
            name = _name(reading.places[n])
            if name not in seen and len(back) < _CARRIED:
                seen.add(name)
                back.append(n)
    for n in reversed(work.order):
        name = _name(reading.places[n])
        if name not in seen and len(back) < _CARRIED + 2:
            seen.add(name)
            back.append(n)
    return here + back


class _Places:
    """The places of an article and what the events so far have been given."""

    def __init__(self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        self.reading = reading
        self.ground = Ground(reading, forms, drafts)
        sentence_of = reading.words.sentence_of
        self.by_sentence: list[list[int]] = [[] for _ in reading.words.sentences]
        for n, place in enumerate(reading.places):
            self.by_sentence[sentence_of[place.first]].append(n)
        self.tags = [_tag(reading, p) for p in reading.places]
        self.names = [_name(p) for p in reading.places]
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

    def features(self, draft: Draft, n: int, found: Sequence[int]) -> list[str]:
        """Return the features of place n as the event's."""
        place = self.reading.places[n]
        tag = self.tags[n]
        pair = Pair(self.ground, draft, place.first, place.last)
        out = pair_features(self.ground, draft, pair, place.first, place.last, tag)
        out += self._rank(draft, n, found, pair, tag)
        out += self._party(draft, place, tag, pair.side)
        out += self.past.features(draft, self.names[n], pair, tag)
        out.append(f"freq{min(self.counts[self.names[n]], 5)}|{pair.side}")
        return out

    def _rank(self, draft: Draft, n: int, found: Sequence[int], pair: Pair, tag: str) -> list[str]:
        """How the place stands among the others: rank, detail, neighbours in one chain of places."""
        reading, side = self.reading, pair.side
        place = reading.places[n]
        here = self.by_sentence[draft.sentence]
        if pair.gap:
            rank = found.index(n) - sum(1 for m in found if m in here)
            kinds = "".join(sorted({self.tags[m][0] for m in here}))
            return [
                f"rank{side}{rank}",
                f"rank{side}{rank}|{tag}",
                f"here{min(len(here), 3)}|{side}",
                f"here={kinds}|{side}|{tag[0]}",
                f"here0{not here}|{draft.type}|{self.ground.shapes[id(draft)]}",
            ]
        same = [m for m in here if (reading.places[m].first < draft.first) == (side == "<")]
        rank = same.index(n)
        rank = min(rank if side == ">" else len(same) - 1 - rank, 4)
        out = [
            f"rank{side}{rank}",
            f"rank{side}{rank}|{tag}",
            f"rank{side}{rank}|{pair.link}",
            f"only{len(here) == 1}|{tag}",
            f"n{min(len(here), 5)}{side}{rank}",
        ]
        out.append(f"other{bool(len(here) - len(same))}|{side}{rank}")
        level = _LEVELS.get(place.level, 7)
        finer = sum(1 for m in here if _LEVELS.get(reading.places[m].level, 7) < level)
        out += [f"finer{min(finer, 3)}", f"finer{min(finer, 2)}|{side}{rank}", f"finer{min(finer, 2)}|{tag}"]
        if n and reading.places[n - 1].last >= place.first - 2 and n - 1 in here:
            gap = "".join(self.ground.marks[reading.places[n - 1].last : place.first])
            out += ["tail", f"tail{self.tags[n - 1]}>{tag}", f"tail{gap}"]
        if n + 1 in here and reading.places[n + 1].first <= place.last + 2:
            gap = "".join(self.ground.marks[place.last : reading.places[n + 1].first])
            out += ["chain", f"chain{tag}>{self.tags[n + 1]}", f"chain{gap}"]
        out += [f"with{self.tags[m]}|{tag}" for m in here if m != n][:4]
        return out

    def _party(self, draft: Draft, place: PlaceMention, tag: str, side: str) -> list[str]:
        """Whether the mention is also a party, of this event or of others."""
        reading = self.reading
        out = [
            f"lv={place.level}|{draft.type}",
            f"name={place.name}",
            f"fl={fold(place.text.split(None, 1)[0])}",
        ]
        index = reading.party_at[place.first]
        if index == NONE:
            out.append(f"land={place.country in {reading.parties[a].country for a in draft.actors}}|{tag}")
            return out
        party = reading.parties[index]
        role = "a" if index in draft.actors else "r" if index in draft.recipients else "-"
        cover = "in" if party.first <= place.first and place.last <= party.last else "over"
        out += [
            f"role={role}",
            f"role={role}|{tag}",
            f"role={role}|{draft.type}|{side}",
            f"role={role}{cover}|{party.form}",
            f"pid={party.id}|{role}",
        ]
        out += [
            f"others={index in self.parties}|{role}|{tag}",
            f"role={role}|{draft.type}.{draft.mode}|{place.level}",
        ]
        return out


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
