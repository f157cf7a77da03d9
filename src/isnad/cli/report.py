"""What the user sees on standard error: faults as they come, a bar while it runs, a summary at the end."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from isnad.errors import Fault
from isnad.model import CodedArticle

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: The bar is drawn at most this often, in seconds.
_REDRAW = 0.1


class Run:
    """Counts of one run; a context that draws the bar (only where standard error is a terminal)."""

    def __init__(self, *, total: int | None = None, bar: bool = True, quiet: bool = False) -> None:
        self.articles = self.events = self.skipped = self.notices = 0
        self._total = total
        self._quiet = quiet
        self._bar = bar and not quiet and sys.stderr.isatty()
        self._started = time.monotonic()
        self._drawn = 0.0
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._bar:
            self._progress = _bar()
            self._task = self._progress.add_task("", total=self._total, events=0)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def coded(self, article: CodedArticle) -> None:
        """Count an article that was coded."""
        self.articles += 1
        self.events += len(article.events)
        self._draw()

    def fault(self, fault: Fault) -> None:
        """Say what is wrong, in one line, and count it."""
        if fault.skipped:
            self.skipped += 1
        else:
            self.notices += 1
        line = f"isnad: {'' if fault.skipped else 'note: '}{fault}"
        if self._progress is not None:
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr)
        self._draw()

    def summary(self) -> None:
        """Print the closing line."""
        if self._quiet:
            return
        seconds = time.monotonic() - self._started
        parts = [_many(self.articles, "article"), _many(self.events, "event"), f"{self.skipped:,} skipped"]
        print(f"isnad: {', '.join(parts)}, {seconds:.1f} s", file=sys.stderr)

    def _draw(self) -> None:
        now = time.monotonic()
        if self._progress is None or self._task is None or now - self._drawn < _REDRAW:
            return
        self._drawn = now
        self._progress.update(self._task, completed=self.articles + self.skipped, events=self.events)
        self._progress.refresh()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles, {task.fields[events]} events"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        auto_refresh=False,  # no thread of its own: processes may be forked while it shows
        transient=True,
    )


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


__all__ = ["Run"]
