"""Fetching against a real server on loopback: hostile answers end in one clear fault."""

from __future__ import annotations

import gzip
import re
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
import trustme
from msgspec.structs import asdict
from tests.ingest.server.site import Reply, Site, held, html, typed
from tests.ingest.server.tools import GOOD, Names, endless, failure, fetcher

from isnad.errors import UsageError
from isnad.ingest.addresses import parse_address
from isnad.settings import FetchSettings, settings_from


def drip(gone: threading.Event) -> Iterator[bytes]:
    while not gone.wait(0.02):
        yield b"x"


def test_a_page_comes_with_all_that_is_to_be_kept(site: Site) -> None:
    """Final address, bytes as sent, kind, character set, validators and the instant of the fetch."""
    site.routes["/go"] = Reply(status=301, headers={"Location": "/good"})
    site.routes["/good"] = html(GOOD.body, ETag='"1"', Last_Modified="Sat, 31 Jan 2026 10:00:00 GMT")
    with fetcher() as fetch:
        fetched = fetch.fetch(site.at("/go"))
    assert (fetched.final_address, fetched.status, fetched.body) == (site.at("/good"), 200, GOOD.body)
    assert (fetched.media_type, fetched.charset, fetched.etag) == ("text/html", "utf-8", '"1"')
    assert fetched.last_modified == "Sat, 31 Jan 2026 10:00:00 GMT"
    assert fetched.fetched_at == "2026-01-31T12:00:00Z"
    assert site.requests[-1].headers["user-agent"].startswith("isnad/")
    assert site.requests[-1].headers["host"] == f"127.0.0.1:{site.port}"


def test_loopback_is_closed_unless_asked_for(site: Site) -> None:
    """Without the option for tests nothing reaches this machine."""
    with fetcher(allow_private=False) as fetch:
        assert failure(fetch, site.at("/good")).code == "fetch.private-address"
    assert site.requests == []


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://a.example/", "gopher://a/", "http://", "http://u:p@a.example/", "http://a b/", "خبر"],
)
def test_what_is_no_web_address_is_said(address: str) -> None:
    """Only http and https, with no password and with a host."""
    with fetcher() as fetch:
        assert failure(fetch, address).code == "fetch.address"


@pytest.mark.parametrize("name", ["2130706433", "0x7f000001", "127.1", "017700000001", "localhost"])
def test_disguised_loopback_is_closed(name: str) -> None:
    """The system's own reading of odd numbers is checked, not the text."""
    with fetcher(allow_private=False) as fetch:
        assert failure(fetch, f"http://{name}/").code in ("fetch.private-address", "fetch.dns")


def test_one_private_address_among_public_ones_closes_the_name() -> None:
    """A name that leads both ways is not fetched at all."""
    with fetcher(resolver=Names(a_example=[["93.184.216.34", "10.0.0.1"]])) as fetch:
        assert failure(fetch, "http://a.example/").code == "fetch.private-address"


