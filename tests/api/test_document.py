"""The OpenAPI document, refusals, and every operation under schemathesis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema
import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from isnad.api.problems import kind_of, kinds, language_of
from isnad.api.views.labels import Labels
from isnad.errors import CODES
from isnad.weigh.scoring import built_in


@pytest.fixture(scope="module")
def document(server: Any) -> dict[str, Any]:
    """The document as it is served."""
    found: dict[str, Any] = httpx.get(f"{server.base}/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each operation with its name."""
    for path, found in document["paths"].items():
        for method, operation in found.items():
            yield f"{method} {path}", operation


#: Ids of operations are promised: clients are generated from them.  A new one is added here, none is renamed.
OPERATIONS = {
    "listIncidents", "summariseIncidents", "listIncidentPoints", "getIncident", "listClaims", "listArticles",
    "getArticle", "listEvents", "searchArticles", "listParties", "getParty", "listOutlets", "getOutlet", "listNaming",
    "listCopies", "getNextCard", "decide", "listDecisions", "getDecision", "getGold", "addImport", "listImports",
    "getImport", "followImport", "addExport", "getExport", "downloadExport", "listLog", "listSearches", "addSearch",
    "removeSearch", "getSearchFeed", "listKeys", "addKey", "revokeKey", "getMeta", "signIn", "signInByLink", "signOut",
    "markWords", "getNextEvent", "getTiles",
}  # fmt: skip


def test_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    """It says so, every operation has its promised id, a summary, a tag, and refusals that are problems."""
    assert document["openapi"] == "3.1.0"
    assert {operation["operationId"] for _, operation in operations(document)} == OPERATIONS
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["tags"], name
        assert "application/problem+json" in operation["responses"]["4XX"]["content"], name
        assert "422" not in operation["responses"], name


def test_examples_are_what_is_sent(document: dict[str, Any]) -> None:
    """Every example of an answer or request fits its schema."""
    seen = 0
    for _, operation in operations(document):
        parts = [*operation["responses"].values(), operation.get("requestBody", {})]
        for part in parts:
            for content in part.get("content", {}).values():
                if "example" in content and "schema" in content:
                    schema = {**content["schema"], "components": document["components"]}
                    jsonschema.Draft202012Validator(schema).validate(content["example"])
                    seen += 1
    assert seen > 40


def test_references_lead_somewhere(document: dict[str, Any]) -> None:
    """No schema is named that is not there."""
    names = set(re.findall(r"#/components/schemas/([^\"'}]+)", str(document)))
    assert names <= set(document["components"]["schemas"])


def test_reference_page_loads_nothing(server: Any) -> None:
    """The page at /api names every operation and asks for nothing from anywhere."""
    answer = httpx.get(f"{server.url}/api")
    assert all(f'id="{id}"' in answer.text for id in OPERATIONS)
    assert "<script" not in answer.text
    assert not re.findall(r"(?:src|href)=\"https?://", answer.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v2/incidents", "/api/", "/api/v1/incidents/", "/api/v1/../x"]
)
def test_unknown_under_api_is_a_problem(server: Any, path: str) -> None:
    """Never the page: JSON, 404."""
    answer = httpx.get(f"{server.url}{path}")
    assert answer.status_code == 404 or not answer.request.url.path.startswith("/api")
    if answer.request.url.path.startswith("/api"):
        assert answer.json()["code"] == "api.not-found"


def test_wrong_method_is_a_problem(server: Any) -> None:
    """405 as a problem."""
    answer = httpx.put(f"{server.base}/incidents")
    assert (answer.status_code, answer.json()["code"]) == (405, "api.method")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "ar"), ("", "ar"), ("en", "en"), ("en-GB,ar;q=0.5", "en"), ("ar-SY, en", "ar"), ("fr", "ar"),
        ("fr, en;q=0.3, ar;q=0.2", "en"), ("en;q=0", "ar"), ("en;q=x, ar", "ar"), (";;,,=", "ar"),
    ],
)  # fmt: skip
def test_language_is_the_readers(accept: str | None, language: str) -> None:
    """The language wanted most of the two; Arabic for want of a wish."""
    assert language_of(accept) == language


def test_problems_are_told_in_both_languages(server: Any) -> None:
    """Title and detail follow Accept-Language; the code does not."""
    arabic = httpx.get(f"{server.base}/incidents")
    english = httpx.get(f"{server.base}/incidents", headers={"Accept-Language": "en"})
    assert arabic.json()["code"] == english.json()["code"] == "api.signed-out"
    assert english.json()["title"] == "Please sign in"
    assert re.search("[\u0621-\u064a]", arabic.json()["title"])
    assert (arabic.headers["content-language"], english.headers["content-language"]) == ("ar", "en")


def test_codes_of_problems_stand_in_the_tree() -> None:
    """Every code that the API answers with is one of the error tree, and every code of the tree has an answer."""
    assert set(kinds()) <= set(CODES)
    assert all(400 <= kind_of(code).status < 600 for code in CODES)


@pytest.fixture(scope="module")
def under_test(server: Any) -> Any:
    """The document as schemathesis reads it."""
    return schemathesis.openapi.from_url(f"{server.base}/openapi.json")


@pytest.fixture(scope="module")
def key(server: Any) -> str:
    """A key that opens everything."""
    secret: str = server.key("admin")
    return secret


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.mark.parametrize("operation_id", sorted(OPERATIONS))
def test_no_request_makes_the_server_fail(under_test: Any, key: str, operation_id: str) -> None:
    """Whatever the document allows, and what it does not: no 5xx, and the answer is one that the document promises."""
    operation = under_test.find_operation_by_id(operation_id)
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    cases = strategies.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))

    @given(case=cases)
    @settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def attempt(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS, timeout=60)

    attempt()


def test_every_feature_of_a_pair_has_words() -> None:
    """Whatever the score of a pair is made of is told in Arabic and English, not by the name in the weights."""
    labels = Labels.load()
    for name in built_in().features:
        head, _, standing = name.partition(":")
        assert head in labels.groups["features"]
        assert not standing or standing in labels.groups["standings"] or standing.isdecimal()


def test_words_have_both_languages() -> None:
    """The API's own words are there in Arabic and English."""
    from importlib.resources import files

    for group in yaml.safe_load(files("isnad.api").joinpath("data", "words.yaml").read_text("utf-8")).values():
        for entry in group.values():
            assert set(entry) == {"ar", "en"}
