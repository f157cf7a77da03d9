"""JSONL of incidents is read back exactly, and stands as scoring tools expect it."""

from __future__ import annotations

import io
import json
import math

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.errors import Fault
from isnad.export.incident_jsonl import IncidentJsonlWriter, read_incidents
from isnad.model import Place, Span
from isnad.model.incidents import Claim, Dispute, Grade, Incident, Link, Member, Speaker, Value, Voices

from .incidents import incidents, written

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
MAYBE = st.none() | TEXT
COUNT = st.none() | st.integers(0, 10_000)
RANGE = st.none() | st.tuples(COUNT, COUNT)
NUMBER = st.floats(-1e6, 1e6).filter(math.isfinite)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
SPAN = st.builds(Span, text=TEXT, start=st.integers(0, 99), end=st.integers(0, 99))
SPEAKER = st.none() | st.builds(Speaker, text=TEXT, kind=TEXT, party=MAYBE, side=MAYBE)


def tuples(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


MEMBER = st.builds(
    Member, doc_id=TEXT, event=st.integers(1, 9), trigger=SPAN, type=TEXT, status=TEXT, part=TEXT, outlet=MAYBE,
    published=MAYBE, article=st.none() | st.integers(1, 9),
)  # fmt: skip
CLAIM = st.builds(
    Claim, field=TEXT, value=JSON, says=TEXT, status=TEXT, doc_id=TEXT, event=st.integers(1, 9), span=SPAN,
    outlet=MAYBE, speaker=SPEAKER, via=SPEAKER, framing=MAYBE,
)  # fmt: skip
PLACE = st.builds(
    Place, text=TEXT, start=st.just(0), end=st.integers(0, 9), name=MAYBE, country=MAYBE, level=MAYBE,
    lat=st.none() | NUMBER, lon=st.none() | NUMBER, precision=st.none() | NUMBER, source_id=MAYBE,
)  # fmt: skip
VOICES = st.builds(
    Voices, outlets=tuples(TEXT), texts=tuples(tuples(TEXT)), speakers=tuples(TEXT), sides=tuples(TEXT),
    opposed_agree=st.booleans(),
)  # fmt: skip
INCIDENT = st.builds(
    Incident, id=TEXT.filter(bool), type=TEXT, mode=MAYBE, members=tuples(MEMBER), claims=tuples(CLAIM),
    place=st.none() | PLACE, date=st.none() | st.dictionaries(st.sampled_from(["start", "end"]), TEXT),
    actors=tuples(TEXT), recipients=tuples(TEXT), killed=RANGE, injured=RANGE, detained=RANGE,
    summary=st.dictionaries(TEXT, st.builds(Value, value=JSON, rule=TEXT), max_size=3),
    voices=st.none() | VOICES,
    disputes=tuples(st.builds(Dispute, field=TEXT, kind=TEXT, claims=tuples(st.integers(0, 9)))),
    grade=st.none() | st.builds(Grade, grade=TEXT, reasons=tuples(TEXT)),
    links=tuples(
        st.builds(Link, kind=TEXT, incident=TEXT, doc_id=MAYBE, span=st.none() | SPAN, score=st.none() | NUMBER)
    ),
    merged=tuples(TEXT),
)  # fmt: skip


def back(text: str) -> list[Incident | Fault]:
    return list(read_incidents(io.StringIO(text, newline="\n"), path="x.jsonl"))


@settings(deadline=None)
@given(st.lists(INCIDENT, max_size=3, unique_by=lambda incident: incident.id))
def test_what_is_written_is_read_back_exactly(told: list[Incident]) -> None:
    """Any incident, with any text in it, comes back equal; one line each."""
    text = written(IncidentJsonlWriter(), told)
    assert text.count("\n") == len(told)
    assert back(text) == told


def test_the_fixture_comes_back_exactly() -> None:
    assert back(written(IncidentJsonlWriter(), incidents())) == incidents()


def test_scoring_tools_find_what_they_need() -> None:
    """incident_id, members with the doc_id that came in, date, place with lat and lon, killed as a pair."""
    row = json.loads(written(IncidentJsonlWriter(), incidents()).splitlines()[0])
    assert row["incident_id"] == "inc-1"
    assert [member["doc_id"] for member in row["members"]] == ["syr-1", "syr-2", "syr-3"]
    assert row["date"] == {"start": "2023-03-01", "end": "2023-03-01"}
    assert (row["place"]["lat"], row["place"]["lon"]) == (35.12345, 36.98765)
    assert row["killed"] == [7, None]
    assert "id" not in row


def test_a_bad_line_is_a_fault_and_the_rest_is_read() -> None:
    """File, line and code are named; the same id twice is taken once."""
    good = written(IncidentJsonlWriter(), incidents()[:1])
    text = good + "{\n" + "[]\n" + '{"type": "ASSAULT"}\n' + '{"incident_id": 5}\n' + "\n" + good
    results = back(text)
    assert results[0] == incidents()[0]
    faults = [one for one in results if isinstance(one, Fault)]
    assert [(fault.line, fault.code) for fault in faults] == [
        (2, "input.json"), (3, "input.json"), (4, "input.missing-key"), (5, "input.type"), (7, "input.twice"),
    ]  # fmt: skip


def test_unknown_keys_are_passed_over() -> None:
    row = json.loads(written(IncidentJsonlWriter(), incidents()[:1]))
    assert back(json.dumps({**row, "later": 1}) + "\n") == incidents()[:1]


def test_values_must_be_what_json_holds() -> None:
    """A claim's value is compared as JSON: msgspec's plain form is its own round trip."""
    for incident in incidents():
        for claim in incident.claims:
            assert msgspec.json.decode(msgspec.json.encode(claim.value)) == claim.value
