"""What the store keeps for the API.  Instants are ISO UTC with seconds; scopes are read | review | admin."""

from __future__ import annotations

from typing import Any

import msgspec


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with a password (its hash); never a person an article speaks of."""

    name: str
    password: str
    scopes: tuple[str, ...]
    created: str


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key for programs; `hash` is the SHA-256 of its secret, which nobody keeps."""

    id: str
    hash: str
    name: str
    scopes: tuple[str, ...]
    maker: str
    created: str


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who came in; `csrf` must come along with every write of a browser."""

    hash: str
    user: str
    scopes: tuple[str, ...]
    csrf: str
    created: str
    expires: str


class OneTimeLink(msgspec.Struct, frozen=True, kw_only=True):
    """A way in that works once."""

    hash: str
    user: str
    scopes: tuple[str, ...]
    expires: str


class SavedSearch(msgspec.Struct, frozen=True, kw_only=True):
    """A filter with a name; `query` is a query string."""

    id: str
    name: str
    query: str
    user: str
    created: str


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """An import or export; `told` are its figures and what was asked for."""

    id: str
    kind: str
    name: str
    user: str
    at: str
    state: str
    told: dict[str, Any] = {}


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the journal: who did what to which thing, when; ids grow."""

    id: int
    at: str
    user: str
    action: str
    subject: str
    detail: dict[str, Any] = {}


__all__ = ["ApiKey", "Entry", "Job", "OneTimeLink", "SavedSearch", "Session", "User"]
