"""CSV and JSONL with column mapping: every row a report, or a fault with its line."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from isnad.errors import CODES, Fault, UsageError
from isnad.ingest.columns import columns_from
from isnad.ingest.meter import Meter
from isnad.ingest.sources import Asked, read_sources
from isnad.model.intake import Incoming

TEXT = "قصف على أطراف البلدة أدى إلى إصابة ثلاثة مدنيين بجروح، وقال مصدر طبي إن حالتهم مستقرة."


def read(
    path: Path, columns: str | None = None, *, limit: int = 100_000, **more: object
) -> tuple[list[Incoming], list[Fault]]:
    day_format = more.pop("day_format", None)
    asked = Asked(columns=columns_from(columns, day_format=day_format), limit=limit, **more)  # type: ignore[arg-type]
    items = list(read_sources([str(path)], asked, meter=Meter(), fetch=lambda addresses: iter(())))
    faults = [item for item in items if isinstance(item, Fault)]
    assert all(fault.code in CODES for fault in faults)
    return [item for item in items if isinstance(item, Incoming)], faults


def table(path: Path, *rows: list[str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


HEADER = ["id", "date", "body", "link"]


def row(number: int, text: str = TEXT) -> list[str]:
    return [str(number), "2024-05-01", f"{text} {number}", f"https://news.example/{number}"]


MAP = "text=body,published=date,url=link,doc_id=id"


def test_columns_by_name(tmp_path: Path) -> None:
    """Names in any case; the address is the URL where the row has one."""
    path = table(tmp_path / "a.csv", ["ID", " Date ", "BODY", "link"], row(1), row(2))
    reports, faults = read(path, MAP, outlet="x")
    assert faults == []
    assert [r.address for r in reports] == ["https://news.example/1", "https://news.example/2"]
    assert (reports[0].text, reports[0].published, reports[0].doc_id) == (f"{TEXT} 1", "2024-05-01", "1")
    assert reports[0].outlet == "x"


def test_fields_under_their_own_names_need_no_map(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ["text", "title", "outlet"], [TEXT, "خبر", "سانا"])
    (report,), faults = read(path, outlet="other")
    assert faults == []
    assert (report.title, report.outlet) == ("خبر", "سانا")
    assert report.address == f"{path.absolute().as_posix()}#2"


def test_columns_by_number_have_no_line_of_names(tmp_path: Path) -> None:
    reports, faults = read(table(tmp_path / "a.csv", row(1), row(2)), "text=3,published=2,doc_id=1")
    assert faults == []
    assert [r.doc_id for r in reports] == ["1", "2"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_told_by_the_first_line(tmp_path: Path, delimiter: str) -> None:
    path = table(tmp_path / "a.csv", HEADER, row(1, "نص, فيه; كل\tشيء|"), delimiter=delimiter)
    reports, faults = read(path, MAP)
    assert faults == []
    assert reports[0].text == "نص, فيه; كل\tشيء| 1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """An older code page is read and said once."""
    path = table(tmp_path / "a.csv", HEADER, *(row(n) for n in range(50)), encoding=encoding)
    reports, faults = read(path, MAP)
    assert len(reports) == 50
    assert reports[0].text == f"{TEXT} 0"
    assert [f.code for f in faults] == (["input.decoded"] if encoding == "windows-1256" else [])


def test_gzip_and_quoted_line_breaks(tmp_path: Path) -> None:
    """A row over several lines is one row; the next one's line is counted right."""
    path = table(tmp_path / "a.csv", HEADER, row(1, "سطر\nوسطر\nوسطر"), ["x"], row(3))
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    reports, faults = read(packed, MAP)
    assert len(reports) == 2
    assert [(f.line, f.code) for f in faults] == [(5, "input.missing-key")]


