"""Incidents in the store: filters, counts, pages, points, and what a check finds."""

from __future__ import annotations

import random

import msgspec
import pytest
from sqlalchemy import text

from isnad.errors import StoreError, UsageError
from isnad.model import Place, Span
from isnad.model.incidents import Claim, Dispute, Grade, Incident, Member, Speaker, Value, Voices
from isnad.store import Store
from isnad.store.engine import Database
from isnad.store.incident_records import IncidentFilter, Repeated, ToKeep, UnsurePair
from isnad.store.incidents_write import Change

_TRIGGER = Span("قصفت", 0, 4)  # she shelled


def incident(number: int, **other: object) -> Incident:
    """Return an incident told by one report that is not in the store."""
    given: dict[str, object] = {
        "type": "ASSAULT",
        "mode": "aerial",
        "date": {"start": f"2020-01-{number:02}", "end": f"2020-01-{number:02}"},
        "place": Place(
            text="حلب", start=0, end=3, name="حلب", country="SYR", level="town", lat=36.2, lon=37.1, precision=5.0
        ),
        "actors": ("SYR.mil",),
        "recipients": ("civilians",),
        "killed": (1, 2),
        "grade": Grade(grade="weak", reasons=("single-voice",)),
        "voices": Voices(outlets=("sana",), texts=(("d",),), speakers=("outlet:sana",)),
        "members": (
            Member(doc_id=f"d{number}", event=1, trigger=_TRIGGER, type="ASSAULT", status="actual", part="happening"),
        ),
    }
    return Incident(id=f"inc-{number}", **{**given, **other})  # type: ignore[arg-type]


def keep(store: Store, *incidents: Incident, **more: object) -> None:
    """Keep incidents as they are."""
    change = Change(
        keep=[ToKeep(incident=i, weighed=i, keys=(f"{i.id}@0",), imported=True) for i in incidents],
        keys={i.id: (f"{i.id}@0",) for i in incidents},
        **more,  # type: ignore[arg-type]
    )
    store.incidents.apply(change, expected=store.incidents.generation())


def found(store: Store, **wanted: object) -> list[str]:
    """Return the ids of what answers a filter."""
    return [card.id for card in store.incidents.cards(IncidentFilter(**wanted))]  # type: ignore[arg-type]


def five(store: Store) -> None:
    """Keep five incidents that differ in everything that is filtered."""
    denial = Claim(field="happening", value=False, says="denies", status="denied", doc_id="d2", event=1, span=_TRIGGER)
    denier = Member(doc_id="e2", event=1, trigger=_TRIGGER, type="ASSAULT", status="denied", part="beside")
    second = incident(2)
    keep(
        store,
        incident(1),
        msgspec.structs.replace(
            second,
            members=(*second.members, denier),
            claims=(denial,),
            disputes=(Dispute(field="happening", kind="denial", claims=(0,)),),
            grade=Grade(grade="contested", reasons=("denied",)),
        ),
        incident(3, type="PROTEST", mode="demo", actors=("people",), recipients=("SYR.mil",), place=None),
        incident(
            4,
            date=None,
            summary={"reported": Value(value={"start": "2020-03-01", "end": "2020-03-02"}, rule="x")},
            place=Place(text="نيوي", start=0, end=4, name="فيجي", country="FJI", lat=-17.0, lon=179.5, precision=50.0),
            voices=Voices(outlets=("sana", "shaam"), texts=(("d",),), speakers=("outlet:sana",)),
        ),
        incident(5, date=None),
    )


