"""Web addresses: their normal form, and which network addresses their names may lead to."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from urllib.parse import quote, quote_from_bytes, urljoin, urlsplit

import msgspec

from isnad.ingest.fetch_errors import FetchError

#: Name → the network addresses it has, as text; raises OSError when there are none.
Resolver = Callable[[str], list[str]]
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"http": 80, "https": 443}
_LONGEST = 8_000
#: What stays as it is in a path or a query; everything else is written as %XX of its UTF-8 bytes.
_SAFE = "/%:;=@&+$,!~*'()?-._[]|"
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
#: Networks beyond what `ipaddress` knows as not global in every Python that is supported.
_CLOSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host (RFC 791)
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598)
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.88.99.0/24",  # 6to4 relays, withdrawn (RFC 7526)
        "198.18.0.0/15",  # benchmarks (RFC 2544)
        "240.0.0.0/4",  # reserved (RFC 1112)
        "64:ff9b:1::/48",  # NAT64 inside a network (RFC 8215)
        "100::/64",  # discard (RFC 6666)
        "2001:db8::/32",  # documents (RFC 3849)
        "fec0::/10",  # site-local, withdrawn (RFC 3879)
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A web address in parts: `host` is lower-case ASCII without brackets, `target` the path with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt holds for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    def __str__(self) -> str:
        """Return the address in its normal form."""
        return self.origin + self.target


def parse_address(text: str) -> Address:
    """Read a web address; FetchError `fetch.address` says what is wrong with it.

    The host goes to lower case and to its ASCII form, Arabic letters in path and query to %XX, the fragment and a
    port that the scheme implies are left out.
    """
    shown = text.strip()
    try:
        parts = urlsplit(shown)
        port = parts.port
    except ValueError as error:
        raise FetchError("fetch.address", f"no web address: {error}") from None
    if parts.scheme not in _PORTS:
        raise FetchError("fetch.address", f"only http and https are fetched, not {(parts.scheme or shown)[:40]!r}")
    if "@" in parts.netloc:
        raise FetchError("fetch.address", "an address with a user name or password is not fetched")
    if len(shown) > _LONGEST or _CONTROL.search(parts.netloc) or port == 0:
        raise FetchError("fetch.address", "no web address: too long, a space in the host, or port 0")
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += "?" + quote(parts.query, safe=_SAFE)
    target = _ESCAPE.sub(lambda found: found[0].upper(), target)
    return Address(
        scheme=parts.scheme, host=_ascii_host(parts.hostname), port=port or _PORTS[parts.scheme], target=target
    )


def follow(address: Address, location: str) -> Address:
    """Return where a redirect from `address` leads; FetchError `fetch.redirect` when that is no web address.

    `location` is the header as http.client gives it: one character a byte.
    """
    raw = location.encode("latin-1", errors="replace")
    try:
        there = raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        there = quote_from_bytes(raw, safe=_SAFE + "#").strip()
    try:
        return parse_address(urljoin(str(address), there))
    except (FetchError, ValueError) as error:
        raise FetchError("fetch.redirect", f"redirected to {there[:80]!r}: {error}") from None


def system_resolver(name: str) -> list[str]:
    """Ask the system for the addresses of a name, in the system's order."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_addresses(name: str, found: list[str], *, allow_loopback: bool = False) -> list[IPAddress]:
    """Return what a name leads to when all of it lies in the public network.

    Raises FetchError `fetch.private-address` when a single one does not: a name that mixes both is an attack or a
    mistake.  `allow_loopback` also takes the loopback of this machine, for tests.
    """
    out: list[IPAddress] = []
    for text in found:
        address = ipaddress.ip_address(text.split("%")[0])
        if not (is_public(address) or (allow_loopback and address.is_loopback)):
            raise FetchError("fetch.private-address", f"{name} leads to {address}, which is not in the public network")
        out.append(address)
    if not out:
        raise FetchError("fetch.dns", f"the host {name} was not found")
    return out


def is_public(address: IPAddress) -> bool:
    """Tell whether a network address belongs to the public Internet; one inside another (IPv4 in IPv6) counts."""
    if any(address in network for network in _CLOSED if network.version == address.version):
        return False
    if not address.is_global or address.is_multicast or (address.is_reserved and address not in _NAT64):
        return False
    return isinstance(address, ipaddress.IPv4Address) or all(is_public(inner) for inner in _inner(address))


def _inner(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """Return the IPv4 addresses that an IPv6 address stands for (RFC 4291, 3056, 4380, 6052)."""
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    number = int(address)
    if address in _NAT64 or number >> 32 == 0:
        inner.append(ipaddress.IPv4Address(number & 0xFFFFFFFF))
    return [one for one in inner if one is not None]


def _ascii_host(host: str | None) -> str:
    name = (host or "").rstrip(".").lower()
    try:
        if ":" in name:
            return str(ipaddress.IPv6Address(name.split("%")[0]))
        plain = name.encode("ascii" if name.isascii() else "idna").decode("ascii")
    except ValueError:
        plain = ""
    if not plain or len(plain) > 253 or any(not 0 < len(label) < 64 for label in plain.split(".")):
        raise FetchError("fetch.address", f"no web address: the host is {name[:60]!r}")
    return plain


__all__ = ["Address", "Resolver", "check_addresses", "follow", "is_public", "parse_address", "system_resolver"]
