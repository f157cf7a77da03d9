"""Numbers in digits and words: «3 آلاف» (3,000), «ثلاثمئة وخمسة وأربعين ألفا» (345,000), «العشرات» (tens).

The grammar is additive: a unit, tens, hundreds joined by و «and», times a scale, then a smaller group.  Words
of counting (more than, at least, up to) are not read here.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib import resources

import msgspec
import yaml

from isnad.text.clitics import splits
from isnad.text.words import Kind, Words

_AND = "و"
_ARTICLE = "ال"
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\u066c]\d{3})+", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}[.,\u066b]\d{1,3}", re.ASCII)
_MOST_DIGITS = 12
_READINGS = 3  # a number word is met under one of the likeliest readings of its form

# Classes of number words, in the order in which they may follow one another.
_UNIT, _PART, _TEN, _HUNDRED, _SCALE, _VAGUE, _FRACTION = range(7)


class Number(msgspec.Struct, frozen=True):
    """One number word: its class, its value or range; `joined` where و «and» is written with it."""

    kind: int
    least: float
    most: float
    joined: bool = False
    many: bool = False  # the plural of a scale: آلاف «thousands»
    digits: bool = False


class _Tables(msgspec.Struct, frozen=True):
    numbers: dict[str, Number]
    ordinals: dict[str, int]
    ordinal_one: frozenset[str]


def read_number(words: Words, i: int) -> tuple[int, int, int, bool] | None:
    """Read the number that begins at word `i`: (word after it, least, most, exact), or None.

    Digits are ASCII, Arabic-Indic or Persian, with or without separators of thousands.  Vague numbers have
    the ranges of CODEBOOK section 9 (العشرات: 20 to 99) and `exact` False.
    """
    first = _word(words, i)
    if first is None or first.kind in (_FRACTION, _PART):
        return _fraction_of_scale(words, i, first) or _part_first(words, i, first)
    if first.kind == _VAGUE:
        return _vague(words, i, first)
    if first.kind == _SCALE and first.many:
        return (i + 1, int(2 * first.least), int(10 * first.least) - 1, False)
    return _sum(words, i)


def read_ordinal(words: Words, i: int) -> tuple[int, int] | None:
    """Read the ordinal that begins at word `i`: (word after it, number), or None («الحادي والعشرين»: 21)."""
    tables = _tables()
    forms = _forms(words, i)
    value = next((tables.ordinals[f] for f in forms if f in tables.ordinals), None)
    if value is None and tables.ordinal_one.intersection(forms):
        value = 1
    elif value is None:
        tens = next((n for n in (_number(f) for f in forms) if n and n.kind in (_TEN, _HUNDRED)), None)
        definite = bool(forms) and any(split.article for split in words.types[i].splits[:_READINGS])
        return (i + 1, int(tens.least)) if tens and definite else None
    after = _word(words, i + 1)
    if after is not None and after.kind == _UNIT and after.least == 10 and not after.joined:
        return (i + 2, value + 10)
    if after is not None and after.kind == _TEN and after.joined:
        return (i + 2, value + int(after.least))
    return None if tables.ordinal_one.intersection(forms) else (i + 1, value)


class _State(msgspec.Struct):
    """What is read so far: finished scales, the group below the next scale, the class of the last word."""

    total: float = 0.0
    group: float = 0.0
    limit: float = math.inf  # the smallest scale so far
    last: int | None = None  # None at the start and after a scale


def _sum(words: Words, i: int) -> tuple[int, int, int, bool]:
    """Add up the words from `i` on as long as they make one number."""
    state = _State()
    j = i
    while (found := _next(words, j, started=j > i)) is not None:
        number, after = found
        if j > i and not _may_follow(number, state, joined=number.joined or after > j + 1):
            break
        j = after
        if number.kind == _FRACTION:
            state.total += number.least * state.limit
            j += _repeats_scale(words, j, state.limit)
            break
        _add(number, state)
    value = round(state.total + state.group)
    return (j, value, value, True)


def _add(number: Number, state: _State) -> None:
    if number.kind == _SCALE:
        state.total += (state.group or 1.0) * number.least
        state.limit, state.group, state.last = number.least, 0.0, None
    elif number.kind == _HUNDRED and state.last == _UNIT:  # خمس مئة
        state.group *= 100
        state.last = _HUNDRED
    else:
        state.group += number.least
        full = number.kind == _UNIT and (number.digits or number.least >= 10)
        state.last = _TEN if full else number.kind  # after a teen or digits only a scale may come


def _may_follow(number: Number, state: _State, *, joined: bool) -> bool:
    """Say whether `number` goes on in the number read so far."""
    group, last = state.group, state.last
    if number.kind == _SCALE:
        if joined:  # مليون وألف
            return last is None and number.least < state.limit
        return last is not None and number.least < state.limit
    if number.kind == _FRACTION:
        return joined and last is None
    if not joined:
        teen = number.kind == _UNIT and number.least == 10 and last in (_UNIT, _PART) and 0 < group % 100 < 10
        return teen or (number.kind == _HUNDRED and number.least == 100 and last == _UNIT and 3 <= group <= 9)
    if last is None:  # after a scale: any smaller group
        return number.least < state.limit and number.kind != _VAGUE
    if last == _HUNDRED:
        return number.least < 100 and number.kind != _VAGUE
    return last in (_UNIT, _PART) and number.kind == _TEN


def _vague(words: Words, i: int, first: Number) -> tuple[int, int, int, bool]:
    """Read a vague number, its scale («عشرات الآلاف») or what it multiplies («بضع مئات», «بضعة عشر»)."""
    after = _word(words, i + 1)
    if after is None or after.joined:
        return (i + 1, int(first.least), int(first.most), False)
    if after.kind == _SCALE:
        scale = after.least
        return (i + 2, int(first.least * scale), int((first.most + 1) * scale) - 1, False)
    if first.most == 9 and after.kind == _VAGUE:
        step = after.least // 2
        return (i + 2, int(first.least * step), int((first.most + 1) * step) - 1, False)
    if first.most == 9 and after.kind == _UNIT and after.least == 10:
        return (i + 2, 13, 19, False)
    return (i + 1, int(first.least), int(first.most), False)


def _fraction_of_scale(words: Words, i: int, first: Number | None) -> tuple[int, int, int, bool] | None:
    """Read «نصف مليون» (half a million)."""
    if first is None or first.kind != _FRACTION:
        return None
    after = _word(words, i + 1)
    if after is None or after.kind != _SCALE or after.joined or after.many:
        return None
    value = round(first.least * after.least)
    return (i + 2, value, value, True)


def _part_first(words: Words, i: int, first: Number | None) -> tuple[int, int, int, bool] | None:
    """Read «أحد عشر», «إحدى وعشرين»: أحد by itself is «one of»."""
    if first is None or first.kind != _PART:
        return None
    after = _word(words, i + 1)
    if after is None:
        return None
    teen = after.kind == _UNIT and after.least == 10 and not after.joined
    if teen or (after.kind == _TEN and after.joined):
        value = 1 + int(after.least)
        scale = _word(words, i + 2)
        if scale is not None and scale.kind == _SCALE and not scale.joined:
            value *= int(scale.least)
            return (i + 3, value, value, True)
        return (i + 2, value, value, True)
    return None


def _repeats_scale(words: Words, j: int, scale: float) -> int:
    """Return 1 where word `j` names the scale again («مليون ونصف المليون»)."""
    again = _word(words, j)
    return int(again is not None and again.kind == _SCALE and again.least == scale and not again.joined)


def _next(words: Words, j: int, *, started: bool) -> tuple[Number, int] | None:
    """Return the number word at `j`, or after a و standing apart («3 آلاف و 500»), and the word after it."""
    number = _word(words, j)
    if number is not None:
        return number, j + 1
    if started and j < len(words) and words.key[j] == _AND:
        number = _word(words, j + 1)
        if number is not None and not number.joined:
            return number, j + 2
    return None


def _word(words: Words, i: int) -> Number | None:
    if i >= len(words):
        return None
    kind = words.types[i].kind
    if kind is Kind.NUMBER:
        return _digits(words.key[i])
    return _form(words.key[i]) if kind is Kind.WORD else None


def _forms(words: Words, i: int) -> tuple[str, ...]:
    """Return the stems under which word `i` may be an ordinal."""
    if i >= len(words) or words.types[i].kind is not Kind.WORD:
        return ()
    return tuple(
        dict.fromkeys(
            stem
            for s in words.types[i].splits
            if not s.suffix
            for stem in (s.stem, s.host.removeprefix(_ARTICLE))
        )
    )


@lru_cache(maxsize=20_000)
def _form(key: str) -> Number | None:
    """Return what number word the folded word `key` is, under one of its likeliest readings."""
    bare = _number(key)
    if bare is None and key.startswith(_ARTICLE) and len(key) > 4:
        bare = _number(key[2:])
        if bare is not None and bare.least == 2:
            return None  # الاثنين is Monday
    if bare is not None:
        return bare
    for split in splits(key)[:_READINGS]:
        if split.suffix or not (split.conjunction or split.preposition):
            continue
        number = _number(split.host) or _number(split.stem)
        if number is not None:
            return msgspec.structs.replace(number, joined=split.conjunction == _AND)
    return None


@lru_cache(maxsize=20_000)
def _digits(key: str) -> Number | None:
    """Return the value of a number in (folded) digits."""
    if not key.isascii() and "\u066b" not in key and "\u066c" not in key:
        return None
    if _THOUSANDS.fullmatch(key):
        key = re.sub(r"\D", "", key)
    if key.isascii() and key.isdigit():
        return None if len(key) > _MOST_DIGITS else Number(_UNIT, int(key), int(key), digits=True)
    if _DECIMAL.fullmatch(key):
        value = float(re.sub(r"[,\u066b]", ".", key))
        return Number(_UNIT, value, value, digits=True)
    return None


def _number(key: str) -> Number | None:
    return _tables().numbers.get(key)


@cache
def _tables() -> _Tables:
    data = (resources.files("isnad.text") / "data" / "numerals.yaml").read_bytes()
    hand = yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    numbers: dict[str, Number] = {}
    for kind, section in ((_UNIT, "units"), (_PART, "units_in_compound"), (_TEN, "tens")):
        for value, forms in hand[section].items():
            numbers.update({form: Number(kind, value, value) for form in forms})
    numbers.update({form: Number(_HUNDRED, 100, 100) for form in hand["hundred"]})
    numbers.update({form: Number(_HUNDRED, 200, 200) for form in hand["two_hundred"]})
    for value, stems in hand["hundred_stems"].items():
        for stem in stems:
            for hundred in hand["hundred"]:
                numbers[stem + hundred] = Number(_HUNDRED, value * 100, value * 100)
    for scale, forms in hand["scales"].items():
        numbers.update({form: Number(_SCALE, 2 * scale, 2 * scale) for form in forms["two"]})
        numbers.update({form: Number(_SCALE, scale, scale) for form in forms["one"]})
        numbers.update({form: Number(_SCALE, scale, scale, many=True) for form in forms["many"]})
    numbers.update({form: Number(_VAGUE, least, most) for form, (least, most) in hand["vague"].items()})
    numbers.update({form: Number(_FRACTION, part, part) for form, part in hand["fractions"].items()})
    ordinals = {form: value for value, forms in hand["ordinals"].items() for form in forms}
    return _Tables(numbers, ordinals, frozenset(hand["ordinal_one"]))
