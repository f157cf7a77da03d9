"""What holds for every request before anything is read of it, as plain ASGI around the whole application.

- The Host must be a number or a name that was allowed: a foreign name that leads here is DNS rebinding.
- What writes must not come from a foreign page: browsers say where a request comes from (Sec-Fetch-Site, Origin).
- Bodies are bounded, whatever they claim to be.
- Answers tell the browser to run nothing that is not ours.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from isnad import web
from isnad.api.desk import Desk
from isnad.api.problems import Problem, answer_to
from isnad.api.settings import ApiSettings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOADS = "/api/v1/imports"
CSP = web.POLICY
_ORIGIN = re.compile(r"[A-Za-z0-9.\-\[\]:]+")
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class TooLarge(Exception):
    """More came in than is allowed."""


class Guard:
    """The application behind the checks."""

    def __init__(self, app: ASGIApp, settings: ApiSettings, desk: Desk) -> None:
        self._app = app
        self.desk = desk
        self._settings = settings
        self._headers = {**_HEADERS, "Content-Security-Policy": csp_for(settings.tiles)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, bound and mark one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self._settings.upload_bytes if scope["path"] == UPLOADS else self._settings.body_bytes
        problem = self._problem(scope, headers, limit)
        marked = self._marking(send)
        if scope["method"] == "HEAD" and scope["path"].startswith("/api/"):
            scope, marked = {**scope, "method": "GET"}, _without_body(marked)
        if problem is not None:
            await self._refuse(problem, scope, headers, receive, marked)
            return
        try:
            await self._app(scope, _bounded(receive, limit), marked)
        except TooLarge:
            await self._refuse(_too_large(limit), scope, headers, receive, marked)

    def _problem(self, scope: Scope, headers: Headers, limit: int) -> Problem | None:
        host = headers.get("host", "")
        if not is_allowed(host, self._settings.hosts):
            return Problem("api.host", cause=f"Host: {host[:200]}")
        if scope["method"] not in SAFE and is_foreign(headers, host):
            return Problem("api.origin")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > limit:
            return _too_large(limit)
        return None

    async def _refuse(self, problem: Problem, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        answer = answer_to(problem, accept=headers.get("accept-language"), instance=scope["path"])
        await answer(scope, receive, send)

    def _marking(self, send: Send) -> Send:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return marked


def csp_for(tiles: str | None) -> str:
    """Return the policy of the page; a map whose tiles are elsewhere may ask there and nowhere else."""
    parts = urlsplit(tiles or "")
    if parts.scheme not in ("http", "https") or not _ORIGIN.fullmatch(parts.netloc):
        return CSP
    origin = f"{parts.scheme}://{parts.netloc}"
    return CSP.replace("img-src 'self'", f"img-src 'self' {origin}") + f"; connect-src 'self' {origin}"


def is_allowed(host: str, names: tuple[str, ...]) -> bool:
    """Say whether a Host header names this server: any address in numbers, or one of `names`."""
    name = urlsplit(f"//{host}").hostname if _is_plain(host) else None
    if name is None:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in names
    return True


def _is_plain(host: str) -> bool:
    try:
        urlsplit(f"//{host}").port  # noqa: B018 (raises for what is no host and port)
    except ValueError:
        return False
    return bool(host) and not set(host) & set("/\\@?# ")


def is_foreign(headers: Headers, host: str) -> bool:
    """Say whether a browser sent this from another site's page; programs send neither of the headers."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and (origin == "null" or urlsplit(origin).netloc != host)


def _too_large(limit: int) -> Problem:
    return Problem("api.too-large", values={"bytes": limit}, headers={"Connection": "close"})


def _without_body(send: Send) -> Send:
    """Answer HEAD as GET is answered, without the body (RFC 9110, 9.3.2)."""

    async def bare(message: Message) -> None:
        if message["type"] == "http.response.body":
            if message.get("more_body"):
                return
            message = {"type": "http.response.body", "body": b""}
        await send(message)

    return bare


def _bounded(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def bounded() -> Any:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge
        return message

    return bounded


__all__ = ["CSP", "Guard", "csp_for", "is_allowed", "is_foreign"]
