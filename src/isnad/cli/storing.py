"""The options that the commands on a store share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

#: Where reports are kept when nothing else is said.
DATABASE = "isnad.db"

Db = Annotated[str, typer.Option("--db", help="The store: a file, or postgresql://user@host/name.")]
Workers = Annotated[int, typer.Option(help="Processes that code; 0 for one a core.", min=0)]
Lexicon = Annotated[list[Path] | None, typer.Option("--lexicon", help="Your own words, a folder of YAML; repeatable.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No bar and no summary.")]
Report = Annotated[
    Path | None,
    typer.Option(help="Append a line of JSON for each report that is safely stored: address, article, outcome."),
]

#: How many reports are stored at once; for tests of what an interruption leaves behind.
Batch = Annotated[int, typer.Option("--batch", min=1, hidden=True)]
BATCH = 400

__all__ = ["BATCH", "DATABASE", "Batch", "Db", "Lexicon", "Quiet", "Report", "Workers"]
