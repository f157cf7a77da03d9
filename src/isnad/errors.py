"""Everything that can go wrong, with codes that do not change (docs/errors.md lists them all).

An `IsnadError` stops the command; a `Fault` is a record: one article or file could not be taken as it is, and the
rest goes on.  Both carry a code from `CODES`, which the command line, the documents and later doors share.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

#: Stable code → what it means.  Codes are never renamed or used again for something else.
CODES: dict[str, str] = {
    "usage": "the command was called in a way that it does not understand",
    "input.not-found": "the file or folder does not exist or cannot be opened",
    "input.empty": "there is no text",
    "input.binary": "the file is not text",
    "input.encoding": "the bytes are not UTF-8 and no Arabic code page fits them",
    "input.decoded": "the text was in an older Arabic code page and was read as that (nothing skipped)",
    "input.too-large": "the line or file is longer than the limit in the settings",
    "input.gzip": "the compressed file is broken or cut off",
    "input.json": "the line is not a JSON object",
    "input.missing-key": "the JSON object lacks a key that is needed",
    "input.type": "a value in the JSON object has the wrong type",
    "input.date": "the publication day is not a day of the calendar written YYYY-MM-DD",
    "input.surrogate": "the text holds half of a surrogate pair, which is no character",
    "input.html": "no main text was found in the page",
    "input.nothing": "the folder holds no file that can be read",
    "coding.language": "the article is not in Arabic; nothing was coded in it",
    "coding.crash": "coding this article failed; it is a fault of the program, please report it",
    "coding.killed": "the process that coded this article was killed or ran out of memory",
    "output": "the output could not be written",
    "gold": "the gold or system file cannot be read as coded articles",
    "gate": "a figure lies below its floor",
    "lexicon": "a lexicon file is at fault",
    "places": "a table of places cannot be read",
    "training": "the weights could not be trained",
    "internal": "something unforeseen went wrong; it is a fault of the program, please report it",
}


class IsnadError(Exception):
    """The root of the tree.  `str(error)` is one line for people; `code` is for programs."""

    code: ClassVar[str] = "internal"
    exit_status: ClassVar[int] = 1


class UsageError(IsnadError):
    """The command or function was called in a way that makes no sense."""

    code = "usage"
    exit_status = 2


class OutputError(IsnadError):
    """The output cannot be written."""

    code = "output"


class GoldError(IsnadError):
    """A gold or system file cannot be read as coded articles."""

    code = "gold"


class GateError(IsnadError):
    """A figure lies below its floor, or a floor would be lowered without leave."""

    code = "gate"


class LexiconError(IsnadError):
    """A lexicon file is at fault; the message names file, line and fault."""

    code = "lexicon"


class PlacesError(IsnadError):
    """A table of places cannot be read."""

    code = "places"


class TrainingError(IsnadError):
    """The weights could not be trained."""

    code = "training"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one article or file.

    `skipped` says whether something was left out because of it; a fault that is a mere notice has False.
    `line` counts from 1 and is None where the fault is not in one line.
    """

    path: str
    code: str
    message: str
    line: int | None = None
    doc_id: str | None = None
    skipped: bool = True

    def __str__(self) -> str:
        """Return the one line shown to people: place, message, code."""
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message} [{self.code}]"


__all__ = [
    "CODES",
    "Fault",
    "GateError",
    "GoldError",
    "IsnadError",
    "LexiconError",
    "OutputError",
    "PlacesError",
    "TrainingError",
    "UsageError",
]
