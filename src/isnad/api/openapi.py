"""The OpenAPI 3.1 document: FastAPI's, with the schemas of the structs that are sent, the ways in, and refusals."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from isnad.api import examples
from isnad.api.documented import Answer, components, schema_of
from isnad.api.people import CSRF_HEADER
from isnad.api.problems import MEDIA_TYPE
from isnad.api.settings import SCOPES
from isnad.api.shapes.common import ProblemView
from isnad.api.topics import endpoints

_DESCRIPTION = """\
Arabic conflict news as incidents: what happened, on whose word, and who says otherwise.

Lists come in pages: `limit`, `cursor`, and a Link header to the next.  Single things carry an ETag; deciding upon them
needs it in If-Match.  Refusals are problems by RFC 9457 in Arabic or English (Accept-Language), each with a stable
code.  Spans count code points in the stored text.
"""
_TAGS = (
    ("incidents", "Happenings, the claims behind them, counts and points"),
    ("articles", "Reports, what was read in them, and search"),
    ("sources", "Parties and outlets: names, copies, agreement"),
    ("review", "What is to be decided, deciding, and what was decided"),
    ("imports", "Reports into the store"),
    ("exports", "Files, and the log"),
    ("searches", "Saved filters and their feeds"),
    ("desk", "What the page needs first, sessions, keys"),
)
_SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": f"An API key; scopes {', '.join(SCOPES)}."},
    "feedReader": {"type": "http", "scheme": "basic", "description": "An API key as the password, for feed readers."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "isnad",
        "description": f"A browser's session; writes need {CSRF_HEADER} with the csrf value of /meta too.",
    },
}
_OPEN = frozenset({"getMeta", "signIn", "signInByLink", "signOut"})


def openapi_of(app: FastAPI, version: str) -> dict[str, Any]:
    """Return the document, made once."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title="isnad",
        version=version,
        openapi_version="3.1.0",
        summary="Who did what to whom, where and when, on whose word",
        description=_DESCRIPTION,
        routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in _TAGS],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    known = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        known.pop(name, None)
    known |= components([*_shapes(), ProblemView])
    document["components"]["securitySchemes"] = _SECURITY
    document["security"] = [{name: []} for name in _SECURITY]
    found = {o["operationId"]: o for operations in document["paths"].values() for o in operations.values()}
    for operation in found.values():
        _finish(operation)
    for route in endpoints():
        _restore_examples(found[str(route.operation_id)], route)
    app.openapi_schema = document
    return document


def _shapes() -> list[Any]:
    answers = [one for route in endpoints() for one in route.responses.values()]
    return [one.shape for one in answers if isinstance(one, Answer) and one.shape is not None]


def _finish(operation: dict[str, Any]) -> None:
    """Replace the framework's own refusals by ours."""
    operation["responses"].pop("422", None)
    problem = {"schema": schema_of(ProblemView), "example": examples.PROBLEM}
    operation["responses"]["4XX"] = {"description": "A problem (RFC 9457).", "content": {MEDIA_TYPE: problem}}
    for status in ("412", "428"):
        if status in operation["responses"]:
            operation["responses"][status]["content"] = {MEDIA_TYPE: problem}
    if operation["operationId"] in _OPEN:
        operation["security"] = []


def _restore_examples(operation: dict[str, Any], route: APIRoute) -> None:
    """Put the examples in again: the framework leaves out what is null in them, which the schemas require."""
    for status, answer in route.responses.items():
        for kind, content in answer.get("content", {}).items():
            if "example" in content:
                operation["responses"][str(status)]["content"][kind]["example"] = content["example"]


__all__ = ["openapi_of"]
