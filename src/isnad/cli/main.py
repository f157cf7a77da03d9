"""The `isnad` command: its commands, and one line with a code for everything that goes wrong."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import Annotated, NoReturn

import typer

from isnad.cli import (
    add,
    browse,
    code,
    db,
    evaluate,
    explain,
    export,
    feeds,
    incidents,
    lexicon,
    places,
    recode,
    review,
    schema,
    serve,
    train,
    users,
    watch,
)
from isnad.errors import IsnadError

#: Exit statuses (docs/cli.md): 0 well; 1 failed; 2 not understood; 3 done, but something was skipped; 130 interrupted.
OK, FAILED, USAGE, SKIPPED, INTERRUPTED = 0, 1, 2, 3, 130
_BROKEN_PIPE = 141

app = typer.Typer(
    name="isnad",
    help="Reads Arabic conflict news: who did what to whom, where, when, and on whose word.",
    epilog="Start with: isnad demo",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (
    code,
    explain,
    add,
    watch,
    feeds,
    recode,
    browse,
    incidents,
    review,
    serve,
    users,
    db,
    export,
    lexicon,
    places,
    evaluate,
    train,
    schema,
):
    module.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"isnad {version('isnad')}")
        raise typer.Exit(OK)


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Options before the command."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; nothing but the status comes back."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--traceback" in given  # hidden: for reports of faults in the program
    given = [argument for argument in given if argument != "--traceback"]
    try:
        status = int(app(given, prog_name="isnad", standalone_mode=False) or OK)
        return _fail("interrupted", INTERRUPTED) if status == INTERRUPTED else status
    except IsnadError as error:
        return _fail(f"{error} [{error.code}]", error.exit_status)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 (the last resort: a line for the user instead of a traceback)
        if hasattr(error, "format_message"):  # the command-line library's own complaints
            return _misunderstood(error)
        if debug:
            traceback.print_exc()
        return _fail(f"{type(error).__name__}: {error} [internal] (--traceback shows where)", FAILED)


def _misunderstood(error: Exception) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "isnad"
    message = " ".join(error.format_message().split())  # type: ignore[attr-defined]
    return _fail(f"{message} Try: {path} --help [usage]", USAGE)


def _fail(message: str, status: int) -> int:
    print(f"isnad: {' '.join(message.split())}", file=sys.stderr)
    return status


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def main() -> NoReturn:
    """The entry point: ends the process with the exit status."""
    signal.signal(signal.SIGTERM, _interrupt)  # so that an ended run removes its temporary file
    for stream in (sys.stdout, sys.stderr):  # Arabic must come out whatever the locale says
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run())


__all__ = ["app", "main", "run"]
