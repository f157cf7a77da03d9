"""`isnad schema`: the JSON Schema of what `isnad code --to jsonl` writes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("schema")(schema)


def schema(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write it to this file.")] = None,
) -> int:
    """Print the JSON Schema (2020-12) of a coded article, as generated from the model.

    \b
    Examples:
      isnad schema
      isnad schema -o docs/schema/coded-article.schema.json
    """
    from isnad.export import atomic_text
    from isnad.model.schema import schema_text

    if output is None:
        print(schema_text(), end="")
    else:
        with atomic_text(output) as stream:
            stream.write(schema_text())
    return 0


__all__ = ["register", "schema"]
