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
    "input.twice": "the file holds the same incident twice; the first is taken",
    "input.html": "no main text was found in the page",
    "input.nothing": "the folder holds no file that can be read",
    "input.table": "the row of the table cannot be read",
    "input.columns": "the table has no column of that name or number",
    "input.telegram": "the file or post is not as Telegram Desktop exports them",
    "input.warc": "the record of the WARC file is broken, or the file is none",
    "input.media": "posts without text were passed over (notice)",
    "input.service": "service messages were passed over (notice)",
    "input.private": "a private chat is no public source; it was not read (notice)",
    "input.no-page": "records of the archive that are no web page were passed over (notice)",
    "input.revisit": "records that repeat a page were passed over (notice)",
    "fetch.address": "the address is not one that can be fetched (http or https, no password in it)",
    "fetch.private-address": "the name leads to a private, local or reserved network address; nothing was fetched",
    "fetch.dns": "the name of the host was not found",
    "fetch.connect": "the host does not accept a connection",
    "fetch.tls": "no trustworthy encrypted connection could be made",
    "fetch.timeout": "the server took longer than the limit in the settings",
    "fetch.protocol": "the answer breaks the rules of HTTP or broke off",
    "fetch.redirect": "the redirects go in a circle, are too many, or lead to what is not a web address",
    "fetch.too-large": "the answer is larger than the limit in the settings, as sent or unpacked",
    "fetch.encoding": "the compression of the answer is broken or unknown",
    "fetch.type": "the answer is of a kind that is not read (no page, feed or text)",
    "fetch.status": "the server answered with an error",
    "fetch.busy": "the server asks to come back later",
    "fetch.robots": "the robots.txt of the host forbids the address, or cannot be had now",
    "fetch.stopped": "fetching was interrupted before this address was done",
    "fetch.list": "a line of the file of addresses is no address",
    "feed.html": "the address of the feed holds a web page, not a feed",
    "feed.entities": "the feed declares XML entities, which no news feed needs; it was not read",
    "feed.broken": "the feed cannot be read as RSS or Atom",
    "feed.too-many": "the feed has more entries than the limit in the settings; the first were taken (notice)",
    "feed.no-link": "an entry of the feed has no address",
    "coding.language": "the article is not in Arabic; nothing was coded in it",
    "coding.crash": "coding this article failed; it is a fault of the program, please report it",
    "coding.killed": "the process that coded this article was killed or ran out of memory",
    "output": "the output could not be written",
    "gold": "the gold or system file cannot be read as coded articles",
    "gate": "a figure lies below its floor",
    "lexicon": "a lexicon file is at fault",
    "places": "a table of places cannot be read",
    "training": "the weights could not be trained",
    "store.missing": "there is no such database, or its address is not understood",
    "store.locked": "another program is writing to the database and does not let go",
    "store.readonly": "the database can be read but not written",
    "store.full": "the disk is full; what was acknowledged is safe",
    "store.unreachable": "the database cannot be opened, or its server cannot be reached",
    "store.newer": "the database was made by a newer isnad",
    "store.older": "the database was made by an older isnad and must be upgraded first",
    "store.damaged": "the file is no isnad database, or it is damaged",
    "store.unknown": "there is no such article in the store",
    "store.stale": "the incidents have been changed by somebody else meanwhile",
    "incident.unknown": "there is no such incident in the store",
    "review.stale": "what is decided upon has changed since it was read; read it again",
    "review.unknown": "there is no such decision, or what it is upon is not there",
    "review.value": "the decision makes no sense as it was given",
    "review.undone": "the decision was taken back already",
    "api.invalid": "a value of the request cannot be what it is",
    "api.json": "the body of the request cannot be read",
    "api.parameter": "the address has no such parameter",
    "api.query": "there is no word to search for in q",
    "api.cursor": "the cursor is not one that a page gave",
    "api.not-found": "there is nothing at this address of the API",
    "api.method": "the address does not take this method",
    "api.signed-out": "nobody is signed in, or the key or session is not valid any more",
    "api.scope": "whoever asks has not the scope that this needs",
    "api.csrf": "a browser's write came without the token of its session",
    "api.origin": "a page of another site tried to write",
    "api.host": "the server was called by a name that it does not answer to",
    "api.login": "the name or the password is wrong",
    "api.link": "the one-time link was used already or is too old",
    "api.rate": "too many requests in a short time",
    "api.busy": "too many jobs wait, or too many things are kept, already",
    "api.precondition": "If-Match is missing",
    "api.changed": "what is to be changed is another by now than what was read",
    "api.too-large": "the request is larger than the limit in the settings",
    "api.not-made": "the file of an export was removed; export again",
    "cluster": "the cluster cannot be reached, or a task on it failed",
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


class ClusterError(IsnadError):
    """The cluster cannot be reached, or a task on it failed; parts that were done stay done."""

    code = "cluster"


class StoreError(IsnadError):
    """The store cannot be opened, read or written; `code` is the one of `store.*` that says why."""

    code = "store.damaged"

    def __init__(self, message: str, *, code: str = "store.damaged") -> None:
        super().__init__(message)
        self.code = code  # type: ignore[misc]  # one class for all: callers ask for the code


class ReviewError(IsnadError):
    """A decision cannot be made; `code` is the one of `review.*` that says why."""

    code = "review.value"

    def __init__(self, message: str, *, code: str = "review.value") -> None:
        super().__init__(message)
        self.code = code  # type: ignore[misc]  # one class for all: callers ask for the code


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
    "ClusterError",
    "Fault",
    "GateError",
    "GoldError",
    "IsnadError",
    "LexiconError",
    "OutputError",
    "PlacesError",
    "ReviewError",
    "StoreError",
    "TrainingError",
    "UsageError",
]
