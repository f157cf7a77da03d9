"""Deciding: versions, conflicts, undoing, the log; on both databases."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest


def decide(client: httpx.Client, tag: str | None, **body: Any) -> httpx.Response:
    """Send a decision."""
    headers = {} if tag is None else {"If-Match": tag}
    return client.post("/decisions", json={"reason": "test", **body}, headers=headers)


def incident(client: httpx.Client, n: int = 0) -> dict[str, Any]:
    """Return an incident, the n-th of the list."""
    features = client.get("/incidents", params={"limit": 50}).json()["features"]
    found: dict[str, Any] = client.get(f"/incidents/{features[n]['id']}").json()
    return found


def test_decision_needs_the_version(reviewer: httpx.Client) -> None:
    """Without If-Match nothing is decided: 428."""
    body = incident(reviewer)
    answer = decide(reviewer, None, kind="accept", target={"incident": body["id"]})
    assert (answer.status_code, answer.json()["code"]) == (428, "api.precondition")
    assert incident(reviewer)["etag"] == body["etag"]


def test_second_of_two_analysts_is_told(server: Any, reviewer: httpx.Client) -> None:
    """Two read one incident; the second to decide gets 412 with the present state and its tag, to go on by."""
    with server.client("review") as other:
        body = incident(reviewer, 1)
        first = decide(
            reviewer, body["etag"], kind="correct", target={"incident": body["id"]}, field="killed", value=[7, 7]
        )
        assert first.status_code == 201
        assert first.json()["affected"] == [
            {"id": body["id"], "etag": reviewer.get(f"/incidents/{body['id']}").headers["etag"]}
        ]
        late = decide(
            other, body["etag"], kind="correct", target={"incident": body["id"]}, field="killed", value=[8, 8]
        )
        assert (late.status_code, late.json()["code"]) == (412, "api.changed")
        assert late.json()["current"]["killed"] == [7, 7]
        again = decide(
            other, late.json()["etag"], kind="correct", target={"incident": body["id"]}, field="killed", value=[8, 8]
        )
        assert again.status_code == 201
        history = reviewer.get(f"/incidents/{body['id']}").json()["history"]
        assert [(h["kind"], h["after"]) for h in history[:2]] == [("correct", [8, 8]), ("correct", [7, 7])]
        assert (history[0]["user"], history[0]["reason"]) == ("key:test review", "test")


def test_undo_brings_back_what_was(reviewer: httpx.Client) -> None:
    """After a correction is taken back the incident is as it was, and the log keeps both."""
    body = incident(reviewer, 2)
    made = decide(
        reviewer, body["etag"], kind="correct", target={"incident": body["id"]}, field="injured", value=[1, 2]
    )
    assert reviewer.get(f"/incidents/{body['id']}").json()["injured"] == [1, 2]
    undone = decide(reviewer, "*", kind="undo", target={"decision": made.json()["id"]})
    assert undone.status_code == 201
    now = reviewer.get(f"/incidents/{body['id']}").json()
    assert (now["injured"], now["claims"]) == (body["injured"], body["claims"])
    log = reviewer.get("/decisions", params={"limit": 2}).json()["items"]
    assert [d["kind"] for d in log] == ["undo", "correct"]
    assert log[1]["undone_by"] == log[0]["id"]
    twice = decide(reviewer, "*", kind="undo", target={"decision": made.json()["id"]})
    assert (twice.status_code, twice.json()["code"]) == (409, "review.undone")


def test_card_tag_of_a_pair_works(reviewer: httpx.Client) -> None:
    """The tag on a review card is what its decision needs; the pair does not come again."""
    card = reviewer.get("/review/next").json()["card"]
    assert card["kind"] == "pair"
    pair = [card["pair"]["left"]["id"], card["pair"]["right"]["id"]]
    assert card["pair"]["features"]
    assert all(f["label"]["en"] for f in card["pair"]["features"])
    stale = decide(reviewer, '"v0-0"', kind="not-same", target={"pair": pair})
    assert (stale.status_code, stale.json()["etag"]) == (412, card["etag"])
    made = decide(reviewer, card["etag"], kind="not-same", target={"pair": pair})
    assert made.status_code == 201, made.text
    assert reviewer.get("/review/next").json()["card"]["id"] != card["id"]


def test_merge_leaves_a_redirect_and_undo_takes_it_back(reviewer: httpx.Client) -> None:
    """A merged id answers 301 to the one that stays; after undo both ids stand for what they stood for."""
    left, right = incident(reviewer, 6)["id"], incident(reviewer, 7)["id"]
    before = {id: reviewer.get(f"/incidents/{id}").json()["members"] for id in (left, right)}
    made = decide(
        reviewer,
        reviewer.get(f"/incidents/{left}").headers["etag"],
        kind="merge",
        target={"incident": left},
        members=[right],
    )
    assert made.status_code == 201, made.text
    answers = {id: reviewer.get(f"/incidents/{id}") for id in (left, right)}
    assert sorted(a.status_code for a in answers.values()) == [200, 301]
    gone = next(id for id, a in answers.items() if a.status_code == 301)
    kept = left if gone == right else right
    assert answers[gone].headers["location"] == f"/api/v1/incidents/{kept}"
    assert answers[kept].json()["merged"] == [gone]
    assert decide(reviewer, "*", kind="undo", target={"decision": made.json()["id"]}).status_code == 201
    after = {id: reviewer.get(f"/incidents/{id}").json()["members"] for id in (left, right)}
    assert after == before


def test_event_can_be_rejected(server: Any, reader: httpx.Client, reviewer: httpx.Client) -> None:
    """An event is named by article and number; its incident's tag guards it; rejecting takes it out of the incident."""
    cards = [f["properties"] for f in reader.get("/incidents", params={"limit": 50}).json()["features"]]
    largest = max(cards, key=lambda card: card["voices"]["outlets"])
    body = reviewer.get(f"/incidents/{largest['id']}").json()
    assert len(body["members"]) > 2
    member = body["members"][0]
    target = {"event": {"article": member["article"], "event": member["event"]}}
    assert decide(reviewer, '"v999"', kind="reject", target=target).status_code == 412
    made = decide(reviewer, body["etag"], kind="reject", target=target)
    assert made.status_code == 201, made.text
    found = reviewer.get(f"/incidents/{body['id']}", follow_redirects=True)
    if found.status_code == 200:
        assert member not in found.json()["members"]
    assert decide(reviewer, "*", kind="undo", target={"decision": made.json()["id"]}).status_code == 201
    assert server.imports.wait(60)  # what a decision reaches beyond what it wrote is weighed behind it
    now = reviewer.get(f"/incidents/{body['id']}").json()
    assert member in now["members"]


