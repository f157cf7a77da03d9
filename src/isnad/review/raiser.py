"""From the drafts of incidents to those that are other than in the store; what is known to be the same is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import structs

from isnad.review import upon
from isnad.review.held import Held, Mark, Progress
from isnad.review.raising import Basis, raise_chunk, raised, scales_here
from isnad.review.taking import put_together
from isnad.store.incident_records import Decision
from isnad.store.incidents_write import Ready
from isnad.weigh.drafts import Draft, Drafts
from isnad.weigh.grouping import Grouping
from isnad.weigh.origins import Origin
from isnad.weigh.spreading import Mapper
from isnad.weigh.tellings import Telling

_CHUNK = 50  # incidents a process weighs at once


class _Rest(msgspec.Struct, frozen=True):
    """What an incident rests on: `marks` tell the readings of its articles from others."""

    draft: Draft
    marks: tuple[Mark, ...]
    origins: list[Origin]
    decisions: Sequence[Decision]


class Raiser:
    """Builds and weighs incidents; remembers what each rested on, and the digest of what came of it."""

    def __init__(self, mapper: Mapper) -> None:
        self._mapper = mapper
        scales_here()  # before processes are forked
        self._known: dict[str, tuple[_Rest, str]] = {}

    def raised(
        self,
        found: Drafts,
        grouping: Grouping,
        held: Held,
        *,
        decisions: Sequence[Decision],
        digests: Mapping[str, str],
        progress: Progress,
    ) -> Iterator[Ready]:
        """Yield the incidents that are other than in the store, which has the `digests`, by id."""
        ids = {key: article for article, key in held.keys.items()}
        upon_incidents = upon.by_incident(decisions, found.registry.redirects)
        known: dict[str, tuple[_Rest, str]] = {}
        other: list[_Rest] = []
        for draft in found.drafts:
            rest = _rest(draft, held, ids, upon_incidents.get(draft.id, ()))
            before = self._known.get(draft.id)
            if before is not None and before[1] == digests.get(draft.id) and before[0] == rest:
                known[draft.id] = before
            else:
                other.append(rest)
        progress("weighing", 0, len(other))
        chunks = [other[at : at + _CHUNK] for at in range(0, len(other), _CHUNK)]
        parts = (
            msgspec.msgpack.encode([_basis(one, grouping, held, ids, digests.get(one.draft.id)) for one in chunk])
            for chunk in chunks
        )
        done = 0
        for chunk, encoded in zip(chunks, self._mapper(raise_chunk, parts), strict=True):
            some = raised(encoded)
            known |= {one.draft.id: (one, digest) for one, digest in zip(chunk, some.digests, strict=True)}
            done += len(chunk)
            progress("weighing", done, len(other))
            if some.ids:
                yield Ready(some.ids, some.rows)
        self._known = known


def _rest(draft: Draft, held: Held, ids: Mapping[str, int], decisions: Sequence[Decision]) -> _Rest:
    documents = sorted({key.rpartition("@")[0] for key in (*draft.keys, *draft.beside)})
    marks = tuple(held.marks[ids[document]] for document in documents)
    return _Rest(draft, marks, held.origins_behind(documents), decisions)


def _basis(rest: _Rest, grouping: Grouping, held: Held, ids: Mapping[str, int], digest: str | None) -> Basis:
    happening, beside = ([_bare(grouping.tellings[k]) for k in keys] for keys in (rest.draft.keys, rest.draft.beside))
    events: dict[str, set[int]] = {}
    for one in (*happening, *beside):
        events.setdefault(one.doc_id, set()).update(one.events)
    return Basis(
        draft=rest.draft,
        tellings=happening,
        beside=beside,
        articles=[put_together(held.pieces[document], numbers) for document, numbers in events.items()],
        ids={document: ids[document] for document in events},
        origins=rest.origins,
        decisions=rest.decisions,
        digest=digest,
    )


def _bare(telling: Telling) -> Telling:
    """Return a telling without the words that nobody needs once it is grouped (`scope` tells of places)."""
    return structs.replace(telling, words=())


__all__ = ["Raiser"]
