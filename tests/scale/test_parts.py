"""Part files: whole or not at all, the same content in every format, and pieces of one file."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnad.errors import OutputError, UsageError
from isnad.scale.parts import (
    Manifest,
    Part,
    list_parts,
    read_lines,
    read_manifest,
    write_lines,
    write_manifest,
    write_whole,
)
from isnad.scale.slices import read_slice, read_slices, write_slices

records = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.none() | st.text(max_size=8),
            "tree": st.recursive(st.none() | st.integers(-99, 99) | st.text(max_size=5), st.lists, max_leaves=5),
        }
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records)
def test_every_format_gives_back_the_same_lines(tmp_path: Path, rows) -> None:
    """What is written as a part is read back as the same bytes, from JSONL and from Parquet; null stays null."""
    lines = [msgspec.json.encode({"name": row["name"], "tree": row["tree"]}) for row in rows]
    for suffix in ("jsonl", "parquet"):
        path = tmp_path / f"part.{suffix}"
        write_lines(path, iter(lines), columns=("name", "tree"), plain=("name",))
        assert list(read_lines(path)) == lines


def test_gzip_is_read(tmp_path: Path) -> None:
    """A part may be compressed; blank lines are passed over."""
    path = tmp_path / "part.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"a":1}\n\n{"a":2}'))
    assert list(read_lines(path)) == [b'{"a":1}', b'{"a":2}']


def test_a_part_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    """When its lines stop with an error, the file is as it was and nothing else lies there."""
    path = tmp_path / "part.jsonl"
    path.write_bytes(b"old\n")

    def lines():
        yield b"new"
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError):
        write_lines(path, lines(), columns=(), plain=())
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("part.jsonl", b"old\n")]
    with pytest.raises(OutputError):
        write_whole(tmp_path / "no folder" / "x", b"")


def test_a_manifest_of_other_work_counts_for_nothing(tmp_path: Path) -> None:
    """What was done with other words or options is done again; so it is where the manifest is broken."""
    done = Manifest(work="code, version 1", parts={"a.jsonl": Part(source="a", size=1, changed=2, rows=3)})
    write_manifest(tmp_path, done)
    assert read_manifest(tmp_path, "code, version 1") == done
    assert read_manifest(tmp_path, "code, version 2").parts == {}
    (tmp_path / "_manifest.json").write_bytes(b'{"work": "code, ver')
    assert read_manifest(tmp_path, "code, version 1").parts == {}


def test_parts_are_listed_in_order_and_others_refused(tmp_path: Path) -> None:
    """Files of a folder by name, hidden ones and notes left out; an empty folder and twins are refused."""
    for name in ("b.jsonl", "a.parquet", "_manifest.json", ".x.jsonl", "notes.txt", "c.jsonl.gz"):
        (tmp_path / name).write_bytes(b"")
    assert [p.name for p in list_parts([tmp_path])] == ["a.parquet", "b.jsonl", "c.jsonl.gz"]
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.jsonl").write_bytes(b"")
    for paths in ([tmp_path / "empty"], [tmp_path / "notes.txt"], [tmp_path / "gone.jsonl"], [tmp_path]):
        with pytest.raises(UsageError):
            list_parts(paths)


@given(st.dictionaries(st.text(max_size=5), st.binary(max_size=50), max_size=5))
def test_each_piece_is_read_alone(tmp_path_factory: pytest.TempPathFactory, pieces) -> None:
    """Any piece of a file of pieces is read as it was written, and what is not there is None."""
    path = tmp_path_factory.mktemp("slices") / "x"
    write_slices(path, pieces)
    assert {name: read_slice(path, name) for name in pieces} == pieces
    assert read_slices(path) == pieces
    assert read_slice(path, "not there") is None
