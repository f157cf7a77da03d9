"""Weighing from the command line: how far it is, and what it changed."""

from __future__ import annotations

import sys
import time
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


def weigh(store: Store, *, quiet: bool, force: bool = False, weigher: Weigher | None = None) -> Outcome:
    """Bring the incidents of `store` up to date; say what changed, on standard error.

    Whatever stops it, the incidents are those of before and the next weighing does all of it.
    """
    if weigher is None:
        from isnad.review import Weigher as Fresh
        from isnad.scale.weigh import Spread

        with Spread() as spread:
            fresh = Fresh(store, scorer=spread.score, teller=spread.tell)
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
