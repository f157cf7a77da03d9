"""Answers as JSON by msgspec, with the headers that lists and single things carry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from isnad.api.problems import Problem

_ENCODER = msgspec.json.Encoder()
GEOJSON = "application/geo+json"


def answer(
    value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    """Return `value` as an answer that no cache keeps for others."""
    given = {"Cache-Control": "private, no-cache", **(headers or {})}
    return Response(_ENCODER.encode(value), status_code=status, media_type=media_type, headers=given)


def one(request: Request, value: Any, *, etag: str | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """Return a single thing with its ETag (of the content for want of one); 304 when the reader has it."""
    content = _ENCODER.encode(value)
    tag = etag or content_tag(content)
    given = {"Cache-Control": "private, no-cache", "ETag": tag, **(headers or {})}
    if etag is None and matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=given)
    return Response(content, media_type="application/json", headers=given)


def page(request: Request, items: Any, *, next: str | None, total: int | None = None) -> Response:
    """Return a page of a list, with a Link to the one after it."""
    value = {"items": items, "next": next, "total": total}
    return answer(value, headers=link_to(request, next))


def link_to(request: Request, next: str | None) -> dict[str, str]:
    """Return the Link header of a page (RFC 8288); none after the last."""
    return {} if next is None else {"Link": f'<{next_address(request, next)}>; rel="next"'}


def next_address(request: Request, next: str) -> str:
    """Return the address of the page after this one, from the root of the server."""
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*given, ('cursor', next)])}"


def content_tag(content: bytes) -> str:
    """Return an ETag of what is sent."""
    return f'"{hashlib.sha256(content).hexdigest()[:24]}"'


def matches(header: str | None, tag: str) -> bool:
    """Say whether a list of tags names `tag`, or any (*)."""
    if header is None:
        return False
    wanted = {part.strip().removeprefix("W/") for part in header.split(",")}
    return "*" in wanted or tag in wanted


def require_match(request: Request) -> str:
    """Return If-Match; a problem where it is missing."""
    given = request.headers.get("if-match")
    if not given:
        raise Problem("api.precondition")
    return given


__all__ = [
    "GEOJSON", "answer", "content_tag", "link_to", "matches", "next_address", "one", "page", "require_match",
]  # fmt: skip
