"""One connection to one checked network address, under a limit of time that nothing outlives.

The name is resolved once; the connection goes to an address that was checked, so that a second answer of the name
server cannot lead elsewhere.  The name is used only for the certificate and the Host header.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Self

from isnad.ingest.addresses import Address, IPAddress, Resolver, check_addresses
from isnad.ingest.fetch_errors import FetchError

#: How many of a name's addresses are tried.
_MOST_TRIES = 4


class Guard:
    """Cuts a connection when its time is up or fetching is stopped, whatever the connection is doing.

    A limit on single reads does not stop a server that sends a byte a second; shutting the socket from another
    thread does, in the handshake and among the headers too.
    """

    def __init__(self, *, seconds: float, stop: threading.Event) -> None:
        self.late = False
        self._stop = stop
        self._twin: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._time_up)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._twin is not None:
                self._twin.close()
            self._twin = None

    def watch(self, sock: socket.socket) -> None:
        """Guard this socket; a duplicate is kept, since TLS takes the original over."""
        with self._lock:
            if self._twin is not None:
                self._twin.close()
            self._twin = sock.dup()
        if self.late or self._stop.is_set():
            self.cut()

    def cut(self) -> None:
        """End the connection now."""
        with self._lock:
            if self._twin is not None:
                with suppress(OSError):  # it has ended by itself
                    self._twin.shutdown(socket.SHUT_RDWR)

    def _time_up(self) -> None:
        self.late = True
        self.cut()

    def check(self) -> None:
        """Raise FetchError `fetch.stopped` or `fetch.timeout` when the connection was cut.

        To be asked after an error and after success: a body without an announced length ends well when cut.
        """
        if self._stop.is_set():
            raise FetchError("fetch.stopped", "interrupted")
        if self.late:
            raise FetchError("fetch.timeout", "the whole answer took longer than the limit of time")


def resolve(
    host: str, *, resolver: Resolver, seconds: float, stop: threading.Event, allow_loopback: bool
) -> list[IPAddress]:
    """Look `host` up, once, and return its checked addresses.

    Raises FetchError `fetch.dns`, `fetch.timeout`, `fetch.stopped`, `fetch.private-address`.
    """
    answer: list[list[str] | OSError | UnicodeError] = []
    done = threading.Event()

    def ask() -> None:
        try:
            answer.append(resolver(host))
        except (OSError, UnicodeError) as error:
            answer.append(error)
        finally:
            done.set()

    threading.Thread(target=ask, daemon=True).start()  # the system's look-up has no limit of time of its own
    _wait_for(done, seconds=seconds, stop=stop)
    found = answer[0] if answer else None
    if found is None:
        raise FetchError("fetch.timeout", f"looking up {host} took longer than {seconds:g} s")
    if isinstance(found, Exception):
        raise FetchError("fetch.dns", f"the host {host} was not found")
    return check_addresses(host, found, allow_loopback=allow_loopback)


def _wait_for(done: threading.Event, *, seconds: float, stop: threading.Event) -> None:
    step = 0.1
    for _ in range(max(1, round(seconds / step))):
        if done.wait(step):
            return
        if stop.is_set():
            raise FetchError("fetch.stopped", "interrupted")


def connect(
    address: Address,
    found: list[IPAddress],
    *,
    guard: Guard,
    trust: Callable[[], ssl.SSLContext],
    connect_seconds: float,
    read_seconds: float,
) -> socket.socket:
    """Connect to the first of the checked addresses that answers, with TLS for https.

    Raises FetchError `fetch.connect`, `fetch.timeout`, `fetch.tls`.
    """
    failure: OSError | None = None
    for one in found[:_MOST_TRIES]:
        sock = socket.socket(socket.AF_INET6 if one.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
        sock.settimeout(connect_seconds)
        try:
            guard.watch(sock)
            sock.connect((str(one), address.port))
        except OSError as error:
            sock.close()
            failure = error
            continue
        guard.check()  # a cut does not reach a connection that is only being made
        sock.settimeout(read_seconds)
        return _encrypted(sock, address, trust()) if address.scheme == "https" else sock
    if isinstance(failure, TimeoutError):
        raise FetchError("fetch.timeout", f"no connection to {address.host} within {connect_seconds:g} s")
    why = (failure.strerror if failure else None) or "no address answers"
    raise FetchError("fetch.connect", f"no connection to {address.host}: {why.lower()}")


def _encrypted(sock: socket.socket, address: Address, trust: ssl.SSLContext) -> socket.socket:
    try:
        return trust.wrap_socket(sock, server_hostname=address.host)
    except ssl.SSLCertVerificationError as error:
        sock.close()
        message = f"the certificate of {address.host} is not trusted: {error.verify_message}"
        raise FetchError("fetch.tls", message) from None
    except TimeoutError:
        sock.close()
        raise FetchError("fetch.timeout", f"no TLS with {address.host} in time") from None
    except (OSError, ValueError) as error:
        sock.close()
        why = getattr(error, "reason", None) or type(error).__name__
        raise FetchError("fetch.tls", f"no TLS with {address.host}: {why}") from None


@contextmanager
def exchange(address: Address, sock: socket.socket, headers: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
    """Send one GET over `sock` and give the answer, its body still to be read; everything is closed afterwards.

    Raises FetchError `fetch.protocol` and `fetch.timeout`, also for what goes wrong inside the block.
    """
    connection = http.client.HTTPConnection(address.host, address.port)
    connection.sock = sock
    try:
        connection.putrequest("GET", address.target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", address.origin.partition("://")[2])
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        with connection.getresponse() as response:
            yield response
    except TimeoutError:
        raise FetchError("fetch.timeout", f"{address.host} went silent") from None
    except (http.client.HTTPException, OSError, ValueError) as error:
        why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        message = f"broken answer from {address.host}: {' '.join(why.split())[:120]}"
        raise FetchError("fetch.protocol", message) from None
    finally:
        connection.close()
        sock.close()


__all__ = ["Guard", "connect", "exchange", "resolve"]