def test_filters_answer_alone_and_together(store: Store) -> None:
    """Each filter narrows by what it names; several must all hold; the newest day comes first."""
    five(store)
    assert found(store) == ["inc-4", "inc-3", "inc-2", "inc-1", "inc-5"]
    assert found(store, types=("protest",)) == ["inc-3"]
    assert found(store, types=("PROTEST", "ASSAULT"), day_to="2020-01-02") == ["inc-2", "inc-1"]
    assert found(store, day_from="2020-02-01") == ["inc-4"]
    assert found(store, parties=("SYR.mil",), role="recipient") == ["inc-3"]
    assert found(store, parties=("people", "FRA.mil")) == ["inc-3"]
    assert found(store, grades=("contested",)) == ["inc-2"]
    assert found(store, statuses=("denied",)) == ["inc-2"]
    assert found(store, dispute="any") == found(store, dispute="happening") == ["inc-2"]
    assert found(store, dispute="killed") == []
    assert found(store, outlets=("shaam",)) == ["inc-4"]
    assert found(store, noplace=True) == ["inc-3"]
    assert found(store, place="حَلَب") == ["inc-2", "inc-1", "inc-5"]
    assert found(store, place="FJI") == ["inc-4"]
    assert found(store, place=("nowhere", "حلب")) == ["inc-2", "inc-1", "inc-5"]
    assert found(store, place=("FJI", "حلب")) == ["inc-4", "inc-2", "inc-1", "inc-5"]
    assert found(store, place=("nowhere",)) == []
    assert found(store, bbox=(37.0, 36.0, 38.0, 37.0)) == ["inc-2", "inc-1", "inc-5"]
    assert found(store, bbox=(170.0, -20.0, -170.0, 0.0)) == ["inc-4"]
    assert found(store, types=("NONE",)) == []


def test_pages_continue_where_they_ended(store: Store) -> None:
    """Page after page gives each incident once, in order."""
    five(store)
    pages, after = [], None
    while cards := store.incidents.cards(after=after, limit=2):
        pages.append([card.id for card in cards])
        after = cards[-1].cursor
    assert pages == [["inc-4", "inc-3"], ["inc-2", "inc-1"], ["inc-5"]]
    with pytest.raises(UsageError):
        store.incidents.cards(after="nowhere")
    with pytest.raises(UsageError):
        store.incidents.cards(IncidentFilter(day_from="yesterday"))


def test_counts_are_those_of_what_answers(store: Store) -> None:
    """Days, types, grades, outlets and parties are counted over what the filter lets through."""
    five(store)
    counts = store.incidents.counts()
    assert (counts.total, counts.noplace) == (5, 1)
    assert counts.days == (("2020-01-01", 1), ("2020-01-02", 1), ("2020-01-03", 1), ("2020-03-01", 1))
    assert counts.types == (("ASSAULT", 4), ("PROTEST", 1))
    assert counts.outlets == (("sana", 5), ("shaam", 1))
    assert dict(counts.parties) == {"SYR.mil": 5, "civilians": 4, "people": 1}
    assert counts.statuses == (("actual", 5), ("denied", 1))
    some = store.incidents.counts(IncidentFilter(types=("PROTEST",)))
    assert (some.total, some.types) == (1, (("PROTEST", 1),))


def test_points_are_those_with_coordinates(store: Store) -> None:
    """Columns of a map are as long as there are incidents with a place, the newest first."""
    five(store)
    points = store.incidents.points()
    assert points.ids == ["inc-4", "inc-2", "inc-1", "inc-5"]
    assert (points.lon[0], points.lat[0], points.radius_km[0]) == (179.5, -17.0, 50.0)
    assert points.grade[1] == "contested"
    assert len(store.incidents.points(most=1).ids) == 1


def test_changes_are_seen_at_once(store: Store, address: str) -> None:
    """A list that was read before shows what another program changed, took away and merged since."""
    five(store)
    assert len(found(store)) == 5
    with Store.open(address) as other:
        keep(other, incident(1, type="AID", mode=None), incident(6))
        other.incidents.apply(
            Change(drop=["inc-2"], redirects={"inc-2": "inc-1"}), expected=other.incidents.generation()
        )
    assert found(store) == ["inc-4", "inc-6", "inc-3", "inc-1", "inc-5"]
    assert found(store, types=("AID",)) == ["inc-1"]
    assert found(store, statuses=("denied",)) == []
    assert store.incidents.get("inc-2").id == "inc-1"


