"""Scores of pairs: explained, symmetric, vetoed."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path

import pytest

from isnad.model import CodedArticle
from isnad.weigh.cluster import FORBIDDEN, agglomerate, components
from isnad.weigh.days import Days, relation
from isnad.weigh.explained import explain_pair
from isnad.weigh.features import compare
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.publication import publication_day
from isnad.weigh.registry import Registry, assign
from isnad.weigh.tellings import tellings_of

_spec = importlib.util.spec_from_file_location("incidents_made", Path(__file__).with_name("test_incidents.py"))
assert _spec
assert _spec.loader
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)


@pytest.fixture(scope="module")
def kinds() -> PartyKinds:
    """Return the kinds of the built-in parties."""
    return PartyKinds()


def telling(article: CodedArticle):
    """Return the one telling of an article."""
    (only,) = tellings_of(article)
    return only


def test_contributions_sum_to_the_score(kinds):
    """Every score is the sum of its explained contributions, in their order."""
    pair = explain_pair(telling(made.shelling("a")), telling(made.twin("b")), kinds=kinds)
    assert sum(r.contribution for r in pair.reasons) == pytest.approx(pair.score, abs=1e-9)
    assert pair.verdict == "same"
    assert {r.feature for r in pair.reasons} >= {"bias", "place:same", "day:same", "actors:same", "wording"}


def test_pairs_are_symmetric(kinds):
    """Which of two tellings comes first changes neither features nor veto."""
    tellings = [telling(made.shelling("a")), telling(made.twin("b")), telling(made.shelling("c", place=made.ARIHA))]
    for one in tellings:
        for two in tellings:
            forth, back = compare(one, two, kinds), compare(two, one, kinds)
            assert dict(forth.features) == pytest.approx(dict(back.features))
            assert forth.veto == back.veto


@pytest.mark.parametrize(
    ("other", "veto"),
    [
        (lambda: made.shelling("b", place=made.ARIHA), "different-towns"),
        (lambda: made.shelling("b", day="2023-09-08"), "different-days"),
        (lambda: made.shelling("b", type="CONSULT", mode=None), "different-family"),
    ],
)
def test_vetoes(kinds, other, veto):
    """Two precise towns, days that contradict, and two families of events forbid joining, and say so."""
    pair = explain_pair(telling(made.shelling("a")), telling(other()), kinds=kinds)
    assert (pair.veto, pair.verdict) == (veto, "different")


def test_a_report_published_before_the_day_is_of_something_else(kinds):
    """What was published two days before a happening does not tell of it."""
    early = telling(made.msgspec.structs.replace(made.shelling("a", day=None), published="2023-09-01"))
    assert compare(early, telling(made.shelling("b")), kinds).veto == "told-before"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (Days(10, 10), Days(10, 10), "same"),
        (Days(10, 10), Days(11, 11), "near"),
        (Days(10, 10), Days(12, 12), "apart"),
        (Days(weekday=3), Days(weekday=3), "weekday"),
        (Days(weekday=3), Days(weekday=5), "other-weekday"),
        (Days(month_day=(8, 26)), Days(month_day=(8, 26)), "date-words"),
        (Days(month_day=(8, 26)), Days(month_day=(9, 2)), "other-date"),
        (Days(738760, 738760), Days(weekday=dt.date.fromordinal(738760).weekday()), "weekday"),
        (Days(), Days(10, 10), "unknown"),
    ],
)
def test_days_agree_as_far_as_they_are_told(one, two, expected):
    """Whole days are compared as days, a weekday or a day of a month as what they are; either way round."""
    assert relation(one, two) == expected
    assert relation(two, one) == expected


#: «Three civilians were killed on 17 March 2024 in shelling of the city and others wounded.»
SENTENCE = "قتل في 17 مارس 2024 ثلاثة مدنيين في قصف على المدينة وأصيب آخرون بجروح"


@pytest.mark.parametrize(
    ("url", "text", "day", "rule"),
    [
        ("https://news.example/2022/08/06/a-title", "نص", "2022-08-06", "address"),
        ("https://news.example/20231007/title", "نص", "2023-10-07", "address"),
        ("https://x.com/somebody/status/1861768675230896306", "نص", "2024-11-27", "status-number"),
        (None, "وكالة\nالأحد, ١٧ مارس ٢٠٢٤, ١٧:١٥\nقصفت", "2024-03-17", "date-line"),
        (
            "https://news.example/20221399/x",
            SENTENCE,
            None,
            None,
        ),
    ],
)
def test_publication_from_marks(url, text, day, rule):
    """The day of publication is taken from an address, a status number or a date line, never from a sentence."""
    found = publication_day(CodedArticle(doc_id="a", text=text, url=url))
    assert (found and found.day.isoformat(), found and found.rule) == (day, rule)


def test_clusters_obey_vetoes():
    """Two keys that must not be joined stay apart even where a third agrees with both."""
    scores = {("a", "b"): 5.0, ("b", "c"): 4.0, ("a", "c"): FORBIDDEN}
    assert components([("a", "b"), ("b", "c")]) == [("a", "b", "c")]
    found = agglomerate(("a", "b", "c"), lambda x, y: scores[x, y], join=0.0)
    assert found == [("a", "b"), ("c",)]


def test_a_split_keeps_the_id_with_the_larger_part():
    """Where an incident parts, the larger part keeps its id and the other gets a new one."""
    ids, registry = assign([("a", "b", "c")])
    (old,) = ids
    after, kept = assign([("a",), ("b", "c")], registry)
    assert after[old] == 1
    assert len(after) == 2
    assert kept.redirects == {}


def test_a_merge_redirects_and_a_later_split_gives_a_new_id():
    """Of two incidents that join the larger keeps its id; the redirect stays when they part again."""
    ids, registry = assign([("a", "b"), ("c",)])
    large, small = (next(i for i, n in ids.items() if n == k) for k in (0, 1))
    joined, merged = assign([("a", "b", "c")], registry)
    assert joined == {large: 0}
    assert merged.redirects == {small: large}
    assert merged.merged() == {large: (small,)}
    parted, again = assign([("a", "b"), ("c",)], merged)
    assert parted[large] == 0
    assert small not in parted
    assert again.resolve(small) == large


def test_ids_do_not_depend_on_the_order_of_clusters():
    """The same clusters in another order get the same ids."""
    one, _ = assign([("a", "b"), ("c",)])
    two, _ = assign([("c",), ("a", "b")])
    assert one == {i: 1 - n for i, n in two.items()}
    assert Registry().resolve("inc-unknown") == "inc-unknown"
