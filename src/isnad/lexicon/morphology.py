"""Every inflected form of an Arabic verb or noun, as it is written without vowel marks.

In go dictionary forms in careful spelling (hamzas, ة, ى); out come written forms with their features.  The
classes (sound, hollow, defective, doubled, hamzated) are read off the spelling of past and present, so that a
verb needs no root.  Rules: W. Wright, A Grammar of the Arabic Language, vol. I, sections 66-172 (verbs) and
295-317 (nouns).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

_LONG = frozenset("اوي")  # letters that write long vowels
_WEAK = frozenset("اىيو")  # a verb that ends in one is defective
_ARTICLE = "ال"  # the
_FIRST_PERSON = "أ"  # prefix «I» of the present
FORMS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class Features(msgspec.Struct, frozen=True, array_like=True):
    """What a written form says by itself.

    pos: verb | noun | participle.  tense: past | present | masdar (nouns).  voice: active | passive | either
    (spelled alike) | "" (nouns).  person 3, 2, 1 or 0; number s | d | p; gender m | f | "".  `article`:
    carries «the».  `mood`: "jussive" for forms met only after لم «did not» and the like.
    """

    pos: str
    tense: str = "masdar"
    voice: str = ""
    person: int = 0
    number: str = "s"
    gender: str = "m"
    article: bool = False
    mood: str = ""


class Inflected(msgspec.Struct, frozen=True):
    """A written form; `bound` means that it is met only before an attached pronoun."""

    form: str
    features: Features
    bound: bool = False


def derived_present(past: str, form: str) -> str:
    """Return the present (3rd masc. sing.) of `past` in the verb form; I as for sound and doubled verbs."""
    if form == "I":
        return "ي" + past
    if form in ("V", "VI"):
        return "ي" + past
    if form in ("II", "III"):
        head = "ؤ" + past[1:] if past[0] == "أ" else "ؤا" + past[1:] if past[0] == "آ" else past
        return "ي" + _final_yaa(head)
    if form == "IV":
        body = "ؤ" + past[1:] if past[0] == "آ" else past[1:]
        return "ي" + _hollow_yaa(_final_yaa(body))
    body = _final_yaa(past[1:])
    return "ي" + (_hollow_yaa(body) if form == "X" else body)


def _final_yaa(stem: str) -> str:
    return stem[:-1] + "ي" if stem.endswith(("ى", "ا")) else stem


def _hollow_yaa(stem: str) -> str:
    return stem[:-2] + "ي" + stem[-1] if len(stem) > 2 and stem[-2] == "ا" else stem


def verb_forms(
    past: str, present: str, *, passive: bool = True, passive_past: str = "", passive_present: str = ""
) -> Iterator[Inflected]:
    """Yield every form of a verb from its 3rd masc. sing.; passives as given, or derived if `passive`."""
    own_past = passive_past or (_passive_past(past, present) if passive else "")
    own_present = passive_present or (_passive_present(past, present) if passive else "")
    alike = passive and own_past == past
    yield from _past(past, present, "either" if alike else "active")
    if own_past and not alike:
        yield from _past(own_past, own_present or present, "passive")
    alike = passive and own_present == present
    yield from _present(past, present, "either" if alike else "active")
    if own_present and not alike:
        yield from _present(past, own_present, "passive")


def _is_hollow(past: str, present: str) -> bool:
    long_enough = len(past) > 2 and len(present) > 3 and past[-1] not in _WEAK
    return long_enough and past[-2] in "اي" and present[-2] in _LONG


def _is_doubled(past: str, present: str) -> bool:
    if len(past) == 2:
        return True
    if past[0] == "أ" and len(past) == 3:
        return len(present) == 3
    if past[0] == "ا" and len(past) == 4:
        return past[2] in "تطد" or past[1] == "ن"
    return past.startswith("است") and len(past) == 5 and past[-1] not in _WEAK


def _consonant_stem(past: str, present: str) -> str:
    """Return the past stem before consonantal endings: قل- of قال «say», رمي- of رمى «throw», شنن- of شن."""
    if past[-1] in "اى":
        return past[:-1] + ("و" if present.endswith("و") else "ي")
    if past[-1] == "ي":
        return past
    if _is_hollow(past, present):
        last = "ئ" if past[-1] == "ء" else past[-1]
        return past[:-2] + last
    return past + past[-1] if _is_doubled(past, present) else past


def _past(past: str, present: str, voice: str) -> Iterator[Inflected]:
    def make(form: str, person: int, number: str, gender: str, *, bound: bool = False) -> Inflected:
        return Inflected(form, Features("verb", "past", voice, person, number, gender), bound)

    stem = _consonant_stem(past, present)
    defective = past[-1] in "اىي"
    vowel = past[:-1] if past[-1] in "اى" else past
    yield make(past, 3, "s", "m")
    yield make(past[:-1] + "ا" if past[-1] == "ى" else past, 3, "s", "m", bound=True)
    yield from _both(make, vowel + "ت", 3, "s", "f")
    yield from _both(make, vowel + "تا", 3, "d", "f")
    dual = stem + "ا" if defective else past[:-1] + "آ" if past[-1] == "أ" else past + "ا"
    yield from _both(make, dual, 3, "d", "m")
    for base in _hamza_seats(past[:-1] if defective else past):
        yield make(base + "وا", 3, "p", "m")
        yield make(base + "و", 3, "p", "m", bound=True)
    yield from _both(make, stem + "ا" if stem.endswith("ن") else stem + "نا", 1, "p", "")
    yield from _both(make, stem if stem.endswith("ن") else stem + "ن", 3, "p", "f")
    yield make(stem + "تم", 2, "p", "m")
    if stem != vowel:
        yield from _both(make, stem + "ت", 1, "s", "")


def _both(make: object, form: str, person: int, number: str, gender: str) -> Iterator[Inflected]:
    """Yield a form that stands alone and before pronouns alike."""
    yield make(form, person, number, gender)  # type: ignore[operator]
    yield make(form, person, number, gender, bound=True)  # type: ignore[operator]


def _hamza_seats(base: str) -> tuple[str, ...]:
    """Return the spellings of a stem-final hamza before و: بدأوا, بدؤوا, بدءوا are all written."""
    if base.endswith(("أ", "ء")):
        return (base, base[:-1] + "ؤ", base[:-1] + ("ء" if base[-1] == "أ" else "ئ"))
    return (base,)


def _present(past: str, present: str, voice: str) -> Iterator[Inflected]:
    body = present[1:]
    heads = [("ي" + body, 3, "s", "m"), ("ت" + body, 3, "s", "f"), ("ن" + body, 1, "p", "")]
    if voice != "passive":  # "I was shelled" is not news, and its spelling collides with form IV
        heads.append(("آ" + body[1:] if body[:1] == "أ" else _FIRST_PERSON + body, 1, "s", ""))
    for form, person, number, gender in heads:
        yield _present_form(form, voice, person, number, gender)
        bound = form[:-1] + "ا" if form[-1] == "ى" else form
        yield _present_form(bound, voice, person, number, gender, bound=True)
        short = _jussive(form, past)
        if short:
            yield _present_form(short, voice, person, number, gender, mood="jussive")
            yield _present_form(short, voice, person, number, gender, mood="jussive", bound=True)
    yield from _present_plurals(past, body, voice)


def _present_plurals(past: str, body: str, voice: str) -> Iterator[Inflected]:
    defective = body[-1] in _WEAK
    open_stem = body[:-1] if defective else body
    dual_stem = body[:-1] + "ي" if body[-1] in "اى" else body
    for prefix, person, gender in (("ي", 3, "m"), ("ت", 2, "m")):
        for base in _hamza_seats(open_stem):
            for ending, bound in (("ون", False), ("وا", False), ("ون", True), ("و", True)):
                yield _present_form(prefix + base + ending, voice, person, "p", gender, bound=bound)
    if dual_stem.endswith("أ"):  # يبدأ + ان is written يبدآن
        dual_stem = dual_stem[:-1] + "آ"
    for prefix, gender in (("ي", "m"), ("ت", "f")):
        for ending in ("ن", "") if dual_stem.endswith("آ") else ("ان", "ا"):
            yield _present_form(prefix + dual_stem + ending, voice, 3, "d", gender)
            yield _present_form(prefix + dual_stem + ending, voice, 3, "d", gender, bound=True)
    short = body if defective else _jussive("ي" + body, past)[1:] or body
    feminine = body[:-1] + "ي" if body[-1] in "اى" else short
    yield _present_form("ي" + feminine + "ن", voice, 3, "p", "f")


def _present_form(
    form: str, voice: str, person: int, number: str, gender: str, *, bound: bool = False, mood: str = ""
) -> Inflected:
    return Inflected(form, Features("verb", "present", voice, person, number, gender, False, mood), bound)


def _jussive(form: str, past: str) -> str:
    """Return the shortened form after لم «did not» if it is written differently: لم يقل, لم يرم; else ""."""
    if form[-1] in _WEAK:
        return form[:-1]
    return form[:-2] + form[-1] if len(form) > 3 and form[-2] in _LONG and _is_hollow(past, form) else ""


def _passive_past(past: str, present: str) -> str:
    if _is_hollow(past, present):
        return past[:-2] + "ي" + past[-1]
    if past[-1] in "اى":
        past = past[:-1] + "ي"
    if len(past) >= 4 and past[1] == "ا":  # III: قاتل -> قوتل
        return past[0] + "و" + past[2:]
    if len(past) >= 5 and past[0] == "ت" and past[2] == "ا":  # VI: تبادل -> تبودل
        return past[:2] + "و" + past[3:]
    if past[0] == "آ":
        return "أو" + past[1:]
    return past[:-1] + "ئ" if past[-1] == "أ" else past


def _passive_present(past: str, present: str) -> str:
    if _is_hollow(past, present):
        return present[:-2] + "ا" + present[-1]
    if present[-1] in _WEAK:
        present = present[:-1] + "ى"
    if present[1] == "أ":
        present = "يؤ" + present[2:]
    if past[0] == "و" and len(past) == 3 and present[1] != "و":  # assimilated: يصل -> يوصل
        return "يو" + present[1:]
    return present[:-1] + "أ" if present[-1] == "ئ" else present


def noun_forms(singular: str, plurals: tuple[str, ...] = (), *, pos: str = "noun") -> Iterator[Inflected]:
    """Yield a noun's forms: with «the», case alif, duals (given a plural or final ة), before pronouns."""
    if singular:
        yield from _stem_forms(singular, pos, "s")
        if plurals or singular.endswith("ة"):
            yield from _duals(singular, pos)
    for plural in plurals:
        sound = plural.endswith("ون")
        yield from _sound_masculine(plural[:-2], pos) if sound else _stem_forms(plural, pos, "p")


