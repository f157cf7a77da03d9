"""The collection of incidents: filters, pages, forms, counts, points, one incident; on both databases."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import httpx
import pytest


def every(client: httpx.Client, path: str, **params: Any) -> list[dict[str, Any]]:
    """Follow a list to its end by its Link headers."""
    out: list[dict[str, Any]] = []
    answer = client.get(path, params=params)
    while True:
        assert answer.status_code == 200, answer.text
        body = answer.json()
        out += body["features"] if "features" in body else body["items"]
        link = answer.links.get("next")
        if link is None:
            return out
        assert "cursor=" in link["url"]
        answer = client.get(str(client.base_url.copy_with(path="/")).rstrip("/") + link["url"])


def test_pages_hold_everything_once(reader: httpx.Client) -> None:
    """Whatever the size of a page, following the links gives every incident once, the newest day first."""
    whole = every(reader, "/incidents", limit=1000)
    small = every(reader, "/incidents", limit=7)
    assert [f["id"] for f in small] == [f["id"] for f in whole]
    assert len({f["id"] for f in whole}) == len(whole) == reader.get("/incidents").json()["numberMatched"]


def test_collection_is_geojson(reader: httpx.Client) -> None:
    """The default form is GeoJSON by RFC 7946: its media type, members first by type, longitude before latitude."""
    answer = reader.get("/incidents", params={"limit": 500})
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.text.startswith('{"type":"FeatureCollection"')
    features = answer.json()["features"]
    placed = [f for f in features if f["geometry"]]
    assert placed
    for feature in placed:
        place = feature["properties"]["place"]
        assert feature["geometry"] == {
            "type": "Point",
            "coordinates": pytest.approx([place["lon"], place["lat"]], abs=1e-4),
        }


@pytest.mark.parametrize(
    ("name", "value_of"),
    [
        ("type", lambda card: card["type"]),
        ("grade", lambda card: card["grade"]),
        ("party", lambda card: next((p["id"] for p in [*card["actors"], *card["recipients"]]), None)),
        ("place", lambda card: card["place"]["name"] if card["place"] else None),
        ("dispute", lambda card: next(iter(card["disputes"]), None)),
    ],
)
def test_filter_gives_what_it_says(reader: httpx.Client, name: str, value_of: Any) -> None:
    """A filter by a value of some incident gives that incident, and counts and points agree with the list."""
    cards = [f["properties"] for f in every(reader, "/incidents", limit=1000)]
    value = next(v for card in cards if (v := value_of(card)))
    found = every(reader, "/incidents", limit=1000, **{name: value})
    wanted = {card["id"] for card in cards if value_of(card) == value}
    assert wanted <= {f["id"] for f in found}
    assert len(found) < len(cards)
    summary = reader.get("/incidents/summary", params={name: value}).json()
    assert summary["total"] == len(found)
    assert summary["noplace"] == sum(f["geometry"] is None for f in found)
    points = reader.get("/incidents/points", params={name: value}).json()
    assert sorted(points["ids"]) == sorted(f["id"] for f in found if f["geometry"])


def test_place_is_found_by_its_arabic_name(reader: httpx.Client) -> None:
    """A place asked for in Arabic, in any spelling, is the one that the gazetteer knows by this name."""
    by_latin = every(reader, "/incidents", place="Kansafra")
    assert by_latin
    assert every(reader, "/incidents", place="كنصفرة") == every(reader, "/incidents", place="كنصفره") == by_latin
    events = reader.get("/events", params={"place": "Kansafra"}).json()["items"]
    assert events == reader.get("/events", params={"place": "كنصفرة"}).json()["items"] != []
    assert reader.get("/incidents/summary", params={"place": "كنصفرة"}).json()["total"] == len(by_latin)
    assert every(reader, "/incidents", place="لا مكان") == []


def test_days_bound_the_list(reader: httpx.Client) -> None:
    """from and to, and OGC's datetime, give the same incidents, and none outside."""
    one = every(reader, "/incidents", **{"from": "2023-06-01", "to": "2023-06-30"})
    two = every(reader, "/incidents", datetime="2023-06-01T00:00:00Z/2023-06-30T23:59:59Z")
    assert one == two != []
    for feature in one:
        days = feature["properties"]["date"] or feature["properties"]["reported"]
        assert days["start"] <= "2023-06-30"
        assert days["end"] >= "2023-06-01"
    assert every(reader, "/incidents", datetime="../2000-01-01") == []