def _contents(store: Store) -> object:
    """Return everything that lists, counts and maps are made of."""
    counts, points, cards = store.incidents.counts(), store.incidents.points(), store.incidents.cards(limit=0)
    by_facet = [
        [card.id for card in store.incidents.cards(IncidentFilter(**{name: (value,)}))]  # type: ignore[arg-type]
        for name, rows in (("outlets", counts.outlets), ("parties", counts.parties), ("statuses", counts.statuses))
        for value, _ in rows
    ]
    return counts, points, [msgspec.structs.replace(card, version=0) for card in cards], by_facet


@pytest.mark.parametrize("seed", range(6))
def test_index_that_followed_is_the_one_read_anew(address: str, seed: int) -> None:
    """After any changes, what was kept in memory gives the same answers as a store that is opened then."""
    chance = random.Random(seed)
    with Store.open(address) as store:
        five(store)
        _contents(store)
        for _ in range(8):
            number = chance.randrange(1, 9)
            state = chance.choice(("candidate", "accepted", "rejected"))
            one = incident(
                number,
                type=chance.choice(("ASSAULT", "AID", "PROTEST")),
                actors=tuple(chance.sample(("SYR.mil", "people", "FRA.mil"), chance.randrange(3))),
                place=chance.choice((incident(1).place, None)),
                date=chance.choice(({"start": "2021-05-05", "end": "2021-05-06"}, incident(number).date, None)),
            )
            known = f"inc-{number}" in store.incidents.digests()
            change = Change(
                keep=[ToKeep(incident=one, weighed=one, keys=(f"{one.id}@0",), imported=True, state=state)],
                keys={one.id: (f"{one.id}@0",)},
            )
            if known and chance.random() < 0.3:
                change = Change(drop=[one.id])
            store.incidents.apply(change, expected=store.incidents.generation())
            with Store.open(address) as fresh:
                assert _contents(store) == _contents(fresh)


def _says(outlet: str, says: str, value: object = True, field: str = "happening", **more: object) -> Claim:
    status = "denied" if says == "denies" else "actual"
    return Claim(
        field=field, value=value, says=says, status=status, doc_id="d", event=1, span=_TRIGGER, outlet=outlet, **more
    )  # type: ignore[arg-type]


def test_what_outlets_say_is_counted_over_all_incidents(store: Store) -> None:
    """Reports that affirm, deny and repeat, who is named behind them, and with whom an outlet agrees or not."""
    agency = Speaker(text="وكالة سانا", kind="media")
    official = Speaker(text="مصدر", kind="official")
    both = (_says("one", "says"), _says("two", "repeats", via=agency, speaker=official), _says("two", "says"))
    tolls = (_says("one", "says", [1, 1], "killed"), _says("two", "says", [9, 9], "killed"))
    keep(store, *(incident(n, claims=both) for n in range(1, 4)))
    rival = Dispute(field="killed", kind="rival-tolls", claims=(3, 4))
    keep(store, incident(4, claims=(*both, *tolls), disputes=(rival,)))
    denial = Dispute(field="happening", kind="denial", claims=(0, 1))
    keep(store, incident(5, claims=(_says("one", "says"), _says("three", "denies", False)), disputes=(denial,)))
    away = incident(6, claims=both)
    change = Change(
        keep=[ToKeep(incident=away, weighed=away, keys=("inc-6@0",), imported=True, state="rejected")],
        keys={"inc-6": ("inc-6@0",)},
    )
    store.incidents.apply(change, expected=store.incidents.generation())
    one, two = store.incidents.said_by("one"), store.incidents.said_by("two")
    assert (one.affirmed, one.denied, one.copied) == (5, 0, 0)
    assert (one.agree, one.disagree) == ({"two": 3}, {"two": 1, "three": 1})
    assert (two.affirmed, two.copied) == (8, 4)
    assert two.repeated == (Repeated(outlet="two", media=("وكالة سانا",), count=4),)
    assert (two.agree, two.disagree) == ({"one": 3}, {"one": 1})
    assert store.incidents.said_by("three").denied == 1
    assert store.incidents.said_by("nobody").affirmed == 0
    assert store.incidents.repeated() == ([Repeated(outlet="two", media=("وكالة سانا",), count=4)], 5)
    assert store.incidents.repeated(IncidentFilter(day_to="2020-01-02"))[0][0].count == 2
    assert list(store.check()) == []