def participle_forms(singular: str) -> Iterator[Inflected]:
    """Yield the forms of a participle from its masc. sing.: feminine and both sound plurals."""
    yield from noun_forms(singular, (singular + "ون", singular + "ات"), pos="participle")
    yield from noun_forms(singular + "ة", pos="participle")


def _stem_forms(noun: str, pos: str, number: str) -> Iterator[Inflected]:
    gender = "f" if noun.endswith(("ة", "ات")) else "m"
    plain = Features(pos, "masdar", "", 0, number, gender)
    yield Inflected(noun, plain)
    yield Inflected(_ARTICLE + noun, msgspec.structs.replace(plain, article=True))
    if not noun.endswith(("ة", "ات", "ا", "ى", "اء", "أ")):
        yield Inflected(noun + "ا", plain)
    for base in _noun_bases(noun):
        yield Inflected(base, plain, bound=True)


def _noun_bases(noun: str) -> tuple[str, ...]:
    """Return the noun's spellings before a pronoun: ة becomes ت, ى becomes ا, a final hamza changes seat."""
    if noun.endswith("ة"):
        return (noun[:-1] + "ت",)
    if noun.endswith("ى"):
        return (noun[:-1] + "ا",)
    if noun.endswith("ء"):
        return (noun, noun[:-1] + "ئ", noun[:-1] + "ؤ")
    return (noun,)


def _duals(noun: str, pos: str) -> Iterator[Inflected]:
    feminine = noun.endswith("ة")
    base = noun[:-1] + "ت" if feminine else noun
    features = Features(pos, "masdar", "", 0, "d", "f" if feminine else "m")
    definite = msgspec.structs.replace(features, article=True)
    for ending in ("ان", "ين"):
        yield Inflected(base + ending, features)
        yield Inflected(_ARTICLE + base + ending, definite)
    if feminine:  # a masculine construct dual (هجومي) is spelled like the adjective, and is rare
        for ending in ("ا", "ي"):
            yield Inflected(base + ending, features)
            yield Inflected(base + ending, features, bound=True)


def _sound_masculine(base: str, pos: str) -> Iterator[Inflected]:
    features = Features(pos, "masdar", "", 0, "p", "m")
    definite = msgspec.structs.replace(features, article=True)
    for ending in ("ون", "ين"):
        yield Inflected(base + ending, features)
        yield Inflected(_ARTICLE + base + ending, definite)
    for ending in ("و", "ي"):
        yield Inflected(base + ending, features)
        yield Inflected(base + ending, features, bound=True)
