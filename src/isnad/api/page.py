"""The page at /, the API's own document at /api, and a JSON 404 for everything else under /api."""

from __future__ import annotations

from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from isnad import web
from isnad.api.openapi import openapi_of
from isnad.api.problems import Problem
from isnad.api.settings import ApiSettings
from isnad.api.topics import methods_at

_YEAR = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}


def add_page(app: FastAPI, settings: ApiSettings) -> None:
    """Add what is not the API itself; the last of all routes."""

    async def document(request: Request) -> Response:
        styled = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}
        return HTMLResponse(reference(openapi_of(app, app.version)), headers=styled)

    async def nothing(request: Request) -> Response:
        known = methods_at(request.url.path)
        if known:
            raise Problem("api.method", headers={"Allow": ", ".join(sorted(known))})
        raise Problem("api.not-found")

    async def page(request: Request) -> Response:
        return page_or_file(settings.static, request.path_params["path"])

    every = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
    app.router.routes += [
        Route("/api", document, methods=["GET"]),
        Route("/api/v1", document, methods=["GET"]),
        Route("/api/{rest:path}", nothing, methods=every),
        Route("/{path:path}", page, methods=["GET", "HEAD"]),
    ]


def page_or_file(static: Path | None, path: str) -> Response:
    """Return a file of the page, its first page for other addresses, or what to run where it is not built."""
    if static is None:
        return HTMLResponse(web.not_built_page(), status_code=200, headers={"Cache-Control": "no-store"})
    found = file_in(static, path)
    if found is not None:
        kept = _YEAR if path.startswith("assets/") else "no-cache"
        return FileResponse(found, media_type=_TYPES.get(found.suffix), headers={"Cache-Control": kept})
    if path.startswith("assets/"):
        raise Problem("api.not-found")
    return FileResponse(static / "index.html", headers={"Cache-Control": "no-store"})


def file_in(folder: Path, path: str) -> Path | None:
    """Return a file under a folder, None where there is none or the path leads out of it."""
    if not path or "\0" in path or path == "index.html":
        return None
    try:
        found = (folder / path).resolve()
        inside = found.is_relative_to(folder.resolve()) and found.is_file()
    except (OSError, ValueError):
        return None
    return found if inside else None


def reference(document: dict[str, object]) -> str:
    """Return the endpoints as one page, without a script and without anything from elsewhere."""
    paths = document["paths"]
    assert isinstance(paths, dict)
    rows = [
        _endpoint(path, method, operation)
        for path, operations in paths.items()
        for method, operation in operations.items()
    ]
    return _PAGE.format(rows="\n".join(rows))


def _endpoint(path: str, method: str, operation: dict[str, object]) -> str:
    parameters = operation.get("parameters", [])
    assert isinstance(parameters, list)
    items = "".join(
        f"<li><code>{escape(p['name'])}</code> <small>{escape(p['in'])}</small> {escape(p.get('description', ''))}</li>"
        for p in parameters
    )
    return (
        f'<details id="{escape(str(operation["operationId"]))}"><summary><b>{escape(method.upper())}</b> '
        f"<code>{escape(path)}</code> {escape(str(operation.get('summary', '')))}</summary>"
        f"<p>{escape(str(operation.get('description', '')))}</p><ul>{items}</ul></details>"
    )


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>isnad API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
details {{ border-block-end: 1px solid #8886; padding: .4rem 0 }}
summary b {{ display: inline-block; min-width: 4.5rem }}
p {{ white-space: pre-line }}
</style>
<h1>isnad API</h1>
<p>The whole of it for programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
{rows}
</html>
"""

__all__ = ["add_page", "file_in", "page_or_file", "reference"]
