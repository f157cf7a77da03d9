"""How fast a store is: figures for the bench, taken on reports that are handed in."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice

import msgspec

from isnad.model import CodedArticle
from isnad.model.intake import Incoming
from isnad.store.records import Filter
from isnad.store.store import Store

_BATCH = 400
_TIMES = 9


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds for the first and second run, how many were known then, peak memory in MB, medians in milliseconds.

    `curve` are (articles so far, milliseconds an article since the point before).
    """

    articles: int
    add_seconds: float
    again_seconds: float
    known: int
    peak_mb: float
    curve: tuple[tuple[int, float], ...]
    medians: dict[str, float]


def measure(
    address: str,
    pairs: Iterable[tuple[Incoming, CodedArticle | None]],
    *,
    queries: Sequence[str] = (),
    filters: Sequence[Filter] = (),
) -> Figures:
    """Add `pairs` to the empty store at `address`, look them all up again, search and list."""
    reports: list[Incoming] = []
    curve: list[tuple[int, float]] = []
    source = iter(pairs)
    with Store.open(address) as store:
        started = time.perf_counter()
        lap, lapped = started, 0
        while batch := list(islice(source, _BATCH)):
            wanted = [
                pair for pair, kept in zip(batch, store.known([p[0] for p in batch]), strict=True) if kept is None
            ]
            store.add(wanted)
            reports += [pair[0] for pair in batch]
            if len(reports) - lapped >= 5_000:
                now = time.perf_counter()
                curve.append((len(reports), 1000 * (now - lap) / (len(reports) - lapped)))
                lap, lapped = now, len(reports)
        added = time.perf_counter()
        known = sum(
            kept is not None for i in range(0, len(reports), _BATCH) for kept in store.known(reports[i : i + _BATCH])
        )
        again = time.perf_counter()
        work: dict[str, Callable[[], object]] = {f"search {query}": partial(store.search, query) for query in queries}
        for wanted_rows in filters:
            name = " ".join(f"{k}={v}" for k, v in msgspec.structs.asdict(wanted_rows).items() if v)
            work[f"articles {name}".strip()] = partial(store.articles, wanted_rows)
            work[f"events {name}".strip()] = partial(store.events, wanted_rows)
        medians = {name: _median(one) for name, one in work.items()}
    return Figures(
        articles=len(reports),
        add_seconds=added - started,
        again_seconds=again - added,
        known=known,
        peak_mb=_peak(),
        curve=tuple(curve),
        medians=medians,
    )


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


__all__ = ["Figures", "measure"]
