"""`isnad evaluate`: the score table, and the gate that keeps it from falling."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isnad.errors import Fault, UsageError

if TYPE_CHECKING:
    from isnad.evaluate import GoldDocument, Report


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("evaluate")(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold in the form of the codebook, JSONL.")],
    system: Annotated[
        Path | None, typer.Option(help="Coded articles to score; without it the gold's texts are coded now.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="The rows as a Markdown table.")] = False,
    misses: Annotated[int, typer.Option(help="Show this many events without a counterpart.", min=0)] = 0,
    gate: Annotated[bool, typer.Option("--gate", help="Fail when a row is below its floor.")] = False,
    raise_floors: Annotated[
        bool, typer.Option("--raise-floors", help="Lift the floors to the figures.")
    ] = False,
    allow_lower: Annotated[
        bool, typer.Option("--allow-lower", help="With --raise-floors: floors may fall too.")
    ] = False,
    floors: Annotated[Path, typer.Option(help="The file of floors.")] = Path("accuracy.json"),
    workers: Annotated[int, typer.Option(help="Processes; 0 for one a core.", min=0)] = 1,
    lexicon: Annotated[
        list[Path] | None, typer.Option("--lexicon", help="A folder of your own words.")
    ] = None,
) -> int:
    """Score coded events against GOLD: precision, recall and F1 of each value, and of each type.

    \b
    Examples:
      isnad evaluate gold.jsonl
      isnad evaluate gold.jsonl --system events.jsonl --json
      isnad evaluate gold.jsonl --gate
      isnad evaluate gold.jsonl --raise-floors
    """
    from isnad.evaluate import read_gold, score
    from isnad.evaluate.table import as_markdown, as_text

    if allow_lower and not raise_floors:
        raise UsageError("--allow-lower goes with --raise-floors")
    documents = read_gold(gold)
    answers = read_gold(system) if system else _coded(documents, workers=workers, lexicon=lexicon or [])
    report = score(documents, answers)
    if as_json:
        _print_json(report)
    else:
        print(as_markdown(report) if markdown else as_text(report, misses=misses))
    return _hold(report, gold, floors, gate=gate, lift=raise_floors, allow_lower=allow_lower)


def _coded(documents: list[GoldDocument], *, workers: int, lexicon: list[Path]) -> list[GoldDocument]:
    """Code the gold's texts; an article that fails counts as one without events, and is named."""
    from isnad.cli.coders import coder_maker
    from isnad.evaluate import as_scored
    from isnad.model import Article
    from isnad.scale import code_many
    from isnad.settings import settings_from

    make_coder = coder_maker(lexicon, settings_from())
    articles = (
        Article(
            doc_id=d.doc_id, text=d.text, published=d.published, outlet=d.outlet, title=d.title, url=d.url
        )
        for d in documents
    )
    out: list[GoldDocument] = []
    for result in code_many(articles, make_coder=make_coder, workers=workers):
        if isinstance(result, Fault):
            print(f"isnad: {result}", file=sys.stderr)
        else:
            out.append(as_scored(result))
    return out


def _print_json(report: Report) -> None:
    import msgspec

    figures = {"documents": report.documents, "rows": report.rows, "types": report.types}
    print(msgspec.json.format(msgspec.json.encode(figures), indent=1).decode())


def _hold(report: Report, gold: Path, path: Path, *, gate: bool, lift: bool, allow_lower: bool) -> int:
    """Compare with the floors, or lift them; return the exit status."""
    from isnad.evaluate.gate import as_json, check, raised, read_floors
    from isnad.export import atomic_text

    status = 0
    kept = read_floors(path) if gate or lift else None
    if gate and kept is not None:
        below = check(report, gold=gold, floors=kept)
        for line in below:
            print(f"isnad: {line} [gate]", file=sys.stderr)
        status = 1 if below else 0
    if lift and kept is not None:
        with atomic_text(path) as stream:
            stream.write(as_json(raised(report, gold=gold, floors=kept, allow_lower=allow_lower)))
    return status


__all__ = ["evaluate", "register"]
