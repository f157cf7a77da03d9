"""Imports: files and addresses into the store, told as they go; bounded, named safely, kept in the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

TEXT = "قصف الطيران الحربي السوري مدينة إدلب يوم السبت 14 كانون الثاني 2023 وقتل ثلاثة مدنيين، بحسب الدفاع المدني."


def send(client: httpx.Client, *files: tuple[str, bytes], **fields: str) -> str:
    """Send files to be imported and return the import's id."""
    answer = client.post("/imports", files=[("file", file) for file in files], data=fields)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def events(client: httpx.Client, id: str) -> list[tuple[str, dict[str, Any]]]:
    """Follow an import to its end."""
    out = []
    with client.stream("GET", f"/imports/{id}/events", timeout=120) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in answer.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                out.append((name, json.loads(line.removeprefix("data: "))))
    return out


def test_file_becomes_an_incident_and_is_known_again(serve: Callable[..., Any]) -> None:
    """An uploaded text is coded, weighed and found; the same file again adds nothing; the log has who imported it."""
    server = serve()
    with server.client("review") as client:
        told = events(client, send(client, ("report.txt", TEXT.encode()), outlet="enab-baladi", published="2023-01-15"))
        assert told[-1][0] == "end"
        end = told[-1][1]
        assert (end["state"], end["added"], end["skipped"], end["failed"]) == ("done", 1, 0, 0)
        assert [name for name, _ in told[:-1]] == ["progress"] * (len(told) - 1)
        (hit,) = client.get("/search", params={"q": '"الطيران الحربي السوري"'}).json()["items"]
        assert hit["outlet"]["id"] == "enab-baladi"
        article = client.get(f"/articles/{hit['article']}").json()
        assert article["addresses"][0].startswith("upload:")
        assert article["addresses"][0].endswith("/report.txt")
        assert any(event["incident"] for event in article["events"])
        again = events(
            client, send(client, ("report.txt", TEXT.encode()), outlet="enab-baladi", published="2023-01-15")
        )
        assert (again[-1][1]["added"], again[-1][1]["known"]) == (0, 1)
        actions = [(entry["action"], entry["user"]) for entry in client.get("/log").json()["items"]]
        assert ("import", "key:test review") in actions
        assert ("import-done", "key:test review") in actions
        jobs = client.get("/imports").json()["items"]
        assert [job["state"] for job in jobs] == ["done", "done"]
    assert not list(server.settings.work.glob("import-*"))


def test_faults_are_told_and_the_rest_goes_on(serve: Callable[..., Any]) -> None:
    """A broken line of a file is a fault with its code and line; the good lines are stored."""
    server = serve()
    lines = [
        json.dumps({"doc_id": "a", "text": TEXT}),
        "{broken",
        json.dumps({"doc_id": "b", "text": TEXT + " وأُصيب آخرون."}),
    ]
    with server.client("review") as client:
        told = events(client, send(client, ("reports.jsonl", "\n".join(lines).encode())))
    faults = [data for name, data in told if name == "fault"]
    assert [(fault["code"], fault["line"]) for fault in faults] == [("input.json", 2)]
    assert (told[-1][1]["added"], told[-1][1]["skipped"]) == (2, 1)


def test_names_of_files_lead_nowhere(serve: Callable[..., Any], tmp_path: Any) -> None:
    """A file that calls itself ../../x is kept inside the server's folder under the last part of its name."""
    server = serve()
    with server.client("review") as client:
        told = events(client, send(client, ("../../../outside/إد لب.txt", TEXT.encode()), ("..", b"x")))
        assert told[-1][1]["name"].startswith("إد لب.txt")
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("source", ["/etc/passwd", "file:///etc/passwd", "ftp://a.example/x", "postgresql://x/y", ""])
def test_only_web_addresses_are_sources(serve: Callable[..., Any], source: str) -> None:
    """No file of the server can be read by naming it."""
    server = serve()
    with server.client("review") as client:
        answer = client.post("/imports", json={"sources": [source]})
    assert (answer.status_code, answer.json()["code"]) == (422, "api.invalid")


def test_private_addresses_are_not_fetched(serve: Callable[..., Any]) -> None:
    """An address of this machine or its network is a fault; the server does not call itself."""
    server = serve()
    with server.client("review") as client:
        answer = client.post("/imports", json={"sources": [f"{server.base}/meta", "http://169.254.169.254/latest"]})
        told = events(client, answer.json()["id"])
    assert [data["code"] for name, data in told if name == "fault"] == ["fetch.private-address"] * 2
    assert told[-1][1]["added"] == 0


def test_large_uploads_are_refused(serve: Callable[..., Any]) -> None:
    """A file beyond the limit is refused by its announced length, and a body beyond that of other requests too."""
    server = serve(upload_bytes=10_000, body_bytes=1_000)
    with server.client("review") as client:
        answer = client.post("/imports", files={"file": ("a.txt", b"x" * 20_000)})
        assert (answer.status_code, answer.json()["code"]) == (413, "api.too-large")
        answer = client.post("/searches", json={"name": "n", "query": "x" * 2_000})
        assert (answer.status_code, answer.json()["code"]) == (413, "api.too-large")

        def chunks() -> Any:
            yield from [b"x" * 400] * 5

        answer = client.post("/searches", content=chunks(), headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 413)


def test_full_queue_says_so(serve: Callable[..., Any]) -> None:
    """When too many imports wait, the next is refused with 429 and nothing of it is kept."""
    server = serve(waiting_imports=1)
    with server.client("review") as client:
        answers = [client.post("/imports", files={"file": (f"{n}.txt", TEXT.encode())}) for n in range(5)]
        codes = [answer.status_code for answer in answers]
        assert codes[0] == 202
        assert 429 in codes
        for answer in answers:
            if answer.status_code == 202:
                assert events(client, answer.json()["id"])[-1][1]["state"] == "done"
    assert not list(server.settings.work.glob("import-*"))


def test_unfinished_imports_of_an_earlier_server_have_failed(serve: Callable[..., Any]) -> None:
    """What a server that was killed left running is told as failed, not as running for ever."""
    from isnad.store.access_records import Job

    server = serve()
    job = Job(id="abc", kind="import", name="n", user="u", at="2026-01-01T00:00:00Z", state="running")
    server.store.access.save_job(job)
    assert server.store.access.fail_jobs("import") == 1
    with server.client("read") as client:
        assert events(client, "abc")[-1][1]["state"] == "failed"
