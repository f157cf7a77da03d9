"""What a SOURCE is: told by its name, by its first bytes, or by --as."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from isnad.errors import Fault, UsageError
from isnad.ingest.meter import Meter
from isnad.ingest.origin import Item
from isnad.ingest.sniff import kind_by_head, kind_by_name
from isnad.ingest.sources import Asked, is_slow, read_sources
from isnad.model.intake import Incoming

TEXT = "قصف على أطراف البلدة أدى إلى إصابة ثلاثة مدنيين."


def read(*sources: Path | str, **asked: object) -> list[Item]:
    def fetch(addresses: Sequence[str]) -> Iterator[Item]:
        for address in addresses:
            yield Incoming(address=address, text=TEXT, source="fetched", fetched="2026-01-01T00:00:00Z")

    return list(read_sources([str(s) for s in sources], Asked(**asked), meter=Meter(), fetch=fetch))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (TEXT.encode(), "text"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "html"),
        (b"  <html dir=rtl>", "html"),
        (b'{"doc_id": "1", "text": "x"}\n{"doc_id": "2"', "jsonl"),
        (b'{"id": 1, "body": "x"}\n{"id": 2}', "jsonl"),
        (b'{\n "doc_id": "1",\n "text": "x"}', "json"),
        (b'[{"doc_id": "1"', "json"),
        (b'{\n "name": "x",\n "type": "public_channel",\n "id": 1,\n "messages": [\n  {"text": "a"', "telegram"),
        (b'{"about": "x", "personal_information": {}, "chats": {"list": []}}', "telegram"),
        (b'{"text": "on \\"messages\\": and more", "doc_id": "1"}', "jsonl"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo", "warc"),
        (b"# feeds\n\nhttps://a.example/1\nhttp://b.example/2", "urls"),
        (b"https://a.example/1\nnot an address", "text"),
        (b"# nothing", "text"),
        (b"", "text"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_first_bytes_tell_the_kind(head: bytes, kind: str, packed: bool) -> None:
    assert kind_by_head(gzip.compress(head) if packed else head) == kind


def test_names_tell_the_kind_but_for_json_and_text() -> None:
    names = {
        "a.CSV": "csv",
        "a.tsv.gz": "csv",
        "a.warc.gz": "warc",
        "a.htm": "html",
        "a.ndjson": "jsonl",
        "a.urls": "urls",
    }
    assert {name: kind_by_name(Path(name)) for name in names} == names
    assert [kind_by_name(Path(name)) for name in ("result.json", "a.txt", "README")] == [None] * 3


def test_folder_is_read_in_order_and_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "b/a.txt", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    items = read(tmp_path)
    assert [Path(item.address).name for item in items if isinstance(item, Incoming)] == ["z.txt", "a.txt"]
    assert all(Path(item.address).is_absolute() for item in items if isinstance(item, Incoming))


def test_text_in_an_old_code_page_keeps_its_bytes(tmp_path: Path) -> None:
    """What is no longer the bytes as received is kept beside them; UTF-8 needs no second copy."""
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("windows-1256"))
    note, report = read(path)
    assert isinstance(note, Fault)
    assert isinstance(report, Incoming)
    assert (report.text, report.raw) == (TEXT, TEXT.encode("windows-1256"))
    path.write_text(TEXT, encoding="utf-8")
    (report,) = read(path)
    assert isinstance(report, Incoming)
    assert (report.text, report.raw) == (TEXT, None)


def test_saved_page_comes_out_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>{TEXT}", encoding="utf-8")
    (page,) = read(path)
    assert isinstance(page, Incoming)
    assert (page.text, page.raw) == ("", path.read_bytes())


def test_addresses_and_lists_are_fetched_and_take_what_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("https://a.example/1\n# more\nhttps://a.example/2\n", encoding="utf-8")
    sources = ["https://b.example/", path]
    items = read(*sources, outlet="x", published="2024-05-01")
    assert [item.address for item in items if isinstance(item, Incoming)] == [
        "https://b.example/",
        "https://a.example/1",
        "https://a.example/2",
    ]
    assert {(i.outlet, i.published) for i in items if isinstance(i, Incoming)} == {("x", "2024-05-01")}
    assert is_slow([str(s) for s in sources], Asked())
    assert not is_slow([str(tmp_path)], Asked())


def test_json_with_one_article_or_a_list(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"doc_id": "1", "text": TEXT}, {"text": TEXT}], indent=1), encoding="utf-8")
    report, fault = read(path)
    assert isinstance(report, Incoming)
    assert report.address.endswith("a.json#1")
    assert isinstance(fault, Fault)
    assert fault.code == "input.missing-key"


def test_as_decides(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT, encoding="utf-8")
    (report,) = read(path, kind="text")
    assert isinstance(report, Incoming)
    assert report.text == TEXT
    with pytest.raises(UsageError, match="pdf"):
        Asked(kind="pdf")


def test_what_is_not_there_is_one_fault_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    items = read(tmp_path / "nowhere", tmp_path / "empty", tmp_path / "a.txt")
    assert [getattr(item, "code", None) for item in items] == ["input.not-found", "input.nothing", None]


def test_progress_follows_the_work_and_not_only_the_reading(tmp_path: Path) -> None:
    """Half of the items dealt with is half of the way, though the small file was read at once."""
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"{TEXT} {n}"}) for n in range(10)), encoding="utf-8")
    meter = Meter()
    items = list(read_sources([str(path)], Asked(), meter=meter, fetch=lambda addresses: iter(())))
    assert len(items) == meter.items == 10
    assert meter.worked(5) == path.stat().st_size // 2
    assert meter.worked(10) == path.stat().st_size
