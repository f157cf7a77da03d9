"""The bytes of a page or feed to text, whatever character set is claimed: the bytes are believed first.

Bytes that are valid UTF-8 are UTF-8, since Arabic in an older code page never is.  What is not is read as its header or
head claims, if that reading looks like Arabic or is none of the Arabic code pages; else by its letters.  A page that
mixes sets, as pages do whose parts come from different programs, is read part by part.
"""

from __future__ import annotations

import codecs
import re

from isnad.errors import Fault
from isnad.ingest.encoding import CODE_PAGES, decode
from isnad.ingest.html import declared_charset

_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']\s*([\w.:-]+)""", re.I)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TAG = re.compile(rb"<[^<>]*>")
_PARTS = re.compile(rb"(?=<)")
#: Claims that say nothing more than the bytes do.
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_PAGE_NAMES = frozenset({"windows-1256", "cp1256", "iso-8859-6", "iso8859-6", "arabic"})


def read_text(data: bytes, *, charset: str | None, path: str) -> tuple[str | None, Fault | None]:
    """Return the text of `data` and a notice or fault on its character set; the text is None when it is refused.

    `charset` is what the HTTP header claims, None when nothing; `path` names the source in the message.
    """
    if data.startswith(_MARKS):
        return decode(data, path=path)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    for claim in (charset, _xml_charset(data), declared_charset(data)):
        text = _as_claimed(data, claim)
        if text is not None:
            return text, None
    mixed = _by_parts(data, path=path)
    return mixed if mixed is not None else decode(data, path=path)


def _xml_charset(data: bytes) -> str | None:
    found = _XML_CHARSET.search(data[:300])
    return found[1].decode("ascii").lower() if found else None


def _as_claimed(data: bytes, claim: str | None) -> str | None:
    """Return `data` read as `claim`, None where that is no set or not so.

    A claimed Arabic code page must also be what the letters look like; other sets (UTF-16, Turkish) are strict enough
    or hold no Arabic.
    """
    if claim is None or claim in _UTF8:
        return None
    try:
        codec = codecs.lookup(claim)
        if not getattr(codec, "_is_text_encoding", True):
            return None  # base64, zip and the like
        text = data.decode(claim)
    except (LookupError, UnicodeError):
        return None
    if claim not in _PAGE_NAMES:
        return None if _arabic_pages_fit(data) else text
    return text if _looks_utf8(data) is False else None


def _arabic_pages_fit(data: bytes) -> bool:
    """Tell whether the bytes are Arabic in an older code page, whatever is claimed."""
    text, _ = decode(_words_only(data), path="")
    return text is not None


def _words_only(data: bytes) -> bytes:
    """Return a page's bytes without tags and scripts, whose Latin letters hide what the words are written in."""
    for name in (b"script", b"style"):
        data = _without(data, b"<" + name, b"</" + name)
    return _TAG.sub(b" ", data)


def _without(data: bytes, start: bytes, end: bytes) -> bytes:
    """Return `data` without what lies between each `start` and the next `end`, in one pass."""
    small = data.lower()
    out: list[bytes] = []
    at = 0
    while (opened := small.find(start, at)) >= 0 and (closed := small.find(end, opened)) >= 0:
        out.append(data[at:opened])
        at = closed
    return b"".join([*out, data[at:]])


def _looks_utf8(data: bytes) -> bool:
    """Tell whether most non-ASCII parts of the page are valid UTF-8."""
    good, bad = _count(data)
    return good > bad


def _count(data: bytes) -> tuple[int, int]:
    good = bad = 0
    for part in _PARTS.split(data):
        if not part.isascii():
            if _valid(part):
                good += 1
            else:
                bad += 1
    return good, bad


def _valid(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_parts(data: bytes, *, path: str) -> tuple[str, Fault] | None:
    """Read a page in UTF-8 that has parts in an older code page; None when it has no part in UTF-8."""
    good, bad = _count(data)
    if good == 0:
        return None
    out, page = [], None
    for part in _PARTS.split(data):
        if _valid(part):
            out.append(part.decode("utf-8"))
            continue
        text, note = decode(_words_only(part), path=path)
        name = next((name for name in CODE_PAGES if note is not None and note.message.endswith(name)), None)
        page = name or page
        out.append(
            part.decode(name or "utf-8", errors="replace") if text is not None else part.decode("utf-8", "replace")
        )
    how = f"read as {page}" if page else "left out"
    message = f"{bad} of {good + bad} parts with Arabic or other letters are not UTF-8; {how}"
    return "".join(out), Fault(path=path, code="input.decoded", message=message, skipped=False)


__all__ = ["read_text"]
