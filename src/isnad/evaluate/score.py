"""The rows of the score table: precision, recall and F1 of every value an event has.

find       trigger overlap, whatever the type          type      trigger overlap and type (the headline figure)
mode       type and mode                               status    type and status; status! the events not actual
actor, recipient   (event, id) pairs                   who-whom  type and both sets of ids
place, date, source   value right on a matched event   killed, injured, detained   same minimum
framing    loaded words on parties                     chain     same_as as B-cubed over matched events
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from isnad.evaluate.gold import GoldDocument, GoldEvent, GoldParty
from isnad.evaluate.match import align, chains, content_words, same_place, same_words

ROWS = (
    "find",
    "type",
    "mode",
    "status",
    "status!",
    "actor",
    "recipient",
    "who-whom",
    "place",
    "date",
    "killed",
    "injured",
    "detained",
    "source",
    "framing",
    "chain",
)
Pairs = Sequence[tuple[GoldEvent, GoldEvent]]
Events = Sequence[GoldEvent]


class Row(msgspec.Struct, frozen=True):
    """Precision, recall, F1 (four digits) and how many there were to find and were found."""

    p: float
    r: float
    f1: float
    gold: int
    system: int


class Miss(msgspec.Struct, frozen=True):
    """An event of one side without a counterpart of its type: `kind` is missed or spurious."""

    doc_id: str
    kind: str
    type: str
    text: str


class Report(msgspec.Struct, frozen=True):
    """The whole score; `rows` by the names in ROWS, `types` by PLOVER type."""

    documents: int
    rows: dict[str, Row]
    types: dict[str, Row]
    misses: tuple[Miss, ...] = ()


class Tally:
    """Counts of right, to be found and found, under names."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.system: Counter[str] = Counter()

    def add(self, name: str, hits: int, gold: int, system: int) -> None:
        """Add counts under `name`."""
        self.hits[name] += hits
        self.gold[name] += gold
        self.system[name] += system

    def row(self, name: str) -> Row:
        """Return the figures under `name`, 0 where nothing could be counted."""
        hits, gold, system = self.hits[name], self.gold[name], self.system[name]
        return Row(
            p=round(hits / system, 4) if system else 0.0,
            r=round(hits / gold, 4) if gold else 0.0,
            f1=round(2 * hits / (gold + system), 4) if gold + system else 0.0,
            gold=gold,
            system=system,
        )


def score(gold: Iterable[GoldDocument], system: Iterable[GoldDocument]) -> Report:
    """Score system documents against gold ones, joined on `doc_id`.

    A document that the system lacks counts as one without events; one that the gold lacks is not scored.
    """
    answers: Mapping[str, GoldDocument] = {document.doc_id: document for document in system}
    rows, types, chain = Tally(), Tally(), _BCubed()
    misses: list[Miss] = []
    documents = {document.doc_id: document for document in gold}
    for doc_id, document in documents.items():
        g, s = document.events, answers[doc_id].events if doc_id in answers else ()
        indices = align(g, s, by_type=True)
        pairs = [(g[i], s[j]) for i, j in indices]
        rows.add("find", len(align(g, s, by_type=False)), len(g), len(s))
        _count_rows(rows, g, s, pairs)
        for event in g:
            types.add(event.type, 0, 1, 0)
        for event in s:
            types.add(event.type, 0, 0, 1)
        for event, _ in pairs:
            types.add(event.type, 1, 0, 0)
        chain.add(g, s, pairs)
        misses += _misses(doc_id, g, s, indices)
    names = sorted(types.gold.keys() | types.system.keys())
    return Report(
        documents=len(documents),
        rows={name: rows.row(name) for name in ROWS if name != "chain"} | {"chain": chain.row()},
        types={name: types.row(name) for name in names if types.gold[name] or types.system[name]},
        misses=tuple(misses),
    )