def test_words_of_its_articles_find_an_incident(store: Store, report, coding) -> None:
    """A text filter gives the incidents that an article with these words tells of."""
    incoming = report("قصف الطيران الحربي حلب.")
    (kept,) = store.add([(incoming, coding(incoming))])
    one = incident(1)
    members = (msgspec.structs.replace(one.members[0], article=kept.article),)
    keep(store, msgspec.structs.replace(one, members=members), incident(2))
    assert found(store, text="الطيران") == ["inc-1"]
    assert found(store, text="الطيران", types=("PROTEST",)) == []
    assert found(store, text="دبابة") == []


def test_unsure_pairs_stay_until_one_of_them_is_gone(store: Store) -> None:
    """A pair is told with its reasons, survives a change of one of its incidents, and goes with it."""
    reasons = (("place:same", 1.0, 2.5), ("bias", 1.0, -1.0))
    pair = UnsurePair(one="inc-1", two="inc-2", score=1.5, reasons=reasons)
    keep(store, incident(1), incident(2), incident(3), pairs=[pair])
    assert store.incidents.pairs() == [pair]
    keep(store, incident(1, type="AID", mode=None))
    assert store.incidents.pairs(of="inc-1") == [pair]
    assert store.incidents.pairs(of="inc-3") == []
    store.incidents.apply(Change(drop=["inc-2"]), expected=store.incidents.generation())
    assert store.incidents.pairs() == []


def test_ids_lead_on(store: Store) -> None:
    """An id leads to where its incident went, over several merges; an id that was never given is refused."""
    keep(store, incident(1), incident(2), incident(3))
    store.incidents.apply(
        Change(drop=["inc-1", "inc-2"], redirects={"inc-1": "inc-2", "inc-2": "inc-3"}),
        expected=store.incidents.generation(),
    )
    assert store.incidents.resolve("inc-1") == "inc-3"
    assert store.incidents.leading_to(["inc-3"]) == {"inc-1": "inc-2", "inc-2": "inc-3"}
    with pytest.raises(StoreError) as caught:
        store.incidents.get("inc-9")
    assert caught.value.code == "incident.unknown"


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("UPDATE incident_ids SET leads_to = 'inc-9', live = false WHERE id = 'inc-1'", "never given"),
        ("UPDATE incidents SET type = 'AID'", "differs in the lists"),
        ("DELETE FROM incident_facets", "parties, outlets or disputes differ"),
        ("DELETE FROM incident_members", "members differ"),
        ("INSERT INTO incident_says SELECT number, 'denies', 'sana', '', 1 FROM incidents", "what its outlets say"),
        ("DELETE FROM incident_bodies", "is said to stand for an incident"),
        ("UPDATE incident_bodies SET body = '{}'", "cannot be read"),
        ("UPDATE incident_bodies SET body = replace(body, 'happening', 'beside')", "no member tells of it"),
        ("UPDATE incident_ids SET leads_to = id, live = false", "in a circle"),
    ],
)
def test_check_names_what_is_wrong(store: Store, address: str, harm: str, words: str) -> None:
    """Whatever is changed behind the store's back in incidents is found."""
    keep(store, incident(1))
    assert list(store.check()) == []
    database = Database(address)
    database.write(lambda connection: connection.execute(text(harm)))
    database.close()
    assert any(words in str(finding) for finding in store.check())
