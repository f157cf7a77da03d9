"""What the OpenAPI document says of answers, taken from the very structs that are sent."""

from __future__ import annotations

from typing import Any

import msgspec

REF = "#/components/schemas/{name}"


class Answer(dict[str, Any]):
    """A response of the document that knows its struct, so that the document can hold its schema."""

    shape: Any = None


def ok(
    shape: Any,
    what: str,
    *,
    status: int = 200,
    example: Any = None,
    media_type: str = "application/json",
    headers: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of an endpoint that answers with `shape` (None: no body), `also` in other forms."""
    found = Answer(description=what)
    if headers:
        found["headers"] = {name: {"schema": {"type": "string"}} for name in headers}
    if shape is not None:
        content: dict[str, Any] = {"schema": schema_of(shape)}
        if example is not None:
            content["example"] = example
        found["content"] = {media_type: content, **{kind: _as(kind, shape) for kind in also}}
        found.shape = shape
    return {status: found}


def _as(kind: str, shape: Any) -> dict[str, Any]:
    return {"schema": schema_of(shape) if kind.endswith("json") else {"type": "string"}}


def text(what: str, media_type: str, *, example: str | None = None) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of an endpoint that answers with text or bytes of a kind."""
    content: dict[str, Any] = {"schema": {"type": "string"}}
    if example is not None:
        content["example"] = example
    return {200: {"description": what, "content": {media_type: content}}}


def schema_of(shape: Any) -> dict[str, Any]:
    """Return the reference to a shape's schema."""
    (found,), _ = msgspec.json.schema_components((shape,), ref_template=REF)
    return found


def components(shapes: list[Any]) -> dict[str, Any]:
    """Return the schemas of shapes and all they consist of, by name."""
    return msgspec.json.schema_components(shapes, ref_template=REF)[1]


__all__ = ["Answer", "components", "ok", "schema_of", "text"]