def _count_rows(rows: Tally, gold: Events, system: Events, pairs: Pairs) -> None:
    """Add one document's counts to every row but find and chain."""

    def add(
        name: str, right: Callable[[GoldEvent, GoldEvent], int], size: Callable[[GoldEvent], int]
    ) -> None:
        rows.add(name, sum(right(g, s) for g, s in pairs), sum(map(size, gold)), sum(map(size, system)))

    add("type", lambda g, s: 1, _one)
    add("mode", lambda g, s: g.mode == s.mode, _one)
    add("status", lambda g, s: g.status == s.status, _one)
    add("status!", lambda g, s: g.status == s.status != "actual", lambda e: e.status != "actual")
    add("actor", lambda g, s: len(_ids(g.actors) & _ids(s.actors)), lambda e: len(_ids(e.actors)))
    add(
        "recipient",
        lambda g, s: len(_ids(g.recipients) & _ids(s.recipients)),
        lambda e: len(_ids(e.recipients)),
    )
    add("who-whom", _same_sides, _one)
    add("place", lambda g, s: same_place(g.place, s.place), lambda e: e.place is not None)
    add(
        "date",
        lambda g, s: _days(g)[0] is not None and _days(g) == _days(s),
        lambda e: _days(e)[0] is not None,
    )
    for name in ("killed", "injured", "detained"):
        _count_toll(rows, name, gold, system, pairs)
    add("source", lambda g, s: same_words(g.source, s.source), lambda e: e.source is not None)
    add("framing", _same_framings, lambda e: len(_framings(e)))


def _count_toll(rows: Tally, name: str, gold: Events, system: Events, pairs: Pairs) -> None:
    """Count one kind of toll: right when both state one and the minimum is the same."""
    hits = 0
    for g, s in pairs:
        a, b = getattr(g, name), getattr(s, name)
        hits += a is not None and b is not None and a[0] == b[0]
    stated = [sum(getattr(event, name) is not None for event in events) for events in (gold, system)]
    rows.add(name, hits, stated[0], stated[1])


def _one(event: GoldEvent) -> int:
    return 1


def _ids(parties: Sequence[GoldParty] | None) -> set[str]:
    return {party.id for party in parties or () if party.id}


def _same_sides(g: GoldEvent, s: GoldEvent) -> bool:
    return _ids(g.actors) == _ids(s.actors) and _ids(g.recipients) == _ids(s.recipients)


def _days(event: GoldEvent) -> tuple[str | None, str | None]:
    return (event.date.start, event.date.end) if event.date else (None, None)


def _framings(event: GoldEvent) -> list[str]:
    return [party.framing for party in (*(event.actors or ()), *(event.recipients or ())) if party.framing]


def _same_framings(g: GoldEvent, s: GoldEvent) -> int:
    found = [content_words(word) for word in _framings(s)]
    return sum(any(content_words(word) & other for other in found) for word in _framings(g))


def _misses(doc_id: str, gold: Events, system: Events, pairs: Sequence[tuple[int, int]]) -> list[Miss]:
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    out = [Miss(doc_id, "missed", e.type, e.trigger.text) for i, e in enumerate(gold) if i not in found]
    return out + [
        Miss(doc_id, "spurious", e.type, e.trigger.text) for j, e in enumerate(system) if j not in used
    ]


class _BCubed:
    """B-cubed precision and recall of chains, over matched events only (Bagga and Baldwin 1998)."""

    def __init__(self) -> None:
        self.precision = self.recall = 0.0
        self.count = 0

    def add(self, gold: Events, system: Events, pairs: Pairs) -> None:
        gold_roots, system_roots = chains(gold), chains(system)
        ours = [gold_roots[g.id] for g, _ in pairs]
        theirs = [system_roots[s.id] for _, s in pairs]
        for a, b in zip(ours, theirs, strict=True):
            both = sum(x == a and y == b for x, y in zip(ours, theirs, strict=True))
            self.precision += both / theirs.count(b)
            self.recall += both / ours.count(a)
            self.count += 1

    def row(self) -> Row:
        p = self.precision / self.count if self.count else 0.0
        r = self.recall / self.count if self.count else 0.0
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return Row(round(p, 4), round(r, 4), round(f1, 4), self.count, self.count)


__all__ = ["ROWS", "Miss", "Report", "Row", "Tally", "score"]
