"""How many were killed, injured and detained: which told number belongs to which event (CODEBOOK section 9).

The reader of tolls says what became of the counted people; here each toll finds its event. A toll goes to
one event only, the likeliest; an event takes one toll of a kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isnad.coding.attach import NO, YES, Pair, pair_groups, yes
from isnad.coding.draft import Draft
from isnad.coding.features import FormFeatures
from isnad.coding.ground import ground_of
from isnad.coding.groups import Group, Weigher, same, spell
from isnad.coding.model import Model
from isnad.coding.reading import Reading
from isnad.model import Cue, Span
from isnad.read.mentions import CountMention
from isnad.read.tolls import Toll, tolls

THRESHOLD = 0.4  # chosen by cross-validation on train.jsonl
FIELDS = ("killed", "injured", "detained")
_HOLDING = frozenset(("arrest", "release", "abduct"))  # modes that say that people are held or freed
_AWAY = 1  # sentences between an event and its toll at most


class TollStep:
    """Sets `draft.tolls`."""

    name = "toll"

    def __init__(self) -> None:
        self._weigher = Weigher()

    def examples(
        self,
        reading: Reading,
        forms: Sequence[FormFeatures],
        drafts: Sequence[Draft],
        gold: Sequence[dict[str, Any]],
    ) -> tuple[list[list[str]], list[str]]:
        """Return the features and labels of every pair."""
        work = _Tolls(reading, forms, drafts)
        pairs = work.pairs()
        right = [_is(work.tolls[t], gold[d]) for d, t in pairs]
        near = {
            (d, work.tolls[t].field) for (d, t), good in zip(pairs, right, strict=True) if good and work.gap(d, t) == 0
        }
        labels = [
            YES if good and (work.gap(d, t) == 0 or (d, work.tolls[t].field) not in near) else NO
            for (d, t), good in zip(pairs, right, strict=True)
        ]
        return [spell(work.groups(d, t)) for d, t in pairs], labels

    def apply(self, model: Model, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        """Deal the tolls out to the drafts, the surest first."""
        work = _Tolls(reading, forms, drafts)
        pairs = work.pairs()
        chances = yes(model, self._weigher, [work.groups(d, t) for d, t in pairs])
        used: set[int] = set()
        for chance, (d, t) in sorted(zip(chances, pairs, strict=True), key=lambda p: -p[0]):
            toll = work.tolls[t]
            if chance < THRESHOLD:
                break
            if t in used or toll.field in drafts[d].tolls:
                continue
            used.add(t)
            drafts[d].tolls = {**drafts[d].tolls, toll.field: toll}
            drafts[d].cues.append(
                Cue(
                    field=toll.field,
                    rule=toll.rule,
                    text=toll.cue.text,
                    start=toll.cue.start,
                    end=toll.cue.end,
                )
            )


class _Tolls:
    """The tolls of an article and its events."""

    def __init__(self, reading: Reading, forms: Sequence[FormFeatures], drafts: Sequence[Draft]) -> None:
        self.reading = reading
        self.drafts = drafts
        self.ground = ground_of(reading, forms, drafts)
        self.tolls: list[Toll] = []
        self.at: list[int] = []  # the sentence of each toll
        self.words: list[tuple[int, int]] = []  # the words of each toll's cue
        for n, sentence in enumerate(reading.words.sentences):
            for toll in tolls(reading.words, reading.counts, sentence.first, sentence.last):
                self.tolls.append(toll)
                self.at.append(n)
                self.words.append(self.ground.words_of(toll.cue.start, toll.cue.end))
        self.owner: dict[int, int] = {}  # the event of an implied toll
        self._imply()

    def _imply(self) -> None:
        """Add a toll that the trigger itself implies («اعتقلت فلانا» it arrested so-and-so), where none is told."""
        told = {(at, toll.field) for at, toll in zip(self.at, self.tolls, strict=True)}
        for d, draft in enumerate(self.drafts):
            result = draft.form is not None and draft.form.entry.result
            field = "detained" if draft.mode in _HOLDING else "killed" if result and draft.type == "ASSAULT" else None
            if field is None or (draft.sentence, field) in told:
                continue
            counts = [c for c in (self.reading.parties[r].count for r in draft.recipients) if c]
            least, most = counts[0] if counts else (1, None)
            words = self.reading.words
            start, end = words.start[draft.first], words.end[draft.last - 1]
            text = words.surface(draft.first, draft.last)
            count = CountMention(
                first=draft.first,
                last=draft.last,
                start=start,
                end=end,
                text=text,
                least=least,
                most=most,
                people=True,
            )
            self.owner[len(self.tolls)] = d
            self.tolls.append(Toll(count=count, field=field, cue=Span(text, start, end), rule="implied"))
            self.at.append(draft.sentence)
            self.words.append((draft.first, draft.last))

    def gap(self, d: int, t: int) -> int:
        """Return how many sentences the event stands after the toll."""
        return self.drafts[d].sentence - self.at[t]

    def pairs(self) -> list[tuple[int, int]]:
        """Return the (event, toll) pairs to be weighed."""
        out = []
        sentences = self.reading.words.sentences
        for d, draft in enumerate(self.drafts):
            for t, at in enumerate(self.at):
                gap = draft.sentence - at
                if t in self.owner:
                    if self.owner[t] == d:
                        out.append((d, t))
                elif gap == 0 or (
                    abs(gap) <= _AWAY and not sentences[draft.sentence].headline and not sentences[at].headline
                ):
                    out.append((d, t))
        return out

    def groups(self, d: int, t: int) -> list[Group]:
        """Return the features of toll t as the event's."""
        draft, toll = self.drafts[d], self.tolls[t]
        first, last = self.words[t]
        tag = f"{toll.field[0]}{toll.rule[0]}"
        if first <= draft.head < last or draft.first <= first < draft.last:
            pair = Pair(self.ground, draft, draft.head, draft.last)
            pair.side, pair.way, pair.far = "=", (first, first), 0
        else:
            pair = Pair(self.ground, draft, first, last)
        groups = pair_groups(self.ground, draft, pair, first, last, tag)
        side = pair.side
        shape = self.ground.shapes[id(draft)]
        cue = self.reading.words.key[first]
        stem = self.ground.forms[first].stem
        out = [
            f"cue={cue}|{side}",
            f"cue={stem}|{draft.type}",
            f"cue={stem}|{shape}",
            f"tm={draft.type}.{draft.mode}|{tag}",
            f"least={min(toll.count.least or 0, 3)}|{tag}|{side}",
        ]
        if t in self.owner:
            forms = sorted(
                {
                    f"{self.reading.parties[r].form}{self.reading.parties[r].definite}"
                    f"{self.reading.parties[r].count is not None}"
                    for r in draft.recipients
                }
            )
            out += [
                f"to={forms}|{tag}",
                f"to={forms}|{shape}",
                f"next={self.ground.forms[draft.last].stem}" if draft.last < len(self.reading.words) else "next=#",
            ]
        out += self._rivals(draft, t, pair, tag, shape)
        groups.append((same, *out))
        return groups

    def _rivals(self, draft: Draft, t: int, pair: Pair, tag: str, shape: str) -> list[str]:
        """Which other events of the toll's sentence, and which other tolls of the event's, compete."""
        sentence = self.reading.words.sentences[self.at[t]]
        side = pair.side
        events = [e for e in self.ground.between(sentence.first, sentence.last) if e.type == draft.type]
        field = self.tolls[t].field
        alike = [
            m
            for m, at in enumerate(self.at)
            if at == self.at[t] and self.tolls[m].field == field and (m == t or m not in self.owner)
        ]
        own = [
            m
            for m, at in enumerate(self.at)
            if at == draft.sentence and self.tolls[m].field == field and m not in self.owner
        ]
        first = self.words[t][0]
        on = any(
            self.ground.reading.words.sentence_of[e.head] == self.at[t] and e.first <= first < e.last for e in events
        )
        nearest = min((abs(e.head - first) for e in events), default=99)
        rank = events.index(draft) if draft in events else -1
        out = [
            f"rivals{min(len(events), 4)}.{min(rank, 3)}|{side}",
            f"rivals{min(len(events), 4)}.{min(rank, 3)}|{tag}",
            f"tolls{min(len(alike), 3)}.{alike.index(t)}|{side}|{min(rank, 3)}",
        ]
        out += [
            f"own{min(len(own), 3)}|{side}",
            f"on{on}|{side}",
            f"on{on}|{shape}",
            f"on{on}|{side}{min(rank, 3)}",
            f"nearest{nearest == abs(draft.head - first)}|{side}|{tag}",
        ]
        out += [
            f"rival{self.ground.shapes[id(e)]}|{shape}|{'<' if e.head < draft.head else '>'}"
            for e in events[:4]
            if e is not draft
        ]
        out += [
            f"rivalw{self.ground.forms[e.head].stem}|{self.ground.forms[draft.head].stem}"
            for e in events[:4]
            if e is not draft
        ]
        return out


def _is(toll: Toll, event: dict[str, Any]) -> bool:
    told = event.get(toll.field)
    return told is not None and told[0] == toll.count.least
