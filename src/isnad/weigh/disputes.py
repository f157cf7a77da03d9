"""Where claims exclude each other: a denial, rival agents, rival tolls, rival days, rival places (docs/voices.md).

Nothing is decided here: every side of a dispute keeps its claims, and the grade only says that there is one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import msgspec
import yaml

from isnad.model import Place
from isnad.model.incidents import Claim, Dispute
from isnad.text import fold
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.names import Voice
from isnad.weigh.speakers import SELF
from isnad.weigh.spots import relation, spot_of
from isnad.weigh.voices import DENIES, HAPPENING, affirms

DENIAL, RIVAL_AGENTS, UNIDENTIFIED_AGENT, RIVAL_TOLLS, RIVAL_DAYS, DAYS_BESIDE, RIVAL_PLACES = (
    "denial", "rival-agents", "unidentified-agent", "rival-tolls", "rival-days", "days-beside", "rival-places",
)  # fmt: skip
#: Kinds that do not exclude: the claims differ in what they know, not in what they say.
SOFT = frozenset({UNIDENTIFIED_AGENT, DAYS_BESIDE})
TOLLS = ("killed", "injured", "detained")
#: Kinds of party that can be one of two agents of an act; a monitor or a crowd beside an army is no rival to it.
_AGENTS = frozenset(
    {"state-forces", "government", "police", "intelligence", "rebel", "militia", "external", "political"}
)
_NO_ONE = "?"

#: One account: an article, an original speaker heard in it, and whether the article names him.
_Account = tuple[str, str, bool]
_At = list[tuple[int, Claim]]


class Unidentified(msgspec.Struct, frozen=True):
    """Ids and words of agents that are not said to be known."""

    ids: frozenset[str]
    words: frozenset[str]

    def tells(self, claim: Claim) -> bool:
        """Say whether a claim of an agent says that it is not known who did it."""
        return claim.value in self.ids or any(word in self.words for word in fold(claim.span.text).split())


@lru_cache(maxsize=1)
def load_unidentified() -> Unidentified:
    """Return the built-in words for agents that are not known."""
    data = yaml.safe_load((files("isnad.weigh") / "data" / "unidentified.yaml").read_text(encoding="utf-8"))
    return Unidentified(frozenset(data["ids"]), frozenset(map(fold, data["words"])))


def find_disputes(
    claims: Sequence[Claim],
    speakers: Sequence[Voice],
    kinds: PartyKinds,
    *,
    unidentified: Unidentified | None = None,
) -> tuple[Dispute, ...]:
    """Return the disputes over the claims of one incident; `speakers` are those of `speakers_of(claims)`.

    Two accounts of one speaker never dispute: the later one corrects the earlier.
    """
    affirmed: dict[str, dict[_Account, _At]] = defaultdict(lambda: defaultdict(list))
    for n, (claim, voice) in enumerate(zip(claims, speakers, strict=True)):
        if affirms(claim):
            named = claim.speaker is not None and claim.speaker.kind != SELF
            affirmed[claim.field][claim.doc_id, voice.id, named].append((n, claim))
    found = [
        *_denials(claims, speakers),
        *_agents(affirmed["actor"], kinds, unidentified or load_unidentified()),
        *(d for field in TOLLS for d in _rivals(field, RIVAL_TOLLS, _tolls(affirmed[field]), _tolls_part)),
        *_rivals("date", RIVAL_DAYS, _days(affirmed["date"]), lambda a, b: _gap(a, b) > 1),
        *_rivals("date", DAYS_BESIDE, _days(affirmed["date"]), lambda a, b: _gap(a, b) == 1),
        *_rivals("place", RIVAL_PLACES, _places(affirmed["place"]), lambda a, b: relation(a, b)[0] == "apart"),
    ]
    return tuple(found)


def _denials(claims: Sequence[Claim], speakers: Sequence[Voice]) -> Iterable[Dispute]:
    told = [(n, c, v) for n, (c, v) in enumerate(zip(claims, speakers, strict=True)) if c.field == HAPPENING]
    against = [(n, v.id) for n, c, v in told if c.says == DENIES or c.value is False]
    for_ = [(n, v.id) for n, c, v in told if affirms(c)]
    if any(one != two for _, one in against for _, two in for_):
        yield Dispute(field=HAPPENING, kind=DENIAL, claims=tuple(sorted(n for n, _ in (*against, *for_))))


def _agents(accounts: Mapping[_Account, _At], kinds: PartyKinds, unknown: Unidentified) -> Iterable[Dispute]:
    named: dict[_Account, dict[str, list[int]]] = {}
    for account, given in accounts.items():
        agents: dict[str, list[int]] = defaultdict(list)
        for n, claim in given:
            if unknown.tells(claim):
                agents[_NO_ONE].append(n)
            elif claim.value is not None and kinds.kind(claim.value) in _AGENTS:
                agents[claim.value].append(n)
        if agents:
            named[account] = agents
    rivals: set[int] = set()
    soft: set[int] = set()
    for (one, ones), (two, twos) in combinations(sorted(named.items()), 2):
        if not _apart(one, two):
            continue
        indexes = [n for agents in (ones, twos) for at in agents.values() for n in at]
        if (set(ones) == {_NO_ONE}) != (set(twos) == {_NO_ONE}):
            soft.update(indexes)
        elif _exclude(frozenset(ones) - {_NO_ONE}, frozenset(twos) - {_NO_ONE}, kinds):
            rivals.update(indexes)
    if rivals:
        yield Dispute(field="actor", kind=RIVAL_AGENTS, claims=tuple(sorted(rivals)))
    if soft:
        yield Dispute(field="actor", kind=UNIDENTIFIED_AGENT, claims=tuple(sorted(soft)))


def _exclude(ones: frozenset[str], twos: frozenset[str], kinds: PartyKinds) -> bool:
    """Two accounts exclude each other where no agent of one is, belongs to or fights beside one of the other."""
    return bool(ones) and bool(twos) and not _kin(ones, kinds) & _kin(twos, kinds)


def _kin(ids: frozenset[str], kinds: PartyKinds) -> set[str]:
    """Return what parties belong to, and what that belongs to: a faction's army, that army's patron."""
    near = kinds.sides(ids)
    return near | kinds.sides(frozenset(id for id in near if ":" not in id))


def _apart(one: _Account, two: _Account) -> bool:
    """Two accounts can dispute where two speakers give them: in two articles, or both of them named in one."""
    return one[1] != two[1] and (one[0] != two[0] or (one[2] and two[2]))


_Valued = dict[_Account, tuple[int, Any]]


def _rivals(field: str, kind: str, accounts: _Valued, exclude: Callable[[Any, Any], bool]) -> Iterable[Dispute]:
    found: set[int] = set()
    for (one, (n, a)), (two, (m, b)) in combinations(sorted(accounts.items()), 2):
        if _apart(one, two) and exclude(a, b):
            found.update((n, m))
    if found:
        yield Dispute(field=field, kind=kind, claims=tuple(sorted(found)))


def _tolls(accounts: Mapping[_Account, _At]) -> _Valued:
    """Return the count most often given in each account, of equals the first: parts and sums over months follow it."""
    out: _Valued = {}
    for account, given in accounts.items():
        often = Counter(tuple(claim.value) for _, claim in given)
        n, claim = min(given, key=lambda at: (-often[tuple(at[1].value)], at[1].span.start))
        out[account] = n, tuple(claim.value)
    return out


def _tolls_part(one: tuple[int | None, int | None], two: tuple[int | None, int | None]) -> bool:
    low, high = (one, two) if (one[0] or 0) <= (two[0] or 0) else (two, one)
    return low[1] is not None and high[0] is not None and low[1] < high[0]


def _days(accounts: Mapping[_Account, _At]) -> _Valued:
    """Return the shortest stretch of days of each account, as ordinals."""
    out: _Valued = {}
    for account, given in accounts.items():
        spans = [(n, span) for n, claim in given if (span := _ordinals(claim.value))]
        if spans:
            out[account] = min(spans, key=lambda at: (at[1][1] - at[1][0], at[0]))
    return out


def _ordinals(value: Any) -> tuple[int, int] | None:
    if not value or not value.get("start") or not value.get("end"):
        return None
    return dt.date.fromisoformat(value["start"]).toordinal(), dt.date.fromisoformat(value["end"]).toordinal()


def _gap(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(one[0], two[0]) - min(one[1], two[1])


def _places(accounts: Mapping[_Account, _At]) -> _Valued:
    """Return the first claim of each account that gives a point, with all its points."""
    out: _Valued = {}
    for account, given in accounts.items():
        spots = [(n, spot) for n, claim in given if (spot := spot_of(_place(claim.value)))]
        if spots:
            out[account] = spots[0][0], tuple(spot for _, spot in spots)
    return out


def _place(value: Any) -> Place | None:
    return value if isinstance(value, Place) or value is None else msgspec.convert(value, Place)


__all__ = [
    "DAYS_BESIDE",
    "DENIAL",
    "RIVAL_AGENTS",
    "RIVAL_DAYS",
    "RIVAL_PLACES",
    "RIVAL_TOLLS",
    "SOFT",
    "UNIDENTIFIED_AGENT",
    "Unidentified",
    "find_disputes",
    "load_unidentified",
]