def test_a_second_answer_of_the_name_server_changes_nothing(site: Site) -> None:
    """The name is looked up once a request; a private answer to a second look-up has no connection to spoil."""
    names = Names(a_example=[["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    site.routes["/robots.txt"] = typed("text/plain", b"")
    with fetcher(resolver=names) as fetch:
        assert fetch.fetch(site.at("/good", host="a.example")).body == GOOD.body
        assert names.asked == ["a.example"] * 2  # robots.txt and the page
        assert failure(fetch, site.at("/good", host="a.example")).code == "fetch.private-address"
    assert site.requests[-1].headers["host"] == f"a.example:{site.port}"


def test_unknown_names_are_said() -> None:
    """A name that is not found is a fault of its own."""
    with fetcher(resolver=Names()) as fetch:
        assert failure(fetch, "http://none.example/").code == "fetch.dns"


def test_a_name_server_that_never_answers_is_left(site: Site) -> None:
    """Looking up has a limit of time."""
    with fetcher(resolver=lambda name: [str(site.gone.wait(20))], connect_seconds=0.3) as fetch:
        assert failure(fetch, "http://slow.example/").code == "fetch.timeout"


@pytest.mark.parametrize("there", ["169.254.169.254", "10.0.0.1", "[::ffff:10.0.0.1]", "inside.example"])
def test_redirect_to_a_private_address_is_refused(site: Site, there: str) -> None:
    """Each hop is checked like the first, by number and by name."""
    site.routes["/go"] = Reply(status=302, headers={"Location": f"http://{there}/latest/meta-data"})
    names = Names(inside_example=[["192.168.0.7"]])
    with fetcher(resolver=names) as fetch:
        assert failure(fetch, site.at("/go")).code == "fetch.private-address"


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://a.example/x", "javascript:alert(1)", "http://"])
def test_redirect_to_what_is_no_web_address_is_refused(site: Site, there: str) -> None:
    """A redirect does not lead out of the web."""
    site.routes["/go"] = Reply(status=302, headers={"Location": there})
    with fetcher() as fetch:
        error = failure(fetch, site.at("/go"))
    assert error.code == "fetch.redirect"
    assert there[:20] in str(error)


def test_redirect_loop_is_named(site: Site) -> None:
    """A circle is found when it closes, not at the limit."""
    site.routes["/a"] = Reply(status=302, headers={"Location": "/b"})
    site.routes["/b"] = Reply(status=302, headers={"Location": "/a"})
    with fetcher() as fetch:
        assert "circle" in str(failure(fetch, site.at("/a")))
    assert site.asked == ["/a", "/b"]


def test_endless_redirects_end(site: Site) -> None:
    """Redirects that never repeat stop at the limit."""
    for number in range(20):
        site.routes[f"/{number}"] = Reply(status=302, headers={"Location": f"/{number + 1}"})
    with fetcher(max_redirects=3) as fetch:
        assert "more than 3 redirects" in str(failure(fetch, site.at("/0")))
    assert site.asked == ["/0", "/1", "/2", "/3"]


def test_redirects_with_arabic_letters_are_followed(site: Site) -> None:
    """Servers write UTF-8 into Location as it is."""
    target = str(parse_address(site.at("/خبر"))).removeprefix(site.at(""))
    site.routes["/go"] = Reply(raw="HTTP/1.1 302 X\r\nLocation: /خبر\r\nContent-Length: 0\r\n\r\n".encode())
    site.routes[target] = GOOD
    with fetcher() as fetch:
        assert fetch.fetch(site.at("/go")).final_address == site.at(target)


def test_endless_body_is_cut(site: Site) -> None:
    """The limit on bytes holds while they stream."""
    site.routes["/"] = Reply(headers={"Content-Type": "text/html"}, chunks=endless)
    with fetcher(max_wire_bytes=300_000) as fetch:
        error = failure(fetch, site.at("/"))
    assert (error.code, "0.3 MB" in str(error)) == ("fetch.too-large", True)


def test_announced_length_beyond_the_limit_is_not_read(site: Site) -> None:
    """What announces itself as too large is left at once."""
    site.routes["/"] = Reply(headers={"Content-Type": "text/html", "Content-Length": "99999999"}, chunks=drip)
    with fetcher() as fetch:
        assert failure(fetch, site.at("/")).code == "fetch.too-large"


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("gzip", gzip.compress(b"\0" * 30_000_000)),
        ("deflate", zlib.compress(b"\0" * 30_000_000)),
        ("br", brotli.compress(b"\0" * 30_000_000, quality=5)),
    ],
    ids=["gzip", "deflate", "br"],
)
def test_bombs_are_stopped(site: Site, name: str, packed: bytes) -> None:
    """A few bytes that unpack to many are cut at the limit, whatever packs them."""
    assert len(packed) < 100_000
    site.routes["/"] = typed("text/html", packed, Content_Encoding=name)
    with fetcher(max_bytes=1_000_000) as fetch:
        error = failure(fetch, site.at("/"))
    assert (error.code, "unpacks" in str(error)) == ("fetch.too-large", True)


@pytest.mark.parametrize("name", ["gzip", "deflate", "raw deflate", "br", "gzip members", "identity"])
def test_packed_pages_are_unpacked(site: Site, name: str) -> None:
    """Every way of packing that is asked for is understood."""
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(GOOD.body),
        "deflate": zlib.compress(GOOD.body),
        "raw deflate": raw.compress(GOOD.body) + raw.flush(),
        "br": brotli.compress(GOOD.body),
        "gzip members": gzip.compress(GOOD.body[:50]) + gzip.compress(GOOD.body[50:]),
        "identity": GOOD.body,
    }[name]
    site.routes["/"] = typed("text/html", packed, Content_Encoding=name.removeprefix("raw ").split()[0])
    with fetcher() as fetch:
        assert fetch.fetch(site.at("/")).body == GOOD.body


@pytest.mark.parametrize(
    ("name", "body"),
    [("gzip", b"no gzip"), ("gzip", gzip.compress(b"x" * 999)[:-9]), ("zz", b"")],
    ids=["broken", "cut off", "unknown"],
)
def test_broken_packing_is_said(site: Site, name: str, body: bytes) -> None:
    """Packing that is broken, cut off or unknown is a fault."""
    site.routes["/"] = typed("text/html", body, Content_Encoding=name)
    with fetcher() as fetch:
        assert failure(fetch, site.at("/")).code == "fetch.encoding"


def test_slow_drip_is_stopped(site: Site) -> None:
    """A byte now and then passes every limit on single reads; the limit on the whole stops it."""
    site.routes["/"] = Reply(headers={"Content-Type": "text/html"}, chunks=drip)
    started = time.monotonic()
    with fetcher(total_seconds=0.5) as fetch:
        assert failure(fetch, site.at("/")).code == "fetch.timeout"
    assert time.monotonic() - started < 4


def test_slow_headers_are_stopped(site: Site) -> None:
    """The limit on the whole holds among the headers too."""
    site.routes["/"] = Reply(raw=b"HTTP/1.1 200 OK\r\nX: ", chunks=drip)
    with fetcher(total_seconds=0.5) as fetch:
        assert failure(fetch, site.at("/")).code == "fetch.timeout"


