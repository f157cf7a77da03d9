"""Bytes to text: UTF-8 (and UTF-16 with its mark), older Arabic code pages by their letters, or a refusal."""

from __future__ import annotations

import codecs
import re

from isnad.errors import Fault

#: Older code pages still met in Arabic archives.  They share the byte of alif but not that of lam.
CODE_PAGES = ("windows-1256", "iso8859-6")
_ARTICLE = "\u0627\u0644"  # ال, the article: in every few words of real Arabic, in no mojibake
_TAH_ZAH = "\u0637\u0638"  # ط ظ, the letters that UTF-8 bytes turn into under windows-1256
_ARABIC = re.compile("[\u0621-\u064a]")
_LETTER = re.compile(r"[^\W\d_]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How much of a text is looked at to tell a code page.
SAMPLE = 200_000


def decode(data: bytes, *, path: str, line: int | None = None) -> tuple[str | None, Fault | None]:
    """Return the text of `data` and what is to be said about it; the text is None when it is refused.

    A byte-order mark is left out of the text.  `line` is the line of `path` that `data` is, or None for a whole file.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, path=path, line=line)
    if _is_binary(data):
        return None, Fault(path=path, line=line, code="input.binary", message="this is not text")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        bad = error.start
    page = _code_page(data[:SAMPLE])
    if page is None:
        at = line if line is not None else data.count(b"\n", 0, bad) + 1
        message = f"not UTF-8 (byte 0x{data[bad]:02x} at offset {bad}); save it as UTF-8"
        return None, Fault(path=path, line=at, code="input.encoding", message=message)
    note = Fault(
        path=path,
        line=line,
        code="input.decoded",
        message=f"not UTF-8; read as {page}",
        skipped=False,
    )
    return data.decode(page, errors="replace"), note


def _strict(data: bytes, name: str, *, path: str, line: int | None) -> tuple[str | None, Fault | None]:
    try:
        return data.decode(name), None
    except UnicodeDecodeError as error:
        message = f"broken {name} (byte 0x{data[error.start]:02x} at offset {error.start}); save it as UTF-8"
        return None, Fault(path=path, line=line, code="input.encoding", message=message)


def _is_binary(data: bytes) -> bool:
    """Tell images, archives and the like: NUL bytes, or more control characters than a stray one."""
    head = data[:SAMPLE]
    return b"\0" in head or len(_CONTROL.findall(head)) > 2 + len(head) // 200


def _code_page(data: bytes) -> str | None:
    """Return the older code page whose reading of `data` looks most like Arabic, or None."""
    best: tuple[float, str] | None = None
    for name in CODE_PAGES:
        text = data.decode(name, errors="replace")
        score = _likeness(text)
        if score and (best is None or score > best[0]):
            best = (score, name)
    return best[1] if best else None


def _likeness(text: str) -> float:
    """Return how far `text` looks like written Arabic: articles a letter, or 0 when it cannot be Arabic."""
    arabic = _ARABIC.findall(text)
    letters = len(_LETTER.findall(text))
    if not arabic or len(arabic) < 0.5 * letters or text.count("\ufffd") > len(text) // 100:
        return 0.0
    if sum(letter in _TAH_ZAH for letter in arabic) > 0.15 * len(arabic):
        return 0.0
    return (1 + text.count(_ARTICLE)) / len(arabic)


__all__ = ["CODE_PAGES", "decode"]
