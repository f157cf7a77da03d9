"""What a weigher keeps of the articles of a store: what each tells and shows, never its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec import structs

from isnad.review.events import ByArticle
from isnad.review.taking import Asked, Pieces, Taken, take_chunk, taken
from isnad.store import Store
from isnad.store.incident_records import Decision
from isnad.store.incident_rows import short_key
from isnad.store.incidents_read import Current
from isnad.weigh.origins import Origin
from isnad.weigh.reprints import Print, Reprints, TextGroup
from isnad.weigh.spreading import Mapper
from isnad.weigh.stated import Stated
from isnad.weigh.tellings import Telling

_PAGE = 512  # articles read from the store at once
_CHUNK = 64  # articles a process reads at once
#: What tells one reading of an article from another: its coding, and the decisions upon its events.
Mark = tuple[int, bytes]
Progress = Callable[[str, int, int], None]


class Held:
    """The articles of a store as far as they were read.  `mapper` may spread the reading over processes.

    `marks` are by article; all else is by key, the name under which incidents know an article.  `copies` name the
    group of reprints of those in one.
    """

    def __init__(self, store: Store, mapper: Mapper) -> None:
        self._store, self._mapper = store, mapper
        self.marks: dict[int, Mark] = {}
        self.keys: dict[int, str] = {}
        self.pieces: dict[str, Pieces] = {}
        self.stated: dict[str, list[Stated]] = {}
        self.origins: dict[str, Origin] = {}
        self.copies: dict[str, str] = {}
        self._versions: dict[int, int] = {}
        self._own: dict[str, Origin] = {}
        self._prints: dict[str, Print] = {}
        self._reprints = Reprints()

    def read(
        self, current: Sequence[Current], upon_events: ByArticle, progress: Progress
    ) -> tuple[int, dict[str, list[Telling]]]:
        """Bring all up to date; return how many articles were read, and the tellings of those that are new or other.

        Those of articles that are gone are [].  Articles that only came into or out of a group of reprints are not
        among them (`copied_anew`).
        """
        marks = {row.article: (row.coding, _mark(upon_events.get(row.article, ()))) for row in current}
        fresh = [row for row in current if self.marks.get(row.article) != marks[row.article]]
        gone = [article for article in self.marks if article not in marks]
        other = bool(gone) or any(self._versions.get(row.article, row.version) != row.version for row in fresh)
        out: dict[str, list[Telling]] = {}
        for article in gone:
            out[self._forget(article)] = []
        new: list[Print] = []
        for count, one in enumerate(self._taken(current, fresh, upon_events, progress)):
            if count % _CHUNK == 0:
                progress("reading", count, len(fresh))
            self._keep(one)
            self.marks[one.article] = marks[one.article]
            out[one.told.doc_id] = one.told.tellings
            new.append(one.print)
        if other:  # a text that is gone may have held others together
            self._reprints = Reprints()
        self._reprints.add_prints(self._prints.values() if other else new)
        return len(new), out

    def _forget(self, article: int) -> str:
        key = self.keys.pop(article)
        del self.marks[article], self._versions[article], self._own[key], self._prints[key]
        self.pieces.pop(key, None)
        self.stated.pop(key, None)
        return key

    def _keep(self, one: Taken) -> None:
        key = one.told.doc_id
        self._versions[one.article], self._own[key], self._prints[key] = one.version, one.origin, one.print
        self.pieces.pop(key, None)
        self.stated.pop(key, None)
        if one.pieces is not None:
            self.pieces[key] = one.pieces
        if one.told.stated:
            self.stated[key] = one.told.stated

    def _taken(
        self, current: Sequence[Current], fresh: Sequence[Current], upon_events: ByArticle, progress: Progress
    ) -> Iterator[Taken]:
        """Yield what is read of each of the articles that are `fresh`, in order."""
        self.keys |= {row.article: row.key for row in current if row.key is not None}
        nameless = any(row.article not in self.keys for row in fresh)
        names = set(self._store.incidents.weighed_articles()) | set(self.keys.values()) if nameless else set()
        if fresh:
            progress("reading", 0, len(fresh))
        for found in self._mapper(take_chunk, self._chunks(fresh, upon_events, names)):
            yield from taken(found)

    def _chunks(self, fresh: Sequence[Current], upon_events: ByArticle, names: set[str]) -> Iterator[bytes]:
        forwarded = self._store.incidents.forwarded() if fresh else {}
        for start in range(0, len(fresh), _PAGE):
            asked = [
                Asked(
                    one,
                    self._name(one.article, one.body.doc_id, names),
                    upon_events.get(one.article, ()),
                    forwarded.get(one.article),
                )
                for one in self._store.incidents.unread([row.article for row in fresh[start : start + _PAGE]])
            ]
            yield from (msgspec.msgpack.encode(asked[at : at + _CHUNK]) for at in range(0, len(asked), _CHUNK))

    def _name(self, article: int, doc_id: str, names: set[str]) -> str:
        """Return the key of an article: the doc_id it came with, made unique; it never changes afterwards."""
        if article not in self.keys:
            key = short_key(doc_id)
            key = f"{key}~{article}" if key in names else key
            names.add(key)
            self.keys[article] = key
        return self.keys[article]

    def copied_anew(self) -> dict[str, str | None]:
        """Bring `copies` and `origins` up to date; return the group of those that came into another, or out of one."""
        before = self.copies
        groups: dict[str, TextGroup] = {key: group for group in self._reprints.groups() for key in group.keys}
        self.copies = {key: group.keys[0] for key, group in groups.items()}
        origins: dict[str, Origin] = {}
        for key, own in self._own.items():
            known, group = self.origins.get(key), groups.get(key)
            whole = own if group is None else structs.replace(own, text=group)
            origins[key] = known if known is not None and known == whole else whole
        self.origins = origins
        changed = before.items() ^ self.copies.items()
        return {key: self.copies.get(key) for key in sorted({key for key, _ in changed})}

    def origins_behind(self, keys: Iterable[str]) -> list[Origin]:
        """Return the origins of articles and of the copies of their texts, in order."""
        all_keys = set(keys)
        all_keys |= {key for k in all_keys if (group := self.origins[k].text) for key in group.keys}
        return [self.origins[key] for key in sorted(all_keys)]


def _mark(decisions: Iterable[Decision]) -> bytes:
    """Return what tells the decisions upon an article's events from others."""
    return b",".join(str(decision.id).encode() for decision in decisions)


__all__ = ["Held", "Mark", "Progress"]
