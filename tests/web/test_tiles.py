"""A PMTiles file as the map's background: what may be named, how it is handed out, and that its tiles are drawn."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from isnad.errors import UsageError
from isnad.settings import settings_from
from isnad.web.tiles import Tiles, read_tiles

Serve = Callable[..., str]
RunSpec = Callable[..., None]
MAGENTA = (230, 20, 200)
VECTOR, PNG = 1, 2
_HEADER = struct.Struct("<7sB11QBBBBBBiiiiBii")
_EXTENT = 4096


def write_pmtiles(path: Path, tile: bytes, kind: int, metadata: dict[str, object]) -> Path:
    """Write a file with one tile at zoom 0, nothing compressed."""
    told = json.dumps(metadata).encode()
    root = b"".join(_varint(n) for n in (1, 0, 1, len(tile), 1))  # one entry: id 0, run of one, length, offset 0 + 1
    at = _HEADER.size
    places = (at, len(root), at + len(root), len(told), 0, 0, at + len(root) + len(told), len(tile), 1, 1, 1)
    box = (-180 * 10**7, -85 * 10**7, 180 * 10**7, 85 * 10**7)
    header = _HEADER.pack(b"PMTiles", 3, *places, 1, 1, 1, kind, 0, 0, *box, 0, 0, 0)
    path.write_bytes(header + root + told + tile)
    return path


def one_colour_png(rgb: tuple[int, int, int], size: int = 256) -> bytes:
    """Return a picture of one colour."""
    rows = (b"\0" + bytes(rgb) * size) * size
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def whole_world_mvt(layer: str) -> bytes:
    """Return a vector tile with one layer whose one polygon covers the tile."""
    end = _zigzag(_EXTENT)
    ring = [9, 0, 0, 26, end, 0, 0, end, _zigzag(-_EXTENT), 0, 15]  # move to, three lines, close
    geometry = b"".join(_varint(n) for n in ring)
    feature = _field(3, 0, _varint(3)) + _field(4, 2, _varint(len(geometry)) + geometry)
    inside = _text(1, layer) + _bytes(2, feature) + _field(5, 0, _varint(_EXTENT)) + _field(15, 0, _varint(2))
    return _bytes(3, inside)


def _varint(n: int) -> bytes:
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes([*out, n])


def _zigzag(n: int) -> int:
    return n << 1 if n >= 0 else (-n << 1) - 1


def _field(number: int, kind: int, value: bytes) -> bytes:
    return _varint(number << 3 | kind) + value


def _bytes(number: int, value: bytes) -> bytes:
    return _field(number, 2, _varint(len(value)) + value)


def _text(number: int, value: str) -> bytes:
    return _bytes(number, value.encode())


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Return a file whose tile is one colour."""
    return write_pmtiles(tmp_path / "world.pmtiles", one_colour_png(MAGENTA), PNG, {"attribution": "Nobody's map"})


def test_a_setting_names_a_url_or_a_file(picture: Path) -> None:
    """A URL with its three parts, a PMTiles file, or nothing; also by ISNAD_TILES."""
    assert read_tiles(None) == read_tiles("") == Tiles()
    url = "https://tiles.example/{z}/{x}/{y}.png"
    assert read_tiles(url) == Tiles(url=url)
    assert read_tiles(str(picture)) == Tiles(file=picture.resolve())
    assert settings_from({"ISNAD_TILES": url}).tiles == url
    assert settings_from({}).tiles is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        (b"", "is not a PMTiles file"),
        (b"SQLite format 3\0" + bytes(200), "is not a PMTiles file"),
        (b"PMTiles\x02" + bytes(200), "is PMTiles of version 2"),
        (b"PMTiles\x03" + bytes(200), "holds tiles of an unknown kind"),
    ],
)
def test_what_is_no_tiles_is_told_in_one_line(tmp_path: Path, content: bytes | None, said: str) -> None:
    """A missing or a wrong file is named with what is wrong, before the server starts."""
    path = tmp_path / "wrong.pmtiles"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_tiles(str(path))
    options = ["serve", "--db", str(tmp_path / "x.db"), "--port", "0", "--auth", "none", "--tiles", str(path)]
    done = subprocess.run(
        [sys.executable, "-c", "from isnad.cli.main import main; main()", *options],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "x.db").exists(), "nothing was made"


def test_a_url_without_its_parts_is_refused() -> None:
    """Tiles cannot be asked for where a part is missing."""
    with pytest.raises(UsageError, match=r"has no \{y\}"):
        read_tiles("https://tiles.example/{z}/{x}.png")


def test_parts_are_handed_out(store: Path, serve: Serve, picture: Path) -> None:
    """Range is answered 206 with these bytes, beyond the end 416; to nobody who may not read; 404 without a file."""
    whole = picture.read_bytes()
    base = serve(store, "--auth", "none", "--tiles", str(picture)).rstrip("/")
    at = f"{base}/api/v1/tiles.pmtiles"
    part = httpx.get(at, headers={"Range": "bytes=0-126"})
    assert (part.status_code, part.content) == (206, whole[:127])
    assert part.headers["content-range"] == f"bytes 0-126/{len(whole)}"
    assert httpx.get(at, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert httpx.get(f"{base}/api/v1/meta").json()["tiles"] == "/api/v1/tiles.pmtiles"
    closed = serve(store, "--tiles", str(picture)).partition("/api/")[0]
    assert httpx.get(f"{closed}/api/v1/tiles.pmtiles").status_code == 401
    none = serve(store, "--auth", "none").rstrip("/")
    assert httpx.get(f"{none}/api/v1/tiles.pmtiles").status_code == 404


def test_tiles_of_the_file_are_drawn(
    run_spec: RunSpec, store: Path, serve: Serve, tmp_path: Path, picture: Path
) -> None:
    """A browser asks for parts of it, gets 206, and shows pictures as well as vector tiles; nothing leaves."""
    told: dict[str, object] = {"vector_layers": [{"id": "water", "fields": {}}]}
    vector = write_pmtiles(tmp_path / "vector.pmtiles", whole_world_mvt("water"), VECTOR, told)
    for kind, file in (("picture", picture), ("vector", vector)):
        address = serve(store, "--auth", "none", "--tiles", str(file)).rstrip("/")
        run_spec("tiles.mjs", ISNAD_TEST_URL=address, ISNAD_TEST_KIND=kind)
