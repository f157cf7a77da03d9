"""`isnad recode`: stored reports coded anew after the words or the weights have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from isnad.cli.add import coder_of, opened, told
from isnad.cli.storing import BATCH, DATABASE, Batch, Db, Lexicon, Quiet, Report, Workers
from isnad.cli.weighing import Weigh, weigh

if TYPE_CHECKING:
    from isnad.store import Store


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("recode")(recode)


def recode(
    db: Db = DATABASE,
    missing: Annotated[bool, typer.Option("--missing", help="Only what has no coding at all.")] = False,
    workers: Workers = 0,
    incidents: Weigh = True,
    lexicon: Lexicon = None,
    report: Report = None,
    quiet: Quiet = False,
    batch: Batch = BATCH,
) -> int:
    """Code stored reports that have no coding, or one by another version of the words and weights.

    The old codings stay readable, each marked with the version that made it.  Can be interrupted at any time and run
    again: what is done is done.

    \b
    Examples:
      isnad recode
      isnad recode --missing --workers 4
    """
    from isnad.cli.telling import Teller, status_of
    from isnad.intake import Plan
    from isnad.intake.recode import recode as code_anew
    from isnad.settings import settings_from

    make_coder, version = coder_of(lexicon, settings_from())
    wanted = None if missing else version
    with opened(db, create=False) as store:
        teller = Teller(total=_total(store, wanted), quiet=quiet, report=report, outcomes=("coded",))
        plan = Plan(workers=workers, batch=batch)
        with told(teller, store.name), teller.telling() as tally:
            code_anew(store, make_coder=make_coder, version=wanted, plan=plan, tally=tally)
        if incidents:
            weigh(store, quiet=quiet, workers=workers)
    return status_of(teller.tally)


def _total(store: Store, version: str | None) -> int:
    """Return how many articles wait for a coding by `version`, or for any."""
    stats = store.stats()
    return stats.uncoded if version is None else stats.articles - dict(stats.coders).get(version, 0)


__all__ = ["recode", "register"]
