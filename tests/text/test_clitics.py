"""Readings of written words: the likeliest first, judged by hand on words of news."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.text import fold, light_stem, splits
from isnad.text.clitics import Split
from isnad.text.words import word_type

HARD = [
    pair
    for line in Path(__file__).with_name("hard_tokens.txt").read_text(encoding="utf-8").splitlines()[1:]
    for pair in line.split()
]
WHOLE = [
    "بغداد",
    "بعقوبة",
    "لحج",
    "لبنان",
    "واشنطن",
    "وزير",
    "بلدة",
    "لواء",
    "فرنسا",
    "فصائل",
    "كتيبة",
    "بيجي",
]
WHOLE += ["كوباني", "سنجار", "ليبيا", "سوريا", "فلسطين", "كركوك", "بيروت", "لندن", "باريس", "وكالة", "لقاء"]


def shown(split: Split) -> str:
    parts = [split.conjunction, split.preposition, "ال" if split.article else "", split.stem]
    if split.suffix and split.suffix != split.stem:
        parts.append("-" + split.suffix)
    return "+".join(part for part in parts if part)


@pytest.mark.parametrize("pair", HARD)
def test_likeliest_reading(pair: str) -> None:
    surface, _, wanted = pair.partition("=")
    assert shown(word_type(surface).splits[0]) == wanted


@pytest.mark.parametrize("name", WHOLE)
def test_names_and_nouns_that_look_like_clitic_and_word_stay_whole(name: str) -> None:
    assert splits(fold(name))[0].host == fold(name)
    assert splits(fold("و" + name))[0].host == fold(name)


def test_every_reading_is_kept_for_look_ups() -> None:
    hosts = {split.host for split in splits("ولحج")}
    assert {"ولحج", "لحج", "حج"} <= hosts


def test_feminine_ending_as_written_excludes_a_pronoun() -> None:
    """مدرسة (school) and مدرسه (his teacher, or school) have one key; the written letter tells them apart."""
    assert all(not split.suffix for split in word_type("مدرسة").splits)
    assert splits("قتله", "ه")[0].suffix == "ه"


def test_a_key_is_never_without_reading() -> None:
    for key in ("", "و", "ال", "لل", "ب", "والل", "ووو", "للل"):
        assert splits(key)


@pytest.mark.parametrize(
    ("surface", "stem"),
    [
        ("بالغارات", "غار"),
        ("غارة", "غار"),
        ("المسلحون", "مسلح"),
        ("لمسلحين", "مسلح"),
        ("هجوما", "هجوم"),
        ("والهجوم", "هجوم"),
        ("سوريا", "سوريا"),
        ("اشتباكات", "اشتباك"),
    ],
)
def test_light_stem(surface: str, stem: str) -> None:
    assert light_stem(fold(surface)) == stem