def test_silence_is_left(site: Site) -> None:
    """A server that accepts and says nothing is left after the limit on reads."""
    site.routes["/"] = held(site.gone, GOOD)
    with fetcher(read_seconds=0.3) as fetch:
        assert failure(fetch, site.at("/")).code == "fetch.timeout"


@pytest.mark.parametrize(
    "raw",
    [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n"],
    ids=["nothing", "other protocol", "no status", "200 headers"],
)
def test_what_is_not_http_is_said(site: Site, raw: bytes) -> None:
    """An answer that is not HTTP is a fault of its own."""
    site.routes["/"] = Reply(raw=raw)
    with fetcher() as fetch:
        assert failure(fetch, site.at("/")).code == "fetch.protocol"


def test_a_body_that_breaks_off_is_said(site: Site) -> None:
    """Half a page is not taken for a page."""
    site.routes["/"] = Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<html>")
    with fetcher() as fetch:
        assert failure(fetch, site.at("/")).code == "fetch.protocol"


def test_a_closed_port_is_said() -> None:
    """No connection is a fault of its own."""
    with Site() as site:
        address = site.at("/")
    with fetcher() as fetch:
        assert failure(fetch, address).code == "fetch.connect"


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/json", "video/mp4"])
def test_wrong_content_type_is_not_read(site: Site, kind: str) -> None:
    """What is no page, feed or text is refused by its header, before the body."""
    site.routes["/"] = Reply(headers={"Content-Type": kind}, chunks=endless)
    with fetcher() as fetch:
        error = failure(fetch, site.at("/"))
    assert (error.code, kind in str(error)) == ("fetch.type", True)


def test_a_page_without_content_type_is_told_by_its_bytes(site: Site) -> None:
    """Servers that do not know the kind are helped; what looks like nothing is refused."""
    site.routes["/"] = Reply(body=GOOD.body)
    site.routes["/zip"] = Reply(headers={"Content-Type": "application/octet-stream"}, body=b"PK\3\4" * 99)
    with fetcher() as fetch:
        assert fetch.fetch(site.at("/")).media_type == "text/html"
        assert failure(fetch, site.at("/zip")).code == "fetch.type"


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 410, 418, 500, 502])
def test_statuses_are_said(site: Site, status: int) -> None:
    """Every status but a good one is a fault with its number; a 304 that was not asked for too."""
    site.routes["/"] = Reply(status=status)
    with fetcher() as fetch:
        error = failure(fetch, site.at("/"))
    assert (error.code, error.passing, str(status) in str(error)) == ("fetch.status", status >= 500, True)


def _tls(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def test_a_certificate_that_nobody_trusts_is_refused() -> None:
    """An unknown authority is an error of TLS, and nothing is sent."""
    with Site(tls=_tls(trustme.CA(), "127.0.0.1")) as site, fetcher() as fetch:
        error = failure(fetch, site.at("/good"))
        assert (error.code, "not trusted" in str(error), site.requests) == ("fetch.tls", True, [])


def test_tls_checks_the_name_and_not_the_number() -> None:
    """The connection goes to the checked number, the certificate must be the name's."""
    authority = trustme.CA()
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    names = Names(right_example=[["127.0.0.1"]], wrong_example=[["127.0.0.1"]])
    with Site(tls=_tls(authority, "right.example")) as site, fetcher(resolver=names, trust=trust) as fetch:
        site.routes["/good"] = GOOD
        assert fetch.fetch(site.at("/good", host="right.example")).body == GOOD.body
        assert failure(fetch, site.at("/good", host="wrong.example")).code == "fetch.tls"


def test_a_server_without_tls_is_said(site: Site) -> None:
    """https to a server that speaks http is an error of TLS."""
    with fetcher() as fetch:
        assert failure(fetch, site.at("/good").replace("http:", "https:")).code == "fetch.tls"


def test_limits_are_settings() -> None:
    """Every limit can be set from outside; what is no number is refused."""
    given = settings_from({"ISNAD_FETCH_TOTAL_SECONDS": "5.5", "ISNAD_FETCH_MAX_REDIRECTS": "0"})
    assert (given.fetch.total_seconds, given.fetch.max_redirects) == (5.5, 0)
    for name, value in [("TOTAL_SECONDS", "nan"), ("WORKERS", "1.5"), ("MAX_BYTES", "-1"), ("CONTACT", "a\r\nb")]:
        with pytest.raises(UsageError, match=name):
            settings_from({f"ISNAD_FETCH_{name}": value})


def test_every_limit_is_documented_with_its_default() -> None:
    """The table in docs/sources.md and the settings are the same."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `ISNAD_FETCH_([A-Z_]+)` \| (\S*) ?\|", page, re.M))
    real = asdict(FetchSettings())
    assert told == {name.upper(): f"{v:.0f}" if not isinstance(v, str) else v for name, v in real.items()}
