"""Secrets: made from the system's randomness, kept only as hashes, compared by hash.

Keys, sessions and links are 256 random bits, for which one SHA-256 is enough; passwords are what people think of and
get argon2id with the library's defaults (RFC 9106, low-memory profile).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from isnad.api.settings import SCOPES, scopes_up_to
from isnad.errors import UsageError
from isnad.store.access_records import ApiKey, User

#: A beginning by which scanners for leaked secrets, and people, know a key.
KEY_START = "isnad_"
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1_000
_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")
#: A hash of nothing anybody knows: checked for users that do not exist, so that both take the same time.
_NOBODY = PasswordHasher().hash(secrets.token_urlsafe(16))


def new_secret() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """Return a short random id, no secret."""
    return secrets.token_hex(6)


def hash_of(secret: str) -> str:
    """Return what is kept of a key, session or link."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def now(*, plus: dt.timedelta = dt.timedelta()) -> str:
    """Return the present instant, or one `plus` later, as ISO UTC with seconds."""
    return (dt.datetime.now(dt.UTC) + plus).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_key(name: str, scope: str, *, maker: str) -> tuple[ApiKey, str]:
    """Return a key to keep and its secret to show once; UsageError for a scope that is none."""
    secret = KEY_START + new_secret()
    key = ApiKey(id=new_id(), hash=hash_of(secret), name=name, scopes=scopes_of([scope]), maker=maker, created=now())
    return key, secret


def new_user(name: str, password: str, scope: str) -> User:
    """Return a user to keep; UsageError for a name, password or scope that cannot be."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be a user's name: letters, digits and . @ - _, at most 64")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(f"a password has at least {SHORTEST_PASSWORD} characters")
    hashed = PasswordHasher().hash(password.encode("utf-8", "surrogatepass"))
    return User(name=name, password=hashed, scopes=scopes_of([scope]), created=now())


def is_password_of(user: User | None, password: str) -> bool:
    """Say whether `password` is the user's; it takes as long where there is no such user."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        PasswordHasher().verify(user.password if user else _NOBODY, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return user is not None


def scopes_of(given: list[str]) -> tuple[str, ...]:
    """Return the scopes given and those they include; UsageError for none or one that does not exist."""
    unknown = [scope for scope in given if scope not in SCOPES]
    if unknown or not given:
        raise UsageError(f"the scopes are {', '.join(SCOPES)}, not {', '.join(unknown) or 'none'}")
    return scopes_up_to(max(given, key=SCOPES.index))


__all__ = ["KEY_START", "hash_of", "is_password_of", "new_id", "new_key", "new_secret", "new_user", "now", "scopes_of"]
