"""Reprints among the articles of a folder of parts: the workers read the texts, here only what they found is compared.

The shingles stay in files that are mapped into memory, so that the process that joins holds 200 bytes an article and
reads the shingles of those it has to compare.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from isnad.model import Article
from isnad.scale.cluster import do_parts
from isnad.scale.parts import Part, list_parts, read_lines, state_of, stem_of, write_whole
from isnad.weigh.reprints import Print, Reprints, print_of
from isnad.weigh.reprints_minhash import bands_of
from isnad.weigh.reprints_shingles import Shingles

if TYPE_CHECKING:
    from distributed import Client

_WORK = "prints 1"


class _Head(msgspec.Struct, array_like=True):
    """What is kept of a report beside its numbers; `shingles` and `bands` count those that follow it."""

    key: str
    published: str | None
    outlet: str | None
    forwarded: str | None
    digest: bytes | None
    shingles: int
    bands: int


class _Report(Article, frozen=True, kw_only=True):
    forwarded_from: str | None = None


def join_reprints(client: Client, source: Path, folder: Path) -> Reprints:
    """Return the index of reprints over the parts of `source`; what is read of them is kept in `folder`."""
    parts = {f"{stem_of(path)}.prints": path for path in list_parts([source])}
    done = do_parts(client, print_part, parts, folder, name=_WORK)
    index = Reprints()
    for file in done.parts:
        index.add_prints(read_prints(folder / file))
    return index


def print_part(source: Path, target: Path) -> Part:
    """Write what is read of the texts of one part (a task)."""
    heads: list[_Head] = []
    numbers: list[Shingles] = []
    decoder = msgspec.json.Decoder(_Report)
    for article in map(decoder.decode, read_lines(source)):
        report = (article.doc_id, article.text, article.published, article.outlet, article.forwarded_from)
        one = print_of(report)
        bands = bands_of(one.shingles) if len(one.shingles) else one.shingles
        digest = one.digest
        heads.append(_Head(*report[:1], *report[2:], digest, len(one.shingles), len(bands)))
        numbers += [one.shingles, bands]
    size, changed = state_of(source)
    stream = io.BytesIO()
    np.save(stream, np.concatenate(numbers) if numbers else np.empty(0, dtype=np.uint64))
    write_whole(target.with_suffix(".npy"), stream.getvalue())
    write_whole(target, msgspec.msgpack.encode(heads))
    return Part(source=source.name, size=size, changed=changed, rows=len(heads))


def read_prints(path: Path) -> Iterator[Print]:
    """Yield what `print_part` wrote, in order."""
    numbers: Shingles = np.load(path.with_suffix(".npy"), mmap_mode="r")
    at = 0
    for head in msgspec.msgpack.decode(path.read_bytes(), type=list[_Head]):
        middle, end = at + head.shingles, at + head.shingles + head.bands
        yield Print(
            key=head.key,
            published=head.published,
            outlet=head.outlet,
            forwarded=head.forwarded,
            digest=head.digest,
            shingles=numbers[at:middle],
            bands=np.array(numbers[middle:end]) if head.bands else None,
        )
        at = end


__all__ = ["join_reprints", "print_part", "read_prints"]
