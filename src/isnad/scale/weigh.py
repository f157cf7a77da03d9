"""Weighing over the processes of one machine, with the same outcome.

    with Spread(workers=4) as spread:
        assemble(articles, teller=spread.tell, scorer=spread.score)
        Weigher(store, mapper=spread.map, scorer=spread.score).update()

A process that dies changes nothing: what it had under way is done in this one.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from types import TracebackType

import msgspec
import numpy as np

from isnad.model import CodedArticle
from isnad.scale.many import usable_cores
from isnad.scale.orphans import end_with_parent
from isnad.scale.waiting import outcome
from isnad.weigh import Incidents, Registry, assemble
from isnad.weigh.grouping import Grouping, score_here
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.scoring import Weights
from isnad.weigh.spreading import Mapper, Work
from isnad.weigh.told import Told, tell, with_one_string_each
from isnad.weigh.values import Floats, Numbers

_CHUNK = 64  # articles a process reads at once
_AHEAD = 3  # parts under way for each process
_PAIRS = 1 << 16  # pairs a process scores at once; fewer are scored here
_Asked = tuple[ProcessPoolExecutor, Future[bytes]]


class Spread:
    """Processes that do parts of the work and score pairs; `workers` 0 means one for each core that may be used."""

    def __init__(self, *, workers: int = 0) -> None:
        self._workers = workers or usable_cores()
        self._forks = sys.platform == "linux"  # elsewhere a process would have to be given all tellings anew
        self._context = multiprocessing.get_context("fork" if self._forks else None)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Spread:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def _end(self) -> None:
        """End the processes there are, if any; `map` makes others when it needs them."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def map(self, work: Work, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the outcome of `work` for each part, in order (`isnad.weigh.spreading.Mapper`)."""
        parts = iter(parts)
        first = list(islice(parts, 2))
        if self._workers == 1 or (len(first) < 2 and self._pool is None):  # making processes would take longer
            yield from map(work, chain(first, parts))
            return
        rest = chain(first, parts)
        waiting = deque((part, self._ask(work, part)) for part in islice(rest, self._workers * _AHEAD))
        while waiting:
            part, asked = waiting.popleft()
            yield _answer(work, part, asked)
            waiting.extend((fresh, self._ask(work, fresh)) for fresh in islice(rest, 1))

    def _ask(self, work: Work, part: bytes) -> _Asked | None:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=self._context, initializer=_begin)
        try:
            return self._pool, self._pool.submit(work, part)
        except BrokenProcessPool:
            self._pool = None  # the next part gets new processes
            return None

    def tell(self, articles: Iterable[CodedArticle], copies: Mapping[str, str]) -> Iterator[Told]:
        """Yield what each article tells, in order (`isnad.weigh.told.Teller`)."""
        return tell_over(self.map, articles, copies)

    def score(self, grouping: Grouping, ones: Numbers, twos: Numbers) -> Floats:
        """Return the score of each pair of rows (`isnad.weigh.grouping.Scorer`)."""
        if not self._forks or self._workers == 1 or len(ones) < 2 * _PAIRS:
            return score_here(grouping, ones, twos)
        self._end()  # these have read what there was to read, and would only take memory
        size = max(_PAIRS, -(-len(ones) // (4 * self._workers)))
        parts = [(ones[n : n + size], twos[n : n + size]) for n in range(0, len(ones), size)]
        with ProcessPoolExecutor(
            min(self._workers, len(parts)), mp_context=self._context, initializer=_know, initargs=(grouping,)
        ) as pool:  # forked now, so that the processes have the tellings without being sent them
            try:
                futures = [pool.submit(_score, *part) for part in parts]
                return np.concatenate([outcome(pool, future) for future in futures])
            except BrokenProcessPool:
                return score_here(grouping, ones, twos)


def assemble_over(
    articles: Iterable[CodedArticle],
    *,
    workers: int = 0,
    registry: Registry | None = None,
    reprints: Mapping[str, str] | None = None,
    kinds: PartyKinds | None = None,
    weights: Weights | None = None,
) -> Incidents:
    """Return what `isnad.weigh.assemble` does, with `workers` processes (0: one for each core)."""
    with Spread(workers=workers) as spread:
        return assemble(
            articles,
            registry=registry,
            reprints=reprints,
            kinds=kinds,
            weights=weights,
            teller=spread.tell,
            scorer=spread.score,
        )


def tell_over(mapper: Mapper, articles: Iterable[CodedArticle], copies: Mapping[str, str]) -> Iterator[Told]:
    """Yield what each article tells, in order, as `mapper` spreads the reading."""
    items = ((article, copies.get(article.doc_id)) for article in articles)
    chunks = iter(lambda: list(islice(items, _CHUNK)), [])
    for found in mapper(_tell_chunk, map(msgspec.msgpack.encode, chunks)):
        yield from map(with_one_string_each, msgspec.msgpack.decode(found, type=list[Told]))


def _answer(work: Work, part: bytes, asked: _Asked | None) -> bytes:
    """Return what a process made of a part; it is made here if the process died."""
    try:
        if asked is not None:
            return outcome(*asked)
    except BrokenProcessPool:
        pass
    return work(part)


# ---- in the processes -------------------------------------------------------------------------------------------

_grouping: Grouping | None = None


def _begin() -> None:
    """Set up a process: what it was forked with is not searched for garbage, so that it stays shared."""
    gc.freeze()
    gc.enable()
    end_with_parent()


def _tell_chunk(encoded: bytes) -> bytes:
    """Return what the articles of a chunk tell; both sides are MessagePack."""
    chunk = msgspec.msgpack.decode(encoded, type=list[tuple[CodedArticle, str | None]])
    return msgspec.msgpack.encode([tell(article, copy=copy) for article, copy in chunk])


def _know(grouping: Grouping) -> None:
    global _grouping
    _grouping = grouping
    _begin()


def _score(ones: Numbers, twos: Numbers) -> Floats:
    assert _grouping is not None
    return score_here(_grouping, ones, twos)


__all__ = ["Spread", "assemble_over", "tell_over"]
