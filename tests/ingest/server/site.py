"""A real HTTP(S) server on loopback that does what the tests tell it to, hostile things included."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a client asked: the target and its headers with small names."""

    target: str
    headers: dict[str, str]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: `body`, then `chunks` as they come until the client goes away; `raw` replaces status and headers."""

    status: int = 200
    headers: dict[str, str] = {}
    body: bytes = b""
    chunks: Callable[[threading.Event], Iterator[bytes]] | None = None
    raw: bytes | None = None


Route = Reply | Callable[[Request], Reply]


def page(*paragraphs: str, title: str = "خبر من البلدة", charset: str = "utf-8") -> bytes:
    """A small page whose main text are the paragraphs."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    html = f"<!doctype html><html><head><meta charset={charset}><title>{title}</title></head>"
    html += f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    return html.encode(charset)


def html(body: bytes, **headers: str) -> Reply:
    """A page as a reply; headers by names with _ for -."""
    return typed("text/html; charset=utf-8", body, **headers)


def typed(kind: str, body: bytes, **headers: str) -> Reply:
    """A reply with a Content-Type."""
    return Reply(headers={"Content-Type": kind} | {k.replace("_", "-"): v for k, v in headers.items()}, body=body)


def held(until: threading.Event, reply: Reply) -> Route:
    """A route that answers only when `until` is set."""

    def answer(request: Request) -> Reply:
        until.wait(30)
        return reply

    return answer


class Site:
    """The server: `routes` by target; what is not there is 404.  `requests` keeps what was asked, in order."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.gone = threading.Event()
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self.port = self._socket.getsockname()[1]
        self._main = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Site:
        self._main.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.gone.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._main.join(5)
        for thread in self._threads:
            thread.join(5)

    def at(self, target: str, *, host: str = "127.0.0.1") -> str:
        """Return the address of a target."""
        return f"http{'s' if self._tls else ''}://{host}:{self.port}{target}"

    @property
    def asked(self) -> list[str]:
        """The targets that were asked for, without robots.txt."""
        return [request.target for request in self.requests if request.target != "/robots.txt"]

    def _accept(self) -> None:
        while not self.gone.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:  # the client goes away whenever it likes
            plain = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with plain:
                request = _read(plain)
                if request is not None:
                    self.requests.append(request)
                    self._answer(plain, request)

    def _answer(self, connection: socket.socket, request: Request) -> None:
        route = self.routes.get(request.target, Reply(status=404))
        reply = route if isinstance(route, Reply) else route(request)
        if reply.raw is not None:
            connection.sendall(reply.raw)
            for chunk in reply.chunks(self.gone) if reply.chunks else ():
                connection.sendall(chunk)
            return
        headers = dict(reply.headers)
        if reply.chunks is None:
            headers.setdefault("Content-Length", str(len(reply.body)))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        connection.sendall(f"HTTP/1.1 {reply.status} X\r\n{lines}Connection: close\r\n\r\n".encode())
        connection.sendall(reply.body)
        for chunk in reply.chunks(self.gone) if reply.chunks else ():
            connection.sendall(chunk)


def _read(connection: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        block = connection.recv(65536)
        if not block or not (data + block).startswith(b"G"):
            return None  # gone, or speaking something else than HTTP
        data += block
    first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(target=first.split(" ")[1], headers=headers)
