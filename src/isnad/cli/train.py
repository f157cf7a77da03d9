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
    more: Annotated[
        list[Path] | None, typer.Option(help="Standoff codings (gold/more.jsonl) to learn from too.")
    ] = None,
    peaceful: Annotated[
        list[Path] | None, typer.Option(help="Ids of articles without events (gold/peaceful.txt).")
    ] = None,
    also: Annotated[
        list[Path] | None,
        typer.Option("--with", help="More gold, such as isnad review gold writes; repeatable."),
    ] = None,
    texts: Annotated[
        list[Path] | None, typer.Option(help="JSONL files that hold the texts of --more and --peaceful.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder for the weights; by default the package's own."),
    ] = None,
) -> int:
    """Train every learned weight from GOLD and write them into the package, the same bits each time.

    \b
    Examples:
      isnad train train.jsonl
      isnad train train.jsonl --with ours.jsonl -o weights
      isnad train train.jsonl --more gold/more.jsonl --texts news.jsonl.gz -o weights
    """
    try:
        from isnad.coding.train import Sources, train_all
    except ImportError as error:
        raise TrainingError(f"training needs the extra packages: pip install 'isnad[train]' ({error})") from None
    sources = Sources(
        gold=gold,
        also=tuple(also or ()),
        more=tuple(more or ()),
        peaceful=tuple(peaceful or ()),
        texts=tuple(texts or ()),
    )
    try:
        for line in train_all(sources, output=output):
            print(line)
    except (OSError, ValueError) as error:  # what cannot be read, a text that is missing or another
        raise TrainingError(str(error)) from None
    return 0


__all__ = ["register", "train"]
