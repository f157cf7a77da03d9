"""Files that appear whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, TextIO, cast

from isnad.errors import OutputError


@contextmanager
def atomic_text(path: Path) -> Iterator[TextIO]:
    """Open `path` for writing UTF-8; it appears when the block ends well, and is left as it was otherwise.

    A symbolic link stays one (its target is replaced).  What is no regular file (a pipe, /dev/stdout) is written
    straight.  OutputError says why it cannot be written.
    """
    with _atomic(path, binary=False) as stream:
        yield cast(TextIO, stream)


@contextmanager
def atomic_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for writing bytes, otherwise as `atomic_text`."""
    with _atomic(path, binary=True) as stream:
        yield cast(BinaryIO, stream)


@contextmanager
def _atomic(path: Path, *, binary: bool) -> Iterator[IO[str] | IO[bytes]]:
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with _open(path, binary=binary) as stream:
                yield stream
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _refusal(path, error) from None
    temporary = Path(name)
    try:
        with _open(handle, binary=binary) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode_for(target))
        temporary.replace(target)
    except OSError as error:
        raise _refusal(path, error) from None
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _open(where: Path | int, *, binary: bool) -> IO[str] | IO[bytes]:
    return open(where, "wb") if binary else open(where, "w", encoding="utf-8", newline="")


def _mode_for(target: Path) -> int:
    """Keep the rights of the file replaced; a new one gets the usual ones, not the private ones of mkstemp."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refusal(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}")


__all__ = ["atomic_bytes", "atomic_text"]
