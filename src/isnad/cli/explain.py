"""`isnad explain`: what was read in a sentence, what was weighed, and why each value was chosen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from isnad.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("explain")(explain)


def explain(
    text: Annotated[str, typer.Argument(help="A sentence or short text; - reads standard input.")],
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    lexicon: Annotated[list[Path] | None, typer.Option("--lexicon", help="A folder of your own words.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Everything that was read and weighed, as a tree.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same tree as JSON.")] = False,
) -> int:
    """Show for one sentence what was read, which candidates were weighed, and why each value was chosen.

    \b
    Examples:
      isnad explain "قصفت طائرات حربية أطراف بلدة كفرنبل أمس" --published 2021-03-05
      isnad explain "قصفت طائرات حربية أطراف بلدة كفرنبل أمس" --all
      echo "نفى مصدر محلي اندلاع اشتباكات في القامشلي" | isnad explain -
    """
    import msgspec

    from isnad.cli.code import given_day
    from isnad.cli.coders import coder_maker
    from isnad.cli.explain_text import as_report
    from isnad.settings import settings_from

    given = sys.stdin.read() if text == "-" else text
    if not given.strip():
        raise UsageError("there is no text to explain")
    coder = coder_maker(lexicon, settings_from())()
    tree = msgspec.to_builtins(coder.explain(given, published=given_day(published)))
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(tree), indent=1).decode())
    else:
        whole = every or "triggers" not in tree
        print("\n".join(as_lines(tree) if whole else as_report(tree)))
    return 0


def as_lines(tree: Any, *, indent: int = 0) -> list[str]:
    """Return any tree of dicts, lists and values as indented lines; what is empty is left out."""
    pad = "  " * indent
    if isinstance(tree, dict):
        return [line for key, value in tree.items() for line in _pair(str(key), value, indent)]
    if isinstance(tree, (list, tuple)):
        lines: list[str] = []
        for item in tree:
            inner = as_lines(item, indent=indent + 1)
            if inner:
                lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
        return lines
    return [] if _is_empty(tree) else [pad + _value(tree)]


def _pair(key: str, value: Any, indent: int) -> list[str]:
    pad = "  " * indent
    if _is_empty(value):
        return []
    if isinstance(value, (list, tuple)) and all(isinstance(item, (str, int, float)) for item in value):
        return [f"{pad}{key}: {', '.join(map(_value, value))}"]
    if isinstance(value, dict) and {"text", "start", "end"} == set(value):
        return [f"{pad}{key}: «{value['text']}» {value['start']}-{value['end']}"]
    if isinstance(value, (dict, list, tuple)):
        return [f"{pad}{key}:", *as_lines(value, indent=indent + 1)]
    return [f"{pad}{key}: {_value(value)}"]


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {} or value == ()


def _value(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


__all__ = ["as_lines", "explain", "register"]