def test_bbox_holds_the_points(reader: httpx.Client) -> None:
    """A box around one point gives it, and nothing that lies outside."""
    point = next(f for f in every(reader, "/incidents") if f["geometry"])
    lon, lat = point["geometry"]["coordinates"]
    found = every(reader, "/incidents", bbox=f"{lon - 0.01},{lat - 0.01},{lon + 0.01},{lat + 0.01}")
    assert point["id"] in {f["id"] for f in found}
    for feature in found:
        x, y = feature["geometry"]["coordinates"]
        assert max(abs(x - lon), abs(y - lat)) <= 0.011


def test_csv_has_a_row_an_incident(reader: httpx.Client) -> None:
    """f=csv gives the columns of the export, with a Link to the next page."""
    answer = reader.get("/incidents", params={"f": "csv", "limit": 5})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 5
    assert "next" in answer.links
    listed = reader.get("/incidents", params={"limit": 5}).json()["features"]
    assert [row["incident_id"] for row in rows] == [f["id"] for f in listed]


def test_counts_are_kept_by_the_reader(reader: httpx.Client) -> None:
    """Counts and points carry an ETag of the store's state; asked again with it, they need not be sent."""
    for path in ("/incidents/summary", "/incidents/points"):
        tag = reader.get(path).headers["etag"]
        assert reader.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_incident_shows_whose_word_it_is(reader: httpx.Client) -> None:
    """Every claim of every incident quotes the words of its article; disputes and chains name claims that are there."""
    seen = 0
    for feature in every(reader, "/incidents"):
        answer = reader.get(f"/incidents/{feature['id']}")
        body = answer.json()
        assert answer.headers["etag"] == body["etag"] == f'"v{body["version"]}"'
        for claim in body["claims"]:
            seen += 1
            marked = "".join(part["text"] for part in claim["quote"] if part["mark"])
            assert marked == claim["span"]["text"] != ""
            assert all(claim["label"].values())
        count = len(body["claims"])
        assert all(n < count for dispute in body["disputes"] for n in dispute["claims"])
        nodes = {node["id"] for node in body["chain"]["nodes"]}
        for edge in body["chain"]["edges"]:
            assert {edge["from"], edge["to"]} <= nodes
            assert all(n < count for n in edge["claim"])
        assert {m["article"] for m in body["members"]} >= {c["article"] for c in body["claims"]}
    assert seen > 100


def test_quotes_are_the_words_of_the_article(reader: httpx.Client) -> None:
    """The span of a claim, in code points of the article's text, is the words that are quoted."""
    item = reader.get("/claims", params={"limit": 1}).json()["items"][0]["claim"]
    article = reader.get(f"/articles/{item['article']}").json()
    text = "".join(segment["text"] for segment in article["segments"])
    assert text[item["span"]["start"] : item["span"]["end"]] == item["span"]["text"]


def test_claims_come_page_by_page(reader: httpx.Client) -> None:
    """The list of claims holds those of every incident in order, whatever the size of a page."""
    wanted = [
        (f["id"], n)
        for f in every(reader, "/incidents")
        for n in range(len(reader.get(f"/incidents/{f['id']}").json()["claims"]))
    ]
    found = every(reader, "/claims", limit=37)
    assert [(row["incident"], row["number"]) for row in found] == wanted


@pytest.mark.parametrize(
    "params",
    [
        {"from": "2023-02-30"},
        {"from": "yesterday"},
        {"bbox": "1,2,3"},
        {"bbox": "1,2,3,nan"},
        {"bbox": "0,91,1,92"},
        {"datetime": "x/y"},
        {"limit": 0},
        {"limit": 5000},
        {"cursor": "nonsense"},
        {"cursor": "2023-01-01~99999999999999999999999"},
        {"q": "a\0b"},
        {"f": "xml"},
    ],
)
def test_what_cannot_be_is_refused(reader: httpx.Client, params: dict[str, Any]) -> None:
    """A filter that makes no sense gets a problem that says so, not an empty list."""
    answer = reader.get("/incidents", params=params)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] in ("api.invalid", "api.cursor")


