"""Reprints: texts that are one text, found whatever the order they come in, and verified exactly."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.text import fold
from isnad.weigh.agencies import load_agencies
from isnad.weigh.reprints import SAME, Report, find_reprints
from isnad.weigh.reprints_first import earliest
from isnad.weigh.reprints_shingles import jaccard, letters_of, shingles_of
from isnad.weigh.unions import Unions

BODY = (
    "قصفت مدفعية الجيش أطراف بلدة كفرنبل في ريف إدلب الجنوبي صباح اليوم، ما أدى إلى مقتل ثلاثة مدنيين وإصابة سبعة "
    "آخرين بجروح متفاوتة. وقال مسعف في المكان إن فرق الدفاع المدني نقلت المصابين إلى نقطة طبية قريبة، وإن القصف طال "
    "سوقاً شعبياً ومدرسة في وسط البلدة، وإن الأهالي نزحوا إلى القرى المجاورة خوفاً من تجدده."
)
OTHER = (
    "أعلنت لجنة محلية في مدينة درعا التوصل إلى اتفاق يقضي بالإفراج عن موقوفين وفتح الطريق أمام حركة المدنيين، بعد "
    "مفاوضات استمرت أسبوعاً كاملاً بحضور وجهاء من المنطقة وممثلين عن الأهالي وضباط من الجانبين."
)


def report(key: str, text: str, published: str | None = None, forwarded: str | None = None) -> Report:
    return key, text, published, f"outlet-{key}", forwarded


def string_share(one: str, two: str) -> float:
    """The definition, written anew over sets of strings."""
    grams = []
    for text in (one, two):
        words = re.findall(r"[^\W_]+", fold(text))
        grams.append({tuple(words[n : n + 5]) for n in range(len(words) - 4)} if len(words) >= 8 else set())
    either = grams[0] | grams[1]
    return len(grams[0] & grams[1]) / len(either) if grams[0] and grams[1] else 0.0


def changed(text: str, times: int, rng: random.Random) -> str:
    """Return `text` with so many words replaced by others."""
    words = text.split()
    for _ in range(times):
        words[rng.randrange(len(words))] = f"كلمة{rng.randrange(10**6)}"
    return " ".join(words)


def collection(seed: int, stories: int) -> list[Report]:
    """Stories of the words of two texts, each with copies that were changed more and more."""
    rng = random.Random(seed)
    pool = (BODY + " " + OTHER).split()
    reports = []
    for story in range(stories):
        text = " ".join(rng.choice(pool) for _ in range(rng.randrange(30, 90)))
        for copy in range(rng.randrange(1, 5)):
            reports.append(report(f"{story:03}-{copy}", changed(text, copy, rng)))
    return reports


def test_spelling_and_marks_do_not_make_another_text() -> None:
    """Harakat, dashes, other forms of alef and Arabic digits leave a text the same: Jaccard 1."""
    other = "- " + BODY.replace("قصفت", "قَصَفَتْ").replace("أطراف", "اطراف").replace("،", " –").replace("مدرسة", "مدرسه")
    index = find_reprints([report("a", BODY), report("b", other)])
    assert index.jaccard("a", "b") == 1
    assert [g.keys for g in index.groups()] == [("a", "b")]


def test_a_reprint_under_another_headline_is_the_same_text() -> None:
    """The body decides: another headline of four words does not part two copies; the pair says how near."""
    pair = find_reprints([report("a", "قتلى في كفرنبل\n" + BODY), report("b", "مجزرة جديدة في إدلب\n" + BODY)]).pair(
        "a", "b"
    )
    assert pair is not None
    assert SAME <= pair.jaccard < 1
    assert pair.evidence == ("near-same-text",)


def test_different_texts_on_one_event_are_not_reprints() -> None:
    """Texts of their own words stay apart, and no pair is made of them."""
    index = find_reprints([report("a", BODY), report("b", OTHER)])
    assert index.pair("a", "b") is None
    assert index.groups() == []


def test_short_texts_are_never_copies_by_their_words_alone() -> None:
    """Seven equal words can be chance: such texts are one only when both were forwarded from one channel."""
    short = "انفجار في وسط مدينة دمشق قبل قليل"
    plain = find_reprints([report("a", short), report("b", short)])
    assert plain.groups() == []
    forwarded = find_reprints([report("a", short, forwarded="قناة الخبر"), report("b", short, forwarded="قناة الخبر")])
    assert [g.keys for g in forwarded.groups()] == [("a", "b")]


def test_shingles_count_what_the_definition_counts() -> None:
    """The 64-bit 5-grams give exactly the Jaccard of sets of words."""
    rng = random.Random(7)
    for times in range(0, 40, 3):
        other = changed(BODY, times, rng)
        got = jaccard(shingles_of(letters_of(BODY)), shingles_of(letters_of(other)))
        assert got == pytest.approx(string_share(BODY, other))


def test_pairs_are_all_true_and_nearly_all_found() -> None:
    """Against brute force over strings: every pair found is one (precision 1), and at least 98 % are found."""
    reports = collection(seed=3, stories=160)
    texts = {key: text for key, text, *_ in reports}
    keys = sorted(texts)
    truth = {
        (a, b)
        for n, a in enumerate(keys)
        for b in keys[n + 1 :]
        if a[:3] == b[:3] and string_share(texts[a], texts[b]) >= SAME
    }
    found = {(p.first, p.second) for p in find_reprints(reports).pairs()}
    assert all(string_share(texts[a], texts[b]) >= SAME for a, b in found)
    assert len(truth) > 100
    assert len(found & truth) >= 0.98 * len(truth)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), cut=st.integers(1, 40))
def test_groups_do_not_depend_on_order_or_batches(seed: int, cut: int) -> None:
    """Articles in any order and any batches give the groups of all at once."""
    reports = collection(seed=seed, stories=25)
    at_once = find_reprints(reports).groups()
    shuffled = reports[:]
    random.Random(seed).shuffle(shuffled)
    later = find_reprints([])
    for first in range(0, len(shuffled), cut):
        later.add(shuffled[first : first + cut])
    assert later.groups() == at_once


def test_adding_an_article_twice_changes_nothing() -> None:
    """A known key is passed over."""
    index = find_reprints([report("a", BODY), report("b", BODY)])
    before = index.groups()
    index.add([report("a", OTHER)])
    assert index.groups() == before


def test_text_that_is_no_text_makes_no_group() -> None:
    """Empty and wordless texts are known and alone."""
    index = find_reprints([report("a", ""), report("b", " !؟ 😀 "), report("c", "")])
    assert index.groups() == []
    assert "b" in index


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ({"a": "2022-05-03", "b": "2022-05-02"}, ("b", "earliest")),
        ({"a": "2022-05-03", "b": None}, (None, "undated")),
        ({"a": "2022-05-03", "b": "2022-05-03"}, (None, "same-time")),
        ({"a": "2022-05-03T08:00:00Z", "b": "2022-05-03T10:30:00+03:00"}, ("b", "earliest")),
        ({"a": "2022-05-03T08:00:00Z", "b": "2022-05-03"}, (None, "same-time")),
        ({"a": "yesterday", "b": "2022-05-03"}, (None, "undated")),
    ],
)
def test_the_first_is_known_by_publication_only(
    published: dict[str, str | None], expected: tuple[str | None, str]
) -> None:
    """Which copy came first is told by its time of publication, and is unknown where one has none."""
    assert earliest(published) == expected


def test_a_group_names_its_origin_and_a_pair_the_earlier() -> None:
    """The group tells which copy came out first and by which rule; `names` gives each copy its group."""
    index = find_reprints([report("b", BODY, "2022-05-03"), report("a", BODY, "2022-05-04"), report("c", OTHER)])
    group = index.group_of("a")
    assert (group.keys, group.origin, group.rule) == (("a", "b"), "b", "earliest")
    assert index.names() == {"a": "a", "b": "a"}
    pair = index.pair("a", "b")
    assert pair is not None
    assert pair.earlier == "b"


def test_a_forward_is_evidence() -> None:
    """A post forwarded from the other's channel says so."""
    index = find_reprints([("a", BODY, None, "شبكة الفرات", None), ("b", BODY, None, "t.me", "شبكة الفرات")])
    pair = index.pair("a", "b")
    assert pair is not None
    assert pair.evidence == ("same-text", "forwarded")


