"""The second look at roles: what the first look said of the other parties, and of the same party in other events.

News repeats its happenings: a definite noun (الهجوم «the attack») takes its agent and target from the mention before
(CODEBOOK section 5), and two events of one sentence rarely share a slot by chance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import msgspec

from isnad.coding.draft import Draft
from isnad.coding.groups import Group
from isnad.coding.reading import Reading

_STEPS = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85)


class Opinion(msgspec.Struct, frozen=True):
    """What the first look gave party `index` in one event: probabilities of actor and recipient."""

    index: int
    actor: float
    recipient: float


def bucket(probability: float) -> int:
    """Return the step of a probability: how many of the steps it is above."""
    return bisect_left(_STEPS, probability)


def neutral(reading: Reading, index: int) -> str:
    """Return what identifies a party across mentions: its id without the sector, or its own words."""
    party = reading.parties[index]
    if party.id is None:
        return "?" + party.text
    return party.id[:3] if party.id[3:4] == "." else party.id


class Memory:
    """The first look's opinions of a whole article, by event and by party."""

    def __init__(self, reading: Reading, drafts: Sequence[Draft], opinions: Sequence[Sequence[Opinion]]) -> None:
        self._drafts = drafts
        self._names = [neutral(reading, n) for n in range(len(reading.parties))]
        self._counts = Counter(self._names)
        self._table = [self._best(row) for row in opinions]
        self._buckets = [{name: (bucket(a), bucket(r)) for name, (a, r) in row.items()} for row in self._table]
        self._beside = [
            (("same", self._before(n, True)), ("prev", self._before(n, False)), ("next", self._after(n)))
            for n in range(len(drafts))
        ]

    def _best(self, row: Sequence[Opinion]) -> dict[str, tuple[float, float]]:
        best: dict[str, tuple[float, float]] = {}
        for o in row:
            name = self._names[o.index]
            old = best.get(name, (0.0, 0.0))
            best[name] = (max(old[0], o.actor), max(old[1], o.recipient))
        return best

    def groups(self, event: int, opinion: Opinion) -> list[Group]:
        """Return what the second look sees of one party in event number `event`, beside what the first saw."""
        draft = self._drafts[event]
        type_, form = draft.type, draft.form
        name = self._names[opinion.index]
        a, r = bucket(opinion.actor), bucket(opinion.recipient)
        top_a = top_r = 0
        for other, (other_a, other_r) in self._buckets[event].items():
            if other != name:
                top_a, top_r = max(top_a, other_a), max(top_r, other_r)
        out: list[Group] = [
            (_own, a, r, type_),
            (_others, top_a, top_r, a, r),
            (_me, *self._buckets[event].get(name, (0, 0)), a, r),
            (_often, min(self._counts[name], 6), a, r),
        ]
        definite = form is not None and form.definite
        for label, n in self._beside[event]:
            if n is None:
                out.append((_nothing, label, a, r))
                continue
            there = self._drafts[n]
            said = self._buckets[n].get(name)
            out += (
                (_said, label, said, a, r),
                (_said_where, label, said, there.sentence == draft.sentence, definite, there.type == type_, type_),
            )
        means = [
            t[name] for n, t in enumerate(self._table) if n != event and name in t and self._drafts[n].type == type_
        ]
        if means:
            mean_a, mean_r = sum([m[0] for m in means]) / len(means), sum([m[1] for m in means]) / len(means)
            out.append((_elsewhere, bucket(mean_a), bucket(mean_r), a, r))
        return out

    def _before(self, event: int, same_type: bool) -> int | None:
        for n in range(event - 1, -1, -1):
            if not same_type or self._drafts[n].type == self._drafts[event].type:
                return n
        return None

    def _after(self, event: int) -> int | None:
        n = event + 1
        return n if n < len(self._drafts) and self._drafts[n].sentence == self._drafts[event].sentence else None


def _own(a: int, r: int, type_: str) -> Sequence[str]:
    return f"1a={a}", f"1r={r}", f"1ar={a}.{r}", f"1ar={a}.{r}|{type_}"


def _others(top_a: int, top_r: int, a: int, r: int) -> Sequence[str]:
    return f"oa={top_a}|{a}", f"or={top_r}|{r}", f"oar={top_a}.{top_r}|{a}.{r}"


def _me(best_a: int, best_r: int, a: int, r: int) -> Sequence[str]:
    return (f"me={best_a}.{best_r}|{a}.{r}",)


def _often(often: int, a: int, r: int) -> Sequence[str]:
    return (f"freq={often}|{a}.{r}",)


def _nothing(label: str, a: int, r: int) -> Sequence[str]:
    return (f"{label}=none|{a}.{r}",)


def _said(label: str, said: tuple[int, int] | None, a: int, r: int) -> Sequence[str]:
    head = f"{label}={_spelled(said)}"
    return head, f"{head}|{a}.{r}"


def _said_where(
    label: str, said: tuple[int, int] | None, near: bool, definite: bool, alike: bool, type_: str
) -> Sequence[str]:
    head = f"{label}={_spelled(said)}"
    return f"{head}|{near}|{definite}", f"{head}|{alike}|{type_}"


def _spelled(said: tuple[int, int] | None) -> str:
    return "-" if said is None else f"{said[0]}.{said[1]}"


def _elsewhere(mean_a: int, mean_r: int, a: int, r: int) -> Sequence[str]:
    return f"doc={mean_a}.{mean_r}", f"doc={mean_a}.{mean_r}|{a}.{r}"
