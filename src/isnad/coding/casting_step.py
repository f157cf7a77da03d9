"""The third look at roles: of an event's likely castings, take the one that a trained model finds right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import exp
from typing import Any

from isnad.coding import casting_groups as named
from isnad.coding.casting import UNKNOWN_PARTY, Casting, Sets, castings, first_choice, ids_in, likeliest
from isnad.coding.draft import Draft
from isnad.coding.groups import Group, Weigher, spell
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.coding.roles import ACTOR, RECIPIENT
from isnad.coding.roles_again import Opinion

RIGHT, WRONG = "right", "wrong"
#: Chance from which a party alone is taken into a slot, for the first choice that other events are compared with.
THRESHOLD = 0.45
_MOST = 3  # parties counted in a slot
_RANKS = 6
_FAR_BEHIND = 10


class Choices:
    """The castings of every event of an article that are weighed, and what is seen of each."""

    def __init__(self, reading: Reading, drafts: Sequence[Draft], opinions: Sequence[Sequence[Opinion]]) -> None:
        self._reading = reading
        self._drafts = drafts
        self._likely = [likeliest(reading, row) for row in opinions]
        first = [first_choice(reading, row, THRESHOLD) for row in opinions]
        self._chosen: list[Sets] = [ids_in(reading, d, c) for d, c in zip(drafts, first, strict=True)]
        self.castings = [castings(parties) for parties in self._likely]

    def groups(self, event: int) -> list[list[Group]]:
        """Return the features of each casting of event number `event`, in groups."""
        draft = self._drafts[event]
        own = _Event(self._reading, draft, self._likely[event], self._others(event))
        best = self.castings[event][0].chance
        return [list(own.groups(casting, rank, best)) for rank, casting in enumerate(self.castings[event])]

    def _others(self, event: int) -> list[tuple[str, Sets | None]]:
        """Return what was first chosen for the events that may share the parties of this one."""
        drafts, chosen = self._drafts, self._chosen
        draft, after = drafts[event], event + 1
        lemma = draft.form.lemma if draft.form else None
        alike = [n for n, d in enumerate(drafts) if d.type == draft.type and n != event]
        earlier = [n for n in alike if n < event]
        named_so = [n for n in range(event) if lemma and (form := drafts[n].form) and form.lemma == lemma]
        beside = after < len(drafts) and drafts[after].sentence == draft.sentence
        common = Counter(chosen[n] for n in alike).most_common(1)
        return [
            ("prev", chosen[event - 1] if event else None),
            ("same", chosen[earlier[-1]] if earlier else None),
            ("next", chosen[after] if beside else None),
            ("most", common[0][0] if common and common[0][1] > 1 else None),
            ("lemma", chosen[named_so[-1]] if named_so else None),
        ]


class _Event:
    """One event: what its castings have in common, and the features of each."""

    def __init__(
        self, reading: Reading, draft: Draft, likely: Sequence[Opinion], others: Sequence[tuple[str, Sets | None]]
    ) -> None:
        form, sentence = draft.form, reading.words.sentences[draft.sentence]
        self._reading, self._draft, self._likely, self._others = reading, draft, likely, others
        self._shape = f"{form.pos}.{form.voice}" if form else "-"
        self._lemma = form.lemma if form else None
        self._definite = form.definite if form else None
        self._headline = sentence.headline
        self._begins = sentence.first

    def groups(self, casting: Casting, rank: int, best: float) -> Iterator[Group]:
        """Yield the features of a casting; `rank` and `best` log chance are among those of the event."""
        draft, type_ = self._draft, self._draft.type
        actors, recipients = min(len(casting.actors), _MOST), min(len(casting.recipients), _MOST)
        size = f"{actors}.{recipients}"
        behind = min(int((best - casting.chance) * 2), _FAR_BEHIND)
        yield named.likely, named.step(exp(casting.chance)), size, type_
        yield named.place, min(rank, _RANKS), behind
        yield named.size, size, type_, draft.mode, draft.status
        yield named.size_by_shape, actors, recipients, type_, self._shape, self._definite
        yield named.size_by_lemma, actors, recipients, self._lemma
        yield named.headline, self._headline, size
        yield from self._edges(casting, actors, recipients)
        yield from self._parties(casting, size, actors, recipients)
        yield from self._order(casting, size)

    def _edges(self, casting: Casting, actors: int, recipients: int) -> Iterator[Group]:
        type_ = self._draft.type
        inside = sorted(o.actor for o in casting.actors)
        least = min((o.recipient for o in casting.recipients), default=None)
        out_a = max((o.actor for o in self._likely if o not in casting.actors), default=0.0)
        out_r = max((o.recipient for o in self._likely if o not in casting.recipients), default=0.0)
        yield named.edges, "A", named.step(inside[0] if inside else None), named.step(out_a), actors, type_
        yield named.edges, "R", named.step(least), named.step(out_r), recipients, type_
        if len(inside) > 1:
            yield named.several, named.step(inside[0]), named.step(inside[-1]), type_, self._draft.mode

    def _parties(self, casting: Casting, size: str, actors: int, recipients: int) -> Iterator[Group]:
        type_ = self._draft.type
        who, whom = ids_in(self._reading, self._draft, casting)
        first, second = sorted(who), sorted(whom)
        kinds = ["+".join(sorted({_kind(id_) for id_ in ids})) for ids in (first, second)]
        yield named.kinds, *kinds, type_, self._draft.mode, size
        yield named.all_ids, "+".join(first), "+".join(second)
        for slot, ids, count in ((ACTOR, first, actors), (RECIPIENT, second, recipients)):
            for id_ in ids:
                yield named.one, slot, id_, type_, count
        yield named.facing, tuple(first), tuple(second), type_
        for which, other in self._others:
            if other is None:
                yield named.lonely, which
            else:
                swapped = f"{not who.isdisjoint(other[1])}{not whom.isdisjoint(other[0])}"
                relation = f"A{_relation(who, other[0])}R{_relation(whom, other[1])}"
                yield named.beside, which, relation, self._definite, type_, swapped

    def _order(self, casting: Casting, size: str) -> Iterator[Group]:
        type_, head = self._draft.type, (self._draft.first, "T")
        marks = [(self._at(o), "A") for o in casting.actors] + [(self._at(o), "R") for o in casting.recipients]
        before = [mark for at, mark in marks if at < self._begins]
        count = f"{before.count('A')}.{before.count('R')}"
        placed = [(at, mark if at >= self._begins else mark.lower()) for at, mark in marks]
        order = "".join(mark for _, mark in sorted([*placed, head]))
        yield named.carried, count, size, self._definite, type_
        yield named.order, order, self._shape, type_, self._lemma, self._headline
        cast = {id(o) for o in (*casting.actors, *casting.recipients)}
        left = [(self._at(o), "x") for o in self._likely if id(o) not in cast]
        here = [(at, mark) for at, mark in marks + left if at >= self._begins]
        yield named.order_of_all, "".join(mark for _, mark in sorted([*here, head])), self._shape

    def _at(self, opinion: Opinion) -> int:
        return self._reading.parties[opinion.index].first


def _kind(id_: str) -> str:
    return id_ if id_ in ("civilians", UNKNOWN_PARTY) else id_.partition(".")[2] or "body"


def _relation(one: frozenset[str], other: frozenset[str]) -> str:
    if one == other:
        return "="
    return "<" if one < other else ">" if one > other else "0" if one.isdisjoint(other) else "&"


def examples(
    reading: Reading,
    drafts: Sequence[Draft],
    opinions: Sequence[Sequence[Opinion]],
    gold: Sequence[dict[str, Any]],
) -> tuple[list[list[str]], list[str]]:
    """Return the features of every casting that is weighed, and whether it is gold's."""
    choices = Choices(reading, drafts, opinions)
    features: list[list[str]] = []
    labels: list[str] = []
    for n, (draft, event) in enumerate(zip(drafts, gold, strict=True)):
        wanted = tuple(frozenset(a["id"] or UNKNOWN_PARTY for a in event[slot]) for slot in ("actors", "recipients"))
        features += [spell(groups) for groups in choices.groups(n)]
        labels += [RIGHT if ids_in(reading, draft, c) == wanted else WRONG for c in choices.castings[n]]
    return features, labels


class CastingStep:
    """Sets `actors` and `recipients` of each draft."""

    def __init__(self) -> None:
        self._weigher = Weigher()

    def apply(
        self, model: Model, reading: Reading, drafts: Sequence[Draft], opinions: Sequence[Sequence[Opinion]]
    ) -> None:
        """Take the casting that is likeliest to be right; a party fills one slot of an event, once."""
        choices = Choices(reading, drafts, opinions)
        rows = [groups for n in range(len(drafts)) for groups in choices.groups(n)]
        right = model.classes.index(RIGHT)
        chances = iter(model.probabilities(self._weigher.columns(model, rows))[:, right].tolist())
        for draft, offered in zip(drafts, choices.castings, strict=True):
            weighed = [(next(chances), casting) for casting in offered]
            _, best = max(weighed, key=lambda pair: pair[0])
            draft.actors = sorted(o.index for o in best.actors)
            draft.recipients = sorted(o.index for o in best.recipients)
