"""What a server of the API is told, as one frozen object made by `isnad serve`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from isnad.settings import Settings

#: What somebody may do, each including the ones before it.
READ, REVIEW, ADMIN = "read", "review", "admin"
SCOPES = (READ, REVIEW, ADMIN)
#: How people come in: a one-time link, a password, or freely (only on this machine).
AUTHS = ("link", "password", "none")


class ApiSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Ways in, limits and places.

    `db` is the address of the store, which imports open anew.  `hosts` are the names under which the server may be
    called; numbers always may, as no name leads to them.
    `user` is who comes in by the link, or freely.  `cookie` names the session's cookie, one for each port of a host.
    `upload_bytes` bounds an imported file, `body_bytes` any other request.  `work` is a folder for files that come
    in and exports.  `tiles` is the URL pattern of raster map tiles ({z}/{x}/{y}) and `tiles_file` a PMTiles file that
    is served in its place; without either the built-in map is drawn.
    `static` is the folder of the page, None where it is not built.  `workers` code what is imported (0: one a core).
    """

    db: str = "isnad.db"
    auth: str = "link"
    user: str = "local"
    hosts: tuple[str, ...] = ("localhost",)
    cookie: str = "isnad"
    secure: bool = False
    session_hours: int = 24 * 14
    link_minutes: int = 60
    logins_per_minute: int = 10
    writes_per_minute: int = 300
    upload_bytes: int = 2_000_000_000
    body_bytes: int = 1_000_000
    waiting_imports: int = 20
    kept_exports: int = 40
    workers: int = 0
    work: Path = Path("isnad-work")
    tiles: str | None = None
    tiles_file: Path | None = None
    static: Path | None = None
    lexicon: tuple[Path, ...] = ()
    isnad: Settings = Settings()


def scopes_up_to(scope: str) -> tuple[str, ...]:
    """Return the scopes that `scope` includes, itself last."""
    return SCOPES[: SCOPES.index(scope) + 1]


__all__ = ["ADMIN", "AUTHS", "READ", "REVIEW", "SCOPES", "ApiSettings", "scopes_up_to"]
