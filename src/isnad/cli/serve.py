"""`isnad serve`: the desk, a page and its API over the store, on this machine."""

from __future__ import annotations

import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isnad.cli.open_store import Db
from isnad.errors import UsageError

if TYPE_CHECKING:
    from isnad.api.settings import ApiSettings
    from isnad.store import Store
    from isnad.web.tiles import Tiles

PORT = 8765
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("serve")(serve)


def serve(
    db: Db = None,
    host: Annotated[
        str, typer.Option(help="Address to listen at; other machines reach only what is not 127.0.0.1.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 for any that is free.", min=0, max=65535)] = PORT,
    auth: Annotated[
        str, typer.Option(help="How people come in: link (one-time, printed), password (isnad users), none.")
    ] = "link",
    user: Annotated[str, typer.Option(help="Name under which whoever comes by the link decides.")] = "local",
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A further name under which the server may be called; repeatable.")
    ] = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            help="Background of the map: a PMTiles file, or a URL of raster tiles with {z}/{x}/{y} (also ISNAD_TILES). "
            "Without it the map is drawn from outlines in the package."
        ),
    ] = None,
    secure: Annotated[
        bool, typer.Option("--secure", help="Cookies only over HTTPS (behind a proxy that does TLS).")
    ] = False,
    workers: Annotated[int, typer.Option(help="Processes that code what is imported; 0 for one a core.", min=0)] = 0,
    lexicon: Annotated[
        list[Path] | None, typer.Option("--lexicon", help="Your own words, a folder of YAML; repeatable.")
    ] = None,
) -> int:
    """Serve the desk: read incidents with every claim behind them, check, decide, import and export.

    Prints its address and, with --auth link, a link that opens it once.  The store is made if there is none and brought
    to the newest schema.  Ctrl-C stops it.

    \b
    Examples:
      isnad serve --open
      isnad serve --tiles region.pmtiles
      isnad serve --db postgresql://user@host/isnad --auth password
    """
    from isnad.api.settings import AUTHS

    if auth not in AUTHS:
        raise UsageError(f"--auth: {auth!r}; one of {', '.join(AUTHS)}")
    if auth == "none" and host not in _LOOPBACK:
        raise UsageError("--auth none is only for this machine: leave --host as it is, or choose link or password")
    background = _tiles(tiles)
    listening = _listening(host, port)
    port = listening.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="isnad-serve-") as work:
        settings = _settings(
            db=db, auth=auth, user=user, hosts=tuple(allow_host or ()), port=port, tiles=background, secure=secure,
            workers=workers, lexicon=tuple(lexicon or ()), work=Path(work),
        )  # fmt: skip
        _run(settings, listening, shown=_shown(host, port), open_=open_)
    return 0


def _tiles(named: str | None) -> Tiles:
    from isnad.settings import settings_from
    from isnad.web.tiles import read_tiles

    return read_tiles(named or settings_from().tiles)


def _settings(
    *,
    db: str | None,
    auth: str,
    user: str,
    hosts: tuple[str, ...],
    port: int,
    tiles: Tiles,
    secure: bool,
    workers: int,
    lexicon: tuple[Path, ...],
    work: Path,
) -> ApiSettings:
    from isnad import web
    from isnad.api.settings import ApiSettings
    from isnad.settings import settings_from

    own = settings_from()
    return ApiSettings(
        db=db or own.db,
        auth=auth,
        user=user,
        hosts=("localhost", *hosts),
        cookie=f"isnad-{port}",
        secure=secure,
        tiles=tiles.url,
        tiles_file=tiles.file,
        static=web.static_dir(),
        workers=workers,
        lexicon=lexicon,
        work=work,
        isnad=own,
    )


def _run(settings: ApiSettings, listening: socket.socket, *, shown: str, open_: bool) -> None:
    import uvicorn

    from isnad.api.app import create_app
    from isnad.store import Store

    with Store.open(settings.db, upgrade=True) as store:
        address = _entrance(store, settings, shown)
        app = create_app(store, settings)
        app.desk.warm()  # the address is given when the first to come need not wait
        print(f"isnad: serving {store.name} at {shown}", file=sys.stderr)
        print(address, flush=True)
        if open_:
            import webbrowser

            webbrowser.open(address)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
        with suppress(KeyboardInterrupt):  # how a server is stopped; it has closed everything by then
            uvicorn.Server(config).run(sockets=[listening])


def _entrance(store: Store, settings: ApiSettings, shown: str) -> str:
    """Return the address to open: with a one-time link where that is the way in."""
    import datetime as dt

    from isnad.api.credentials import hash_of, new_secret, now
    from isnad.api.settings import SCOPES
    from isnad.store.access_records import OneTimeLink

    if settings.auth == "password" and not store.access.users():
        print("isnad: nobody can come in yet; add somebody: isnad users add NAME --scope admin", file=sys.stderr)
    if settings.auth != "link":
        return f"{shown}/"
    secret = new_secret()
    expires = now(plus=dt.timedelta(minutes=settings.link_minutes))
    store.access.add_link(OneTimeLink(hash=hash_of(secret), user=settings.user, scopes=SCOPES, expires=expires))
    return f"{shown}/api/v1/session/link?token={secret}"


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; UsageError says why it cannot."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(*family[:3])  # with its protocol: else asyncio leaves Nagle on, 40 ms an answer
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(family[4])
        listening.listen(512)  # so that the address that is printed is answered as soon as the server is ready
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot listen at {host}:{port}: {reason}; try --port 0") from None
    return listening


def _shown(host: str, port: int) -> str:
    name = "127.0.0.1" if host in ("0.0.0.0", "") else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


__all__ = ["register", "serve"]
