"""The generator of inflected forms: each class of Arabic verb and noun as grammars give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.lexicon.morphology import FORMS, derived_present, noun_forms, participle_forms, verb_forms


def free(past: str, present: str, **passives: bool) -> set[str]:
    return {i.form for i in verb_forms(past, present, **passives) if not i.bound}


def bound(past: str, present: str) -> set[str]:
    return {i.form for i in verb_forms(past, present) if i.bound}


@pytest.mark.parametrize(
    ("past", "form", "present"),
    [
        ("قصف", "I", "يقصف"),  # sound
        ("شن", "I", "يشن"),  # doubled
        ("دمر", "II", "يدمر"),
        ("أكد", "II", "يؤكد"),  # initial hamza
        ("قاتل", "III", "يقاتل"),
        ("أعلن", "IV", "يعلن"),
        ("أدان", "IV", "يدين"),  # hollow
        ("أجرى", "IV", "يجري"),  # defective
        ("تقدم", "V", "يتقدم"),
        ("تصدى", "V", "يتصدى"),
        ("تبادل", "VI", "يتبادل"),
        ("انسحب", "VII", "ينسحب"),
        ("انهار", "VII", "ينهار"),
        ("اعتقل", "VIII", "يعتقل"),
        ("احتل", "VIII", "يحتل"),
        ("استهدف", "X", "يستهدف"),
        ("استعاد", "X", "يستعيد"),
        ("استولى", "X", "يستولي"),
    ],
)
def test_present_follows_from_past_and_form(past: str, form: str, present: str) -> None:
    """The verb forms I to X give the present of sound, doubled, hamzated, hollow and defective verbs."""
    assert derived_present(past, form) == present


@pytest.mark.parametrize(
    ("past", "present", "expected"),
    [
        ("قصف", "يقصف", "قصفت قصفتا قصفا قصفوا قصفنا يقصف تقصف نقصف أقصف يقصفون تقصفون يقصفوا يقصفان تقصفان"),
        ("قال", "يقول", "قال قالت قالوا قلنا قلت يقول تقول يقولون يقولان يقل تقل يقلن قيل يقال"),
        ("رمى", "يرمي", "رمى رمت رموا رمينا رميا يرمي يرمون يرميان يرم يرمين رمي يرمى"),
        ("دعا", "يدعو", "دعا دعت دعوا دعونا دعوا يدعو تدعو يدعون يدعوان يدع دعي يدعى"),
        ("لقي", "يلقى", "لقي لقيت لقوا لقينا يلقى يلقون يلقيان يلق"),
        ("شن", "يشن", "شن شنت شنوا شننا يشن تشن يشنون"),
        ("جاء", "يجيء", "جاء جاءت جاءوا جاؤوا جئنا يجيء"),
        ("وصل", "يصل", "وصل وصلت وصلوا يصل تصل يصلون"),
        ("بدأ", "يبدأ", "بدأ بدأت بدأوا بدؤوا بدآ يبدأ يبدأون يبدؤون يبدآن"),
        ("أخذ", "يأخذ", "أخذ أخذت آخذ يأخذ تأخذ يؤخذ"),
        ("قاتل", "يقاتل", "قوتل قوتلوا قاتلوا"),
        ("اختار", "يختار", "اختار اختارت اخترنا اختير"),
        ("استعاد", "يستعيد", "استعاد استعادت استعدنا استعيدت يستعاد يستعد"),
    ],
)
def test_every_person_of_each_class_is_generated(past: str, present: str, expected: str) -> None:
    """Past, present, jussive and passive of each class of verb, all persons (Wright I, 66-172)."""
    assert set(expected.split()) <= free(past, present)


@pytest.mark.parametrize(
    ("past", "present", "expected"),
    [
        ("قصف", "يقصف", "قصف قصفت قصفو يقصف تقصف يقصفون يقصفو"),
        ("رمى", "يرمي", "رما رمت رمو يرمي"),
        ("استولى", "يستولي", "استولا استولو"),
        ("لقي", "يلقى", "يلقا"),
    ],
)
def test_stems_before_pronouns(past: str, present: str, expected: str) -> None:
    """Before a pronoun وا loses its alif and final ى is written ا."""
    assert set(expected.split()) <= bound(past, present)


def test_passive_alike_is_marked_either_and_different_passive_apart() -> None:
    """قتل may be passive or not; قيل is passive only."""
    kill = {i.form: i.features.voice for i in verb_forms("قتل", "يقتل")}
    say = {i.form: i.features.voice for i in reversed(list(verb_forms("قال", "يقول")))}
    assert kill["قتل"] == "either"
    assert (say["قال"], say["قيل"], say["يقال"]) == ("active", "passive", "passive")


def test_no_passive_where_it_is_switched_off() -> None:
    """An intransitive verb has active forms only."""
    assert {i.features.voice for i in verb_forms("سقط", "يسقط", passive=False)} == {"active"}


@pytest.mark.parametrize(
    ("singular", "plural", "free_forms", "bound_forms"),
    [
        ("غارة", "غارات", "غارة الغارة غارات الغارات غارتان غارتين الغارتان غارتي غارتا", "غارت غارات غارتي"),
        ("هجوم", "هجمات", "هجوم الهجوم هجوما هجومان هجومين الهجومين هجمات", "هجوم هجمات"),
        ("اعتداء", "اعتداءات", "اعتداء الاعتداء اعتداءات", "اعتداء اعتدائ اعتداؤ"),
        ("متظاهر", "متظاهرون", "متظاهر متظاهرون المتظاهرين متظاهرو متظاهري", "متظاهري"),
        ("", "قتلى", "قتلى القتلى", "قتلا"),
    ],
)
def test_forms_of_nouns(singular: str, plural: str, free_forms: str, bound_forms: str) -> None:
    """Article, case alif, duals, plurals and stems before pronouns (ة becomes ت)."""
    forms = list(noun_forms(singular, (plural,)))
    assert set(free_forms.split()) <= {i.form for i in forms if not i.bound}
    assert set(bound_forms.split()) <= {i.form for i in forms if i.bound}


def test_uncountable_masculine_has_no_dual() -> None:
    """قصف has no plural, hence no dual to be confused with an adjective."""
    assert "قصفين" not in {i.form for i in noun_forms("قصف")}


def test_participle_makes_feminine_and_plurals() -> None:
    """One masculine singular gives the four shapes of a participle."""
    assert {"محاصر", "محاصرة", "محاصرون", "محاصرين", "محاصرات"} <= {i.form for i in participle_forms("محاصر")}


letters = st.text(alphabet="بتجحدرسشصطعفقكلمنه", min_size=3, max_size=4)


@given(letters, st.sampled_from(FORMS))
def test_any_sound_verb_yields_words(past: str, form: str) -> None:
    """No input of plain letters breaks the generator, and every form is a word of two letters or more."""
    present = derived_present(past, form)
    assert all(len(i.form) >= 2 and i.form.isalpha() for i in verb_forms(past, present))
