"""Scores of many pairs at once are those of one pair after the other, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.weigh.cluster import FORBIDDEN, agglomerate, agglomerate_scores
from isnad.weigh.columns import Columns
from isnad.weigh.days import Days
from isnad.weigh.features import compare
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.pairscores import PairScores
from isnad.weigh.proposals import Proposals, all_pairs, codes_of, counted, rows_of, summed
from isnad.weigh.scoring import built_in, score
from isnad.weigh.spots import Spot
from isnad.weigh.tellings import Telling
from isnad.weigh.wording import norm

KINDS = PartyKinds()
#: Words of the list of weights and others; places and days that touch, contain, contradict.
WORDS = ("قصف", "مدفع", "سوق", "سرمين", "قذيفه", "مشفى", "طحين", "زيتون")
SPOTS = (
    Spot("a", 35.90, 36.72, 4.0, "town", "SYR", ("سرمين",)),
    Spot("b", 35.91, 36.74, 4.0, "town", "SYR", ("زيتون",)),
    Spot("c", 36.20, 37.15, 6.0, "town", "SYR"),
    Spot("d", 35.90, 36.60, 40.0, "governorate", "SYR"),
)
DAYS = (
    Days(),
    Days(738_000, 738_000),
    Days(738_001, 738_001),
    Days(738_009, 738_009),
    Days(738_000, 738_030),
    Days(weekday=2),
    Days(month_day=(7, 29)),
    Days(vague=True),
)
COUNTS = (None, (3, 3), (2, 5), (9, None), (1, 1))
PARTIES = (frozenset[str](), frozenset({"SYR.mil"}), frozenset({"civilians"}), frozenset({"civilians", "RUS.mil"}))


@st.composite
def tellings(draw: st.DrawFn, key: int) -> Telling:
    """Return any telling."""
    words = tuple(sorted(draw(st.sets(st.sampled_from(WORDS)))))
    spots = tuple(draw(st.lists(st.sampled_from(SPOTS), max_size=2, unique=True)))
    return Telling(
        key=f"{key:02d}@0",
        doc_id=f"{key // 2}",
        events=(1,),
        family=draw(st.sampled_from(["force", "talks"])),
        part="happening",
        modes=draw(st.sampled_from([frozenset(), frozenset({"aerial"}), frozenset({"drone"})])),
        spots=spots,
        days=draw(st.sampled_from(DAYS)),
        published=draw(st.sampled_from([None, 738_000, 738_002, 738_040])),
        actors=draw(st.sampled_from(PARTIES)),
        recipients=draw(st.sampled_from(PARTIES)),
        killed=draw(st.sampled_from(COUNTS)),
        injured=draw(st.sampled_from(COUNTS)),
        detained=None,
        words=words,
        length=norm(words),
        scope=() if spots else words,
        place_words=frozenset(spots[0].words) if spots and spots[0].precise else frozenset(),
        lead=draw(st.booleans()),
        outlet=None,
        copy=draw(st.sampled_from([None, "x"])),
    )


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_many_at_once_are_scored_as_one_by_one(data):
    """For any tellings, every pair has the score that its explanation sums to, with the same vetoes."""
    told = [data.draw(tellings(key)) for key in range(data.draw(st.integers(2, 8)))]
    columns = Columns()
    rows = [columns.put(one) for one in told]
    ones, twos = (np.array(side) for side in zip(*[(a, b) for a in rows for b in rows], strict=True))
    found = PairScores(columns, KINDS, built_in()).of(ones, twos)
    for one, two, value in zip(ones, twos, found, strict=True):
        pair = compare(columns.at(one), columns.at(two), KINDS)
        assert value == (FORBIDDEN if pair.veto else score(pair, built_in()))


def test_a_row_that_is_free_is_used_again():
    """A telling taken out leaves its row to another, whose values are its own."""
    columns = Columns()
    first, second = _plain(0), _plain(1)
    row = columns.put(first)
    assert columns.drop(first.key) is first
    assert columns.put(second) == row
    assert columns.at(row) is second
    assert first.key not in columns.row_of


def _plain(key: int) -> Telling:
    return Telling(
        key=f"{key}@0",
        doc_id=f"{key}",
        events=(1,),
        family="force",
        part="happening",
        modes=frozenset(),
        spots=(),
        days=Days(),
        published=None,
        actors=frozenset(),
        recipients=frozenset(),
        killed=None,
        injured=None,
        detained=None,
        words=WORDS[:key],
        length=norm(WORDS[:key]),
        scope=(),
        place_words=frozenset(),
        lead=False,
        outlet=None,
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=6, unique=True), max_size=12))
def test_pairs_are_counted_by_the_groups_they_stand_in(groups):
    """However the groups are, each pair is there once, with how many of them hold both its rows."""
    codes, counts = counted(groups)
    expected: dict[tuple[int, int], int] = {}
    for group in groups:
        for a in group:
            for b in group:
                if a < b:
                    expected[a, b] = expected.get((a, b), 0) + 1
    ones, twos = rows_of(codes)
    assert dict(zip(zip(ones.tolist(), twos.tolist(), strict=True), counts.tolist(), strict=True)) == expected
    assert codes.tolist() == sorted(codes.tolist())


def test_a_pair_keeps_its_score_until_no_block_proposes_it():
    """A pair proposed by two blocks stays when one lets it go, and is scored again only after both did."""
    proposals = Proposals()
    codes = all_pairs([3, 1, 2])
    one = np.ones(3, dtype=np.int64)
    assert proposals.change(np.sort(codes), 2 * one).tolist() == sorted(codes.tolist())
    proposals.score(np.array([1.0, 2.0, 3.0]))
    assert len(proposals.change(np.sort(codes), -one)) == 0
    assert proposals.known(int(codes_of(np.array([2]), np.array([1]))[0])) == 1.0
    assert len(proposals.change(np.sort(codes), -one)) == 0
    assert proposals.known(int(codes[0])) is None
    assert len(proposals.change(*summed(np.sort(codes), one, codes[:0], one[:0]))) == 3


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_joining_by_matrix_is_joining_by_function(data):
    """Clusters do not depend on whether scores come from a function of two keys or from one row of all pairs."""
    size = data.draw(st.integers(1, 9))
    keys = [f"k{n}" for n in range(size)]
    values = st.sampled_from([FORBIDDEN, -2.0, -0.5, 0.25, 0.5, 1.0, 3.0])
    pairs = {(a, b): data.draw(values) for n, a in enumerate(keys) for b in keys[n + 1 :]}
    found = agglomerate(keys, lambda a, b: pairs[a, b], join=0.0)
    assert found == agglomerate_scores(keys, np.array([*pairs.values()]), join=0.0)
    assert sorted(key for cluster in found for key in cluster) == keys
    for cluster in found:
        inside = [pairs[a, b] for n, a in enumerate(cluster) for b in cluster[n + 1 :]]
        assert FORBIDDEN not in inside


@pytest.mark.parametrize("join", [0.0, 1.0])
def test_a_single_key_is_a_cluster(join):
    """One key alone needs no score."""
    assert agglomerate_scores(("a",), np.empty(0), join=join) == [("a",)]
