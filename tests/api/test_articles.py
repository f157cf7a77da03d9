"""Articles, events and search; and articles that mean harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.api.views.article import MOST_ROLES, Spot, stretch
from isnad.model import CodedArticle, Cue, Event, Party, Span
from isnad.model.intake import Incoming

HOSTILE = {
    "html": "قصف <script>alert(1)</script><img src=x onerror=alert(2)> حلب </title></textarea><!-- --> &amp; &#60;",
    "bidi": "\u202eقصف\u202c \u2067حلب\u2066 \u061c\u200f\u200e abc\u202d 123 \u2069\u2069",
    "controls": "قصف\x1b[31m\x07 حلب\u2028\u2029\ufeff \U000e0041\U0001f4a5",
    "template": "{{7*7}} ${7*7} <%= 7*7 %> %s %n ../../etc/passwd ' OR 1=1 --",
}


def add(server: Any, text: str, events: tuple[Event, ...] = (), *, url: str | None = None, name: str = "x") -> str:
    """Store an article and return its id."""
    address = url or f"https://hostile.example/{name}"
    item = Incoming(
        address=address, text=text, source="test", fetched="2026-01-01T00:00:00Z", title=text[:80], outlet="hostile"
    )
    coded = CodedArticle(
        doc_id=address, text=text, title=text[:80], outlet="hostile", url=url, events=events, coder="t"
    )
    (kept,) = server.store.add([(item, coded)])
    return str(kept.article)


def whole(client: httpx.Client, article: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the text of an article, stretch by stretch, and its first answer."""
    text, offset, answers = "", 0, []
    while offset is not None:
        body = client.get(f"/articles/{article}", params={"offset": offset}).json()
        answers.append(body)
        text += "".join(segment["text"] for segment in body["segments"])
        assert body["next"] is None or body["next"] > offset
        offset = body["next"]
    return text, answers


def test_segments_are_the_text_with_roles(reader: httpx.Client) -> None:
    """Segments joined are the stored text; every event's trigger is marked as such where it stands."""
    for item in reader.get("/articles").json()["items"]:
        body = reader.get(f"/articles/{item['id']}").json()
        text = "".join(segment["text"] for segment in body["segments"])
        assert len(text) == body["length"]
        for event in body["events"]:
            marked = [
                s["text"]
                for s in body["segments"]
                if [event["id"], "trigger"] in [[r["event"], r["role"]] for r in s["roles"]]
            ]
            assert "".join(marked) == event["trigger"]["text"]


def test_events_know_their_incident(reader: httpx.Client) -> None:
    """An event in the list names the incident whose members name it."""
    event = next(e for e in reader.get("/events").json()["items"] if e["incident"])
    members = reader.get(f"/incidents/{event['incident']}").json()["members"]
    assert (event["article"], event["event"]) in [(m["article"], m["event"]) for m in members]


def test_search_marks_the_words(reader: httpx.Client) -> None:
    """A hit shows passages in which what answers the query is marked."""
    items = reader.get("/search", params={"q": "قصف"}).json()["items"]
    assert items
    for item in items:
        hits = [segment["text"] for segment in item["segments"] if segment["hit"]]
        assert any("قصف" in hit for hit in hits)


def test_list_takes_one_type(reader: httpx.Client) -> None:
    """Lists of events and articles say that they take one type, instead of passing one over."""
    assert reader.get("/events", params={"type": "ASSAULT"}).status_code == 200
    assert reader.get("/events", params={"type": ["ASSAULT", "PROTEST"]}).json()["code"] == "api.invalid"


