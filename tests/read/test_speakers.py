"""Who vouches for which words; the texts are composed for the tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.read.mentions import Attribution
from isnad.read.speakers import attribution_at, find_attributions
from isnad.text import read_words

CASES = [
    # verb, subject, «that»
    ("قال المرصد المحلي إن القوات قصفت البلدة مساء الأحد.", "قصفت", "المرصد المحلي", "organisation"),
    ("وأعلنت وزارة الدفاع أن وحدة من الجيش سيطرت على التل.", "سيطرت", "وزارة الدفاع", "official"),
    ("وأفادت مصادر محلية بمقتل مدني في القرية.", "بمقتل", "مصادر محلية", "anonymous"),
    ("وقال مراسلنا إن اشتباكات اندلعت قرب الجسر.", "اشتباكات", "مراسلنا", "self"),
    ("وذكرت وكالة رويترز أن الطرفين وقعا الاتفاق.", "وقعا", "وكالة رويترز", "media"),
    # time words between verb and subject, place of speaking between subject and «that»
    ("أكد أمس وزير الداخلية في مؤتمر صحفي أن الشرطة اعتقلت خمسة.", "اعتقلت", "وزير الداخلية", "official"),
    # subject before the verb
    ("وكان ناطق باسم الحكومة قد أعلن أن الوفد غادر المحادثات.", "غادر", "ناطق باسم الحكومة", "official"),
    # headline
    ("الدفاع المدني: قصف على البلدة\nسقطت قذائف على البلدة أمس.", "قصف", "الدفاع المدني", "organisation"),
    # according to, before and behind
    ("وبحسب شهود عيان فإن المسلحين أطلقوا النار.", "أطلقوا", "شهود عيان", "anonymous"),
    ("قُتل جنديان في كمين قرب الحدود، وفق ما ذكرت قناة محلية.", "كمين", "قناة محلية", "media"),
    ("قصفت طائرات الميناء فجرا، حسب بيان الجيش.", "قصفت", "بيان الجيش", "official"),
]


def at(text: str, word: str) -> Attribution | None:
    words = read_words(text)
    index = next(i for i in range(len(words)) if words.surface(i, i + 1) == word)
    return attribution_at(find_attributions(words), index)


@pytest.mark.parametrize(("text", "word", "speaker", "kind"), CASES)
def test_speaker_of_a_statement(text: str, word: str, speaker: str, kind: str) -> None:
    found = at(text, word)
    assert found is not None
    assert (found.text, found.kind) == (speaker, kind)


def test_speaker_is_carried_on_by_added() -> None:
    found = at("قال قائد الشرطة إن الوضع هادئ. وأضاف أن دورية اعتقلت مسلحا.", "اعتقلت")
    assert found is not None
    assert found.text == "قائد الشرطة"


def test_agency_that_quotes_another_is_via() -> None:
    found = at("نقلت وكالة الأناضول عن مصدر أمني قوله إن عبوة انفجرت.", "انفجرت")
    assert found is not None
    assert found.via is not None
    assert (found.text, found.kind, found.via.text, found.via_kind) == (
        "مصدر أمني",
        "anonymous",
        "وكالة الأناضول",
        "media",
    )


def test_agency_spoken_to_is_via() -> None:
    found = at("وقال مسؤول محلي لوكالة رويترز إن القصف توقف.", "القصف")
    assert found is not None
    assert found.via is not None
    assert (found.text, found.via.text) == ("مسؤول محلي", "وكالة رويترز")


def test_it_is_mentioned_has_no_speaker() -> None:
    assert at("قال الجيش إن الطريق آمن. يذكر أن المدينة شهدت هجوما قبل أيام.", "هجوما") is None


def test_what_was_not_said_is_nobodys_word() -> None:
    assert at("ولم تذكر الوزارة عدد ضحايا القصف.", "القصف") is None


def test_plain_text_has_no_speaker() -> None:
    assert find_attributions(read_words("قصفت المدفعية البلدة وأصيب طفلان.")) == []


def test_quotation_runs_over_sentences() -> None:
    text = "وقال رئيس الوفد: «لن نوقع. قصفوا المدينة أمس. سنعود غدا» ثم غادر."
    found = at(text, "قصفوا")
    assert found is not None
    assert found.text == "رئيس الوفد"


@given(st.text(alphabet='قالأنمصدر عن،.:«»"\n وفقلـَ', max_size=120))
def test_offsets_hold_for_any_text(text: str) -> None:
    words = read_words(text)
    for found in find_attributions(words):
        assert text[found.start : found.end] == found.text
        assert 0 <= found.scope_first < found.scope_last <= len(words)
        for span in (found.via, found.verb):
            assert span is None or text[span.start : span.end] == span.text
