"""Incidents from a file put into a store under the ids they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import structs

from isnad.errors import StoreError
from isnad.model.incidents import Incident
from isnad.review.weigher import WEIGHTS_FACT
from isnad.store import Store
from isnad.store.incident_records import ToKeep
from isnad.store.incident_rows import short_key
from isnad.store.incidents_read import Registered
from isnad.store.incidents_write import Change
from isnad.weigh.families import HAPPENING

_PAGE = 500
_ATTEMPTS = 5


def restore(store: Store, incidents: Iterable[Incident]) -> int:
    """Store incidents under the ids they come with; return how many.

    One whose articles are in the store is not taken as it is: its id is noted, and the next weighing gives it to what
    it makes of these articles.  The others are kept as they are until such articles come.
    """
    count, rest = 0, iter(incidents)
    while page := list(islice(rest, _PAGE)):
        _kept(store, page)
        count += len(page)
    return count


def _kept(store: Store, page: list[Incident]) -> None:
    for attempt in range(_ATTEMPTS):
        registered = store.incidents.registered()
        change = _change(page, store.incidents.weighed_articles(), registered)
        try:
            store.incidents.apply(change, expected=registered.generation)
            return
        except StoreError as error:
            if error.code != "store.stale" or attempt == _ATTEMPTS - 1:
                raise


def _change(page: list[Incident], here: Mapping[str, int], registered: Registered) -> Change:
    keep: list[ToKeep] = []
    keys: dict[str, tuple[str, ...]] = {}
    redirects: dict[str, str | None] = {}
    own = registered.live - registered.imported
    for incident in page:
        if incident.id in own or incident.id in registered.redirects:
            continue
        keys[incident.id] = tuple(sorted(_keys(incident)))
        for id_ in incident.merged:
            if id_ not in registered.keys and id_ not in registered.redirects and id_ != incident.id:
                keys[id_], redirects[id_] = (), incident.id
        if not any(short_key(member.doc_id) in here for member in incident.members):
            whole = _without_articles(incident)
            keep.append(ToKeep(incident=whole, weighed=whole, keys=keys[incident.id], imported=True))
    return Change(keep=keep, keys=keys, redirects=redirects, facts={WEIGHTS_FACT: ""})


def _keys(incident: Incident) -> Iterator[str]:
    for member in incident.members:
        if member.part == HAPPENING:
            yield f"{short_key(member.doc_id)}@{member.trigger.start}"


def _without_articles(incident: Incident) -> Incident:
    """Return an incident that names no articles of the store it came from."""
    return structs.replace(
        incident,
        members=tuple(structs.replace(m, article=None) for m in incident.members),
        claims=tuple(structs.replace(c, article=None) for c in incident.claims),
    )


__all__ = ["restore"]
