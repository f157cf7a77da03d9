"""What comes in as an article, and what is said of the rest."""

from __future__ import annotations

import gzip
import io
import json
import unicodedata
from pathlib import Path

import pytest

from isnad.errors import CODES, Fault
from isnad.ingest import Received, read_articles
from isnad.model import Article
from isnad.settings import Settings

TEXT = "قصفت الطائرات أطراف البلدة فجر اليوم، وقال مصدر طبي إن ثلاثة مدنيين أصيبوا."


def read(*paths: Path | str, **options: object) -> tuple[list[Article], list[Fault]]:
    items = list(read_articles(paths, **options))  # type: ignore[arg-type]
    faults = [item for item in items if isinstance(item, Fault)]
    assert all(fault.code in CODES for fault in faults)
    return [item for item in items if isinstance(item, Article)], faults


def jsonl(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(doc_id: str = "a", text: str = TEXT, **more: object) -> dict[str, object]:
    return {"doc_id": doc_id, "text": text, **more}


def test_text_file_is_one_article_as_received(tmp_path: Path) -> None:
    """Nothing of the text is changed, not even vowels, tatweel or line ends."""
    text = "عـاجل\r\nقَصَفَتِ الطائراتُ البلدة.\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    articles, faults = read(path, published="2024-05-01", outlet="x")
    assert faults == []
    expected = Received(doc_id="a.txt", text=text, published="2024-05-01", outlet="x", path=str(path))
    assert articles == [expected]


def test_jsonl_keeps_its_own_day_and_takes_the_given_one_otherwise(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "a.jsonl", row("a", published="2024-01-02T10:00:00+03:00"), row("b", published=None)
    )
    articles, faults = read(path, published="2020-01-01")
    assert faults == []
    assert [a.published for a in articles] == ["2024-01-02", "2020-01-01"]


def test_gzip_is_told_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row()).encode()))
    assert len(read(path)[0]) == 1


def test_cut_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    data = "".join(json.dumps(row(str(i), f"{TEXT} {i * 7919}")) + "\n" for i in range(4000)).encode()
    path.write_bytes(gzip.compress(data)[:-5000])
    articles, faults = read(path)
    assert len(articles) > 1000
    assert [fault.code for fault in faults] == ["input.gzip"]


def test_standard_input_is_told_by_its_first_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, count in ((json.dumps(row()) + "\n" + json.dumps(row("b")), 2), (TEXT, 1)):
        stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data.encode())))  # type: ignore[arg-type]
        monkeypatch.setattr("sys.stdin", stream)
        assert len(read("-")[0]) == count


def test_folder_is_read_in_order_and_passes_over_other_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "b/a.txt", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    articles, faults = read(tmp_path)
    assert [a.doc_id for a in articles] == ["z.txt", "b/a.txt"]
    assert faults == []


def test_folder_without_readable_files(tmp_path: Path) -> None:
    assert [f.code for f in read(tmp_path)[1]] == ["input.nothing"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ('{"doc_id": "x", "text": ', "input.json"),
        ("[1, 2]", "input.json"),
        ("[" * 100_000, "input.json"),
        ('{"doc_id": "x"}', "input.missing-key"),
        ('{"text": "قصف"}', "input.missing-key"),
        ('{"doc_id": "x", "text": 5}', "input.type"),
        ('{"doc_id": 7, "text": "قصف"}', "input.type"),
        ('{"doc_id": "x", "text": "قصف", "outlet": ["y"]}', "input.type"),
        ('{"doc_id": "x", "text": "قصف", "published": "2024-02-30"}', "input.date"),
        ('{"doc_id": "x", "text": "قصف", "published": "أمس"}', "input.date"),
        ('{"doc_id": "x", "text": "  "}', "input.empty"),
        ('{"doc_id": "x", "text": "قصف \\ud800 البلدة"}', "input.surrogate"),
    ],
)
def test_one_bad_line_among_a_thousand(tmp_path: Path, bad: str, code: str) -> None:
    """One message with file and line; the other lines are all there."""
    rows: list[object] = [row(str(i)) for i in range(999)]
    rows.insert(500, bad)
    path = jsonl(tmp_path / "many.jsonl", *rows)
    articles, faults = read(path)
    assert len(articles) == 999
    assert [(f.path, f.line, f.code, f.skipped) for f in faults] == [(str(path), 501, code, True)]
    assert "\n" not in str(faults[0])
    assert len(str(faults[0])) < 400


