"""Bytes to text, whatever character set is claimed."""

from __future__ import annotations

import pytest
from tests.ingest.server.site import page
from tests.ingest.server.tools import TEXT

from isnad.ingest.fetch_text import read_text


@pytest.mark.parametrize(
    ("data", "claim"),
    [
        (TEXT.encode("windows-1256"), "windows-1256"),
        (TEXT.encode("windows-1256"), "utf-8"),
        (TEXT.encode("windows-1256"), "iso-8859-1"),
        (TEXT.encode("windows-1256"), None),
        (TEXT.encode("windows-1256"), "no-such-set"),
        (TEXT.encode("utf-8"), "windows-1256"),
        (TEXT.encode("utf-8-sig"), "windows-1256"),
        (TEXT.encode("utf-16"), "utf-8"),
        (TEXT.encode("iso8859-6", errors="ignore"), "iso-8859-6"),
    ],
)
def test_the_bytes_are_believed_before_the_claim(data: bytes, claim: str | None) -> None:
    """Right, lying, unknown and missing character sets all give the same Arabic."""
    text, _ = read_text(data, charset=claim, path="x")
    assert text is not None
    assert text.replace("،", "") == TEXT.replace("،", "") or text == TEXT


@pytest.mark.parametrize("part", [b"<", b"<script ", b"<!--", b"<a>\xd3", b"\xd3\xe1 ", b"\xd9\x85\xff<"])
def test_telling_the_set_of_hostile_bytes_costs_little(part: bytes) -> None:
    """Broken bytes without end are read as what is claimed, millions of them in a moment (else this hangs)."""
    data = b"\xff" + part * (2_000_000 // len(part))
    text, _ = read_text(data, charset="windows-1256", path="x")
    assert text == data.decode("windows-1256")


def test_a_page_with_mixed_sets_is_read_part_by_part() -> None:
    """A page in UTF-8 with a part in windows-1256 loses nothing, and a notice says so."""
    data = page(TEXT, TEXT) + b"<div>" + TEXT.encode("windows-1256") + b"</div>"
    text, notice = read_text(data, charset="utf-8", path="x")
    assert text is not None
    assert text.count(TEXT) == 3
    assert notice is not None
    assert (notice.code, notice.skipped) == ("input.decoded", False)
