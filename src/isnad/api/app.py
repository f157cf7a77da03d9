"""The application: made from an open store and its settings, nothing at import."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from isnad.api.desk import Desk
from isnad.api.guard import Guard
from isnad.api.openapi import openapi_of
from isnad.api.page import add_page
from isnad.api.parameters import only_known
from isnad.api.problems import Problem, answer_to, kind_of
from isnad.api.settings import ApiSettings
from isnad.api.topics import BASE, ROUTERS
from isnad.errors import IsnadError
from isnad.store import Store

#: Requests that read at the same time.  One program computes one thing at a time, whatever the number of threads; each
#: more makes all wait longer whenever one comes back from the database (measured with 50 readers: 12 threads answer
#: fewer requests than 5, at twice the p95).
THREADS = 5
_OF_STATUS = {401: "api.signed-out", 404: "api.not-found", 405: "api.method", 413: "api.too-large"}
_log = logging.getLogger("isnad.api")


def create_app(store: Store, settings: ApiSettings) -> Guard:
    """Return the application over an open store, which the caller closes after it."""
    desk = Desk(store, settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        desk.imports.start()
        desk.warm_beside()
        yield
        desk.close()

    app = FastAPI(
        title="isnad",
        version=version("isnad"),
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{BASE}/openapi.json",
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.desk = desk
    app.openapi = lambda: openapi_of(app, version("isnad"))  # type: ignore[method-assign]
    for router in ROUTERS:
        app.include_router(router, prefix=BASE, dependencies=[Depends(only_known)])
    _add_refusals(app)
    add_page(app, settings)
    return Guard(app, settings, desk)


def _add_refusals(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(IsnadError, _isnad_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def refuse(request: Request, problem: Problem) -> Response:
    """Return a refusal in the reader's language."""
    return answer_to(problem, accept=request.headers.get("accept-language"), instance=request.url.path)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return refuse(request, error)


async def _isnad_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, IsnadError)
    if kind_of(error.code).status >= 500:
        _log.error("%s %s: %s [%s]", request.method, request.url.path, error, error.code)
    return refuse(request, Problem(error.code, cause=str(error)))


async def _invalid(request: Request, error: Exception) -> Response:
    """Name the places that are wrong, never what stands there: it may be a password."""
    assert isinstance(error, RequestValidationError)
    wrong = [{"where": ".".join(str(p) for p in e["loc"]), "what": e["msg"]} for e in error.errors()[:20]]
    if any(e["type"] == "json_invalid" for e in error.errors()):
        return refuse(request, Problem("api.json"))
    where = str(wrong[0]["where"]) if wrong else "request"
    return refuse(request, Problem("api.invalid", values={"where": where[:200]}, more={"errors": wrong}))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _OF_STATUS.get(error.status_code, "api.json" if error.status_code == 400 else "internal")
    return refuse(request, Problem(code, headers=error.headers))


async def _unforeseen(request: Request, error: Exception) -> Response:
    """Tell the reader nothing of the inside; the log has where (never what was sent)."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return refuse(request, Problem("internal"))


__all__ = ["BASE", "create_app"]