def test_fifty_megabyte_line_is_skipped_without_being_kept(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    with path.open("w", encoding="utf-8") as out:
        out.write(json.dumps(row("a")) + "\n")
        out.write('{"doc_id": "b", "text": "' + "ا" * 25_000_000 + '"}\n')
        out.write(json.dumps(row("c")) + "\n")
    articles, faults = read(path)
    assert [a.doc_id for a in articles] == ["a", "c"]
    assert [(f.line, f.code) for f in faults] == [(2, "input.too-large")]
    assert "50.0 MB" in faults[0].message


def test_line_just_at_the_limit_is_read(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", row("a"), row("b"))
    length = len(path.read_bytes().splitlines()[0])
    assert len(read(path, settings=Settings(max_article_bytes=length))[0]) == 2
    assert len(read(path, settings=Settings(max_article_bytes=length - 1))[0]) == 0


def test_large_text_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 10, encoding="utf-8")
    assert [f.code for f in read(tmp_path / "a.txt", settings=Settings(max_article_bytes=100))[1]] == [
        "input.too-large"
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input.empty"),
        (b" \n\n", "input.empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "input.binary"),
        (TEXT.encode()[:-2], "input.encoding"),
        (TEXT.encode() + b"\n" + b"\xff\xfe\xe9" + TEXT.encode(), "input.encoding"),
        (b"caf\xe9 cr\xe8me d\xe9j\xe0 vu", "input.encoding"),
    ],
)
def test_bad_files(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    articles, faults = read(tmp_path / "bad.txt", tmp_path / "good.txt")
    assert [a.doc_id for a in articles] == ["good.txt"]
    assert [(f.path, f.code) for f in faults] == [(str(tmp_path / "bad.txt"), code)]


@pytest.mark.parametrize("page", ["windows-1256", "iso8859-6"])
def test_older_arabic_code_pages_are_read_with_a_notice(tmp_path: Path, page: str) -> None:
    (tmp_path / "old.txt").write_bytes(TEXT.encode(page))
    articles, faults = read(tmp_path / "old.txt")
    assert articles[0].text == TEXT
    assert [(f.code, f.skipped) for f in faults] == [("input.decoded", False)]
    assert page in faults[0].message


def test_old_code_page_in_jsonl_is_said_once(tmp_path: Path) -> None:
    lines = "".join(json.dumps(row(str(i)), ensure_ascii=False) + "\n" for i in range(5))
    (tmp_path / "old.jsonl").write_bytes(lines.encode("windows-1256"))
    articles, faults = read(tmp_path / "old.jsonl")
    assert [a.text for a in articles] == [TEXT] * 5
    assert [f.code for f in faults] == ["input.decoded"]


def test_marks_of_byte_order_are_left_out(tmp_path: Path) -> None:
    for name, data in (("a.txt", TEXT.encode("utf-8-sig")), ("b.txt", TEXT.encode("utf-16"))):
        (tmp_path / name).write_bytes(data)
        assert read(tmp_path / name)[0][0].text == TEXT


def test_missing_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    articles, faults = read(tmp_path / "a.txt", tmp_path / "b.txt")
    assert len(articles) == 1
    assert [f.code for f in faults] == ["input.not-found"]


def test_ten_thousand_nested_quotes_are_text(tmp_path: Path) -> None:
    text = "«" * 10_000 + "قصف" + "»" * 10_000
    assert read(jsonl(tmp_path / "a.jsonl", row(text=text)))[0][0].text == text


PAGE = """<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>قصف على أطراف البلدة - موقع</title>
<meta property="article:published_time" content="2024-03-05T22:10:00+03:00">
<meta property="og:title" content="قصف على أطراف البلدة"></head><body><nav><a href="/">الرئيسية</a></nav>
<article><h1>قصف على أطراف البلدة</h1>{body}</article>
<section><h3>التعليقات (2)</h3><p>تعليق أول من قارئ</p></section><footer>حقوق النشر محفوظة</footer></body></html>"""
BODY = "".join(
    f"<p>قَصَفَتِ الطائراتُ أطرافَ البلدةِ رقم {i}، وقال مصدرٌ طبِّيٌّ إن عدداً من المدنيين أُصيبوا بجروح متفاوتة.</p>"
    for i in range(6)
)


def test_page_gives_headline_main_text_and_stated_day(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("{body}", BODY), encoding="utf-8")
    (article,), faults = read(path)
    assert faults == []
    assert article.text.startswith("قصف على أطراف البلدة")
    assert "قَصَفَتِ" in article.text
    assert unicodedata.is_normalized("NFC", article.text)
    assert "التعليقات" not in article.text
    assert article.published == "2024-03-05"


def test_the_day_shown_in_a_page_is_read_by_our_own_date_reader(tmp_path: Path) -> None:
    """Where the head is silent, the day in the article counts, with its Levantine month."""
    path = tmp_path / "page.html"
    html = PAGE.replace("{body}", BODY).replace("article:published_time", "other")
    path.write_text(html.replace("<article>", "<article><p>الخميس 6 آب 2015</p>"), encoding="utf-8")
    assert read(path)[0][0].published == "2015-08-06"


def test_page_in_a_declared_older_character_set(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    html = PAGE.replace("{body}", BODY).replace('charset="utf-8"', 'charset="windows-1256"')
    path.write_bytes(html.encode("windows-1256", errors="xmlcharrefreplace"))
    (article,), faults = read(path)
    assert "المدنيين" in article.text
    assert faults == []


def test_page_without_text(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<html><body></body></html>", encoding="utf-8")
    assert [f.code for f in read(tmp_path / "p.html")[1]] == ["input.html"]


def test_json_list_of_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([row("a"), {"doc_id": "b"}, row("c")], indent=1), encoding="utf-8")
    articles, faults = read(path)
    assert [a.doc_id for a in articles] == ["a", "c"]
    assert [(f.code, f.doc_id) for f in faults] == [("input.missing-key", "b")]
