"""`isnad code` and `isnad demo`: articles in, events out."""

from __future__ import annotations

import shutil
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, TextIO

import typer

from isnad.cli.coders import coder_maker
from isnad.cli.report import Run
from isnad.errors import Fault, UsageError
from isnad.export import FORMATS, Writer, atomic_text, writer_for
from isnad.ingest import Received, read_articles
from isnad.ingest.estimate import estimate
from isnad.ingest.jsonl import Refusal, day_of
from isnad.model import CodedArticle
from isnad.scale import code_many
from isnad.scale.many import MakeCoder
from isnad.settings import Settings, settings_from

SKIPPED = 3
_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
}
_LANGUAGES = {"fa": "Persian", "ur": "Urdu", "ku": "Kurdish", "ps": "Pashto", "other": "another script"}

To = Annotated[str | None, typer.Option("--to", help=f"Format: {', '.join(FORMATS)}.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write here; the file appears whole, when all is done.")
]
Lexicon = Annotated[
    list[Path] | None, typer.Option("--lexicon", help="Your own words, a folder of YAML; repeatable.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("code")(code)
    app.command("demo")(demo)


def code(
    paths: Annotated[
        list[str], typer.Argument(help="Text, HTML or JSONL files (or .gz), folders, - for stdin.")
    ],
    published: Annotated[
        str | None, typer.Option(help="Day of publication (YYYY-MM-DD) of articles that do not state it.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of articles that do not state it.")] = None,
    output: Output = None,
    to: To = None,
    workers: Annotated[int, typer.Option(help="Processes; 0 for one a core.", min=0)] = 1,
    lexicon: Lexicon = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler: parts in PATHS to parts in the folder -o.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No bar and no summary.")] = False,
) -> int:
    """Code articles: read PATHS and write their events.

    What cannot be read is named in one line, with file and line, and skipped; the rest is coded.
    Exit status: 0 all coded, 3 something was skipped, 2 not understood, 1 failed, 130 interrupted.

    \b
    Examples:
      isnad code report.txt --published 2020-12-23 --outlet orient-net
      isnad code articles.jsonl.gz --to jsonl -o events.jsonl --workers 0
      isnad code page.html --to html -o page-events.html
      cat report.txt | isnad code - --published 2020-12-23
      isnad code parts/ -o coded/ --cluster tcp://head:8786
    """
    day = given_day(published)
    settings = settings_from()
    if cluster is not None:
        from isnad.cli.cluster import Options, code_on

        words = tuple(str(folder.absolute()) for folder in lexicon or ())
        options = Options(published=day, outlet=outlet, lexicon=words, settings=settings)
        run = Run(bar=False, quiet=quiet)
        return SKIPPED if code_on(cluster, paths, output=output, format_=to, options=options, run=run) else 0
    format_ = _format(to, output)
    bar = not quiet and sys.stderr.isatty() and (output is not None or not sys.stdout.isatty())
    articles = read_articles(paths, published=day, outlet=outlet, settings=settings)
    return code_all(
        articles,
        format_=format_,
        output=output,
        workers=workers,
        lexicon=lexicon or (),
        settings=settings,
        run=Run(total=estimate(paths) if bar else None, bar=bar, quiet=quiet),
    )


def demo(output: Output = None, to: To = None, lexicon: Lexicon = None) -> int:
    """Code the sample articles that come with isnad: the same happenings told by outlets of opposed sides.

    The articles are compositions in the register of war reporting, from outlets that do not exist.

    \b
    Examples:
      isnad demo
      isnad demo --to html -o demo.html
    """
    with as_file(files("isnad.cli").joinpath("samples")) as folder:
        return code_all(
            read_articles([folder]),
            format_=_format(to, output),
            output=output,
            workers=1,
            lexicon=lexicon or (),
            settings=settings_from(),
            run=Run(bar=False),
        )


def code_all(
    articles: Iterable[Received | Fault],
    *,
    format_: str,
    output: Path | None,
    workers: int,
    lexicon: Sequence[Path],
    settings: Settings,
    run: Run,
    make_coder: MakeCoder | None = None,
) -> int:
    """Code `articles` into `output` (standard output when None); return the exit status.

    `make_coder` is what makes the coder where it is not that of `lexicon`.
    """
    origins: deque[Received | Fault] = deque()
    make_coder = make_coder or coder_maker(lexicon, settings)
    results = code_many(_noting(articles, origins), make_coder=make_coder, workers=workers)
    terminal = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    writer = writer_for(format_, width=width, colour=terminal)
    with _opened(output) as stream, run:
        _write(results, origins, writer, stream, run)
    run.summary()
    return SKIPPED if run.skipped else 0


def _write(
    results: Iterable[CodedArticle | Fault],
    origins: deque[Received | Fault],
    writer: Writer,
    stream: TextIO,
    run: Run,
) -> None:
    stream.write(writer.begin())
    for result in results:
        origin = origins.popleft()
        if isinstance(result, Fault):
            run.fault(_placed(result, origin))
            continue
        run.coded(result)
        if result.note:
            run.fault(_placed(_left_uncoded(result), origin))
        stream.write(writer.article(result))
    stream.write(writer.end())
    stream.flush()


def _noting(
    articles: Iterable[Received | Fault], origins: deque[Received | Fault]
) -> Iterator[Received | Fault]:
    """Pass articles on, remembering in order where each came from until its result is back."""
    for article in articles:
        origins.append(article)
        yield article


def _placed(fault: Fault, origin: Received | Fault) -> Fault:
    """Give a fault of coding the file and line of its article."""
    if isinstance(origin, Fault):
        return fault
    return Fault(
        path=origin.path,
        line=origin.line,
        code=fault.code,
        message=fault.message,
        doc_id=fault.doc_id,
        skipped=fault.skipped,
    )


def _left_uncoded(coded: CodedArticle) -> Fault:
    """The coder's note on an article as a fault: nothing was coded in it."""
    note = coded.note or ""
    name = note.removeprefix("language: ")
    code, message = "input.empty", "there is no text to code"
    if name != note:
        code, message = "coding.language", f"not Arabic ({_LANGUAGES.get(name, name)}); nothing was coded"
    return Fault(path=coded.doc_id, doc_id=coded.doc_id, code=code, message=message)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
    else:
        with atomic_text(output) as stream:
            yield stream


def _format(to: str | None, output: Path | None) -> str:
    """Return the format asked for, else what the output's name says, else a table."""
    if to is not None:
        if to not in FORMATS:
            raise UsageError(f"unknown format {to!r}; one of {', '.join(FORMATS)}")
        return to
    if output is None:
        return "table"
    format_ = _SUFFIXES.get(output.suffix.lower())
    if format_ is None:
        raise UsageError(f"{output}: the name does not tell the format; add --to ({', '.join(FORMATS)})")
    return format_


def given_day(value: str | None) -> str | None:
    """Return the day given on the command line; UsageError when it is none."""
    try:
        return day_of(value)
    except Refusal as refusal:
        raise UsageError(f"--published: {refusal}") from None


__all__ = ["code", "code_all", "demo", "given_day", "register"]
