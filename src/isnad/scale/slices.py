"""One file with several named pieces of bytes, any of which is read without the others.

What many tasks hand to many tasks (articles to the incidents they tell of) goes through such files: one for each task
that writes, instead of one for each pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate
from pathlib import Path

import msgspec

from isnad.scale.parts import write_whole

_HEAD = 8  # bytes that tell how long the table of pieces is


def write_slices(path: Path, pieces: Mapping[str, bytes]) -> None:
    """Write the pieces; the file appears whole or not at all."""
    ends = list(accumulate(map(len, pieces.values())))
    table = msgspec.json.encode({name: (end - len(pieces[name]), end) for name, end in zip(pieces, ends, strict=True)})
    write_whole(path, [len(table).to_bytes(_HEAD, "big"), table, *pieces.values()])


def read_slice(path: Path, name: str) -> bytes | None:
    """Return a piece; None where the file has none of that name."""
    return read_slices(path, (name,)).get(name)


def read_slices(path: Path, names: Iterable[str] | None = None) -> dict[str, bytes]:
    """Return the pieces of those names that are there, all of them when no names are given."""
    with path.open("rb") as stream:
        length = int.from_bytes(stream.read(_HEAD), "big")
        table = msgspec.json.decode(stream.read(length), type=dict[str, tuple[int, int]])
        out = {}
        for name in table if names is None else names:
            if name in table:
                start, end = table[name]
                stream.seek(_HEAD + length + start)
                out[name] = stream.read(end - start)
    return out


__all__ = ["read_slice", "read_slices", "write_slices"]
