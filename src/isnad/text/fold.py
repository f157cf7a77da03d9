"""The folded key under which a written form is looked up.  The stored text itself is never changed.

Rule (measured on 31,030 articles): compatibility forms opened, marks and invisible characters stripped, then
أإآٱ → ا, ى → ي, ة → ه, Persian ی ک → ي ك, other digits → ASCII.  ؤ ئ ء stay, as they tell words apart.
"""

from __future__ import annotations

import re
import unicodedata

#: Harakat and Quranic marks, tatweel, zero-width and bidi marks, soft hyphen, byte-order mark.
MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_STRIP = re.compile(f"[{MARKS}]+")
_COMPATIBILITY = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_LETTERS = str.maketrans("أإآٱىةیک", "اااايهيك")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def fold(text: str) -> str:
    """Return the look-up key of `text`: same words, one spelling.  Length may shrink or grow."""
    if _COMPATIBILITY.search(text):
        text = _COMPATIBILITY.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return _STRIP.sub("", text).translate(_LETTERS).translate(_DIGITS).lower()
