"""Castings: who fills the slots of an event, all of them at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.coding import Coder
from isnad.coding.casting import UNKNOWN_PARTY, Casting, castings, first_choice, ids_in, likeliest
from isnad.coding.casting_step import RIGHT, WRONG, Choices, examples
from isnad.coding.draft import Draft
from isnad.coding.reading import Reading
from isnad.coding.roles import candidates
from isnad.coding.roles_again import Opinion
from isnad.model import Article

#: The coalition shelled; the army and the party clashed.
TEXT = "قصفت قوات التحالف مواقع تنظيم داعش قرب الرقة. واندلعت اشتباكات بين قوات النظام وقسد في الحسكة."

chances = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda p: (p[0] * (1 - p[1]), (1 - p[0]) * p[1]))
some_parties = st.lists(chances, max_size=6).map(lambda rows: [Opinion(n, a, r) for n, (a, r) in enumerate(rows)])


@pytest.fixture(scope="module")
def coded(coder: Coder) -> tuple[Reading, list[Draft]]:
    return coder.draft(Article(doc_id="", text=TEXT, published="2021-05-01", outlet=None))


@given(some_parties)
def test_castings_are_likely_first_and_differ(parties: list[Opinion]) -> None:
    found = castings(parties)
    assert found
    assert [c.chance for c in found] == sorted((c.chance for c in found), reverse=True)
    slots = [(frozenset(o.index for o in c.actors), frozenset(o.index for o in c.recipients)) for c in found]
    assert len(set(slots)) == len(slots)
    assert all(actors.isdisjoint(recipients) for actors, recipients in slots)


def test_a_sure_party_is_in_every_casting_and_an_unlikely_one_in_none() -> None:
    found = castings([Opinion(0, 0.98, 0.01), Opinion(1, 0.3, 0.4)])
    assert all([o.index for o in c.actors][:1] == [0] for c in found)
    assert {tuple(o.index for o in c.recipients) for c in found} == {(), (1,)}
    assert castings([]) == [Casting()]


def test_one_mention_of_each_party_is_cast(coded: tuple[Reading, list[Draft]]) -> None:
    reading, _ = coded
    again = [Opinion(n, 0.2 + n / 100, 0.1) for n in (0, 0, 1)]
    assert len(likeliest(reading, again)) == len({reading.parties[n].id for n in (0, 1)})


def test_first_choice_takes_the_likelier_slot_above_the_threshold(coded: tuple[Reading, list[Draft]]) -> None:
    reading, drafts = coded
    choice = first_choice(reading, [Opinion(0, 0.6, 0.2), Opinion(1, 0.1, 0.5), Opinion(2, 0.3, 0.3)], 0.45)
    assert [o.index for o in choice.actors] == [0]
    assert [o.index for o in choice.recipients] == [1]
    assert first_choice(reading, [], 0.45) == Casting()
    actors, recipients = ids_in(reading, drafts[0], choice)
    assert actors == {reading.parties[0].id or UNKNOWN_PARTY}
    assert recipients == {reading.parties[1].id or UNKNOWN_PARTY}


def test_examples_say_which_casting_is_gold_s(coded: tuple[Reading, list[Draft]]) -> None:
    reading, drafts = coded
    likely = [(0.8, 0.1), (0.1, 0.7)]
    opinions = [[Opinion(n, *p) for n, p in zip(candidates(reading, draft), likely, strict=False)] for draft in drafts]
    gold = [
        {
            "actors": [{"id": reading.parties[row[0].index].id}],
            "recipients": [{"id": reading.parties[row[1].index].id}],
        }
        for row in opinions
    ]
    features, labels = examples(reading, drafts, opinions, gold)
    offered = Choices(reading, drafts, opinions).castings
    assert len(features) == len(labels) == sum(map(len, offered))
    assert labels.count(RIGHT) == len(drafts)
    assert set(labels) == {RIGHT, WRONG}
    at = labels.index(RIGHT)
    assert [o.index for o in offered[0][at].actors] == [opinions[0][0].index]
    assert [o.index for o in offered[0][at].recipients] == [opinions[0][1].index]
