"""Lists of addresses against a real server: one fault for each bad one, and the rest goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.ingest.server.site import Site, held, html, page, typed
from tests.ingest.server.tools import GOOD, TEXT, Names, failure, fetcher

from isnad.errors import Fault
from isnad.ingest.fetch_collect import collect, read_address_list
from isnad.model.intake import Incoming


def test_collect_goes_on_past_every_fault(site: Site) -> None:
    """One bad address costs one line; the good ones come, with everything the store keeps."""
    site.routes["/old"] = typed("text/html", page(TEXT, TEXT, charset="windows-1256"))
    site.routes["/empty"] = html(b"<html></html>")
    site.routes["/text"] = typed("text/plain; charset=utf-8", TEXT.encode())
    bad = ["ftp://x/", site.at("/none"), site.at("/empty"), "http://none.example/"]
    with fetcher(resolver=Names()) as fetch:
        got = list(
            collect([*bad, site.at("/old"), site.at("/good"), site.at("/text")], fetcher=fetch, source="list.txt")
        )
    reports = {item.address: item for item in got if isinstance(item, Incoming)}
    faults = [item.code for item in got if isinstance(item, Fault) and item.skipped]
    assert sorted(faults) == ["fetch.address", "fetch.dns", "fetch.status", "input.html"]
    assert set(reports) == {site.at("/old"), site.at("/good"), site.at("/text")}
    good = reports[site.at("/good")]
    assert TEXT in good.text
    assert TEXT in reports[site.at("/old")].text
    assert (good.raw, good.media_type, good.domain) == (GOOD.body, "text/html", "127.0.0.1")
    assert (good.source, good.fetched) == ("list.txt", "2026-01-31T12:00:00Z")


def test_collect_reads_a_feed_and_its_pages(site: Site) -> None:
    """An address that turns out to be a feed gives its entries; those that are known are passed over."""
    items = "".join(f"<item><title>خبر</title><link>/{n}</link></item>" for n in range(3))
    site.routes["/feed"] = typed("application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    for number in range(3):
        site.routes[f"/{number}"] = GOOD
    with fetcher() as fetch:
        got = list(collect([site.at("/feed")], fetcher=fetch, known=lambda link: link.endswith("/1")))
    assert [(r.address, r.source) for r in got if isinstance(r, Incoming)] == [
        (site.at("/0"), site.at("/feed")),
        (site.at("/2"), site.at("/feed")),
    ]


def test_hosts_are_fetched_side_by_side_and_each_one_in_order(site: Site) -> None:
    """A host that keeps us waiting does not keep the others waiting."""
    names = Names(slow_example=[["127.0.0.1"]], quick_example=[["127.0.0.1"]])
    release = threading.Event()
    site.routes["/wait"] = held(release, GOOD)
    addresses = [site.at("/wait", host="slow.example"), site.at("/good", host="quick.example")]
    with fetcher(resolver=names, total_seconds=30.0, read_seconds=30.0) as fetch:
        coming = collect(addresses, fetcher=fetch)
        first = next(coming)
        release.set()
        rest = list(coming)
    assert isinstance(first, Incoming)
    assert first.domain == "quick.example"
    assert [item.domain for item in rest if isinstance(item, Incoming)] == ["slow.example"]


def test_a_dead_host_is_given_up() -> None:
    """After some failed connections in a row the rest of its addresses costs no time."""
    names = Names()
    with fetcher(resolver=names) as fetch:
        got = list(collect([f"http://dead.example/{n}" for n in range(50)], fetcher=fetch))
    assert len(got) == 50
    assert len(names.asked) == 5


def test_collect_ends_promptly_when_it_is_closed(site: Site) -> None:
    """Ctrl-C closes the generator: waits and connections under way end at once."""
    site.routes["/wait"] = held(site.gone, GOOD)
    names = Names(a_example=[["127.0.0.1"]], b_example=[["127.0.0.1"]])
    addresses = [site.at("/wait", host="a.example"), site.at("/good", host="b.example")]
    with fetcher(resolver=names, total_seconds=60.0, read_seconds=60.0) as fetch:
        coming = collect(addresses, fetcher=fetch)
        next(coming)
        started = time.monotonic()
        coming.close()
        assert time.monotonic() - started < 3
        assert failure(fetch, site.at("/good")).code == "fetch.stopped"


def test_ctrl_c_ends_a_real_process_at_once(site: Site, tmp_path: Path) -> None:
    """SIGINT in the middle of waits and connections ends within moments, with no thread left behind."""
    script = tmp_path / "run.py"
    script.write_text(
        "import sys\nfrom isnad.ingest.fetch import Fetcher\nfrom isnad.ingest.fetch_collect import collect\n"
        "with Fetcher(allow_private=True, resolver=lambda name: ['127.0.0.1']) as fetcher:\n"
        "    for item in collect(sys.argv[1:], fetcher=fetcher):\n        print(item.address, flush=True)\n"
    )
    site.routes["/wait"] = held(site.gone, GOOD)
    waiting = [site.at("/wait", host=f"{name}.example") for name in "abc"]
    busy = [site.at("/good", host="d.example"), *(site.at(f"/{n}", host="d.example") for n in range(99))]
    command = [sys.executable, str(script), *waiting, *busy]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline().decode().strip() == busy[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(5) != 0


def test_a_list_of_addresses_is_read_line_by_line(tmp_path: Path) -> None:
    """Comments and empty lines are passed over, a bad line is named by its number."""
    path = tmp_path / "urls.txt"
    path.write_text("# مواقع\n\nhttp://a.example/x\nnonsense\n  https://b.example  \n", encoding="utf-8-sig")
    got = list(read_address_list(path))
    assert [item for item in got if isinstance(item, str)] == ["http://a.example/x", "https://b.example/"]
    assert [(item.code, item.line) for item in got if isinstance(item, Fault)] == [("fetch.list", 4)]
    assert [item.code for item in read_address_list(tmp_path / "none")] == ["input.not-found"]
