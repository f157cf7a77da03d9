"""About how many articles lie under some paths, for a progress bar."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from isnad.ingest.files import GZIP_MAGIC, STANDARD_INPUT, kind_of


def estimate(paths: Iterable[str | Path]) -> int | None:
    """Return about how many articles lie under `paths`, for a progress bar; None where that cannot be said.

    Lines are counted in JSONL, anything else is one.  What cannot be read counts as one.
    """
    total = 0
    for path in paths:
        if str(path) == STANDARD_INPUT:
            return None
        for file in _files(Path(path)):
            try:
                total += _lines_in(file) if kind_of(file) == "jsonl" else 1
            except (OSError, EOFError, zlib.error):
                total += 1
    return total


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for root, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root) / n for n in names if not n.startswith(".") and kind_of(Path(n)))


def _lines_in(path: Path) -> int:
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP_MAGIC
    with gzip.open(path) if packed else path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


__all__ = ["estimate"]
