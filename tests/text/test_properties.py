"""What holds for any text: offsets, order, sentences that cover every word once, a stable key."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.read.furniture import furniture
from isnad.text import fold, light_stem, read_words, splits
from isnad.text.clitics import possible_hosts, possible_names
from isnad.text.language import language
from isnad.text.numerals import read_number, read_ordinal

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةپچگیک"
_MARKS = "ًٌٍَُِّْٰـ\u200f\u200e\u202a\u202b\u202c\u2066\u2069\ufeff\u0654"
_SIGNS = " \n\t.،؛؟!:\"'«»“”()[]#_@/-–…*&;0123456789٠١٢٣۴۵۶"
_FORMS = "ﺍﻟﻻﷲﷺﭐﹰ"
_PIECES = [
    "&#34;",
    "ألف",
    "مئة",
    "وعشرين",
    "ثلاثة",
    "الحادي",
    "مليون",
    "نصف",
    "آلاف",
    "بضع",
    "Post\n",
    "\ud800",
    "ـ.ـ",
    "7:45 AM · Dec 25, 2025",
]
arabic = st.lists(
    st.one_of(st.sampled_from(_ARABIC + _MARKS + _SIGNS + _FORMS), st.sampled_from(_PIECES)), max_size=120
).map("".join)
anything = st.one_of(arabic, st.text(st.characters(exclude_categories=()), max_size=200))


@settings(max_examples=300, deadline=None)
@given(anything)
def test_words_lie_in_the_text_in_order_and_quote_it(text: str) -> None:
    words = read_words(text)
    for i, kind in enumerate(words.types):
        assert 0 <= words.start[i] < words.end[i] <= len(text)
        assert text[words.start[i] : words.end[i]] == kind.surface == words.surface(i, i + 1)
        assert kind.key == words.key[i] != ""
    assert all(end <= start for end, start in zip(words.end, words.start[1:], strict=False))


@settings(max_examples=300, deadline=None)
@given(anything)
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    words = read_words(text)
    covered = [i for s in words.sentences for i in range(s.first, s.last)]
    assert covered == list(range(len(words)))
    assert all(words.sentences[words.sentence_of[i]].first <= i for i in covered)
    assert len(words.sentence_of) == len(words)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(_ARABIC), max_size=12).map(fold))
def test_a_reading_spells_its_word(key: str) -> None:
    """conjunction + preposition + host is the word, but for the alef of ال that ل swallows."""
    for split in splits(key):
        host = split.host
        if split.preposition == "ل" and split.article:
            assert key in (
                split.conjunction + "ل" + host[1:],
                split.conjunction + "ل" + host,
                split.conjunction + host[1:],
                split.conjunction + "ل" + host[2:],
            )
        else:
            assert split.conjunction + split.preposition + host == key
    assert light_stem(key) or not key


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(_ARABIC), min_size=1, max_size=12).map(fold).filter(bool))
def test_parts_of_readings_are_told_without_reading(key: str) -> None:
    """No reading has a host, stem or preposition that the cheap lists leave out."""
    for ending in ("", "ة", "ه"):
        for split in splits(key, ending):
            assert split.host in possible_hosts(key)
            assert {split.host, split.stem, split.preposition} - {""} <= set(possible_names(key))


@settings(max_examples=300, deadline=None)
@given(anything)
def test_numbers_end_inside_the_text(text: str) -> None:
    words = read_words(text)
    for i in range(len(words)):
        number = read_number(words, i)
        if number is not None:
            last, least, most, exact = number
            assert i < last <= len(words)
            assert 0 <= least <= most
            assert exact == (least == most)
        ordinal = read_ordinal(words, i)
        assert ordinal is None or i < ordinal[0] <= len(words)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_furniture_ranges_are_ordered_and_inside(text: str) -> None:
    ranges = furniture(text)
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))


@settings(max_examples=200, deadline=None)
@given(anything)
def test_language_answers_for_anything(text: str) -> None:
    assert language(text) in {"ar", "fa", "ur", "ku", "ps", "other", "empty"}
