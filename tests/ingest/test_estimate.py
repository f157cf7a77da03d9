"""Counting ahead for the progress bar."""

from __future__ import annotations

import gzip
from pathlib import Path

from isnad.ingest.estimate import estimate


def test_lines_of_jsonl_and_one_for_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"{}\n{}\n{}\n"))
    (tmp_path / "c.txt").write_text("x\ny\n", encoding="utf-8")
    (tmp_path / "d.png").write_bytes(b"x")
    assert estimate([tmp_path]) == 6
    assert estimate([tmp_path / "absent.jsonl"]) == 1
    assert estimate(["-", tmp_path]) is None
