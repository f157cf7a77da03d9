"""Backup: a whole copy, also while others write."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from isnad.errors import StoreError
from isnad.model import CodedArticle
from isnad.model.feeds import Feed
from isnad.model.intake import Incoming
from isnad.store import Outlet, Store

Make = Callable[..., Incoming]
Code = Callable[..., CodedArticle]

#: Adds pairs of articles, both or none of a pair, until it is ended; says so after the first.
WRITER = """
import sys
from isnad.model.intake import Incoming
from isnad.store import Store
with Store.open(sys.argv[1]) as store:
    for n in range(100_000):
        day = "2026-01-01T00:00:00Z"
        pair = [Incoming(address=f"{n}{s}", text=f"نص {n} {s}", source="t", fetched=day) for s in "ab"]
        store.add([(one, None) for one in pair])
        print(n, flush=True)
"""


def test_copy_holds_everything(store: Store, report: Make, coding: Code, tmp_path: Path) -> None:
    """Articles, codings, bytes, feeds, outlets and search are the same in the copy, which is a store like any other."""
    store.save_outlets([Outlet(id="o", name_ar="جريدة", domains=("o.example",))])
    store.add([(report(raw=b"\x00bytes", outlet="o"), coding(report())), (report("هدوء", "b"), None)])
    store.add_feed(Feed(address="https://a.example/rss", seen=("x",)))
    with Store.open(store.backup(tmp_path / "copy.db"), create=False) as copy:
        assert list(copy.check()) == []
        assert copy.articles() == store.articles()
        assert copy.events() == store.events()
        assert [copy.article(n) for n in (1, 2)] == [store.article(n) for n in (1, 2)]
        assert copy.search("قصف") == store.search("قصف")
        assert (copy.feeds(), copy.outlets()) == (store.feeds(), store.outlets())
        assert copy.raw(str(copy.article(1).sightings[0].raw)) == b"\x00bytes"
        assert [kept.outcome for kept in copy.add([(report("جديد", "c"), None)])] == ["added"]
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.db"]


def test_copy_is_one_state_while_another_process_writes(address: str, tmp_path: Path) -> None:
    """Each copy is whole, holds both or none of every pair, and no fewer than were acknowledged before it began."""
    with Store.open(address) as store:
        writer = subprocess.Popen([sys.executable, "-c", WRITER, address], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        try:
            for n in range(3):
                acknowledged = int(writer.stdout.readline()) + 1
                with Store.open(store.backup(tmp_path / f"{n}.db"), create=False) as copy:
                    stats = copy.stats()
                    assert stats.articles % 2 == 0
                    assert stats.articles >= 2 * acknowledged
                    assert list(copy.check()) == []
        finally:
            writer.kill()
            writer.communicate()


def test_file_that_is_there_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    """One clear error, and the file stays as it was."""
    path = tmp_path / "mine.txt"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError):
        store.backup(path)
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(StoreError):
        store.backup(tmp_path / "no such folder" / "copy.db")
