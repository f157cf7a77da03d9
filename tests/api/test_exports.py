"""Exports of every format, gold, the log, and saved searches with their feeds."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from isnad.export.incidents import FORMATS

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def export(client: httpx.Client, **body: Any) -> httpx.Response:
    """Make a file and fetch it."""
    made = client.post("/exports", json=body)
    assert made.status_code == 201, made.text
    answer = client.get(made.json()["href"].removeprefix("/api/v1"))
    assert answer.status_code == 200
    assert len(answer.content) == made.json()["bytes"]
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer


@pytest.mark.parametrize(("what", "format_"), [(what, one) for what, formats in FORMATS.items() for one in formats])
def test_every_format_is_made_and_parses(reader: httpx.Client, what: str, format_: str) -> None:
    """Each format of each thing comes as a file that its own kind of reader takes."""
    content = export(reader, what=what, format=format_, filter="").content
    if format_ == "jsonl":
        assert [json.loads(line) for line in content.decode().splitlines()]
    elif format_ == "geojson":
        assert json.loads(content)["type"] == "FeatureCollection"
    elif format_ == "package":
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert sorted(names) == ["claims.csv", "datapackage.json", "incidents.csv"]
    elif format_ == "parquet":
        assert content[:4] == content[-4:] == b"PAR1"
    elif format_ == "html":
        assert content.lstrip().lower().startswith(b"<!doctype html")
    else:
        rows = list(csv.reader(io.StringIO(content.decode()), delimiter="\t" if format_ == "polecat" else ","))
        assert len({len(row) for row in rows}) == 1


def test_filter_narrows_the_file(reader: httpx.Client) -> None:
    """A file holds the incidents that the list gives by the same filter, in its order."""
    listed = reader.get("/incidents", params={"type": "ASSAULT", "limit": 1000}).json()["features"]
    lines = export(reader, format="jsonl", filter="?type=ASSAULT").text.splitlines()
    assert [json.loads(line)["incident_id"] for line in lines] == [f["id"] for f in listed]


@pytest.mark.parametrize(
    "body", [{"format": "xls"}, {"format": "geojson", "what": "claims"}, {"format": "csv", "filter": "bbox=1"}]
)
def test_what_cannot_be_exported(reader: httpx.Client, body: dict[str, Any]) -> None:
    """A format that there is not, or not of this, is refused."""
    assert reader.post("/exports", json=body).status_code == 422


def test_log_has_who_exported(reader: httpx.Client) -> None:
    """The log names who exported what, with the id of the export."""
    made = reader.post("/exports", json={"format": "csv", "filter": "type=PROTEST"}).json()
    entry = reader.get("/log").json()["items"][0]
    assert (entry["action"], entry["subject"], entry["user"]) == ("export", f"export:{made['id']}", "key:test read")
    assert entry["detail"]["filter"] == "type=PROTEST"
    assert reader.get(f"/exports/{made['id']}").json()["count"] == made["count"]


def test_removed_file_says_so(server: Any, reader: httpx.Client) -> None:
    """A file that was tidied away is a 404 that says to export again."""
    made = reader.post("/exports", json={"format": "csv"}).json()
    next((server.settings.work / "exports").glob(f"{made['id']}.*")).unlink()
    answer = reader.get(f"/exports/{made['id']}/file")
    assert (answer.status_code, answer.json()["code"]) == (404, "api.not-made")


def test_decided_events_are_gold(server: Any, reviewer: httpx.Client) -> None:
    """An event that somebody accepted stands in the gold, in the form that the evaluation reads."""
    event = next(e for e in reviewer.get("/events").json()["items"] if e["incident"])
    target = {"event": {"article": event["article"], "event": event["event"]}}
    answer = reviewer.post("/decisions", json={"kind": "accept", "target": target}, headers={"If-Match": "*"})
    assert answer.status_code == 201, answer.text
    documents = [json.loads(line) for line in reviewer.get("/gold").text.splitlines()]
    assert [event["event"] in document["reviewed"] for document in documents] == [True]
    assert {"doc_id", "text", "events"} <= set(documents[0])


def test_saved_search_has_a_feed(reviewer: httpx.Client) -> None:
    """A saved filter's Atom feed holds what the list gives, in the language asked for; it ends with the search."""
    saved = reviewer.post("/searches", json={"name": "عنف <b>", "query": "type=ASSAULT&grade=contested"}).json()
    assert saved in reviewer.get("/searches").json()["items"]
    path = saved["feed"].removeprefix("/api/v1")
    answer = reviewer.get(path, headers={"Accept-Language": "en"})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    listed = reviewer.get("/incidents", params={"type": "ASSAULT", "grade": "contested"}).json()["features"]
    ids = [str(entry.findtext("a:id", namespaces=ATOM)).rpartition("/")[2] for entry in feed.findall("a:entry", ATOM)]
    assert ids == [f["id"] for f in listed] != []
    assert feed.findtext("a:title", namespaces=ATOM) == "isnad: عنف <b>"
    assert (
        reviewer.get(path, headers={"Accept-Language": "en", "If-None-Match": answer.headers["etag"]}).status_code
        == 304
    )
    assert reviewer.delete(f"/searches/{saved['id']}").status_code == 204
    assert reviewer.get(path).status_code == 404


def test_search_that_makes_no_sense_is_not_saved(reviewer: httpx.Client) -> None:
    """A filter is checked when it is saved, not when its feed is asked for."""
    assert reviewer.post("/searches", json={"name": "n", "query": "from=never"}).status_code == 422


@pytest.mark.parametrize("what", ["events", "articles"])
def test_filter_that_events_do_not_know_is_refused(reader: httpx.Client, what: str) -> None:
    """Grades and boxes are of incidents: events or articles are not exported as if nothing had been asked."""
    for query in ("grade=weak", "bbox=1,2,3,4", "reviewed=true"):
        answer = reader.post("/exports", json={"format": "jsonl", "what": what, "filter": query})
        assert (answer.status_code, answer.json()["code"]) == (422, "api.invalid")
