"""Merging, splitting, and telling apart: which tellings are of one happening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

from msgspec import structs

from isnad.errors import ReviewError
from isnad.model.incidents import Member
from isnad.review.asked import NOT_SAME, SPLIT
from isnad.review.change_incidents import laid_over
from isnad.review.desk import Desk, Worked
from isnad.review.targets import EventTarget, IncidentTarget, PairTarget, read_target
from isnad.store.incident_records import StoredIncident
from isnad.store.incidents_write import Change
from isnad.weigh.assemble import MAYBE_SAME

_NUMBERED = re.compile(r"(\d+)#(\d+)")


def merged(desk: Desk, kind: str, ids: Sequence[str]) -> Worked:
    """Work out that incidents are one: the first keeps its id, those of the others lead to it."""
    olds = _distinct(desk, ids)
    first, *others = olds
    union = tuple(sorted(key for old in olds for key in old.keys))
    target = PairTarget(*(old.id for old in olds)) if kind == "same" and len(olds) == 2 else IncidentTarget(first.id)
    decision = desk.decision(
        kind,
        target,
        before={"keys": {old.id: list(old.keys) for old in olds}},
        after={"id": first.id},
        members=tuple(old.id for old in olds),
    )
    names = sorted({*(id_ for old in olds for id_ in old.weighed.merged), *(old.id for old in others)})
    kept = desk.rebuild(olds, (*desk.live, decision)).incident(first.id, union, merged=tuple(names))
    if kept is None:
        raise ReviewError(f"nothing tells of incident {first.id} any more", code="review.unknown")
    change = Change(
        keep=[kept],
        drop=[old.id for old in others],
        keys={first.id: kept.keys},
        redirects={old.id: first.id for old in others},
    )
    return Worked(decision=decision, change=change)


def _distinct(desk: Desk, ids: Sequence[str]) -> list[StoredIncident]:
    olds = list({old.id: old for old in (desk.get(id_) for id_ in ids)}.values())
    if len(olds) < 2:
        raise ReviewError(f"{' and '.join(ids)} are one incident already")
    return olds


def told_apart(desk: Desk, target: PairTarget) -> Worked:
    """Work out that two incidents are not one, whatever comes."""
    one, two = _distinct(desk, [target.one, target.two])
    pair = PairTarget(one.id, two.id)
    decision = desk.decision(
        NOT_SAME, pair, before={"keys": {old.id: list(old.keys) for old in (one, two)}}, members=(one.id, two.id)
    )
    kept = [laid_over(_without_link(old, other.id), desk.live) for old, other in ((one, two), (two, one))]
    return Worked(decision=decision, change=Change(keep=kept, apart=[(one.id, two.id)]))


def _without_link(old: StoredIncident, other: str) -> StoredIncident:
    links = tuple(link for link in old.weighed.links if (link.kind, link.incident) != (MAYBE_SAME, other))
    return structs.replace(old, weighed=structs.replace(old.weighed, links=links))


def split(desk: Desk, target: IncidentTarget, members: Sequence[str]) -> Worked:
    """Work out that some events of an incident are of another one, which gets an id of its own."""
    old = desk.get(target.id)
    out = [member for line in members for member in _members(old, line)]
    rebuild = desk.rebuild([old], desk.live)
    right = rebuild.holding({(member.doc_id, member.event) for member in out}, old.keys)
    left = tuple(key for key in rebuild.found(old.keys) if key not in right)
    if not right or not left:
        raise ReviewError(f"both parts of incident {old.id} need a report of what happened; one would have none")
    id_ = _fresh(desk, right[0])
    decision = desk.decision(
        SPLIT,
        IncidentTarget(old.id),
        before={"keys": {old.id: list(old.keys)}},
        after={"id": id_, "left": list(left), "right": list(right)},
        members=tuple(members),
    )
    parts = [rebuild.incident(old.id, left, merged=old.weighed.merged), rebuild.incident(id_, right, merged=())]
    change = Change(keep=[part for part in parts if part is not None], keys={old.id: left, id_: right})
    return Worked(decision=decision, change=change)


def _members(old: StoredIncident, line: str) -> list[Member]:
    """Return the members that a line names: ARTICLE#EVENT, or event:ARTICLE:START-END."""
    numbered = _NUMBERED.fullmatch(line)
    if numbered:
        wanted = (int(numbered[1]), int(numbered[2]))
        found = [m for m in old.weighed.members if (m.article, m.event) == wanted]
    else:
        target = read_target(line)
        if not isinstance(target, EventTarget):
            raise ReviewError(f"not an event: {line!r}")
        found = [
            m
            for m in old.weighed.members
            if m.article == target.article and m.trigger.start < target.end and target.start < m.trigger.end
        ]
    if not found:
        raise ReviewError(f"{line} is no member of incident {old.id}", code="review.unknown")
    return found


def _fresh(desk: Desk, key: str) -> str:
    """Return an id that was never given, the same for the same telling."""
    for turn in range(1_000):
        id_ = "inc-" + blake2b(f"{key}#split{turn}".encode(), digest_size=6).hexdigest()
        if not desk.store.incidents.is_taken(id_):
            return id_
    raise ReviewError(f"no id is left for {key}")


__all__ = ["merged", "split", "told_apart"]
