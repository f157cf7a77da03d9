"""What is read of Telegram Desktop's `result.json`, and what is said of the rest."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest

from isnad.errors import CODES, Fault
from isnad.ingest.origin import Origin, PassedOver
from isnad.ingest.telegram import read_telegram
from isnad.model.intake import Incoming

ORIGIN = Origin(path="result.json", address="/x/result.json", fetched="2026-01-02T00:00:00Z", limit=100_000)
TEXT = "قصف على أطراف البلدة أدى إلى إصابة ثلاثة مدنيين."


def post(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": number, "type": "message", "date": "2024-05-01T10:00:00", "text": TEXT, **more}


def chat(*posts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "وكالة البلدة", "type": "public_channel", "id": 77, "messages": list(posts), **more}


def read(export: object, origin: Origin = ORIGIN) -> tuple[list[Incoming], list[Fault]]:
    data = export if isinstance(export, bytes) else json.dumps(export, ensure_ascii=False, indent=1).encode()
    items = list(read_telegram(io.BufferedReader(io.BytesIO(data)), origin))  # type: ignore[arg-type]
    faults = [item for item in items if isinstance(item, Fault)]
    assert all(fault.code in CODES for fault in faults)
    return [item for item in items if isinstance(item, Incoming)], faults


def test_text_may_be_a_string_or_a_list_of_parts() -> None:
    """Strings and objects with a text are put together as they stand, nothing added."""
    parts = ["عاجل: ", {"type": "bold", "text": "قصف"}, "\n", {"type": "link", "text": "https://t.example"}]
    reports, faults = read(chat(post(1), post(2, text=parts)))
    assert [report.text for report in reports] == [TEXT, "عاجل: قصف\nhttps://t.example"]
    assert faults == []


def test_what_is_kept_of_a_post() -> None:
    """Channel as outlet, day as exported, who it was forwarded from; the address holds in later exports too."""
    (report,), _ = read(chat(post(5, forwarded_from="قناة أخرى")))
    assert (report.address, report.doc_id) == ("telegram:77/5", "telegram-77-5")
    assert (report.outlet, report.published, report.forwarded_from) == ("وكالة البلدة", "2024-05-01", "قناة أخرى")
    assert (report.fetched, report.raw) == (ORIGIN.fetched, None)


def test_day_falls_back_to_the_instant() -> None:
    (report,), _ = read(chat({"id": 1, "type": "message", "date_unixtime": "1700000000", "text": TEXT}))
    assert report.published == "2023-11-14"


def test_service_and_media_posts_are_counted_and_not_read() -> None:
    """Each sort is said once, with its number."""
    posts = [post(1), {"id": 2, "type": "service", "action": "pin_message"}, post(3, text=""), post(4, text=[])]
    reports, faults = read(chat(*posts))
    assert len(reports) == 1
    counts = {fault.code: fault.count for fault in faults if isinstance(fault, PassedOver)}
    assert counts == {"input.media": 2, "input.service": 1}


def test_all_chats_form_reads_channels_and_leaves_private_chats_alone() -> None:
    """Only public reports are read (DESIGN 6); that a private chat was there is said, nothing of it is."""
    private = chat(post(1, text="سر بيننا"), name="أخي", type="personal_chat", id=9)
    export = {
        "personal_information": {"id": 1, "name": "x"},
        "chats": {"about": "", "list": [private, chat(post(2))]},
        "left_chats": {"list": [chat(post(3), id=78)]},
    }
    reports, faults = read(export)
    assert [report.address for report in reports] == ["telegram:77/2", "telegram:78/3"]
    assert [fault.code for fault in faults] == ["input.private"]
    assert "أخي" not in str(faults[0])


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"text": 7}, "input.telegram"),
        ({"text": ["a", 7]}, "input.telegram"),
        ({"text": [{"text": None}]}, "input.telegram"),
        ({"id": None}, "input.telegram"),
        ({"date": "yesterday"}, "input.date"),
        ({"text": "ا" * 60_000}, "input.too-large"),
    ],
)
def test_one_bad_post_is_named_and_the_rest_is_read(bad: dict[str, Any], code: str) -> None:
    reports, faults = read(chat(post(1), post(2, **bad), post(3)))
    assert [report.address for report in reports] == ["telegram:77/1", "telegram:77/3"]
    assert [fault.code for fault in faults] == [code]
    assert faults[0].path.startswith("result.json#")


def test_cut_export_gives_what_stands_before_the_cut() -> None:
    """The fault names the last post that was read."""
    data = json.dumps(chat(*(post(n) for n in range(1, 50))), ensure_ascii=False).encode()
    reports, faults = read(data[: len(data) // 2])
    assert len(reports) > 20
    assert faults[0].code == "input.json"
    assert f"post {len(reports)}" in faults[0].message


@pytest.mark.parametrize("data", [b"", b"{}", b"[1, 2]", b'{"messages": 5}', b"not json", b'{"name": "x"}'])
def test_what_is_no_export_is_one_fault(data: bytes) -> None:
    reports, faults = read(data)
    assert reports == []
    assert len(faults) == 1


def test_byte_order_mark_is_no_matter() -> None:
    assert len(read(b"\xef\xbb\xbf" + json.dumps(chat(post())).encode())[0]) == 1


def test_memory_is_that_of_a_post_and_not_of_the_file() -> None:
    """Forty megabytes of export are read with a few of memory."""

    class Endless(io.RawIOBase):
        def __init__(self, parts: Any) -> None:
            self._parts, self._rest = iter(parts), b""

        def readable(self) -> bool:
            return True

        def readinto(self, target: Any) -> int:
            self._rest = self._rest or next(self._parts, b"")
            count = min(len(target), len(self._rest))
            target[:count], self._rest = self._rest[:count], self._rest[count:]
            return count

    one = json.dumps(post(1, text=TEXT * 20), ensure_ascii=False).encode()
    head = b'{"name": "x", "type": "public_channel", "id": 1, "messages": ['
    parts = [head, *([one + b","] * 20_000), one, b"]}"]
    tracemalloc.start()
    count = sum(1 for _ in read_telegram(io.BufferedReader(Endless(parts)), ORIGIN))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(one) * count > 30_000_000
    assert count == 20_001
    assert peak < 5_000_000
