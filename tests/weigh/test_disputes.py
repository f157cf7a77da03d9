"""Disputes: claims that exclude each other, field by field, with the claims on either side."""

from __future__ import annotations

from typing import Any

import pytest

from isnad.model import Span
from isnad.model.incidents import Claim, Dispute, Speaker
from isnad.weigh.disputes import find_disputes
from isnad.weigh.kinds import PartyKinds
from isnad.weigh.names import load_names
from isnad.weigh.speakers import speakers_of


def claim(
    doc: str, field: str, value: Any, *, speaker: str | None = None, words: str = "قصف", denied: bool = False
) -> Claim:
    return Claim(
        field=field, value=value, doc_id=doc, event=1, outlet=f"{doc}.example", span=Span(words, 0, len(words)),
        says="denies" if denied else "says", status="denied" if denied else "actual",
        speaker=Speaker(text=speaker, kind="official") if speaker else None,
    )  # fmt: skip


def disputes(claims: list[Claim]) -> tuple[Dispute, ...]:
    names = load_names()
    return find_disputes(claims, speakers_of(claims, origins={}, names=names), PartyKinds(names.sides.lexicon))


def place(name: str, lat: float, lon: float) -> dict[str, Any]:
    return {
        "text": name, "start": 0, "end": len(name), "name": name, "country": "SYR", "level": "town", "lat": lat,
        "lon": lon, "precision": 4.0, "source_id": f"test:{name}",
    }  # fmt: skip


def test_a_denial_is_a_dispute_with_both_sides_of_it() -> None:
    """One affirms, another denies: the dispute names the claims of both."""
    found = disputes([claim("1", "happening", True), claim("2", "happening", False, denied=True, speaker="قسد")])
    assert found == (Dispute(field="happening", kind="denial", claims=(0, 1)),)


def test_a_denial_alone_is_no_dispute() -> None:
    """Where nobody affirms there is nothing to dispute."""
    assert disputes([claim("2", "happening", False, denied=True)]) == ()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("SYR.mil", "islamic-state"),
        ("houthis", "saudi-led-coalition"),
        ("rapid-support-forces", "SDN.mil"),
        ("TUR.mil", "syrian-democratic-forces"),
    ],
)
def test_two_agents_that_exclude_each_other_are_rivals(one: str, two: str) -> None:
    """One act laid at two doors is a dispute over the actor."""
    found = disputes([claim("1", "actor", one), claim("2", "actor", two)])
    assert found == (Dispute(field="actor", kind="rival-agents", claims=(0, 1)),)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("SYR.mil", "SYR.gov"),
        ("TUR.mil", "syrian-national-army"),
        ("sultan-murad-division", "TUR.mil"),
        ("syrian-democratic-forces", "pkk"),
        ("SAU.mil", "saudi-led-coalition"),
        ("free-syrian-army", "syrian-opposition-armed"),
    ],
)
def test_an_arm_and_its_body_are_no_rivals(one: str, two: str) -> None:
    """A state and its army, a faction and its patron, allies of one side can both be named for one act."""
    assert disputes([claim("1", "actor", one), claim("2", "actor", two)]) == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [("unidentified-armed-group", "مسلحون مجهولون"), (None, "طائرة مسيّرة مجهولة"), ("SYR.mil", "طيران مجهول")],
)
def test_an_unidentified_agent_against_a_named_one_is_a_softer_dispute(value: str | None, words: str) -> None:
    """«طائرة مسيّرة مجهولة» against «التحالف» differ in what is known, whatever id stands beside «مجهول»."""
    found = disputes(
        [claim("1", "actor", value, words=words), claim("2", "actor", "anti-isis-coalition", words="التحالف")]
    )
    assert found == (Dispute(field="actor", kind="unidentified-agent", claims=(0, 1)),)


def test_both_fighting_sides_named_by_both_are_no_rivals() -> None:
    """In clashes both sides are actors: two accounts that share one agent do not exclude each other."""
    claims = [claim(doc, "actor", id) for doc in ("1", "2") for id in ("SYR.mil", "islamic-state")]
    assert disputes(claims) == ()


def test_a_bystander_is_no_rival_to_an_army() -> None:
    """Protesters and monitors are no rival agents."""
    assert disputes([claim("1", "actor", "protesters"), claim("2", "actor", "SYR.mil")]) == ()


@pytest.mark.parametrize(
    ("one", "two", "rival"),
    [
        ([3, 3], [5, 5], True),
        ([3, 5], [5, 8], False),
        ([3, None], [2, 2], True),
        ([3, None], [7, 7], False),
        ([1, None], [4, 4], False),
    ],
)
def test_tolls_that_do_not_meet_are_rivals(one: list[int | None], two: list[int | None], rival: bool) -> None:
    """Ranges that share a number agree; an open end reaches any greater number."""
    found = disputes([claim("1", "killed", one), claim("2", "killed", two)])
    assert [d.kind for d in found] == (["rival-tolls"] if rival else [])


def test_a_part_of_a_toll_is_no_rival_to_the_whole() -> None:
    """Of one account the count most often given stands; a part told after it disputes nothing."""
    claims = [
        claim("1", "killed", [7, 7]),
        claim("1", "killed", [7, 7]),
        claim("1", "killed", [2, 2]),
        claim("2", "killed", [7, 7]),
    ]
    assert disputes(claims) == ()


def test_a_speaker_who_corrects_himself_disputes_nothing() -> None:
    """The same spokesman in two outlets with two tolls is one voice with a later count."""
    assert (
        disputes([claim("1", "killed", [3, 3], speaker="قسد"), claim("2", "killed", [5, 5], speaker="قيادة قسد")]) == ()
    )


def test_two_named_speakers_in_one_article_can_dispute() -> None:
    """An article that quotes both sides on a toll holds the dispute by itself; its own words beside a quote do not."""
    both = [claim("1", "killed", [3, 3], speaker="قسد"), claim("1", "killed", [9, 9], speaker="وزارة الدفاع التركية")]
    assert [d.kind for d in disputes(both)] == ["rival-tolls"]
    assert disputes([claim("1", "killed", [3, 3], speaker="قسد"), claim("1", "killed", [9, 9])]) == ()


@pytest.mark.parametrize(
    ("two", "kinds"),
    [("2022-05-03", []), ("2022-05-04", ["days-beside"]), ("2022-05-06", ["rival-days"])],
)
def test_days_that_do_not_meet_are_rivals(two: str, kinds: list[str]) -> None:
    """A day apart is a softer kind: night falls between two days."""
    first, second = ({"start": d, "end": d} for d in ("2022-05-03", two))
    assert [d.kind for d in disputes([claim("1", "date", first), claim("2", "date", second)])] == kinds


def test_an_open_day_disputes_nothing() -> None:
    """A day that the words leave open excludes none."""
    open_ = {"start": None, "end": None}
    assert disputes([claim("1", "date", open_), claim("2", "date", {"start": "2022-05-03", "end": "2022-05-03"})]) == ()


def test_two_precise_towns_are_rival_places() -> None:
    """Two towns far apart exclude each other; one town under two names of the gazetteer does not."""
    far = [claim("1", "place", place("Idlib", 35.93, 36.63)), claim("2", "place", place("Homs", 34.73, 36.72))]
    assert [d.kind for d in disputes(far)] == ["rival-places"]
    near = [claim("1", "place", place("Idlib", 35.93, 36.63)), claim("2", "place", place("Idlib city", 35.931, 36.632))]
    assert disputes(near) == ()
