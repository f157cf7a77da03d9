"""The map's background, where one is wished for: tiles by URL, or a PMTiles file on this machine."""

from __future__ import annotations

import struct
from pathlib import Path

import msgspec

from isnad.errors import UsageError

#: The header of PMTiles version 3: a magic word, the version, and at the end what kind of tiles it holds.
_HEADER = 127
_MAGIC = b"PMTiles"
_VERSION, _KIND, _ZOOMS = 7, 99, 100
_KINDS = {1: "vector", 2: "png", 3: "jpeg", 4: "webp", 5: "avif"}
_SCHEMES = ("https://", "http://")


class Tiles(msgspec.Struct, frozen=True, kw_only=True):
    """Where tiles come from: `url`, a pattern with {z}, {x} and {y}, or `file`, a PMTiles file; never both."""

    url: str | None = None
    file: Path | None = None


def read_tiles(named: str | None) -> Tiles:
    """Return what a setting names; UsageError says why it is neither a pattern of a URL nor a PMTiles file."""
    if not named:
        return Tiles()
    if named.startswith(_SCHEMES):
        missing = [part for part in ("{z}", "{x}", "{y}") if part not in named]
        if missing:
            raise UsageError(
                f"tiles: {named} has no {', '.join(missing)}; a URL such as https://host/{{z}}/{{x}}/{{y}}.png"
            )
        return Tiles(url=named)
    path = Path(named).expanduser()
    _check(path)
    return Tiles(file=path.resolve())


def _check(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"tiles: {path}: {reason}; neither a URL (https://...) nor a PMTiles file") from None
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise UsageError(f"tiles: {path} is not a PMTiles file")
    if header[_VERSION] != 3:
        raise UsageError(f"tiles: {path} is PMTiles of version {header[_VERSION]}; version 3 is read (pmtiles convert)")
    if header[_KIND] not in _KINDS:
        raise UsageError(f"tiles: {path} holds tiles of an unknown kind; {', '.join(_KINDS.values())} are drawn")
    least, most = struct.unpack_from("BB", header, _ZOOMS)
    if least > most:
        raise UsageError(f"tiles: {path} is damaged: its zooms go from {least} to {most}")


__all__ = ["Tiles", "read_tiles"]