@pytest.mark.parametrize(
    ("text", "agency", "where"),
    [
        ("عنوان الخبر\nدمشق - سانا\nقال مصدر إن شيئاً حدث", "sana", "head"),
        ("بغداد (رويترز) - قالت الشرطة إن قنبلة انفجرت", "reuters", "head"),
        ("القدس/ الأناضول/ قالت وزارة الصحة", "anadolu", "head"),
        ("نص الخبر كاملاً وفيه كلام طويل عن أحداث الأمس في المدينة\nسطر\nسطر\nسطر\nالمصدر: أ.ف.ب", "afp", "tail"),
        ("عنوان\nالرياض - واس: أعلن مسؤول", "was", "head"),
        ("سبق - وكالات: قتل شخص", "wire", "head"),
    ],
)
def test_agency_marks_are_found_where_they_stand(text: str, agency: str, where: str) -> None:
    """Datelines, brackets and source lines name the agency, with the exact words."""
    (mark,) = load_agencies().marks(text)
    assert (mark.agency, mark.where) == (agency, where)
    assert text[mark.span.start : mark.span.end] == mark.span.text


@pytest.mark.parametrize(
    "text",
    [
        "قال مراسل رويترز إن القصف توقف مساء أمس",
        "وفا بوعده، وإسطنبول مدينة كبيرة",
        "وأسباب الحادث، والرابع عشر في العام",
    ],
)
def test_a_name_in_the_flow_of_a_sentence_is_no_mark(text: str) -> None:
    """An agency spoken of is not the agency of the text."""
    assert load_agencies().marks(text) == ()


def test_unions_are_the_same_in_any_order() -> None:
    """Sets joined pair by pair hold all that were joined, whatever the order."""
    pairs = [(1, 2), (3, 4), (2, 3), (5, 6), (1, 4)]
    for order in (pairs, pairs[::-1]):
        unions = Unions()
        for one, two in order:
            unions.join(one, two)
        assert sorted(unions.members(4)) == [1, 2, 3, 4]
        assert unions.same(5, 6)
        assert not unions.same(1, 5)
        assert unions.members(9) == [9]
