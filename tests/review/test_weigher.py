"""Weighing a store: the same incidents whatever the order, ids that stay, and a kill that leaves the store whole."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnad.errors import StoreError
from isnad.review import Weigher
from isnad.scale.weigh import Spread
from isnad.store import Store
from isnad.store.incidents_write import Change

from .stories import ARIHA, BINNISH, DAY, SARMIN, bodies, by_id, groups, one_of, put, shelling


def test_what_is_stored_is_weighed(store: Store) -> None:
    """Two reports of one shelling are one incident with both articles, another town's is another; nothing is amiss."""
    a, _, c = put(store, [shelling("a"), shelling("b", place=ARIHA), shelling("c", outlet="other")])
    outcome = Weigher(store).update()
    assert (outcome.articles, outcome.changed, outcome.total) == (3, 2, 2)
    found = one_of(store, "a")
    assert [(m.doc_id, m.article) for m in found.incident.members] == [("a", a), ("c", c)]
    assert {claim.article for claim in found.incident.claims} == {a, c}
    assert found.incident.voices is not None
    assert found.incident.voices.outlets == ("other", "outlet")
    assert found.incident.grade is not None
    assert store.incidents.of_articles([a]) == {(a, 1): found.id}
    assert list(store.check()) == []


def test_nothing_new_changes_nothing(store: Store) -> None:
    """Weighing again writes nothing, and a weigher that starts anew comes to the same."""
    put(store, [shelling("a"), shelling("b")])
    weigher = Weigher(store)
    first = weigher.update()
    assert weigher.update().generation == first.generation
    assert not weigher.pending()
    assert Weigher(store).update(force=True) == msgspec.structs.replace(first, changed=0)


def test_what_comes_later_joins_and_keeps_the_id(store: Store) -> None:
    """A later report of a known happening joins it under its id; only that incident changes."""
    put(store, [shelling("m"), shelling("x", place=ARIHA)])
    weigher = Weigher(store)
    weigher.update()
    before = bodies(store)
    put(store, [shelling("a", outlet="other")])
    outcome = weigher.update()
    assert (outcome.articles, outcome.changed) == (1, 1)
    after = bodies(store)
    assert before.keys() == after.keys()
    assert by_id(store)[one_of(store, "m").id] == {"m", "a"}
    assert after[one_of(store, "x").id] == before[one_of(store, "x").id]


def test_an_article_coded_anew_is_weighed_anew(store: Store) -> None:
    """Another coding that puts the shelling elsewhere parts it from the others; the incident left keeps its id."""
    put(store, [shelling("a"), shelling("b")])
    weigher = Weigher(store)
    weigher.update()
    (id_,) = by_id(store)
    (waiting,) = [one for one in store.uncoded("coder 2") if one.article.doc_id == "b"]
    again = shelling("b", day="2023-10-01", coder="coder 2")
    store.save_codings([(waiting.version, msgspec.structs.replace(again, text=waiting.article.text))])
    weigher.update()
    assert by_id(store)[id_] == {"a"}
    assert groups(store) == {frozenset({("a", 1)}), frozenset({("b", 1)})}
    assert list(store.check()) == []


def test_two_articles_of_one_doc_id_are_two(store: Store) -> None:
    """Reports that came with the same id from two addresses are told apart."""
    one, two = shelling("same", tail=0), shelling("same", tail=1, place=ARIHA)
    put(store, [one])
    batch = [(item, coded) for item, coded in [_incoming(two, "https://other.example/same")]]
    store.add(batch)
    Weigher(store).update()
    assert len(bodies(store)) == 2
    assert len({m.doc_id for one in store.incidents.each() for m in one.incident.members}) == 2


def _incoming(coded, address):
    from isnad.model.intake import Incoming

    return (
        Incoming(address=address, text=coded.text, source="test", fetched="2026-01-01T00:00:00Z", doc_id=coded.doc_id),
        coded,
    )


def test_copies_are_one_text(store: Store) -> None:
    """Two outlets that print one text are two outlets and one text among the voices."""
    put(store, [shelling("a", tail=0), shelling("b", tail=0, outlet="other")])
    text = shelling("a", tail=0).text
    long = f"{text} " + " ".join(f"كلمة{n}" for n in range(40))
    whole = [
        msgspec.structs.replace(shelling(d, tail=0, outlet=d), text=long + f" {n}") for n, d in enumerate(["p", "q"])
    ]
    put(store, whole)
    Weigher(store).update()
    found = one_of(store, "p")
    assert found.incident.voices is not None
    assert ("p", "q") in found.incident.voices.texts


