"""What makes an event denied, planned or hypothetical; the texts are composed for the tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.lexicon.statuscues import status_lexicon
from isnad.read.status import find_status, status_of
from isnad.read.status_features import status_features
from isnad.text import read_words

CASES = [
    ("نفى الناطق وقوع غارة على القرية.", "غارة", "denied"),
    ("لم يتم الاتفاق بين الطرفين.", "الاتفاق", "denied"),
    ("انتهى اليوم دون وقوع اشتباكات.", "اشتباكات", "denied"),
    ("سيزور الوزير العاصمة يوم الأحد.", "سيزور", "planned"),
    ("ومن المقرر أن يلتقي الوفد بالرئيس.", "يلتقي", "planned"),
    ("حاول المسلحون التسلل إلى القرية.", "التسلل", "planned"),
    ("تقدمت القوات للسيطرة على الجسر.", "للسيطرة", "planned"),
    ("تعهد القائد بمواصلة القتال.", "القتال", "planned"),
    ("ينص الاتفاق على إطلاق سراح الأسرى.", "إطلاق", "planned"),
    ("طالب المحتجون بإقالة المحافظ ومحاسبة المسؤولين.", "ومحاسبة", "hypothetical"),
    ("قد تشن القوات هجوما جديدا.", "هجوما", "hypothetical"),
    ("وهددت الجماعة باقتحام السجن.", "باقتحام", "hypothetical"),
    ("وسط مخاوف من اجتياح المدينة.", "اجتياح", "hypothetical"),
    ("في حال انسحاب القوات يعود السكان.", "انسحاب", "hypothetical"),
    ("رفضت الحركة هدنة قصيرة.", "هدنة", "hypothetical"),
    ("يجب وقف القصف فورا.", "وقف", "hypothetical"),
    ("قصفت المدفعية البلدة.", "قصفت", None),
    ("لا يزال القصف مستمرا.", "القصف", None),
    ("تعرضت القرية لقصف عنيف.", "لقصف", None),
    ("سيطرت القوات على التل.", "سيطرت", None),
    ("طالب المجلس بفتح تحقيق بعد قصف السوق.", "قصف", None),
    ("وقد قتل ثلاثة جنود.", "قتل", None),
]


@pytest.mark.parametrize(("text", "word", "status"), CASES)
def test_status_of_an_event(text: str, word: str, status: str | None) -> None:
    words = read_words(text)
    index = next(i for i in range(len(words)) if words.surface(i, i + 1) == word)
    found = status_of(find_status(words), index)
    assert (found[0] if found else None) == status


def test_features_name_the_cue_and_the_shape_of_the_word() -> None:
    words = read_words("وطالب المجلس بوقف القصف.")
    features = status_features(words, 2, find_status(words))
    assert "cue=demand" in features
    assert "prefix=ب" in features


def test_every_rule_has_its_gloss_and_example() -> None:
    for entry in status_lexicon().entries:
        assert entry.get("gloss"), entry["id"]
        assert entry.get("example"), entry["id"]


@given(st.text(alphabet="لمسيطالبقدنفى ان،.إلىوقف\n", max_size=120))
def test_offsets_hold_for_any_text(text: str) -> None:
    words = read_words(text)
    cues = find_status(words)
    for cue in cues:
        assert text[cue.start : cue.end] == cue.text
        assert 0 <= cue.scope_first < cue.scope_last <= len(words)
    for i in range(len(words)):
        status_features(words, i, cues)
