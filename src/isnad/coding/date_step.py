"""When it happened: which time words belong to an event (CODEBOOK section 7).

Candidates are the time words of the event's own sentence, those of the sentences before, and what earlier
events were given. The day of a mere report («قال اليوم» said today) is the report's, which the model
learns from the attribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnad.coding.attach import NO, YES, Ground, Pair, Past, mention_cue, pair_features, yes
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.read.mentions import Attribution, DateMention
from isnad.text import fold

#: Probability from which a time is taken, in the event's own sentence and carried over; chosen by
#: cross-validation.
THRESHOLD, CARRIED = 0.4, 0.47
_BACK = 4  # sentences looked back
_CARRIED = 3  # times at most from them


class DateStep:
    """Sets `draft.date`."""

    name = "date"

    def examples(
        self,
        reading: Reading,
        forms: Sequence[FormFeatures],
        drafts: Sequence[Draft],
        gold: Sequence[dict[str, Any]],
    ) -> tuple[list[list[str]], list[str]]:
        """Return the features and labels of every pair, each event seeing what earlier ones have in gold."""
        work = _Dates(reading, forms, drafts)
        features: list[list[str]] = []
        labels: list[str] = []
        for draft, event in zip(drafts, gold, strict=True):
            found = candidates(work, draft)
            right = [n for n in found if _is(reading.dates[n], event.get("date"))]
            features += [work.features(draft, n, found) for n in found]
            labels += [YES if n in right else NO for n in found]
            work.given(draft, right[0] if right else None)
        return features, labels

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        """Give each draft, in order, its likeliest time, if that is likely enough."""
        if not reading.dates:
            return
        work = _Dates(reading, forms, drafts)
        for draft in drafts:
            found = candidates(work, draft)
            chances = yes(model, [work.features(draft, n, found) for n in found])
            own = [reading.words.sentence_of[reading.dates[n].first] == draft.sentence for n in found]
            over = [chance - (THRESHOLD if here else CARRIED) for chance, here in zip(chances, own, strict=True)]
            excess, best = max(zip(over, (-n for n in found), strict=True), default=(-1.0, 0))
            draft.date = -best if excess >= 0 else None
            work.given(draft, draft.date)
            if draft.date is not None:
                draft.cues.append(mention_cue(reading, draft, "date", reading.dates[draft.date]))


def candidates(work: _Dates, draft: Draft) -> list[int]:
    """Return the indices of the times that may be the event's, those of its own sentence first."""
    reading = work.reading
    here = list(work.by_sentence[draft.sentence])
    if reading.words.sentences[draft.sentence].headline:
        return here
    seen = {work.names[n] for n in here}
    back: list[int] = []
    for s in range(draft.sentence - 1, max(draft.sentence - _BACK, 0) - 1, -1):
        for n in reversed(work.by_sentence[s]):
            if work.names[n] not in seen and len(back) < _CARRIED:
                seen.add(work.names[n])
                back.append(n)
    for n in reversed(work.order):
        if work.names[n] not in seen and len(back) < _CARRIED + 1:
            seen.add(work.names[n])
            back.append(n)
    return here + back


