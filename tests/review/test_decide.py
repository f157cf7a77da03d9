"""Decisions: written with what they change, kept through every weighing, and taken back without a trace."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnad.errors import ReviewError, StoreError
from isnad.review import Ask, Decided, Weigher, decide
from isnad.store import Store
from isnad.store.incident_records import IncidentFilter

from .stories import ARIHA, SARMIN, bodies, by_id, groups, one_of, put, shelling


def say(store: Store, kind: str, target: str | None = None, **more: object) -> Decided:
    """Decide as Nour."""
    return decide(store, Ask(kind=kind, target=target, **more), user="nour")  # type: ignore[arg-type]


def two_towns(store: Store) -> tuple[str, str]:
    """Put reports on two towns into a store; return the ids of the two incidents."""
    put(store, [shelling("a"), shelling("b"), shelling("x", place=ARIHA)])
    Weigher(store).update()
    return one_of(store, "a").id, one_of(store, "x").id


def told(store: Store) -> dict[str, object]:
    """Return everything kept of the incidents but their versions."""
    return {id_: (one.keys, one.state, one.reviewed, one.incident, one.weighed) for id_, one in bodies(store).items()}


def test_merging_makes_one_of_two(store: Store) -> None:
    """The target keeps its id, the other leads to it, and its members and claims are those of both."""
    one, two = two_towns(store)
    decided = say(store, "merge", f"incident:{one}", members=(two,), reason="one shelling")
    assert by_id(store) == {one: {"a", "b", "x"}}
    assert decided.affected.keys() == {one, two}
    assert decided.affected[two] is None
    assert store.incidents.resolve(two) == one
    found = store.incidents.get(two)
    assert found.incident.merged == (two,)
    assert found.version == decided.affected[one]
    assert list(store.check()) == []


def test_a_merge_outlives_weighing(store: Store) -> None:
    """What was merged stays together when all is weighed anew and when more reports come."""
    one, two = two_towns(store)
    say(store, "merge", f"incident:{one}", members=(two,))
    before = told(store)
    assert not Weigher(store).pending()
    Weigher(store).update(force=True)
    assert told(store) == before
    put(store, [shelling("y", place=ARIHA)])
    Weigher(store).update()
    assert by_id(store) == {one: {"a", "b", "x", "y"}}


def test_undoing_a_merge_restores_ids_and_all_else(store: Store) -> None:
    """After a merge and its undoing the incidents are, but for their versions, what they were before."""
    one, two = two_towns(store)
    before = told(store)
    merge = say(store, "merge", f"incident:{one}", members=(two,))
    undo = say(store, "undo", undoes=merge.decision.id)
    assert told(store) == before
    assert store.incidents.resolve(two) == two
    assert undo.decision.undoes == merge.decision.id
    assert store.decisions.get(merge.decision.id).undone_by == undo.decision.id
    Weigher(store).update(force=True)
    assert told(store) == before
    assert list(store.check()) == []


def test_splitting_gives_a_new_id_and_undoing_it_leads_back(store: Store) -> None:
    """The part that goes out gets an id of its own; put back, that id leads to where it came from."""
    put(store, [shelling("a"), shelling("b"), shelling("c")])
    Weigher(store).update()
    (id_,) = by_id(store)
    member = next(m for m in bodies(store)[id_].incident.members if m.doc_id == "b")
    split = say(store, "split", f"incident:{id_}", members=(f"{member.article}#{member.event}",))
    new = split.decision.after["id"]
    assert by_id(store) == {id_: {"a", "c"}, new: {"b"}}
    Weigher(store).update(force=True)
    assert by_id(store) == {id_: {"a", "c"}, new: {"b"}}
    say(store, "undo", undoes=split.decision.id)
    assert by_id(store) == {id_: {"a", "b", "c"}}
    assert store.incidents.resolve(new) == id_
    Weigher(store).update(force=True)
    assert by_id(store) == {id_: {"a", "b", "c"}}
    assert list(store.check()) == []


def test_the_larger_part_may_be_split_off(store: Store) -> None:
    """Whatever goes out gets the new id, though it be the larger part, and so after weighing anew."""
    put(store, [shelling("a"), shelling("b"), shelling("c")])
    Weigher(store).update()
    (id_,) = by_id(store)
    members = bodies(store)[id_].incident.members
    out = tuple(f"event:{m.article}:{m.trigger.start}-{m.trigger.end}" for m in members if m.doc_id != "a")
    new = say(store, "split", f"incident:{id_}", members=out).decision.after["id"]
    Weigher(store).update(force=True)
    assert by_id(store) == {id_: {"a"}, new: {"b", "c"}}


def test_told_apart_stays_apart(store: Store) -> None:
    """Two incidents that are said not to be one are not joined by what the machine thinks later."""
    one, two = two_towns(store)
    say(store, "not-same", f"pair:{one}|{two}")
    (waiting,) = [w for w in store.uncoded("coder 2") if w.article.doc_id == "x"]
    again = shelling("x", place=SARMIN, coder="coder 2")
    moved = again.events[0]
    text = waiting.article.text
    at = msgspec.structs.replace(
        moved.place, text=ARIHA[0], start=text.index(ARIHA[0]), end=text.index(ARIHA[0]) + len(ARIHA[0])
    )
    store.save_codings(
        [
            (
                waiting.version,
                msgspec.structs.replace(again, text=text, events=(msgspec.structs.replace(moved, place=at),)),
            )
        ]
    )
    Weigher(store).update()
    assert by_id(store) == {one: {"a", "b"}, two: {"x"}}
    assert store.incidents.pairs() == []


def test_same_is_a_merge_of_two(store: Store) -> None:
    """A pair said to be the same is one incident under the first id, until it is taken back."""
    one, two = two_towns(store)
    same = say(store, "same", f"pair:{two}|{one}")
    assert by_id(store) == {two: {"a", "b", "x"}}
    say(store, "undo", undoes=same.decision.id)
    assert by_id(store) == {one: {"a", "b"}, two: {"x"}}


def test_a_corrected_value_names_its_decision(store: Store) -> None:
    """A corrected toll is shown with the decision as its rule; the claims stay, and weighing anew keeps it."""
    one, _ = two_towns(store)
    before = told(store)
    decided = say(store, "correct", f"incident:{one}", field="killed", value=[4, 5], reason="hospital list")
    assert decided.decision.before == [3, 3] or decided.decision.before == (3, 3)
    for _ in range(2):
        found = store.incidents.get(one)
        assert found.incident.killed == (4, 5)
        assert found.incident.summary["killed"].rule == f"decision.{decided.decision.id}"
        assert found.weighed.killed == (3, 3)
        assert found.incident.claims == found.weighed.claims
        assert found.reviewed
        Weigher(store).update(force=True)
    say(store, "undo", undoes=decided.decision.id)
    assert told(store) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "BAKE"),
        ("mode", "demo"),
        ("killed", "many"),
        ("date", {"start": "2023-09-04", "end": "2023-09-01"}),
        ("grade", "sure"),
        ("colour", "red"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(small: Store, field: str, value: object) -> None:
    """Nothing is decided where a field cannot have the value."""
    one, _ = two_towns(small)
    with pytest.raises(ReviewError) as caught:
        say(small, "correct", f"incident:{one}", field=field, value=value)
    assert caught.value.code == "review.value"
    assert small.decisions.log() == []


def test_rejected_incidents_are_left_out_of_lists(store: Store) -> None:
    """What was rejected is in no list that does not ask for it, and comes back when that is taken back."""
    one, two = two_towns(store)
    decided = say(store, "reject", f"incident:{one}", reason="an exercise")
    assert [card.id for card in store.incidents.cards()] == [two]
    assert [card.id for card in store.incidents.cards(IncidentFilter(states=("rejected",)))] == [one]
    say(store, "undo", undoes=decided.decision.id)
    assert {card.id for card in store.incidents.cards()} == {one, two}
    say(store, "accept", f"incident:{one}")
    assert [card.id for card in store.incidents.cards(IncidentFilter(states=("accepted",), reviewed=True))] == [one]


def test_an_older_version_cannot_be_decided_upon(store: Store) -> None:
    """The second of two analysts who read the same version is told so, and nothing of his is written."""
    one, _ = two_towns(store)
    version = store.incidents.get(one).version
    say(store, "accept", f"incident:{one}", expected={one: version})
    with pytest.raises(ReviewError) as caught:
        say(store, "reject", f"incident:{one}", expected={one: version})
    assert caught.value.code == "review.stale"
    assert [d.kind for d in store.decisions.log()] == ["accept"]
    assert store.incidents.get(one).state == "accepted"


def test_a_rejected_event_tells_of_nothing(store: Store) -> None:
    """A rejected event leaves its incident; an incident of it alone is no more, and both come back."""
    put(store, [shelling("a"), shelling("b"), shelling("x", place=ARIHA)])
    Weigher(store).update()
    before = told(store)
    alone, shared = one_of(store, "x").incident.members[0], one_of(store, "b").incident.members
    b = next(m for m in shared if m.doc_id == "b")
    made = [say(store, "reject", f"event:{m.article}:{m.trigger.start}-{m.trigger.end}") for m in (alone, b)]
    for _ in range(2):
        assert groups(store) == {frozenset({("a", 1)})}
        assert list(store.check()) == []
        Weigher(store).update()
    for one in made:
        say(store, "undo", undoes=one.decision.id)
    Weigher(store).update()
    assert told(store) == before


def test_a_corrected_event_changes_its_incident(store: Store) -> None:
    """A corrected toll of an event is claimed so, at once and after weighing anew; the coding itself stays."""
    (a,) = put(store, [shelling("a")])
    Weigher(store).update()
    (member,) = one_of(store, "a").incident.members
    target = f"event:{a}:{member.trigger.start}-{member.trigger.end}"
    say(store, "correct", target, field="killed", value=[7, 7])
    for _ in range(2):
        assert one_of(store, "a").incident.killed == (7, 7)
        Weigher(store).update()
    coded = store.article(a).coded
    assert coded is not None
    assert coded.events[0].killed == (3, 3)


def test_a_decision_is_taken_back_once(store: Store) -> None:
    """Taking back twice, or taking back an undoing, is refused."""
    one, _ = two_towns(store)
    made = say(store, "accept", f"incident:{one}")
    undo = say(store, "undo", undoes=made.decision.id)
    with pytest.raises(ReviewError) as caught:
        say(store, "undo", undoes=made.decision.id)
    assert caught.value.code == "review.undone"
    with pytest.raises(ReviewError):
        say(store, "undo", undoes=undo.decision.id)
    assert [d.id for d in store.decisions.log()] == [undo.decision.id, made.decision.id]


def test_an_earlier_merge_is_not_taken_back_under_a_later_one(store: Store) -> None:
    """What a later merge took in cannot be parted before that one is taken back; then both can."""
    one, two = two_towns(store)
    put(store, [shelling("z", day="2023-12-01")])
    Weigher(store).update()
    three = one_of(store, "z").id
    before = told(store)
    first = say(store, "merge", f"incident:{one}", members=(two,))
    second = say(store, "merge", f"incident:{three}", members=(one,))
    with pytest.raises(ReviewError, match=f"take back decision {second.decision.id} first"):
        say(store, "undo", undoes=first.decision.id)
    say(store, "undo", undoes=second.decision.id)
    say(store, "undo", undoes=first.decision.id)
    assert told(store) == before


def test_unknown_targets_are_named(small: Store) -> None:
    """What is not there cannot be decided upon."""
    one, _ = two_towns(small)
    with pytest.raises(StoreError) as caught:
        say(small, "accept", "incident:inc-none")
    assert caught.value.code == "incident.unknown"
    for target in ("event:1:70-75", "event:99:0-4"):
        with pytest.raises(ReviewError) as refused:
            say(small, "reject", target)
        assert refused.value.code == "review.unknown"
    with pytest.raises(ReviewError):
        say(small, "same", f"pair:{one}|{one}")
    with pytest.raises(ReviewError):
        say(small, "accept", "everything")
    with pytest.raises(ReviewError):
        say(small, "split", f"incident:{one}", members=("3#1",))
    assert small.decisions.log() == []


TOWNS = [SARMIN, ARIHA, ("الرستن", 34.9270, 36.7330), ("منبج", 36.5281, 37.9549)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    stories=st.lists(
        st.tuples(st.sampled_from(TOWNS), st.sampled_from(["2023-09-04", "2023-11-04"])), min_size=3, max_size=7
    ),
    data=st.data(),
)
def test_any_merges_and_splits_are_taken_back_without_a_trace(stories, data, tmp_path_factory) -> None:
    """Whatever is merged and split, undone in turn, the incidents are those of before; and weighing agrees always."""
    folder = tmp_path_factory.mktemp("stores")
    with Store.open(folder / "isnad.db") as store:
        put(store, [shelling(f"d{n}", place=town, day=day, tail=n) for n, (town, day) in enumerate(stories)])
        Weigher(store).update()
        before, first = told(store), by_id(store)
        made = []
        for _ in range(data.draw(st.integers(1, 4))):
            ids = sorted(by_id(store))
            if len(ids) > 1 and data.draw(st.booleans()):
                one, two = data.draw(st.permutations(ids))[:2]
                made.append(say(store, "merge", f"incident:{one}", members=(two,)))
            else:
                large = [id_ for id_, docs in by_id(store).items() if len(docs) > 1]
                if not large:
                    continue
                id_ = data.draw(st.sampled_from(sorted(large)))
                members = bodies(store)[id_].incident.members
                size = data.draw(st.integers(1, len(members) - 1))
                out = tuple(f"{m.article}#{m.event}" for m in data.draw(st.permutations(members))[:size])
                made.append(say(store, "split", f"incident:{id_}", members=out))
            local = by_id(store)
            Weigher(store).update(force=True)
            assert by_id(store) == local
        for one in reversed(made):
            say(store, "undo", undoes=one.decision.id)
        assert by_id(store) == first
        Weigher(store).update(force=True)
        assert by_id(store) == first
        if not any(one.decision.kind == "split" for one in made):
            assert told(store) == before
        assert list(store.check()) == []