def test_somebody_else_takes_the_second_look(server: Any, reviewer: httpx.Client, admin: httpx.Client) -> None:
    """A decision that asks for a second look brings the incident to somebody else first, not to the one who asked."""
    body = incident(reviewer, 5)
    made = decide(reviewer, body["etag"], kind="accept", target={"incident": body["id"]}, second=True)
    assert made.status_code == 201
    assert reviewer.get("/review/next").json()["card"]["id"] != f"incident:{body['id']}"
    card = admin.get("/review/next").json()["card"]
    assert (card["id"], card["why"]) == (f"incident:{body['id']}", ["second-look"])
    assert decide(admin, card["etag"], kind="accept", target={"incident": body["id"]}).status_code == 201
    assert admin.get("/review/next").json()["card"]["id"] != card["id"]


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "accept", "target": {}},
        {"kind": "accept", "target": {"incident": "a", "pair": ["a", "b"]}},
        {"kind": "accept", "target": {"pair": ["a"]}},
        {"kind": "explode", "target": {"incident": "a"}},
        {"kind": "correct", "target": {"incident": "a"}, "field": "killed", "value": "\udc00"},
        {"kind": "undo", "target": {"decision": "first"}},
        {"kind": "undo", "target": {"incident": "a"}},
    ],
)
def test_senseless_decisions_are_refused(reviewer: httpx.Client, body: dict[str, Any]) -> None:
    """A decision without sense is a problem of 4xx, and nothing is decided."""
    before = reviewer.get("/decisions").json()["items"]
    content = json.dumps(body).encode()
    answer = reviewer.post("/decisions", content=content, headers={"If-Match": "*", "Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"]
    assert reviewer.get("/decisions").json()["items"] == before


def test_value_that_the_codebook_does_not_know(reviewer: httpx.Client) -> None:
    """A correction to a type that there is not is refused, with the reason."""
    body = incident(reviewer, 3)
    answer = decide(reviewer, body["etag"], kind="correct", target={"incident": body["id"]}, field="type", value="WAR")
    assert (answer.status_code, answer.json()["code"]) == (422, "review.value")
    assert "WAR" in answer.json()["cause"]
