"""What the commands that write to a store tell: faults, a bar, a summary, and a file of what was kept."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from isnad.errors import Fault, OutputError
from isnad.ingest.origin import PassedOver
from isnad.intake.tally import OUTCOMES, Acknowledged, Tally

if TYPE_CHECKING:
    from rich.progress import Progress

#: Faults of one code and file that are told one by one; the summary counts all.
_TOLD = 20
_REDRAW = 0.2


class Teller:
    """Tells of a run on standard error: faults as they come, a bar, and a summary; a context that draws the bar.

    `position` gives, for what the tally counts as done, how far the work is of `total`; without a total the bar only
    counts.  `outcomes` are told in the
    summary, also those that did not happen.
    """

    def __init__(
        self,
        *,
        total: int | None = None,
        position: Callable[[int], int] = lambda done: done,
        quiet: bool = False,
        report: Path | None = None,
        outcomes: Sequence[str] = OUTCOMES,
    ) -> None:
        self._position = position
        self._total = total
        self._quiet = quiet
        self._report = report
        self._outcomes = outcomes
        self._stream: TextIO | None = None
        self._told: Counter[tuple[str, str]] = Counter()
        self._started = time.monotonic()
        self._drawn = 0.0
        self._progress: Progress | None = None
        self.tally = Tally(on_fault=self.fault, on_kept=self.kept, on_step=self._draw)

    @contextmanager
    def telling(self) -> Iterator[Tally]:
        """Show the bar, where standard error is a terminal, and open the report; give the tally to count with."""
        with _appended(self._report) as self._stream:
            if not self._quiet and sys.stderr.isatty():
                self._progress = _bar()
                self._progress.add_task("", total=self._total, reports=0, rate=0.0)
                self._progress.start()
            try:
                yield self.tally
            finally:
                if self._progress is not None:
                    self._progress.stop()
                    self._progress = None

    def fault(self, fault: Fault) -> None:
        """Say what is wrong, in one line; after many of one kind in one file, no more."""
        key = (fault.path.partition("#")[0], fault.code)
        self._told[key] += 1
        if self._told[key] <= _TOLD:
            notice = not fault.skipped or isinstance(fault, PassedOver)
            self.line(f"isnad: {'note: ' if notice else ''}{fault}")
        elif self._told[key] == _TOLD + 1:
            self.line(f"isnad: note: {key[0]}: more of [{fault.code}] are only counted")
        self._draw()

    def kept(self, batch: Sequence[Acknowledged]) -> None:
        """Write down what is on the disk."""
        if self._stream is not None:
            try:
                self._stream.writelines(msgspec.json.encode(one).decode() + "\n" for one in batch)
                self._stream.flush()
            except OSError as error:
                raise _refused(self._report, error) from None
        self._draw()

    def line(self, text: str) -> None:
        """Print a line above the bar."""
        if self._progress is not None:
            self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr)

    def summary(self) -> None:
        """Print what became of everything."""
        if self._quiet:
            return
        tally, seconds = self.tally, time.monotonic() - self._started
        counts = [f"{tally.outcomes[name]:,} {name}" for name in self._outcomes]
        counts += [f"{tally.events:,} events", f"{tally.skipped.total():,} skipped", f"{tally.failed.total():,} failed"]
        rate = tally.reports / seconds if seconds > 0 else 0.0
        print(f"isnad: {', '.join(counts)}; {seconds:.1f} s, {rate:,.0f} a second", file=sys.stderr)
        for word, reasons in (("skipped", tally.skipped), ("failed", tally.failed), ("noted", tally.notices)):
            if reasons:
                told = ", ".join(f"{count:,} {code}" for code, count in sorted(reasons.items()))
                print(f"isnad: {word}: {told}", file=sys.stderr)

    def _draw(self) -> None:
        now = time.monotonic()
        if self._progress is None or now - self._drawn < _REDRAW:
            return
        self._drawn = now
        tally, reports = self.tally, self.tally.reports
        rate = reports / max(now - self._started, 1e-3)
        task = self._progress.task_ids[0]
        self._progress.update(task, completed=self._position(tally.done), reports=reports, rate=rate)
        self._progress.refresh()


def status_of(tally: Tally) -> int:
    """Return the exit status: 3 when something was skipped or failed, 0 otherwise."""
    return 3 if tally.skipped or tally.failed else 0


@contextmanager
def _appended(path: Path | None) -> Iterator[TextIO | None]:
    if path is None:
        yield None
        return
    try:
        stream = path.open("a", encoding="utf-8")
    except OSError as error:
        raise _refused(path, error) from None
    with stream:
        yield stream
        with suppress(OSError):
            os.fsync(stream.fileno())


def _refused(path: Path | None, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}")


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    return Progress(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[reports]:,} reports, {task.fields[rate]:,.0f} a second,"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(stderr=True),
        auto_refresh=False,  # no thread of its own: processes may be forked while it shows
        transient=True,
    )


__all__ = ["Teller", "status_of"]
