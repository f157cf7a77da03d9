"""Taking a decision back: a further decision, after which all is as if the first had not been made."""

from __future__ import annotations

from msgspec import structs

from isnad.errors import ReviewError
from isnad.review.asked import ACCEPT, MERGE, NOT_SAME, SAME, SPLIT, UNDO
from isnad.review.change_events import rebuilt
from isnad.review.change_incidents import laid_over
from isnad.review.desk import Desk, Worked
from isnad.review.events import is_rejection_of
from isnad.review.targets import EventTarget, IncidentTarget, read_target
from isnad.store.incident_records import Decision, StoredIncident, ToKeep
from isnad.store.incidents_write import Change


def undone(desk: Desk, id_: int) -> Worked:
    """Work out that decision `id_` is taken back."""
    old = desk.store.decisions.get(id_)
    if old.kind == UNDO:
        raise ReviewError("what was taken back is decided again by deciding it, not by taking the undo back")
    if old.undone_by is not None:
        raise ReviewError(f"decision {id_} was taken back already, by {old.undone_by}", code="review.undone")
    decision = desk.decision(UNDO, old.target, field=old.field, before=old.after, after=old.before, undoes=id_)
    desk = structs.replace(desk, live=tuple(d for d in desk.live if d.id != id_))
    return structs.replace(_back(desk, old), decision=decision)


def _back(desk: Desk, old: Decision) -> Worked:
    target = read_target(old.target)
    if old.kind in (MERGE, SAME):
        return Worked(decision=old, change=_unmerged(desk, old))
    if old.kind == SPLIT:
        return Worked(decision=old, change=_joined_again(desk, old))
    if old.kind == NOT_SAME:
        return Worked(decision=old, change=Change(), again=True)  # what is unsure is worked out with the next weighing
    if isinstance(target, IncidentTarget):
        change = Change(keep=[laid_over(desk.get(target.id), desk.live)])
        return Worked(decision=old, change=change)
    assert isinstance(target, EventTarget)
    if old.kind == ACCEPT and not any(is_rejection_of(one, target) for one in desk.live):
        return Worked(decision=old, change=Change())
    return Worked(decision=old, change=rebuilt(desk, target.article, desk.live), again=True)


def _unmerged(desk: Desk, old: Decision) -> Change:
    """Give the incidents that were merged their ids and tellings back; what came since stays with the first."""
    first = str(old.after["id"])
    whole = _as_decided(desk, old, first)
    moved: dict[str, list[str]] = {id_: keys for id_, keys in old.before["keys"].items() if id_ != first}
    for id_ in moved:
        _as_decided(desk, old, id_, leads_to=first)
    rebuild = desk.rebuild([whole], desk.live)
    mine = set(rebuild.found(whole.keys))
    parts = {id_: [key for key in rebuild.found(keys) if key in mine] for id_, keys in moved.items()}
    away = {key for keys in parts.values() for key in keys}
    parts[first] = sorted(mine - away)
    names = _names(desk, whole, list(moved))
    kept = [rebuild.incident(id_, keys, merged=names[id_]) for id_, keys in parts.items()]
    living = [one for one in kept if one is not None]
    here = {one.incident.id for one in living}
    return Change(
        keep=living,
        drop=[id_ for id_ in parts if id_ not in here],
        keys={one.incident.id: one.keys for one in living},
        redirects=dict.fromkeys(moved),
    )


def _names(desk: Desk, whole: StoredIncident, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the ids that lead to each part, once those in `ids` lead nowhere any more."""
    redirects = desk.store.incidents.leading_to([whole.id, *ids])
    out: dict[str, list[str]] = {id_: [] for id_ in (whole.id, *ids)}
    for name in whole.weighed.merged:
        now = name
        while now not in out and now in redirects:
            now = redirects[now]
        if name not in ids and now in out:
            out[now].append(name)
    return {id_: tuple(sorted(names)) for id_, names in out.items()}


def _joined_again(desk: Desk, old: Decision) -> Change:
    """Put the part that was split off back; its id leads to the incident that it was split from."""
    first, other = read_target(old.target), str(old.after["id"])
    assert isinstance(first, IncidentTarget)
    olds = [_as_decided(desk, old, first.id), _as_decided(desk, old, other)]
    union = sorted(key for one in olds for key in one.keys)
    names = tuple(sorted({*olds[0].weighed.merged, *olds[1].weighed.merged, other}))
    kept: ToKeep | None = desk.rebuild(olds, desk.live).incident(first.id, union, merged=names)
    if kept is None:
        raise ReviewError(f"nothing tells of incident {first.id} any more", code="review.unknown")
    return Change(keep=[kept], drop=[other], keys={first.id: kept.keys}, redirects={other: first.id})


def _as_decided(desk: Desk, old: Decision, id_: str, *, leads_to: str | None = None) -> StoredIncident:
    """Return an incident that stands as the decision left it; ReviewError where a later one moved it elsewhere."""
    found = desk.get(id_)
    if found.id != (leads_to or id_):
        later = [d.id for d in desk.live if d.id > old.id and id_ in d.members]
        told = f"; take back decision {later[-1]} first" if later else ""
        raise ReviewError(f"incident {id_} has become part of {found.id} since decision {old.id}{told}")
    return found


__all__ = ["undone"]