class _Dates:
    """The times of an article and what the events so far have been given."""

    def __init__(self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        self.reading = reading
        self.ground = Ground(reading, forms, drafts)
        sentence_of = reading.words.sentence_of
        self.by_sentence: list[list[int]] = [[] for _ in reading.words.sentences]
        for n, date in enumerate(reading.dates):
            self.by_sentence[sentence_of[date.first]].append(n)
        self.names = [_name(d) for d in reading.dates]
        self.tags = [_tag(d) for d in reading.dates]
        self.order: list[int] = []  # times given, the latest last
        self.past = Past(self.ground)
        self.said: list[list[Attribution]] = [[] for _ in reading.words.sentences]
        for a in reading.attributions:
            if a.scope_first < len(sentence_of):
                self.said[sentence_of[a.scope_first]].append(a)

    def given(self, draft: Draft, date: int | None) -> None:
        """Note what an event was given."""
        self.past.note(draft, None if date is None else self.names[date])
        if date is not None:
            self.order.append(date)

    def features(self, draft: Draft, n: int, found: Sequence[int]) -> list[str]:
        """Return the features of time n as the event's."""
        date, tag = self.reading.dates[n], self.tags[n]
        pair = Pair(self.ground, draft, date.first, date.last)
        side = pair.side
        out = pair_features(self.ground, draft, pair, date.first, date.last, tag)
        out += self.ground.setting(draft, side)
        key = self.reading.words.key[date.first]
        out += [
            f"key={key}|{side}",
            f"key={key}|{draft.type}",
            f"rule={date.rule}|{draft.type}",
            f"rule={date.rule}|{self.ground.shapes[id(draft)]}",
        ]
        out += [
            f"today={date.day_from == self.reading.published}|{side}",
            f"span={date.day_from == date.day_to}|{self.ground.shapes[id(draft)]}",
            f"st={draft.status}|{tag}",
        ]
        published = self.reading.published
        future = date.day_from is not None and published is not None and date.day_from > published
        out.append(f"future={future}|{draft.status}")
        out += self._rank(draft, n, found, pair, tag)
        out += self._report(draft, date, pair, tag)
        out += self.past.features(draft, self.names[n], pair, tag)
        return out

    def _rank(self, draft: Draft, n: int, found: Sequence[int], pair: Pair, tag: str) -> list[str]:
        """How the time stands among the others of the sentence, and among its events."""
        side, dates = pair.side, self.reading.dates
        here = self.by_sentence[draft.sentence]
        if pair.gap:
            rank = found.index(n) - len(here)
            first = self.ground.between(self.reading.words.sentences[draft.sentence].first, draft.head)
            return [
                f"rank{rank}",
                f"here{min(len(here), 2)}|{side}{pair.far}",
                f"here{min(len(here), 2)}|{tag}",
                f"before{min(len(first), 2)}|{len(here) == 0}",
            ]
        same = [m for m in here if (dates[m].first < draft.first) == (side == "<")]
        rank = same.index(n)
        rank = min(rank if side == ">" else len(same) - 1 - rank, 3)
        own = self.reading.words.sentences[draft.sentence]
        inside = self.ground.between(own.first, own.last)
        place = min(len(self.ground.between(own.first, draft.head)), 3)
        out = [
            f"rank{side}{rank}",
            f"rank{side}{rank}|{tag}",
            f"only{len(here) == 1}|{side}",
            f"n{min(len(here), 4)}{side}{rank}",
            f"other{len(here) - len(same) > 0}|{side}{rank}",
        ]
        out += [
            f"events{min(len(inside), 4)}.{place}|{side}",
            f"events{min(len(inside), 4)}|{side}{pair.far}",
            f"at{min(dates[n].first - own.first, 3)}|{side}",
        ]
        out += [f"with{self.tags[m]}|{tag}" for m in here if m != n][:3]
        return out

    def _report(self, draft: Draft, date: DateMention, pair: Pair, tag: str) -> list[str]:
        """Whether the time stands by a verb of report, outside the statement in which the event stands."""
        if pair.gap:
            return []
        out: list[str] = []
        for a in self.said[draft.sentence]:
            inside = a.scope_first <= draft.head < a.scope_last
            held = a.scope_first <= date.first < a.scope_last
            verb = a.verb
            spot = "-" if verb is None else "b" if date.end <= verb.start else "a" if date.start >= verb.end else "in"
            out += [
                f"said{inside}{held}",
                f"said{inside}{held}{spot}|{pair.side}",
                f"said{inside}{held}|{draft.type}",
                f"said{inside}{held}|{a.kind}",
                f"said{inside}{held}|{tag}",
            ]
            if verb is not None and not held:
                word = fold(verb.text)
                out += [f"verb={word}|{inside}", f"verb={word}|{spot}|{draft.type}"]
        return out or ["unsaid", "unsaid" + pair.side]


def _tag(date: DateMention) -> str:
    return date.rule + ("" if date.day_from else "?")


def _name(date: DateMention) -> str:
    return f"{date.day_from}/{date.day_to}" if date.day_from else fold(date.text)


def _is(date: DateMention, gold: dict[str, Any] | None) -> bool:
    """Say whether time words are the gold's: the same days, or the same words."""
    if gold is None:
        return False
    if gold["start"] is not None and (date.day_from, date.day_to) == (gold["start"], gold["end"]):
        return True
    ours, theirs = set(fold(date.text).split()), set(fold(gold["text"]).split())
    return ours == theirs or (date.day_from is None and gold["start"] is None and bool(ours & theirs))
