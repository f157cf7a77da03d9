"""What was weighed for the values of each event: parties by both looks, places, times, speakers, earlier mentions.

The witnesses keep answers in the order of asking; each method goes through the candidates in that same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from msgspec.structs import replace

from isnad.coding import date_step, place_step
from isnad.coding.attach import YES
from isnad.coding.casting import Casting, ids_in, settled_id
from isnad.coding.casting_step import RIGHT, Choices
from isnad.coding.chain_step import earlier
from isnad.coding.crosswalk import reasons
from isnad.coding.draft import Draft
from isnad.coding.explain_read import span_of
from isnad.coding.explained import CastingWeighed, Chance, Look, PartyWeighed, Weighed, Weight
from isnad.coding.features import FormFeatures
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.coding.roles import ACTOR, RECIPIENT
from isnad.coding.roles import candidates as parties_of
from isnad.coding.roles_again import Opinion
from isnad.coding.source_step import speakers_of
from isnad.coding.witness import Answer, heaviest
from isnad.model import Span
from isnad.read.mentions import DateMention, Mention

_TOP = 3  # answers shown of those a model weighed

Rows = list[tuple[Weighed, ...]]  # one an event


class Values:
    """The values of every event of a run, each with its rivals."""

    def __init__(
        self,
        models: Mapping[str, Model],
        answers: Mapping[str, Sequence[Answer]],
        reading: Reading,
        drafts: Sequence[Draft],
        forms: Sequence[FormFeatures],
    ) -> None:
        self._forms = forms
        self._models = models
        self._answers = answers
        self._reading = reading
        self._drafts = drafts

    def parties(self) -> list[tuple[PartyWeighed, ...]]:
        """Return for each event the parties that might take part in it."""
        pairs = [(draft, n) for draft in self._drafts for n in parties_of(self._reading, draft)]
        first, second = self._answers["role1"], self._answers["role2"]
        out: dict[int, list[PartyWeighed]] = {id(draft): [] for draft in self._drafts}
        if len(first) == len(second) == len(pairs):
            for (draft, n), one, two in zip(pairs, first, second, strict=True):
                out[id(draft)].append(self._party(draft, n, one, two))
        return [tuple(out[id(draft)]) for draft in self._drafts]

    def _party(self, draft: Draft, n: int, one: Answer, two: Answer) -> PartyWeighed:
        party = self._reading.parties[n]
        mean = {role: (one.chances[role] + two.chances[role]) / 2 for role in (ACTOR, RECIPIENT)}
        likelier = ACTOR if mean[ACTOR] >= mean[RECIPIENT] else RECIPIENT
        return PartyWeighed(
            party=Span(party.text, party.start, party.end),
            id=settled_id(party, draft.type, likelier),
            role=ACTOR if n in draft.actors else RECIPIENT if n in draft.recipients else "none",
            mean_actor=round(mean[ACTOR], 3),
            mean_recipient=round(mean[RECIPIENT], 3),
            first=self._look("role1", one, likelier),
            second=self._look("role2", two, likelier),
        )

    def castings(self) -> list[tuple[CastingWeighed, ...]]:
        """Return for each event the likeliest castings, the one taken first; none where no party was read."""
        if not self._answers["cast"]:
            return [() for _ in self._drafts]
        choices = Choices(self._reading, self._drafts, self._opinions())
        answers = iter(self._answers["cast"])
        out = []
        for draft, offered in zip(self._drafts, choices.castings, strict=True):
            row = [self._casting(draft, casting, next(answers)) for casting in offered]
            row.sort(key=lambda c: (not c.taken, -c.chance))
            out.append(tuple(row[:_TOP]))
        return out

    def _opinions(self) -> list[list[Opinion]]:
        pairs = zip(self._answers["role1"], self._answers["role2"], strict=True)
        return [
            [
                Opinion(n, *((one.chances[role] + two.chances[role]) / 2 for role in (ACTOR, RECIPIENT)))
                for n, (one, two) in zip(parties_of(self._reading, draft), pairs, strict=False)
            ]
            for draft in self._drafts
        ]

    def _casting(self, draft: Draft, casting: Casting, answer: Answer) -> CastingWeighed:
        actors, recipients = ids_in(self._reading, draft, casting)
        slots = [sorted(o.index for o in slot) for slot in (casting.actors, casting.recipients)]
        return CastingWeighed(
            actors=tuple(sorted(actors)),
            recipients=tuple(sorted(recipients)),
            alone=round(exp(casting.chance), 3),
            chance=round(answer.chances[RIGHT], 3),
            taken=slots == [draft.actors, draft.recipients],
            features=weights(self._models["cast"], answer, RIGHT),
        )

    def _look(self, name: str, answer: Answer, role: str) -> Look:
        return Look(
            actor=round(answer.chances[ACTOR], 3),
            recipient=round(answer.chances[RECIPIENT], 3),
            features=weights(self._models[name], answer, role),
        )

    def places(self) -> Rows:
        """Return for each event the places that may be its."""
        work = place_step._Places(self._reading, self._forms, self._drafts)
        found = []
        for draft in self._drafts:  # what one event was given is a candidate of the next
            found.append(place_step.candidates(work, draft))
            work.given(draft, draft.place)
        values = [", ".join(filter(None, (p.name, p.country))) or None for p in self._reading.places]
        return self._mentions("place", found, self._reading.places, values, [d.place for d in self._drafts])

    def dates(self) -> Rows:
        """Return for each event the times that may be its."""
        work = date_step._Dates(self._reading, self._forms, self._drafts)
        found = []
        for draft in self._drafts:
            found.append(date_step.candidates(work, draft))
            work.given(draft, draft.date)
        values = [_days(d) for d in self._reading.dates]
        return self._mentions("date", found, self._reading.dates, values, [d.date for d in self._drafts])

    def sources(self) -> Rows:
        """Return for each event the speakers whose statement covers it."""
        found = [speakers_of(self._reading, draft) for draft in self._drafts]
        said = self._reading.attributions
        return self._mentions("source", found, said, [a.kind for a in said], [d.attribution for d in self._drafts])

    def earlier(self) -> Rows:
        """Return for each event the earlier mentions that it may repeat."""
        found = [earlier(self._drafts, n) for n in range(len(self._drafts))]
        words = self._reading.words
        triggers = []
        for d in self._drafts:
            span = span_of(words, d.first, d.last)
            triggers.append(Mention(first=d.first, last=d.last, start=span.start, end=span.end, text=span.text))
        values = [f"event {n}" for n in range(1, len(self._drafts) + 1)]
        likeliest = self._mentions("chain", found, triggers, values, [None] * len(found))
        return [
            tuple(replace(w, taken=rank == 0 and draft.same_as is not None) for rank, w in enumerate(row))
            for draft, row in zip(self._drafts, likeliest, strict=True)
        ]

    def _mentions(
        self,
        name: str,
        found: Sequence[Sequence[int]],
        mentions: Sequence[Mention],
        values: Sequence[str | None],
        taken: Sequence[int | None],
    ) -> Rows:
        """Pair the answers of model `name` with the candidates of each event; the likeliest first."""
        answers = self._answers.get(name, ())
        if len(answers) != sum(map(len, found)):
            return [() for _ in found]
        rest = iter(answers)
        out: Rows = []
        for indices, best in zip(found, taken, strict=True):
            row = [self._weighed(name, next(rest), mentions[n], values[n], n == best) for n in indices]
            out.append(tuple(sorted(row, key=lambda w: -w.chance)))
        return out

    def _weighed(self, name: str, answer: Answer, mention: Mention, value: str | None, taken: bool) -> Weighed:
        return Weighed(
            mention=Span(mention.text, mention.start, mention.end),
            value=value,
            chance=round(answer.chances[YES], 3),
            taken=taken,
            features=weights(self._models[name], answer, YES),
        )


def _days(date: DateMention) -> str | None:
    return " to ".join(dict.fromkeys(filter(None, (date.day_from, date.day_to)))) or date.reason


def top(chances: Mapping[str, float]) -> tuple[Chance, ...]:
    """Return the likeliest answers."""
    ordered = sorted(chances.items(), key=lambda p: (-p[1], p[0]))[:_TOP]
    return tuple(Chance(name, round(p, 3)) for name, p in ordered)


def weights(model: Model, answer: Answer | None, name: str | None) -> tuple[Weight, ...]:
    """Return the heaviest features of an example for class `name`; none where it was not asked."""
    if answer is None or name is None:
        return ()
    return tuple(Weight(feature, weight) for feature, weight in heaviest(model, answer.features, name))


def because(value: str, reason: str | None) -> str:
    """Return a value of another codebook, with what its reason code means."""
    if reason is None:
        return value
    told = f"{reason}: {reasons().get(reason, '')}".rstrip(": ")
    return f"{value} ({told})" if value else f"none ({told})"


__all__ = ["Values", "because", "top", "weights"]
