"""Events to decide one by one, marks of a search, and a second reviewer upon an event, over a real server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from isnad.api.credentials import new_key


def next_event(client: httpx.Client, *skip: str) -> dict[str, Any]:
    """Return the next card and how many are left."""
    found: dict[str, Any] = client.get("/review/events/next", params={"skip": ",".join(skip)}).json()
    return found


def decide(client: httpx.Client, card: dict[str, Any], kind: str, **more: Any) -> httpx.Response:
    """Decide upon a card's event."""
    target = {"event": {"article": card["article"]["id"], "event": card["event"]["id"]}}
    new = {"kind": kind, "target": target, "reason": "read again", **more}
    return client.post("/decisions", json=new, headers={"If-Match": card["etag"]})


def second(server: Any) -> httpx.Client:
    """Return a client of another reviewer."""
    key, secret = new_key("second", "review", maker="test")
    server.store.access.add_key(key)
    return httpx.Client(base_url=server.base, headers={"Authorization": f"Bearer {secret}"}, timeout=60)


def events(client: httpx.Client, article: str) -> list[int]:
    """Return the ids of an article's events as decided."""
    return [event["id"] for event in client.get(f"/articles/{article}").json()["events"]]


def test_events_come_the_least_sure_first(serve: Callable[..., Any]) -> None:
    """Each undecided event comes once, by rising score, with its words in one passage; decided ones are gone."""
    server = serve()
    with server.client("review") as client:
        total = next_event(client)["left"]
        assert total == client.get("/meta").json()["counts"]["events"]
        seen: list[dict[str, Any]] = []
        while (card := next_event(client, *(one["id"] for one in seen))["card"]) is not None:
            seen.append(card)
        assert len(seen) == total == len({card["id"] for card in seen})
        scores = [card["event"]["score"] for card in seen]
        assert scores == sorted(scores)
        for card in seen:
            marked = {role["role"] for segment in card["segments"] for role in segment["roles"]}
            assert "trigger" in marked
            words = "".join(s["text"] for s in card["segments"] if any(r["role"] == "trigger" for r in s["roles"]))
            assert words == card["event"]["trigger"]["text"]
        made = decide(client, seen[0], "accept")
        assert made.status_code == 201
        after = next_event(client)
        assert (after["card"]["id"], after["left"]) == (seen[1]["id"], total - 1)
        undo = {"kind": "undo", "target": {"decision": made.json()["id"]}, "reason": "undone"}
        assert client.post("/decisions", json=undo, headers={"If-Match": "*"}).status_code == 201
        assert next_event(client)["card"]["id"] == seen[0]["id"]


def test_a_second_reviewer_may_differ_upon_a_rejected_event(serve: Callable[..., Any]) -> None:
    """What one rejects with the wish for a second look comes to another, who brings it back; undone, it is gone."""
    server = serve()
    with server.client("review") as one, second(server) as other:
        card = next_event(one)["card"]
        article, id = card["article"]["id"], card["event"]["id"]
        assert decide(one, card, "reject", second=True).status_code == 201
        assert id not in events(one, article)
        look = next_event(other)["card"]
        assert (look["id"], look["why"]) == (card["id"], ["second-look"])
        assert next_event(one)["card"]["id"] != card["id"], "it is not for whoever asked"
        made = decide(other, look, "accept")
        assert made.status_code == 201
        assert id in events(one, article)
        assert next_event(other)["card"]["why"] == []
        kinds = [(d["kind"], d["user"]) for d in one.get("/decisions").json()["items"]]
        assert [kind for kind, _ in kinds] == ["accept", "reject"]
        assert len({user for _, user in kinds}) == 2
        undo = {"kind": "undo", "target": {"decision": made.json()["id"]}, "reason": "undone"}
        assert other.post("/decisions", json=undo, headers={"If-Match": "*"}).status_code == 201
        assert id not in events(one, article)


def test_a_second_reviewer_may_agree_with_a_rejection(serve: Callable[..., Any]) -> None:
    """Two rejections stand in the log; the event stays away until both are taken back."""
    server = serve()
    with server.client("review") as one, second(server) as other:
        card = next_event(one)["card"]
        first = decide(one, card, "reject", second=True).json()
        again = decide(other, next_event(other)["card"], "reject").json()
        for made in (again, first):
            assert card["event"]["id"] not in events(one, card["article"]["id"])
            undo = {"kind": "undo", "target": {"decision": made["id"]}, "reason": "undone"}
            assert one.post("/decisions", json=undo, headers={"If-Match": "*"}).status_code == 201
        assert card["event"]["id"] in events(one, card["article"]["id"])


def test_marks_stand_where_the_words_do(reader: httpx.Client) -> None:
    """Marks of an article are the words that its search found, in its title and in its text."""
    hits = reader.get("/search", params={"q": "القصف"}).json()["items"]
    assert hits
    ids = [hit["article"] for hit in hits]
    found = reader.get("/search/marks", params={"q": "القصف", "article": ids}).json()["items"]
    assert [one["article"] for one in found] == ids
    for hit, marks in zip(hits, found, strict=True):
        text = "".join(segment["text"] for segment in reader.get(f"/articles/{hit['article']}").json()["segments"])
        words = [text[start:end] for start, end in marks["text"]]
        assert [segment["text"] for segment in hit["segments"] if segment["hit"]] == words[:12]
        assert all("قصف" in hit["title"][start:end] for start, end in marks["title"])
    titles = reader.get("/search/marks", params={"q": "القصف", "article": ids, "text": "false"}).json()["items"]
    assert [one["title"] for one in titles] == [one["title"] for one in found]
    assert all(one["text"] == [] for one in titles)


def test_marks_refuse_what_is_no_search(reader: httpx.Client) -> None:
    """No words, no article and too many articles are refused; an unknown article is left out."""
    assert reader.get("/search/marks", params={"q": " ", "article": "1"}).status_code == 422
    assert reader.get("/search/marks", params={"q": "قصف"}).status_code == 422
    assert reader.get("/search/marks", params={"q": "قصف", "article": "x"}).status_code == 404
    assert reader.get("/search/marks", params={"q": "قصف", "article": "999999"}).json() == {"items": []}
