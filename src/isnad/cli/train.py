"""`isnad train`: every learned weight anew, from gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from isnad.errors import TrainingError


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("train")(train)


def train(
    gold: Annotated[Path, typer.Argument(help="Gold in the form of the codebook, JSONL.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder for the weights; by default the package's own."),
    ] = None,
) -> int:
    """Train every learned weight from GOLD and write them into the package, the same bits each time.

    \b
    Examples:
      isnad train train.jsonl
      isnad train train.jsonl -o /tmp/weights
    """
    try:
        from isnad.coding.train import train_all
    except ImportError as error:
        raise TrainingError(
            f"training needs the extra packages: pip install 'isnad[train]' ({error})"
        ) from None
    for line in train_all(gold, output=output):
        print(line)
    return 0


__all__ = ["register", "train"]
