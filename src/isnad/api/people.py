"""Who sends a request, and whether he or she may: dependencies of the endpoints.

An API key (Authorization: Bearer KEY, or Basic with the key as password, for feed readers) stands for itself; the
session's cookie for somebody who came in by link or password, whose writes need the session's CSRF token too.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import Annotated

import msgspec
from fastapi import Depends, Request

from isnad.api.credentials import hash_of, now
from isnad.api.desk import Desk, desk_of, the_desk
from isnad.api.problems import Problem
from isnad.api.settings import ADMIN, READ, REVIEW, SCOPES

CSRF_HEADER = "X-CSRF-Token"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever sends a request; `csrf` is the token of a browser's session, `session` its hash."""

    name: str
    scopes: tuple[str, ...]
    csrf: str | None = None
    session: str | None = None


def find_person(request: Request, desk: Desk) -> Person | None:
    """Return who sends a request, None for nobody known.  A key that is none is refused, not passed over."""
    key = key_in(request.headers.get("authorization"))
    if key is not None:
        known = desk.store.access.key(hash_of(key))
        if known is None:
            raise Problem("api.signed-out", headers={"WWW-Authenticate": "Bearer"})
        return Person(name=f"key:{known.name}", scopes=known.scopes)
    if desk.settings.auth == "none":
        return Person(name=desk.settings.user, scopes=SCOPES)
    token = request.cookies.get(desk.settings.cookie)
    if not token:
        return None
    session = desk.store.access.session(hash_of(token), now=now())
    if session is None:
        return None
    return Person(name=session.user, scopes=session.scopes, csrf=session.csrf, session=session.hash)


def key_in(header: str | None) -> str | None:
    """Return the API key in an Authorization header; "" where something is there that is no key."""
    if header is None:
        return None
    kind, _, given = header.strip().partition(" ")
    if kind.lower() == "bearer":
        return given.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return ""
    return ""


def reader(request: Request) -> Person:
    """Return who sends a request that reads."""
    return _with_scope(request, READ)


def reviewer(request: Request) -> Person:
    """Return who sends a request that writes decisions, imports or searches."""
    return _writing(request, REVIEW)


def exporter(request: Request) -> Person:
    """Return who sends a request that leaves something on the server and yet only reads the store."""
    return _writing(request, READ)


def admin(request: Request) -> Person:
    """Return who sends a request about keys and users; writes are checked as such."""
    return _with_scope(request, ADMIN) if request.method in ("GET", "HEAD") else _writing(request, ADMIN)


def maybe(request: Request) -> Person | None:
    """Return who sends a request, None for somebody who has not come in."""
    return find_person(request, desk_of(request))


def _with_scope(request: Request, scope: str) -> Person:
    person = find_person(request, desk_of(request))
    if person is None:
        raise Problem("api.signed-out", headers={"WWW-Authenticate": "Bearer"})
    if scope not in person.scopes:
        raise Problem("api.scope", values={"scope": scope})
    return person


def _writing(request: Request, scope: str) -> Person:
    person = _with_scope(request, scope)
    check_csrf(request, person)
    seconds = desk_of(request).writes.wait(person.name)
    if seconds:
        raise Problem("api.rate", values={"seconds": seconds}, headers={"Retry-After": str(seconds)})
    return person


def check_csrf(request: Request, person: Person) -> None:
    """Refuse what a browser sends with its cookie and without the session's token."""
    given = request.headers.get(CSRF_HEADER, "")
    if person.csrf is not None and not hmac.compare_digest(given.encode(), person.csrf.encode()):
        raise Problem("api.csrf")


Reader = Annotated[Person, Depends(reader)]
Reviewer = Annotated[Person, Depends(reviewer)]
Exporter = Annotated[Person, Depends(exporter)]
Admin = Annotated[Person, Depends(admin)]
Maybe = Annotated[Person | None, Depends(maybe)]
TheDesk = Annotated[Desk, Depends(the_desk)]

__all__ = [
    "CSRF_HEADER", "Admin", "Exporter", "Maybe", "Person", "Reader", "Reviewer", "TheDesk", "check_csrf",
    "find_person", "key_in",
]  # fmt: skip
