"""Many articles in, coded articles out: in order, streaming, with bounded memory, over one process or several.

An article that cannot be coded becomes one `Fault` in its place.  When a process dies (killed, out of memory), its
articles are tried again one by one, so that only the one that kills it is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Protocol, cast

import msgspec

from isnad.coding.coder import ease_collection
from isnad.errors import Fault
from isnad.model import Article, CodedArticle
from isnad.scale.orphans import end_with_parent
from isnad.scale.waiting import outcome

#: Articles a process takes at once: enough that passing them on costs little, few enough that all stay busy.
CHUNK = 32
#: Chunks under way for each process; bounds how far reading runs ahead of coding.
AHEAD = 3


class CoderLike(Protocol):
    """What codes one article; must give the same result for the same article in every process."""

    def code_article(self, article: Article) -> CodedArticle: ...


MakeCoder = Callable[[], CoderLike]
Result = CodedArticle | Fault
_Encoded = tuple[bytes | None, Fault | None]


def code_many(
    articles: Iterable[Article | Fault],
    *,
    make_coder: MakeCoder,
    workers: int = 1,
    chunk: int = CHUNK,
    start_method: str | None = None,
) -> Iterator[Result]:
    """Yield each article coded, in the order they came; faults among `articles` are passed through in their place.

    `make_coder` is called once a process, at its first article; with several workers it must be picklable (a class,
    a function of a module, or functools.partial of one).  `workers` 0 means one for each core that may be used.
    `start_method` is that of multiprocessing; by default fork on Linux (cheap, and the words are shared) and the
    platform's own elsewhere.
    """
    count = workers if workers > 0 else usable_cores()
    if count == 1:
        yield from _code_here(articles, make_coder)
        return
    yield from _Pool(make_coder, workers=count, chunk=chunk, start_method=start_method).run(articles)


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def code_or_fault(coder: CoderLike, article: Article) -> Result:
    """Return the article coded, or the fault that says that coding it failed."""
    try:
        return coder.code_article(article)
    except Exception as error:  # noqa: BLE001 (whatever goes wrong in one article must not stop the others)
        message = f"coding failed: {type(error).__name__}: {error}"[:300].replace("\n", " ")
        return Fault(
            path=article.url or article.doc_id, doc_id=article.doc_id, code="coding.crash", message=message
        )


def _code_here(articles: Iterable[Article | Fault], make_coder: MakeCoder) -> Iterator[Result]:
    coder: CoderLike | None = None
    for article in articles:
        if isinstance(article, Fault):
            yield article
            continue
        coder = coder or make_coder()
        yield code_or_fault(coder, article)


class _Pool:
    """Processes that code chunks of articles; at most `workers * AHEAD` chunks are under way."""

    def __init__(self, make_coder: MakeCoder, *, workers: int, chunk: int, start_method: str | None) -> None:
        self._make_coder = make_coder
        self._workers = workers
        self._chunk = chunk
        method = start_method or ("fork" if sys.platform == "linux" else None)
        self._context = multiprocessing.get_context(method)
        self._decoder = msgspec.msgpack.Decoder(CodedArticle)

    def run(self, articles: Iterable[Article | Fault]) -> Iterator[Result]:
        """Yield results in order; on any exit the processes are ended."""
        waiting: deque[tuple[list[Article | Fault], Future[list[_Encoded]]]] = deque()
        chunks = _chunks(articles, self._chunk)
        executor = self._executor(self._workers)
        try:
            exhausted = False
            while waiting or not exhausted:
                while not exhausted and len(waiting) < self._workers * AHEAD:
                    chunk = next(chunks, None)
                    if chunk is None:
                        exhausted = True
                    else:
                        waiting.append((chunk, _submit(executor, chunk)))
                if not waiting:
                    break
                chunk, future = waiting.popleft()
                try:
                    results = outcome(executor, future)
                except BrokenProcessPool:
                    results, executor = self._after_a_death(chunk, waiting, executor)
                yield from self._in_order(chunk, results)
        except BaseException:
            _end(executor)
            raise
        executor.shutdown()

    def _executor(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers, mp_context=self._context, initializer=_start_process, initargs=(self._make_coder,)
        )

    def _after_a_death(
        self,
        chunk: list[Article | Fault],
        waiting: deque[tuple[list[Article | Fault], Future[list[_Encoded]]]],
        broken: ProcessPoolExecutor,
    ) -> tuple[list[_Encoded], ProcessPoolExecutor]:
        """Code `chunk` article by article in processes of their own, and put the others under way anew.

        The chunk in front need not be the one that killed the process; the culprit comes to the front in its turn.
        """
        _end(broken)
        results = [self._alone(article) for article in _only_articles(chunk)]
        executor = self._executor(self._workers)
        again = [(other, _submit(executor, other)) for other, _ in waiting]
        waiting.clear()
        waiting.extend(again)
        return results, executor

    def _alone(self, article: Article) -> _Encoded:
        with self._executor(1) as executor:
            try:
                return outcome(executor, executor.submit(_code_chunk, [article]))[0]
            except BrokenProcessPool:
                message = "the process that coded this article was killed or ran out of memory"
                name = article.url or article.doc_id
                return None, Fault(path=name, doc_id=article.doc_id, code="coding.killed", message=message)

    def _in_order(self, chunk: list[Article | Fault], results: list[_Encoded]) -> Iterator[Result]:
        """Put coded articles and the faults that came with the chunk back into their order."""
        coded = iter(results)
        for item in chunk:
            if isinstance(item, Fault):
                yield item
                continue
            encoded, fault = next(coded)
            yield self._decoder.decode(encoded) if encoded is not None else fault or _lost(item)


def _lost(article: Article) -> Fault:
    return Fault(
        path=article.doc_id, doc_id=article.doc_id, code="coding.crash", message="no result came back"
    )


def _submit(executor: ProcessPoolExecutor, chunk: list[Article | Fault]) -> Future[list[_Encoded]]:
    """Put a chunk under way.  A pool that broke before it could take it fails like one that broke after."""
    try:
        return executor.submit(_code_chunk, _only_articles(chunk))
    except BrokenProcessPool as error:
        future: Future[list[_Encoded]] = Future()
        future.set_exception(error)
        return future


def _chunks(articles: Iterable[Article | Fault], size: int) -> Iterator[list[Article | Fault]]:
    items = iter(articles)
    while chunk := list(islice(items, size)):
        yield chunk


def _only_articles(chunk: list[Article | Fault]) -> list[Article]:
    return [item for item in chunk if isinstance(item, Article)]


_TIDYING = 5.0  # seconds that the executor's own thread is given to end, once its processes are told to


def _end(executor: ProcessPoolExecutor) -> None:
    """End an executor at once, whatever its processes are doing."""
    processes = list((executor._processes or {}).values())
    manager = cast("threading.Thread | None", executor._executor_manager_thread)
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    if manager is not None:  # a process that ends while this thread still tidies up may fail over its closed pipe
        manager.join(_TIDYING)


# ---- in the processes -------------------------------------------------------------------------------------------

_make_coder: MakeCoder | None = None
_coder: CoderLike | None = None
_encoder = msgspec.msgpack.Encoder()


def _start_process(make_coder: MakeCoder) -> None:
    """Set up a process: remember how to make the coder, leave Ctrl-C to the parent."""
    global _make_coder, _coder
    _make_coder, _coder = make_coder, None
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()


def _code_chunk(articles: list[Article]) -> list[_Encoded]:
    global _coder
    if _coder is None:
        assert _make_coder is not None
        _coder = _make_coder()
        ease_collection()  # these processes do nothing else
    out: list[_Encoded] = []
    for article in articles:
        result = code_or_fault(_coder, article)
        out.append((None, result) if isinstance(result, Fault) else (_encoder.encode(result), None))
    return out


__all__ = ["AHEAD", "CHUNK", "CoderLike", "code_many", "code_or_fault", "usable_cores"]
