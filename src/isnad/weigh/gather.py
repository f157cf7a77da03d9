"""Mentions of one article gathered into tellings: the coder's chains, and what plainly tells of the same thing.

Chains (`same_as`) are kept, save where their parts differ in family or standing (actual or not).  Beyond them two
groups of one family are one telling where place, day and parties leave nothing that tells them apart and they stand
in one paragraph, or the article has only one story.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from isnad.model import Event
from isnad.weigh.days import Days, relation
from isnad.weigh.families import family_of, part_of
from isnad.weigh.spots import Spot, finest, spot_of
from isnad.weigh.spots import relation as place_relation

_AGREES = frozenset({"same", "close", "areas", "inside"})
_CLASH = frozenset({"apart", "other-date", "other-weekday"})


class _Group:
    """A growing telling."""

    def __init__(self, events: list[Event], days: Mapping[int, Days]) -> None:
        self.events = events
        self.spots: tuple[Spot, ...] = finest([s for e in events if (s := spot_of(e.place))])
        self.placed = bool(self.spots)
        self.days = [days[e.id] for e in events if e.date]
        self.actors = {p.id for e in events for p in e.actors if p.id}
        self.start = min(e.trigger.start for e in events)


def gather(events: Sequence[Event], days: Mapping[int, Days], text: str) -> list[list[Event]]:
    """Return the events of an article grouped into tellings, each in the order of the text."""
    groups = [_Group(part, days) for chain in _chains(events) for part in _parts(chain, days)]
    by_kind: dict[tuple[str, str], list[_Group]] = {}
    for group in groups:
        first = group.events[0]
        by_kind.setdefault((family_of(first.type, first.mode), part_of(first.status)), []).append(group)
    out = [g for kind in by_kind.values() for g in _joined(kind, days, text)]
    return [g.events for g in sorted(out, key=lambda g: g.start)]


def _chains(events: Sequence[Event]) -> Iterable[list[Event]]:
    heads: dict[int, int] = {}
    chains: dict[tuple[int, str, str], list[Event]] = {}
    for event in sorted(events, key=lambda e: e.trigger.start):
        head = heads.get(event.same_as, event.same_as) if event.same_as is not None else event.id
        heads[event.id] = head
        key = (head, family_of(event.type, event.mode), part_of(event.status))
        chains.setdefault(key, []).append(event)
    return chains.values()


def _parts(chain: list[Event], days: Mapping[int, Days]) -> list[list[Event]]:
    """Return a chain cut where its events stand in precise towns apart; what names none goes with what is before."""
    if len({s.id for e in chain if (s := spot_of(e.place)) and s.precise}) < 2:
        return [chain]
    parts: list[_Group] = []
    latest = 0
    for event in chain:
        alone = _Group([event], days)
        if parts and _torn(parts[latest], alone):
            homes = (n for n, g in enumerate(parts) if alone.spots and g.spots and not _torn(g, alone))
            latest = next(homes, len(parts))
        if latest < len(parts):
            parts[latest] = _Group([*parts[latest].events, event], days)
        else:
            parts.append(alone)
    return [part.events for part in parts]


def _torn(one: _Group, two: _Group) -> bool:
    return bool(one.spots and two.spots) and place_relation(one.spots, two.spots)[0] == "apart"


def _joined(groups: list[_Group], days: Mapping[int, Days], text: str) -> list[_Group]:
    out: list[_Group] = []
    for group in groups:
        home = next((g for g in reversed(out) if _one(g, group, text)), None)
        if home is None:
            out.append(group)
        else:
            out[out.index(home)] = _Group([*home.events, *group.events], days)
    return _placeless(out, days)


def _one(one: _Group, two: _Group, text: str) -> bool:
    if not one.placed or not two.placed:
        return not _differ(one, two) and _paragraph(one, text) == _paragraph(two, text)
    kind, _ = place_relation(one.spots, two.spots)
    if kind not in _AGREES or (kind in ("areas", "inside") and _paragraph(one, text) != _paragraph(two, text)):
        return False
    return not _differ(one, two)


def _differ(one: _Group, two: _Group) -> bool:
    if one.actors and two.actors and not one.actors & two.actors:
        return True
    return any(relation(a, b) in _CLASH for a in one.days for b in two.days)


def _paragraph(group: _Group, text: str) -> int:
    return text.count("\n", 0, group.start)


def _placeless(groups: list[_Group], days: Mapping[int, Days]) -> list[_Group]:
    """Where an article has one placed story, what it tells without a place is of that story."""
    placed = [g for g in groups if g.placed]
    if len(placed) != 1:
        return groups
    story, rest = placed[0], []
    for group in groups:
        if group is placed[0]:
            continue
        if _differ(story, group):
            rest.append(group)
        else:
            story = _Group(sorted([*story.events, *group.events], key=lambda e: e.trigger.start), days)
    return [story, *rest]


__all__ = ["gather"]
