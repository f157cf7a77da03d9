"""Which language a text is in, as far as coding needs it: Arabic, another language, or nothing to read.

isnad codes Arabic only; Persian, Urdu, Kurdish and Pashto use the same script and would yield nonsense, so
they are told apart by their own letters and by function words, over the beginning of the text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec
import yaml

from isnad.text.fold import COMPATIBILITY, bare, fold

_SAMPLE = 6_000  # code points looked at
_BEGINNING = 1_500  # code points whose letters are counted first
_FEWEST_LETTERS = 8  # fewer tell nothing
_ARABIC_SHARE = 0.12  # of the letters: pages quote Latin names, handles and buttons
_LETTER_SHARE = (
    0.02  # of the Arabic-script letters are foreign: Persian has 4 to 6 %, Arabic with names 0.3 %
)
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]+")
_WORD = re.compile(r"[^\W\d_]+")


class _Cues(msgspec.Struct, frozen=True):
    letters: dict[str, re.Pattern[str]]
    foreign: re.Pattern[str]  # every letter of `letters`
    all_letters: str
    words: dict[str, frozenset[str]]


def language(text: str) -> str:
    """Return "ar" (Arabic), "fa" | "ur" | "ku" | "ps" (by their marks), "other" (another script), or "empty".

    "empty": fewer than eight letters.  A text in Arabic letters is Arabic unless it shows otherwise.
    """
    if _plainly_arabic(text[:_SAMPLE]):
        return "ar"  # nearly every text
    sample = bare(text[:_SAMPLE])
    arabic = sum(map(len, _ARABIC.findall(sample)))
    cues = _cues()
    few_marks = len(cues.foreign.findall(sample)) < _LETTER_SHARE * arabic
    if few_marks and arabic >= max(_FEWEST_LETTERS, _ARABIC_SHARE * len(sample)):
        return "ar"  # no words need be counted
    found = _WORD.findall(sample)
    letters = sum(map(len, found))
    if letters < _FEWEST_LETTERS:
        return "empty"
    if arabic < _ARABIC_SHARE * letters:
        return "other"
    own = sum(fold(word) in cues.words["ar"] for word in found)
    best, most = "ar", float(own)
    for name, words in cues.words.items():
        if name == "ar":
            continue
        marks = len(cues.letters[name].findall(sample))
        if marks < _LETTER_SHARE * arabic:
            continue
        score = sum(word in words for word in found) + marks / 4
        if score > most:
            best, most = name, score
    return best


def _plainly_arabic(sample: str) -> bool:
    """Say whether a text is Arabic with no foreign letter at all, by its beginning: cheaper than counting all."""
    if COMPATIBILITY.search(sample) or any(letter in sample for letter in _cues().all_letters):
        return False
    arabic = sum(map(len, _ARABIC.findall(sample[:_BEGINNING])))
    return arabic >= max(_FEWEST_LETTERS, _ARABIC_SHARE * len(sample))


@cache
def _cues() -> _Cues:
    data = (resources.files("isnad.text") / "data" / "languages.yaml").read_bytes()
    hand = yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    letters = {name: marks for name, marks in hand["letters"].items() if name in hand["words"]}
    return _Cues(
        {name: re.compile(f"[{marks}]") for name, marks in letters.items()},
        re.compile(f"[{''.join(letters.values())}]"),
        "".join(sorted(set("".join(letters.values())))),
        {name: frozenset(words) for name, words in hand["words"].items()},
    )