@pytest.mark.parametrize(
    ("path", "params", "code", "where", "wanted"),
    [
        ("/incidents", {"typ": "ASSAULT"}, "api.parameter", "typ", "Did you mean type?"),
        ("/incidents/summary", {"page": 2}, "api.parameter", "page", ""),
        ("/events", {"grade": "weak"}, "api.parameter", "grade", ""),
        ("/articles", {"bbox": "1,2,3,4"}, "api.parameter", "bbox", ""),
        ("/incidents", {"bbox": "1,2"}, "api.invalid", "bbox", "west,south,east,north"),
        ("/incidents", {"from": "2020"}, "api.invalid", "from", "YYYY-MM-DD"),
        ("/incidents", {"from": "2020-02-31"}, "api.invalid", "from", "YYYY-MM-DD"),
        ("/incidents", {"limit": 0}, "api.invalid", "limit", "a whole number"),
        ("/incidents", {"type": "asault"}, "api.invalid", "type", "such as ASSAULT"),
        ("/incidents", {"grade": ["weak", "sure"]}, "api.invalid", "grade", "discounted"),
        ("/events", {"status": "nope"}, "api.invalid", "status", "hypothetical"),
        ("/search", {}, "api.invalid", "q", "words to search for"),
        ("/incidents", {"q": "!!"}, "api.query", "q", "no word"),
        ("/incidents", {"cursor": "7"}, "api.cursor", "", "the page before"),
        ("/articles", {"cursor": "2020-99-99~1"}, "api.cursor", "", "the page before"),
        ("/search", {"q": "قصف", "cursor": "2020-01-01~1"}, "api.cursor", "", "the page before"),
        ("/decisions", {"cursor": "1~2"}, "api.cursor", "", "the page before"),
    ],
)
def test_problem_says_what_is_wrong_and_what_is_wanted(
    reader: httpx.Client, path: str, params: dict[str, Any], code: str, where: str, wanted: str
) -> None:
    """In the reader's language: the parameter by its name, and what would do; a cursor of another list is none."""
    english = reader.get(path, params=params, headers={"Accept-Language": "en"})
    arabic = reader.get(path, params=params, headers={"Accept-Language": "ar"}).json()
    assert (english.status_code, english.json()["code"]) == (422, code)
    for part in (where, wanted):
        assert part in english.json()["detail"]
    assert where in arabic["detail"]
    assert re.search("[\u0621-\u064a]", arabic["detail"])
    assert "{" not in english.json()["detail"] + arabic["detail"]


def test_head_is_answered_as_get_without_a_body(reader: httpx.Client) -> None:
    """The headers are there, a Link among them, and nothing after them."""
    shown = reader.get("/incidents", params={"limit": 2})
    head = reader.head("/incidents", params={"limit": 2})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["link"] == shown.headers["link"]
    assert reader.head("/incidents/nothing").status_code == 404


def test_lists_of_outlets_and_parties_have_pages(reader: httpx.Client) -> None:
    """Page by page they are the whole list, each page with a Link to the next."""
    for path in ("/outlets", "/parties"):
        whole = reader.get(path).json()
        assert whole["next"] is None
        assert whole["total"] == len(whole["items"]) > 2
        seen = every(reader, path, limit=2)
        assert seen == whole["items"]


def test_record_of_an_outlet_counts_all_its_claims(reader: httpx.Client) -> None:
    """Affirmed, denied and copied are the claims of the happening that the list of claims has."""
    claims = [item["claim"] for item in every(reader, "/claims", limit=1000)]
    for outlet in reader.get("/outlets").json()["items"]:
        mine = [c for c in claims if c["field"] == "happening" and (c["outlet"] or {}).get("id") == outlet["id"]]
        record = reader.get(f"/outlets/{outlet['id']}").json()
        assert record["looked_at"] == record["counts"]["incidents"] == outlet["counts"]["incidents"]
        assert record["denied"] == sum(c["says"] == "denies" for c in mine)
        assert record["affirmed"] == len(mine) - record["denied"]
        assert record["copied"] == sum(c["says"] == "repeats" for c in mine)


def test_unknown_incident(reader: httpx.Client) -> None:
    """An id that was never given is a 404 problem."""
    answer = reader.get("/incidents/inc-nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "incident.unknown")