def test_another_weigher_does_not_spoil_this_one(store: Store) -> None:
    """Two programs that weigh one store in turns come to one set of incidents with one set of ids."""
    put(store, [shelling("a")])
    one, two = Weigher(store), Weigher(store)
    one.update()
    two.update()
    put(store, [shelling("b", place=ARIHA)])
    two.update()
    put(store, [shelling("c")])
    one.update()
    two.update(force=True)
    assert groups(store) == {frozenset({("a", 1), ("c", 1)}), frozenset({("b", 1)})}
    assert list(store.check()) == []


def test_a_change_worked_out_from_an_older_state_is_refused(store: Store) -> None:
    """What was worked out before somebody else's change is not written, not even in part."""
    put(store, [shelling("a")])
    Weigher(store).update()
    before = bodies(store)
    with pytest.raises(StoreError) as caught:
        store.incidents.apply(Change(drop=list(before)), expected=0)
    assert caught.value.code == "store.stale"
    assert bodies(store) == before


def test_a_run_cut_short_leaves_the_incidents_as_they_were(store: Store) -> None:
    """Whatever step is interrupted, the incidents are those of before, and the next run ends the work."""
    put(store, [shelling("a")])
    Weigher(store).update()
    before = bodies(store)
    put(store, [shelling("b"), shelling("c", place=ARIHA)])
    weigher = Weigher(store)
    for step in ("reading", "grouping", "weighing", "writing"):

        def stop(name: str, done: int, total: int, step: str = step) -> None:
            if name == step:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            weigher.update(progress=stop)
        assert bodies(store) == before
        assert list(store.check()) == []
    weigher.update()
    assert groups(store) == {frozenset({("a", 1), ("b", 1)}), frozenset({("c", 1)})}


def test_processes_weigh_as_one_does(tmp_path) -> None:
    """Over processes the store has the same incidents, to the last byte, as from one; what comes later too."""
    told = [
        shelling(f"d{n}", place=TOWNS[n % 4], day=f"2023-09-{n % 20 + 1:02d}", killed=(n % 5, n % 5))
        for n in range(300)
    ]
    found = []
    with Spread(workers=3) as spread:
        for name, options in (("one", {}), ("three", {"mapper": spread.map, "scorer": spread.score})):
            with Store.open(tmp_path / f"{name}.db") as store:
                put(store, told[:280])
                weigher = Weigher(store, **options)
                weigher.update()
                put(store, told[280:])
                weigher.update()
                assert list(store.check()) == []
                found.append([(one.id, msgspec.json.encode(one.incident)) for one in store.incidents.each()])
    assert found[0] == found[1]
    assert len(found[0]) > 10


def test_a_count_that_no_column_holds_is_stored(store: Store) -> None:
    """A coder may read any number: the coding keeps it, and the lists hold the most that they can."""
    put(store, [shelling("a", killed=(10**12, 10**13))])
    Weigher(store).update()
    assert one_of(store, "a").incident.killed == (10**12, 10**13)
    assert [event.killed for event in store.events()] == [(2**31 - 1, 2**31 - 1)]
    assert list(store.check()) == []


TOWNS = [SARMIN, ARIHA, BINNISH, ("النيرب", 35.9030, 36.7900)]
stories = st.lists(
    st.tuples(
        st.sampled_from(TOWNS),
        st.sampled_from([None, DAY, "2023-09-05", "2023-09-06"]),
        st.sampled_from([None, (1, 1), (3, 3), (9, 9)]),
        st.sampled_from(["actual", "actual", "denied", "planned"]),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories=stories, data=st.data())
def test_any_order_of_adds_gives_the_grouping_of_a_rebuild(stories, data, tmp_path_factory) -> None:
    """Whatever the order and batches, with weighing in between or a weigher that starts anew, groups are the same."""
    articles = [
        shelling(f"d{n}", place=town, day=day, killed=killed, status=status, published=day or "2023-09-05", tail=n)
        for n, (town, day, killed, status) in enumerate(stories)
    ]
    folder = tmp_path_factory.mktemp("stores")
    with Store.open(folder / "whole.db") as whole:
        put(whole, articles)
        Weigher(whole).update()
        wanted = groups(whole)
    order = data.draw(st.permutations(articles))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1))))
    with Store.open(folder / "parts.db") as parts:
        weigher = Weigher(parts)
        for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
            put(parts, order[start:end])
            weigher = Weigher(parts) if data.draw(st.booleans()) else weigher
            weigher.update()
        assert groups(parts) == wanted
        before = by_id(parts)
        Weigher(parts).update(force=True)
        assert by_id(parts) == before
        assert list(parts.check()) == []
