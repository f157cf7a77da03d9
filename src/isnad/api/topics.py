"""All endpoints by topic, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi.routing import APIRoute

from isnad.api.routes import (
    articles,
    exports,
    imports,
    incidents,
    keys,
    marks,
    meta,
    review,
    review_events,
    searches,
    sources,
    tiles,
)

BASE = "/api/v1"
ROUTERS = tuple(
    topic.router
    for topic in (
        incidents,
        articles,
        marks,
        sources,
        review,
        review_events,
        imports,
        exports,
        searches,
        keys,
        meta,
        tiles,
    )
)


def endpoints() -> Iterator[APIRoute]:
    """Yield every endpoint."""
    for router in ROUTERS:
        yield from (route for route in router.routes if isinstance(route, APIRoute))


def methods_at(path: str) -> set[str]:
    """Return the methods that an address takes; none where there is nothing."""
    rest = path.removeprefix(BASE) if path.startswith(BASE) else ""
    return {method for one in endpoints() if one.path_regex.match(rest) for method in one.methods or ()}


__all__ = ["BASE", "ROUTERS", "endpoints", "methods_at"]
