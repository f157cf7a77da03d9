"""Weighing from the command line: how far it is, and what it changed."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from isnad.review import Outcome, Weigher
    from isnad.store import Store

Weigh = Annotated[
    bool,
    typer.Option("--incidents/--no-incidents", help="Bring the incidents up to date at once, or leave it for later."),
]
_STEPS = ("reading", "grouping", "weighing", "writing")


def weigh(
    store: Store,
    *,
    quiet: bool,
    force: bool = False,
    weigher: Weigher | None = None,
    workers: int = 0,
    cluster: str | None = None,
) -> Outcome:
    """Bring the incidents of `store` up to date; say what changed, on standard error.

    Without a `weigher` one is made that works over `workers` processes (0: one a core), or on the `cluster` with that
    address.  Whatever stops it, the incidents are those of before and the next weighing does all of it.
    """
    if weigher is None:
        with _spread(store, workers, cluster) as fresh:
            return weigh(store, quiet=quiet, force=force, weigher=fresh)
    started = time.monotonic()
    bar = _bar() if not quiet and sys.stderr.isatty() else None
    if bar is None:
        outcome = weigher.update(force=force)
    else:
        with bar:
            task = bar.add_task("", total=None)

            def progress(step: str, done: int, total: int) -> None:
                bar.update(task, description=step, completed=done, total=total)
                bar.refresh()

            outcome = weigher.update(force=force, progress=progress)
    if not quiet and (outcome.articles or outcome.changed or outcome.dropped):
        parts = [
            f"{outcome.total:,} incidents",
            f"{outcome.articles:,} articles weighed",
            f"{outcome.changed:,} changed",
        ]
        parts += [f"{outcome.dropped:,} gone"] if outcome.dropped else []
        print(f"isnad: {', '.join(parts)}; {time.monotonic() - started:.1f} s", file=sys.stderr)
    return outcome


@contextmanager
def _spread(store: Store, workers: int, cluster: str | None) -> Iterator[Weigher]:
    """Make a weigher for the block that spreads its work."""
    from isnad.review import Weigher

    if cluster is not None:
        from isnad.scale.cluster import connected
        from isnad.scale.cluster_tell import map_on

        with connected(cluster) as client:  # no processes are forked beside its threads
            yield Weigher(store, mapper=map_on(client))
        return
    from isnad.scale.weigh import Spread

    with Spread(workers=workers) as spread, _no_collection():
        yield Weigher(store, mapper=spread.map, scorer=spread.score)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leave off the search for cyclic garbage: weighing makes millions of records that stay, and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def weigher_of(store: Store) -> Weigher:
    """Return what weighs a store again and again, remembering what it has read."""
    from isnad.review import Weigher

    return Weigher(store)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        auto_refresh=False,  # no thread of its own: processes are forked while it shows
        transient=True,
    )


__all__ = ["Weigh", "weigh", "weigher_of"]
