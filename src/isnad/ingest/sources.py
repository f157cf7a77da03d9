"""What a SOURCE on the command line is, and the reports in it.

Files are told by their names, and by their first bytes where the name does not say: text, HTML, JSONL, JSON, CSV,
Telegram's `result.json`, WARC, a list of addresses; all of them may be gzipped.  A folder is all the files of these
kinds in it.  What begins with http:// or https:// is a page.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, groupby
from pathlib import Path
from typing import cast

import msgspec

from isnad.errors import Fault, UsageError
from isnad.ingest.columns import Columns
from isnad.ingest.documents import read_html, read_json, read_text_file
from isnad.ingest.fetch_collect import read_address_list
from isnad.ingest.meter import Meter
from isnad.ingest.origin import Item, Origin, Reader, now, unpacked
from isnad.ingest.sniff import PEEK, kind_by_head, kind_by_name
from isnad.ingest.table import read_csv
from isnad.ingest.table_jsonl import read_jsonl
from isnad.ingest.telegram import read_telegram
from isnad.ingest.warc import read_warc

STANDARD_INPUT = "-"
WEB = re.compile(r"https?://", re.I)
#: Kinds of file, as for `--as`, and what reads them.
READERS: dict[str, Reader] = {
    "text": read_text_file,
    "html": read_html,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "telegram": read_telegram,
}
KINDS = (*READERS, "warc", "urls")
_BUFFER = 1 << 18

#: Takes addresses, yields what became of each; it needs a fetcher with its limits, so it is handed in.
Fetch = Callable[[Sequence[str]], Iterator[Item]]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for all sources: kind (None: told by each), day and outlet where none is stated, columns, limit."""

    kind: str | None = None
    published: str | None = None
    outlet: str | None = None
    columns: Columns = Columns()
    limit: int = 8_000_000

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise UsageError(f"--as: there is no kind {self.kind!r}; the kinds are {', '.join(KINDS)}")


def read_sources(sources: Iterable[str], asked: Asked, *, meter: Meter, fetch: Fetch) -> Iterator[Item]:
    """Yield the reports of all sources in order, and a fault for everything that cannot be taken.

    HTML pages come out unread (`text` empty, `raw` the bytes).  `meter` is told how far reading is.
    """
    for web, group in groupby(sources, key=lambda source: WEB.match(source) is not None):
        if web:
            items = _fetched(list(group), asked, meter, fetch)
        else:
            items = chain.from_iterable(_read_source(source, asked, meter, fetch) for source in group)
        for item in items:
            meter.items += 1
            yield item


def _read_source(source: str, asked: Asked, meter: Meter, fetch: Fetch) -> Iterator[Item]:
    if source == STANDARD_INPUT:
        yield from _standard_input(asked)
    elif Path(source).is_dir():
        yield from _folder(Path(source), asked, meter, fetch)
    else:
        yield from _file(Path(source), asked.kind, asked, meter, fetch)


def is_slow(sources: Iterable[str], asked: Asked) -> bool:
    """Say whether reports come one by one from the network, so that each is worth storing at once."""
    return any(WEB.match(source) or kind_of(source, asked) == "urls" for source in sources)


def kind_of(source: str, asked: Asked) -> str | None:
    """Return the kind of a file by what is asked, its name, or its first bytes; None for a folder or no file."""
    path = Path(source)
    if asked.kind is not None or source == STANDARD_INPUT or not path.is_file():
        return asked.kind
    with suppress(OSError):
        return kind_by_name(path) or kind_by_head(_head(path))
    return None


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of known kinds under a folder, in the order of names; hidden ones are passed over."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            if not name.startswith(".") and kind_by_name(path, ambiguous=True) is not None:
                yield path


def _folder(folder: Path, asked: Asked, meter: Meter, fetch: Fetch) -> Iterator[Item]:
    empty = True
    for path in files_in(folder):
        empty = False
        yield from _file(path, asked.kind, asked, meter, fetch)
    if empty:
        yield Fault(path=str(folder), code="input.nothing", message="no file in this folder is of a kind that is read")


def _file(path: Path, kind: str | None, asked: Asked, meter: Meter, fetch: Fetch) -> Iterator[Item]:
    origin = _origin(str(path), path.absolute().as_posix(), asked)
    try:
        kind = kind or kind_by_name(path) or kind_by_head(_head(path))
        if kind == "urls":
            yield from _listed(path, asked, meter, fetch)
            return
        with path.open("rb", buffering=_BUFFER) as stream, meter.reading(stream):
            if kind == "warc":
                yield from read_warc(stream, origin)
            else:
                yield from unpacked(READERS[kind], stream, origin)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Fault(path=str(path), code="input.not-found", message=f"cannot be read: {reason}")


def _standard_input(asked: Asked) -> Iterator[Item]:
    given = sys.stdin.buffer
    stream = given if isinstance(given, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, given), _BUFFER)
    kind = asked.kind or kind_by_head(stream.peek(PEEK)[:PEEK])
    if kind not in READERS:
        raise UsageError(f"- (standard input) cannot be read as {kind}; give it as a file")
    yield from unpacked(READERS[kind], stream, _origin("<stdin>", "stdin", asked))


def _origin(path: str, address: str, asked: Asked) -> Origin:
    return Origin(
        path=path,
        address=address,
        fetched=now(),
        limit=asked.limit,
        published=asked.published,
        outlet=asked.outlet,
        columns=asked.columns,
    )


def _fetched(addresses: list[str], asked: Asked, meter: Meter, fetch: Fetch) -> Iterator[Item]:
    """Fetch addresses, and give what was asked for to pages that do not state it."""
    for item in fetch(addresses):
        meter.one()
        if isinstance(item, Fault):
            yield item
            continue
        yield msgspec.structs.replace(
            item, published=item.published or asked.published, outlet=item.outlet or asked.outlet
        )


def _listed(path: Path, asked: Asked, meter: Meter, fetch: Fetch) -> Iterator[Item]:
    """Fetch the addresses of a list, after naming the lines that are none."""
    addresses: list[str] = []
    for line in read_address_list(path):
        if isinstance(line, Fault):
            yield line
        else:
            addresses.append(line)
    yield from _fetched(addresses, asked, meter, fetch)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(PEEK)


__all__ = ["KINDS", "STANDARD_INPUT", "WEB", "Asked", "Fetch", "files_in", "is_slow", "kind_of", "read_sources"]
