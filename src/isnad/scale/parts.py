"""Folders of part files: articles, coded articles or incidents as JSONL (plain or gzipped) or Parquet.

A part appears whole or not at all, and `_manifest.json` beside the parts says which are done, from what, and with
what faults: a run that is killed leaves what it had done, and the next one does the rest.
"""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from isnad.errors import Fault, OutputError, UsageError

JSONL, PARQUET = "jsonl", "parquet"
MANIFEST = "_manifest.json"
_SUFFIXES = {".jsonl": JSONL, ".ndjson": JSONL, ".parquet": PARQUET}
_BATCH = 2_000  # rows of a Parquet group
_JSON = b"json"  # the mark of a column that holds JSON


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part that is done: the file it was made from with its size and time of change (ns), and what came of it."""

    source: str
    size: int
    changed: int
    rows: int
    events: int = 0
    faults: tuple[Fault, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`work` names what was done and with which words and options; `parts` are those done, by file name."""

    work: str
    parts: dict[str, Part] = {}


def list_parts(paths: Iterable[Path]) -> list[Path]:
    """Return the part files of `paths` (files, or folders whose own files are taken), in the order of names.

    UsageError where there is none, or two have one name.
    """
    out: list[Path] = []
    for path in paths:
        found = sorted(p for p in path.iterdir() if format_of(p) and p.name[0] not in "._") if path.is_dir() else [path]
        if not found or not all(format_of(p) and p.is_file() for p in found):
            raise UsageError(f"{path}: a cluster takes JSONL (also .gz) or Parquet files, or a folder of them")
        out += found
    names = [stem_of(path) for path in out]
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise UsageError(f"two parts are called {twice}: parts need names of their own")
    return out


def format_of(path: Path) -> str | None:
    """Return jsonl or parquet by the name of a file, None when it is neither."""
    name = path.name.lower().removesuffix(".gz")
    return next((format_ for suffix, format_ in _SUFFIXES.items() if name.endswith(suffix)), None)


def stem_of(path: Path) -> str:
    """Return the name of a part without what tells its format."""
    return path.name.removesuffix(".gz").rpartition(".")[0]


def state_of(path: Path) -> tuple[int, int]:
    """Return size and time of change (ns) of a file."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def read_manifest(folder: Path, work: str) -> Manifest:
    """Return what is done of `work` in `folder`; nothing where there is none, or it was other work."""
    try:
        found = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return Manifest(work=work)
    return found if found.work == work else Manifest(work=work)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of `folder`, whole or not at all."""
    write_whole(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file that appears whole or not at all; OutputError says why it cannot be written."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines([content] if isinstance(content, bytes) else content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def sweep(folder: Path) -> None:
    """Remove what killed processes left half written."""
    for left in folder.glob(".*.part"):
        left.unlink(missing_ok=True)


def read_lines(path: Path) -> Iterator[bytes]:
    """Yield the records of a part as lines of JSON without line ends; blank ones are passed over."""
    if format_of(path) == PARQUET:
        yield from _rows(path)
        return
    with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as stream:
        yield from (line for line in map(bytes.rstrip, stream) if line)


def write_lines(path: Path, lines: Iterable[bytes], *, columns: Sequence[str], plain: Collection[str]) -> None:
    """Write records, each an object in JSON, as a part whose format its name tells.

    In Parquet the keys of `columns` are columns of strings; all but the `plain` ones (strings or null) hold JSON.
    """
    if format_of(path) != PARQUET:
        write_whole(path, (line + b"\n" for line in lines))
        return
    arrow, parquet = _arrow()
    sink = arrow.BufferOutputStream()
    marks = {name: None if name in plain else {_JSON: b"1"} for name in columns}
    fields = [arrow.field(name, arrow.string(), metadata=mark) for name, mark in marks.items()]
    with parquet.ParquetWriter(sink, arrow.schema(fields), compression="zstd") as writer:
        rest = iter(lines)
        while batch := [msgspec.json.decode(line, type=dict[str, msgspec.Raw]) for line in islice(rest, _BATCH)]:
            held = [[_text(row.get(name), mark is not None) for row in batch] for name, mark in marks.items()]
            writer.write_table(arrow.table(held, schema=arrow.schema(fields)))
    write_whole(path, sink.getvalue().to_pybytes())


def _text(raw: msgspec.Raw | None, nested: bool) -> str | None:
    if raw is None:
        return None
    return bytes(raw).decode() if nested else msgspec.json.decode(raw, type=str | None)


def _rows(path: Path) -> Iterator[bytes]:
    """Yield the rows of a Parquet file as JSON objects, in the order of its columns."""
    _, parquet = _arrow()
    with parquet.ParquetFile(path) as file:
        nested = {field.name for field in file.schema_arrow if (field.metadata or {}).get(_JSON)}
        for batch in file.iter_batches(_BATCH):
            for row in batch.to_pylist():
                yield msgspec.json.encode(
                    {k: msgspec.Raw(v.encode()) if k in nested and v is not None else v for k, v in row.items()},
                    enc_hook=str,  # a column of days
                )


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise OutputError("Parquet needs an extra package: pip install 'isnad[parquet]'") from None
    return pyarrow, pyarrow.parquet


__all__ = [
    "JSONL",
    "MANIFEST",
    "PARQUET",
    "Manifest",
    "Part",
    "format_of",
    "list_parts",
    "read_lines",
    "read_manifest",
    "state_of",
    "stem_of",
    "sweep",
    "write_lines",
    "write_manifest",
    "write_whole",
]
