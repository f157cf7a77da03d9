"""When it happened: which time words belong to an event (CODEBOOK section 7).

Candidates are the time words of the event's own sentence, those of the sentences before, and what earlier
events were given. The day of a mere report («قال اليوم» said today) is the report's, which the model
learns from the attribution.
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
from isnad.coding.reading import Reading
from isnad.read.mentions import Attribution, DateMention
from isnad.text import fold

#: Probability from which a time is taken, in the event's own sentence and carried over; chosen by
#: cross-validation.
THRESHOLD, CARRIED = 0.25, 0.35
_BACK = 4  # sentences looked back
_CARRIED = 3  # times at most from them


class DateStep:
    """Sets `draft.date`."""

    name = "date"

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
        work = _Dates(reading, forms, drafts)
        features: list[list[str]] = []
        labels: list[str] = []
        for draft, event in zip(drafts, gold, strict=True):
            found = candidates(work, draft)
            right = [n for n in found if _is(reading.dates[n], event.get("date"))]
            features += [spell(work.groups(draft, n, found)) for n in found]
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
            chances = yes(model, self._weigher, [work.groups(draft, n, found) for n in found])
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
        self.ground = ground_of(reading, forms, drafts)
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

    def groups(self, draft: Draft, n: int, found: Sequence[int]) -> list[Group]:
        """Return the features of time n as the event's."""
        date, tag, published = self.reading.dates[n], self.tags[n], self.reading.published
        pair = Pair(self.ground, draft, date.first, date.last)
        side, shape = pair.side, self.ground.shapes[id(draft)]
        future = date.day_from is not None and published is not None and date.day_from > published
        out = pair_groups(self.ground, draft, pair, date.first, date.last, tag)
        out += self.ground.setting(draft, side)
        out += (
            (_key, self.reading.words.key[date.first], side, draft.type),
            (_rule, date.rule, draft.type, shape),
            (_today, date.day_from == published, side),
            (_span, date.day_from == date.day_to, shape),
            (_status, draft.status, tag, future),
        )
        if pair.gap:
            out += self._rank_back(draft, n, found, pair, tag)
        else:
            out += self._rank(draft, n, pair, tag)
            out += self._report(draft, date, side, tag)
        out += self.past.groups(draft, self.names[n], pair, tag)
        return out

    def _rank_back(self, draft: Draft, n: int, found: Sequence[int], pair: Pair, tag: str) -> list[Group]:
        """How a time of another sentence stands among the candidates."""
        here = len(self.by_sentence[draft.sentence])
        first = self.ground.between(self.reading.words.sentences[draft.sentence].first, draft.head)
        return [
            (_back_rank, found.index(n) - here, min(len(first), 2), here == 0),
            (_back_here, min(here, 2), pair.side, pair.far, tag),
        ]

    def _rank(self, draft: Draft, n: int, pair: Pair, tag: str) -> list[Group]:
        """How the time stands among the others of the sentence, and among its events."""
        side, dates = pair.side, self.reading.dates
        here = self.by_sentence[draft.sentence]
        same = [m for m in here if (dates[m].first < draft.first) == (side == "<")]
        rank = same.index(n)
        rank = min(rank if side == ">" else len(same) - 1 - rank, 3)
        own = self.reading.words.sentences[draft.sentence]
        inside = min(len(self.ground.between(own.first, own.last)), 4)
        place = min(len(self.ground.between(own.first, draft.head)), 3)
        out: list[Group] = [
            (_own_rank, side, rank, tag),
            (_own_here, min(len(here), 4), len(here) > len(same), side, rank),
            (_events, inside, place, side, pair.far),
            (_at, min(dates[n].first - own.first, 3), side),
        ]
        if len(here) > 1:
            out += dict.fromkeys((_with, self.tags[m], tag) for m in [m for m in here if m != n][:3])
        return out

    def _report(self, draft: Draft, date: DateMention, side: str, tag: str) -> list[Group]:
        """Whether the time stands by a verb of report, outside the statement in which the event stands."""
        out: list[Group] = []
        for a in self.said[draft.sentence]:
            inside = a.scope_first <= draft.head < a.scope_last
            held = a.scope_first <= date.first < a.scope_last
            verb = a.verb
            spot = "-" if verb is None else "b" if date.end <= verb.start else "a" if date.start >= verb.end else "in"
            out += (
                (_said, inside, held, draft.type, tag),
                (_said_spot, inside, held, spot, side),
                (_said_kind, inside, held, a.kind),
            )
            if verb is not None and not held:
                word = fold(verb.text)
                out += ((_verb, word, inside), (_verb_spot, word, spot, draft.type))
        return list(dict.fromkeys(out)) or [(_unsaid, side)]


def _key(key: str, side: str, type_: str) -> Sequence[str]:
    return f"key={key}|{side}", f"key={key}|{type_}"


def _rule(rule: str, type_: str, shape: str) -> Sequence[str]:
    return f"rule={rule}|{type_}", f"rule={rule}|{shape}"


def _today(today: bool, side: str) -> Sequence[str]:
    return (f"today={today}|{side}",)


def _span(one: bool, shape: str) -> Sequence[str]:
    return (f"span={one}|{shape}",)


def _status(status: str, tag: str, future: bool) -> Sequence[str]:
    return f"st={status}|{tag}", f"future={future}|{status}"


def _back_rank(rank: int, first: int, none: bool) -> Sequence[str]:
    return f"rank{rank}", f"before{first}|{none}"


def _back_here(here: int, side: str, far: int, tag: str) -> Sequence[str]:
    return f"here{here}|{side}{far}", f"here{here}|{tag}"


def _own_rank(side: str, rank: int, tag: str) -> Sequence[str]:
    return f"rank{side}{rank}", f"rank{side}{rank}|{tag}"


def _own_here(here: int, other: bool, side: str, rank: int) -> Sequence[str]:
    return f"only{here == 1}|{side}", f"n{here}{side}{rank}", f"other{other}|{side}{rank}"


def _events(inside: int, place: int, side: str, far: int) -> Sequence[str]:
    return f"events{inside}.{place}|{side}", f"events{inside}|{side}{far}"


def _at(at: int, side: str) -> Sequence[str]:
    return (f"at{at}|{side}",)


def _with(other: str, tag: str) -> Sequence[str]:
    return (f"with{other}|{tag}",)


def _said(inside: bool, held: bool, type_: str, tag: str) -> Sequence[str]:
    return f"said{inside}{held}", f"said{inside}{held}|{type_}", f"said{inside}{held}|{tag}"


def _said_spot(inside: bool, held: bool, spot: str, side: str) -> Sequence[str]:
    return (f"said{inside}{held}{spot}|{side}",)


def _said_kind(inside: bool, held: bool, kind: str) -> Sequence[str]:
    return (f"said{inside}{held}|{kind}",)


def _verb(word: str, inside: bool) -> Sequence[str]:
    return (f"verb={word}|{inside}",)


def _verb_spot(word: str, spot: str, type_: str) -> Sequence[str]:
    return (f"verb={word}|{spot}|{type_}",)


def _unsaid(side: str) -> Sequence[str]:
    return "unsaid", "unsaid" + side


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
