"""Weighing over the processes of one machine: the reading of articles and the scoring of pairs, with the same outcome.

    with Spread(workers=4) as spread:
        assemble(articles, teller=spread.tell, scorer=spread.score)

A process that dies changes nothing: what it had under way is done in this one.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from types import TracebackType

import msgspec
import numpy as np

from isnad.model import CodedArticle
from isnad.scale.many import usable_cores
from isnad.scale.orphans import end_with_parent
from isnad.weigh import Incidents, Registry, assemble
from isnad.weigh.grouping import Grouping, score_here
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.scoring import Weights
from isnad.weigh.told import Told, tell
from isnad.weigh.values import Floats, Numbers

_CHUNK = 64  # articles a process reads at once
_AHEAD = 3  # chunks under way for each process
_PAIRS = 1 << 16  # pairs a process scores at once; fewer are scored here
_Chunk = list[tuple[CodedArticle, str | None]]


class Spread:
    """Processes that read articles and score pairs; `workers` 0 means one for each core that may be used."""

    def __init__(self, *, workers: int = 0) -> None:
        self._workers = workers or usable_cores()
        self._forks = sys.platform == "linux"  # elsewhere a process would have to be given all tellings anew
        self._context = multiprocessing.get_context("fork" if self._forks else None)
        self._readers: ProcessPoolExecutor | None = None

    def __enter__(self) -> Spread:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._readers is not None:
            self._readers.shutdown(wait=False, cancel_futures=True)
            self._readers = None

    def tell(self, articles: Iterable[CodedArticle], copies: Mapping[str, str]) -> Iterator[Told]:
        """Yield what each article tells, in order (`isnad.weigh.told.Teller`)."""
        chunks = chunks_of(articles, copies)
        first = next(chunks, None)
        if first is None or (len(first) < _CHUNK and self._readers is None) or self._workers == 1:
            yield from _tell_all(first or [])
            for chunk in chunks:
                yield from _tell_all(chunk)
            return
        waiting: deque[tuple[_Chunk, Future[bytes] | None]] = deque([(first, self._ask(first))])
        for chunk in islice(chunks, self._workers * _AHEAD):
            waiting.append((chunk, self._ask(chunk)))
        while waiting:
            chunk, future = waiting.popleft()
            yield from _answer(chunk, future)
            fresh = next(chunks, None)
            if fresh is not None:
                waiting.append((fresh, self._ask(fresh)))

    def _ask(self, chunk: _Chunk) -> Future[bytes] | None:
        if self._readers is None:
            self._readers = ProcessPoolExecutor(self._workers, mp_context=self._context, initializer=end_with_parent)
        try:
            return self._readers.submit(tell_chunk, msgspec.msgpack.encode(chunk))
        except BrokenProcessPool:
            return None

    def score(self, grouping: Grouping, ones: Numbers, twos: Numbers) -> Floats:
        """Return the score of each pair of rows (`isnad.weigh.grouping.Scorer`)."""
        if not self._forks or self._workers == 1 or len(ones) < 2 * _PAIRS:
            return score_here(grouping, ones, twos)
        size = max(_PAIRS, -(-len(ones) // (4 * self._workers)))
        parts = [(ones[n : n + size], twos[n : n + size]) for n in range(0, len(ones), size)]
        with ProcessPoolExecutor(
            min(self._workers, len(parts)), mp_context=self._context, initializer=_know, initargs=(grouping,)
        ) as pool:  # forked now, so that the processes have the tellings without being sent them
            futures = [pool.submit(_score, *part) for part in parts]
            try:
                return np.concatenate([future.result() for future in futures])
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


def chunks_of(articles: Iterable[CodedArticle], copies: Mapping[str, str]) -> Iterator[_Chunk]:
    """Yield articles in order, each with its group of reprints, in chunks for a process."""
    items = ((article, copies.get(article.doc_id)) for article in articles)
    while chunk := list(islice(items, _CHUNK)):
        yield chunk


def _tell_all(chunk: _Chunk) -> list[Told]:
    return [tell(article, copy=copy) for article, copy in chunk]


def _answer(chunk: _Chunk, future: Future[bytes] | None) -> list[Told]:
    """Return what a process found, with stems that are one string each in memory; found here if the process died."""
    try:
        if future is not None:
            return shared(msgspec.msgpack.decode(future.result(), type=list[Told]))
    except BrokenProcessPool:
        pass
    return _tell_all(chunk)


def shared(told: list[Told]) -> list[Told]:
    """Return what came from elsewhere with each stem one string in memory."""
    return [
        msgspec.structs.replace(
            one,
            tellings=[
                msgspec.structs.replace(t, words=tuple(map(sys.intern, t.words)), scope=tuple(map(sys.intern, t.scope)))
                for t in one.tellings
            ],
        )
        for one in told
    ]


# ---- in the processes -------------------------------------------------------------------------------------------

_grouping: Grouping | None = None


def tell_chunk(encoded: bytes) -> bytes:
    """Return what the articles of a chunk tell; both sides are MessagePack."""
    return msgspec.msgpack.encode(_tell_all(msgspec.msgpack.decode(encoded, type=_Chunk)))


def _know(grouping: Grouping) -> None:
    global _grouping
    _grouping = grouping
    end_with_parent()


def _score(ones: Numbers, twos: Numbers) -> Floats:
    assert _grouping is not None
    return score_here(_grouping, ones, twos)


__all__ = ["Spread", "assemble_over", "chunks_of", "shared", "tell_chunk"]
