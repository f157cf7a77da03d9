"""The second look at roles: what the first look said of the other parties, and of the same party in other events.

News repeats its happenings: a definite noun (الهجوم «the attack») takes its agent and target from the mention before
(CODEBOOK section 5), and two events of one sentence rarely share a slot by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from isnad.coding.draft import Draft
from isnad.coding.reading import Reading

_STEPS = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85)


class Opinion(msgspec.Struct, frozen=True):
    """What the first look gave party `index` in one event: probabilities of actor and recipient."""

    index: int
    actor: float
    recipient: float


def bucket(probability: float) -> int:
    """Return the step of a probability."""
    return sum(probability > step for step in _STEPS)


def neutral(reading: Reading, index: int) -> str:
    """Return what identifies a party across mentions: its id without the sector, or its own words."""
    party = reading.parties[index]
    if party.id is None:
        return "?" + party.text
    return party.id[:3] if party.id[3:4] == "." else party.id


class Memory:
    """The first look's opinions of a whole article, by event and by party."""

    def __init__(self, reading: Reading, drafts: Sequence[Draft], opinions: Sequence[Sequence[Opinion]]) -> None:
        self._reading = reading
        self._drafts = drafts
        self._opinions = opinions
        self._table: list[dict[str, tuple[float, float]]] = []
        for row in opinions:
            best: dict[str, tuple[float, float]] = {}
            for o in row:
                name = neutral(reading, o.index)
                old = best.get(name, (0.0, 0.0))
                best[name] = (max(old[0], o.actor), max(old[1], o.recipient))
            self._table.append(best)
        self._counts: dict[str, int] = {}
        for n in range(len(reading.parties)):
            name = neutral(reading, n)
            self._counts[name] = self._counts.get(name, 0) + 1

    def features(self, event: int, opinion: Opinion) -> list[str]:
        """Return the second look's features of one party in event number `event`."""
        draft = self._drafts[event]
        type_ = draft.type
        name = neutral(self._reading, opinion.index)
        a, r = bucket(opinion.actor), bucket(opinion.recipient)
        out = [f"1a={a}", f"1r={r}", f"1ar={a}.{r}", f"1ar={a}.{r}|{type_}"]
        others = [o for o in self._opinions[event] if neutral(self._reading, o.index) != name]
        top_a = bucket(max((o.actor for o in others), default=0.0))
        top_r = bucket(max((o.recipient for o in others), default=0.0))
        best = self._table[event].get(name, (0.0, 0.0))
        out += [
            f"oa={top_a}|{a}",
            f"or={top_r}|{r}",
            f"oar={top_a}.{top_r}|{a}.{r}",
            f"me={bucket(best[0])}.{bucket(best[1])}|{a}.{r}",
        ]
        for label, other in (
            ("same", self._before(event, True)),
            ("prev", self._before(event, False)),
            ("next", self._after(event)),
        ):
            if other is None:
                out.append(f"{label}=none|{a}.{r}")
                continue
            pa, pr = self._table[other].get(name, (-1.0, -1.0))
            said = "-" if pa < 0 else f"{bucket(pa)}.{bucket(pr)}"
            same_sentence = self._drafts[other].sentence == draft.sentence
            definite = draft.form is not None and draft.form.definite
            out += [
                f"{label}={said}",
                f"{label}={said}|{a}.{r}",
                f"{label}={said}|{same_sentence}|{definite}",
                f"{label}={said}|{self._drafts[other].type == type_}|{type_}",
            ]
        means = [
            t[name] for n, t in enumerate(self._table) if n != event and name in t and self._drafts[n].type == type_
        ]
        if means:
            da = bucket(sum(m[0] for m in means) / len(means))
            dr = bucket(sum(m[1] for m in means) / len(means))
            out += [f"doc={da}.{dr}", f"doc={da}.{dr}|{a}.{r}"]
        out.append(f"freq={min(self._counts[name], 6)}|{a}.{r}")
        return out

    def _before(self, event: int, same_type: bool) -> int | None:
        for n in range(event - 1, -1, -1):
            if not same_type or self._drafts[n].type == self._drafts[event].type:
                return n
        return None

    def _after(self, event: int) -> int | None:
        n = event + 1
        return n if n < len(self._drafts) and self._drafts[n].sentence == self._drafts[event].sentence else None