def test_cut_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", HEADER, *(row(n, f"{TEXT} {n * 7919}") for n in range(4000)))
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes())[:-5000])
    reports, faults = read(packed, MAP)
    assert len(reports) > 1000
    assert [fault.code for fault in faults] == ["input.gzip"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('7,2024-05-01,"نص لا ينتهي,x', "input.table"),
        ('7,2024-05-01,"نص"خطأ,x', "input.table"),
        ("7,2024-05-01,نص,x,زيادة", "input.table"),
        ("7,2024-05-01", "input.missing-key"),
        ("7,2024-05-01,  ,x", "input.empty"),
        ("7,أمس,نص,x", "input.date"),
        ("7,2024-02-30,نص,x", "input.date"),
        ("7,2024-05-01," + "ا" * 120_000 + ",x", "input.table"),
    ],
    ids=["open-quote", "bad-quote", "too-many", "no-text", "empty", "words", "no-day", "huge"],
)
def test_one_bad_row_among_a_thousand(tmp_path: Path, line: str, code: str) -> None:
    """One fault with file and line; every other row is there, also after a quotation mark that is never closed."""
    path = table(tmp_path / "a.csv", HEADER, *(row(n) for n in range(1000)))
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.insert(500, line)
    path.write_text("\n".join(lines), encoding="utf-8")
    reports, faults = read(path, MAP)
    assert [(f.path, f.line, f.code) for f in faults] == [(str(path), 501, code)]
    assert len(reports) == 1000


def test_bytes_that_do_not_fit_cost_their_row(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", HEADER, *(row(n) for n in range(3000)))
    data = path.read_bytes().splitlines(keepends=True)
    data[2500] = b"7,2024-05-01,\xff\xfe\xe9,x\r\n"
    path.write_bytes(b"".join(data))
    reports, faults = read(path, MAP)
    assert [(f.line, f.code) for f in faults] == [(2501, "input.encoding")]
    assert len(reports) == 2999


def test_columns_that_are_not_there_are_one_line_that_names_those_that_are(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", HEADER, row(1))
    for columns in (None, "text=content", "text=9"):
        reports, faults = read(path, columns)
        assert reports == []
        assert [f.code for f in faults] == ["input.columns"]
        assert "body" in faults[0].message


def test_days_in_another_format(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ["text", "published"], [TEXT, "06/08/2015"], [TEXT, "2015-08-06"])
    reports, faults = read(path, day_format="%d/%m/%Y")
    assert [r.published for r in reports] == ["2015-08-06"]
    assert [(f.line, f.code) for f in faults] == [(3, "input.date")]


@pytest.mark.parametrize("given", ["body", "text=", "words=body", "text=1,title=b", "text=0"])
def test_map_that_is_not_understood(given: str) -> None:
    with pytest.raises(UsageError, match="--map"):
        columns_from(given)


def test_jsonl_with_keys_and_paths(tmp_path: Path) -> None:
    """A key may be a path; an id may be a number; without URL and id the address is the line."""
    path = tmp_path / "a.jsonl"
    rows = [{"nr": 5, "content": {"body": TEXT}, "day": "2024-05-01T10:00:00Z"}, {"content": {"body": TEXT}}]
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    reports, faults = read(path, "text=content.body,published=day,doc_id=nr")
    assert faults == []
    assert [r.address.rpartition("#")[2] for r in reports] == ["5", "2"]
    assert reports[0].published == "2024-05-01"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "input.json"),
        ("[1]", "input.json"),
        ("[" * 100_000, "input.json"),
        ('{"title": "x"}', "input.missing-key"),
        ('{"text": 5}', "input.type"),
        ('{"text": "قصف \\ud800"}', "input.surrogate"),
        ('{"text": "' + "ا" * 60_000 + '"}', "input.too-large"),
    ],
)
def test_one_bad_line_among_many(tmp_path: Path, line: str, code: str) -> None:
    path = tmp_path / "a.jsonl"
    good = [json.dumps({"text": f"{TEXT} {n}"}) for n in range(100)]
    path.write_text("\n".join([*good[:50], line, *good[50:]]), encoding="utf-8")
    reports, faults = read(path)
    assert len(reports) == 100
    assert [(f.line, f.code) for f in faults] == [(51, code)]
