"""WARC files: which records are pages, and that a broken one costs itself only."""

from __future__ import annotations

import gzip
import io
import random

import pytest

from isnad.errors import CODES, Fault
from isnad.ingest.origin import Origin, PassedOver
from isnad.ingest.warc import read_warc
from isnad.model.intake import Incoming

ORIGIN = Origin(path="a.warc", address="/x/a.warc", fetched="2026-01-02T00:00:00Z", limit=100_000)
PAGE = "<html><body><p>قصف على أطراف البلدة {}</p></body></html>"


def http(body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    number: int, block: bytes | None = None, *, type_: str = "response", length: int | None = None, **headers: str
) -> bytes:
    block = http(PAGE.format(number).encode()) if block is None else block
    given = {
        "WARC-Type": type_,
        "WARC-Target-URI": f"http://news.example/{number}",
        "WARC-Date": "2020-01-02T03:04:05Z",
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "Content-Type": "application/http; msgtype=response",
        **{name.replace("_", "-"): value for name, value in headers.items()},
        "Content-Length": str(len(block) if length is None else length),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def read(*records: bytes, packed: bool = False) -> tuple[list[Incoming], list[Fault]]:
    data = b"".join(gzip.compress(one) for one in records) if packed else b"".join(records)
    items = list(read_warc(io.BytesIO(data), ORIGIN))
    faults = [item for item in items if isinstance(item, Fault)]
    assert all(fault.code in CODES for fault in faults)
    return [item for item in items if isinstance(item, Incoming)], faults


def numbers(reports: list[Incoming]) -> list[int]:
    return [int(report.address.rpartition("/")[2]) for report in reports]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_out_as_bytes_with_address_and_time(packed: bool) -> None:
    reports, faults = read(record(1), record(2), packed=packed)
    assert faults == []
    assert numbers(reports) == [1, 2]
    assert reports[0].raw == PAGE.format(1).encode()
    assert (reports[0].text, reports[0].media_type) == ("", "text/html; charset=utf-8")
    assert (reports[0].fetched, reports[0].source) == ("2020-01-02T03:04:05Z", "warc")


def test_file_gzipped_as_one_piece_is_read_too() -> None:
    data = gzip.compress(record(1) + record(2) + record(3))
    assert len([i for i in read_warc(io.BytesIO(data), ORIGIN) if isinstance(i, Incoming)]) == 3


def test_content_codings_are_undone() -> None:
    """gzip and chunked, as servers sent them."""
    page = PAGE.format(1).encode()
    zipped = record(1, http(gzip.compress(page), Content_Encoding="gzip"))
    chunked = record(2, http(b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page), Transfer_Encoding="chunked"))
    assert [report.raw for report in read(zipped, chunked)[0]] == [page, page]


def test_what_is_no_page_is_counted() -> None:
    """Pictures, redirects and errors are said once each, with their number."""
    others = [
        record(1, http(b"\x89PNG", kind="image/png")),
        record(2, http(b"", status=301)),
        record(3, http(b"<html>not found", status=404)),
        record(4),
        record(5, b"GET / HTTP/1.1\r\n\r\n", type_="request"),
    ]
    reports, faults = read(*others)
    assert numbers(reports) == [4]
    assert sorted(f.count for f in faults if isinstance(f, PassedOver)) == [1, 2]


@pytest.mark.parametrize("packed", [False, True])
def test_revisits(packed: bool) -> None:
    """The same content at another address is a page there; at the same address, or elsewhere, it is only counted."""
    same = {"WARC_Payload_Digest": "sha1:AAAA"}
    first = record(1, **same)
    refers = {"WARC_Refers_To_Target_URI": "http://news.example/1"}
    block = http(b"", status=304)
    twin = record(2, block, type_="revisit", **same, **refers)
    again = record(1, block, type_="revisit", **same, **refers)
    lost = record(3, block, type_="revisit", WARC_Payload_Digest="sha1:BBBB")
    reports, faults = read(first, record(9), twin, again, lost, packed=packed)
    assert numbers(reports) == [1, 9, 2]
    assert reports[2].raw == reports[0].raw
    assert [(f.code, f.count) for f in faults if isinstance(f, PassedOver)] == [("input.revisit", 1)] * 2


@pytest.mark.parametrize(
    "broken",
    [
        b"rubbish between records\r\n" * 5,
        record(2)[:120],
        record(2, b"no answer at all"),
        record(2, length=50_000),
        record(2, length=20),
        record(2, http(b"xxxx", Content_Encoding="br")),
        record(2, http(b"x" * 200_000)),
        record(2, http(gzip.compress(b"a" * 9_000_000), Content_Encoding="gzip")),
    ],
    ids=["rubbish", "cut-header", "no-http", "length-too-long", "length-too-short", "coding", "too-large", "bomb"],
)
def test_broken_record_is_named_and_the_rest_goes_on(broken: bytes) -> None:
    reports, faults = read(record(1), broken, record(3), record(4))
    assert numbers(reports) == [1, 3, 4]
    real = [fault for fault in faults if not isinstance(fault, PassedOver)]
    assert len(real) == 1
    assert real[0].path.startswith("a.warc")
    assert real[0].code in ("input.warc", "input.too-large")


def test_damaged_gzip_member_is_named_and_the_rest_goes_on() -> None:
    members = [gzip.compress(record(n)) for n in range(1, 5)]
    damaged = bytearray(members[1])
    damaged[20:60] = bytes(40)
    reports, faults = read_bytes(members[0] + bytes(damaged) + members[2] + members[3])
    assert numbers(reports) == [1, 3, 4]
    assert [fault.code for fault in faults] == ["input.warc"]


def test_cut_file_gives_what_stands_before_the_cut() -> None:
    reports, faults = read_bytes((record(1) + record(2) + record(3))[:-60])
    assert numbers(reports) == [1, 2]
    assert [fault.code for fault in faults] == ["input.warc"]


def test_random_damage_never_stops_the_reading() -> None:
    """Whatever bytes are wrong, the reader ends, and pages outside the damage come out."""
    rng = random.Random(7)
    whole = [record(n) for n in range(40)]
    for packed in (False, True):
        data = b"".join(gzip.compress(one) if packed else one for one in whole)
        for _ in range(30):
            hurt = bytearray(data)
            at = rng.randrange(len(data) - 50)
            hurt[at : at + 30] = rng.randbytes(30)
            reports, _ = read_bytes(bytes(hurt))
            assert len(reports) >= 36


@pytest.mark.parametrize("data", [b"", b"nothing", b"\x1f\x8b\x08garbage", b"WARC/1.0\r\n"])
def test_what_is_no_warc_is_said(data: bytes) -> None:
    reports, faults = read_bytes(data)
    assert reports == []
    assert "input.warc" in {fault.code for fault in faults}


def read_bytes(data: bytes) -> tuple[list[Incoming], list[Fault]]:
    items = list(read_warc(io.BytesIO(data), ORIGIN))
    return [i for i in items if isinstance(i, Incoming)], [i for i in items if isinstance(i, Fault)]