@pytest.mark.parametrize("article", ["0", "999999", "-1", "x", "1e3", "99999999999999999999", "٣", "1%00", "../1"])
def test_unknown_article(reader: httpx.Client, article: str) -> None:
    """An id that is none is a 404 problem, whatever it looks like."""
    answer = reader.get(f"/articles/{article}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_hostile_text_is_data(serve: Callable[..., Any]) -> None:
    """HTML, scripts, bidi overrides and control characters come back as they are, as JSON that no browser runs."""
    server = serve()
    with server.client("read") as client:
        for name, text in HOSTILE.items():
            article = add(server, text, name=name)
            answer = client.get(f"/articles/{article}")
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "script-src" not in answer.headers["content-security-policy"].replace("default-src 'self'", "")
            assert "unsafe" not in answer.headers["content-security-policy"]
            assert "".join(s["text"] for s in answer.json()["segments"]) == text


def test_address_of_a_script_is_no_link(serve: Callable[..., Any]) -> None:
    """An article's url is given as a link only where it is a web address."""
    server = serve()
    with server.client("read") as client:
        body = client.get(f"/articles/{add(server, 'قصف', url='javascript:alert(1)')}").json()
    assert body["url"] is None


def test_ten_megabytes_come_in_stretches(serve: Callable[..., Any]) -> None:
    """A text of 10 MB is answered in bounded stretches that joined are the text."""
    server = serve()
    text = ("قصف الطيران حلب. " * 600_000)[:10_000_000]
    article = add(server, text)
    with server.client("read") as client:
        started = time.monotonic()
        first = client.get(f"/articles/{article}")
        assert time.monotonic() - started < 10
        assert len(first.content) < 1_000_000
        assert (first.json()["length"], first.json()["offset"]) == (10_000_000, 0)
        last = client.get(f"/articles/{article}", params={"offset": 9_950_000}).json()
    assert "".join(s["text"] for s in last["segments"]) == text[9_950_000:]
    assert last["next"] is None


def test_a_million_spans_are_bounded(serve: Callable[..., Any]) -> None:
    """An event with a million cues, all over each other, is answered with a bounded number of segments and roles."""
    server = serve()
    text = "قصف حلب " * 20_000
    cues = tuple(
        Cue(field="type", rule="r", text="ق", start=n % 150_000, end=n % 150_000 + 1 + n % 9) for n in range(1_000_000)
    )
    event = Event(id=0, trigger=Span("قصف", 0, 3), type="ASSAULT", mode=None, status="actual", cues=cues)
    article = add(server, text, (event,))
    with server.client("read") as client:
        started = time.monotonic()
        answer = client.get(f"/articles/{article}", timeout=120)
        body = answer.json()
        assert time.monotonic() - started < 60
    assert len(body["segments"]) <= 6_000
    assert all(len(segment["roles"]) <= MOST_ROLES for segment in body["segments"])
    assert len(answer.content) < 20_000_000
    assert body["next"] is not None
    assert len(body["events"][0]["cues"]) <= 50


def test_stretches_of_many_spans_join(serve: Callable[..., Any]) -> None:
    """Where spans are too many for one answer, the answers joined are the text, and no event is lost or told twice."""
    server = serve()
    text = "قصف حلب " * 4_000
    events = tuple(
        Event(id=n, trigger=Span("قصف", 8 * n, 8 * n + 3), type="ASSAULT", mode=None, status="actual",
              actors=(Party(text="حلب", start=8 * n + 4, end=8 * n + 7),))
        for n in range(4_000)
    )  # fmt: skip
    with server.client("read") as client:
        found, answers = whole(client, add(server, text, events))
    assert found == text
    assert len(answers) > 1
    ids = [event["id"] for body in answers for event in body["events"]]
    assert sorted(ids) == list(range(4_000))


spots = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Spot(min(ends), max(ends), 0, "cue", 0)),
    max_size=40,
)


@given(
    text=st.text(max_size=60), spots=spots, offset=st.integers(0, 60), size=st.integers(1, 60), most=st.integers(1, 20)
)
@settings(max_examples=200, deadline=None)
def test_any_spans_cut_the_text_without_moving_a_letter(
    text: str, spots: list[Spot], offset: int, size: int, most: int
) -> None:
    """Whatever the text, the spans and the stretch: segments joined are that stretch, and each role lies over its
    segment's whole length."""
    segments, next_ = stretch(text, spots, offset=min(offset, len(text)), size=size, most=most)
    joined = "".join(segment.text for segment in segments)
    assert len(segments) <= most
    start = min(offset, len(text))
    assert text[start:].startswith(joined)
    assert (next_ is None) == (start + len(joined) == len(text))
    at = start
    for segment in segments:
        covering = sum(
            s.start <= at and at + len(segment.text) <= s.end <= len(text) and s.start < s.end for s in spots
        )
        assert len(segment.roles) == min(covering, MOST_ROLES)
        at += len(segment.text)
