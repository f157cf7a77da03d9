"""`check` finds each fault that is planted, and nothing in a store that is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from isnad.errors import StoreError
from isnad.model import CodedArticle
from isnad.model.intake import Incoming
from isnad.store import Store

Make = Callable[..., Incoming]
Code = Callable[..., CodedArticle]

#: A fault as SQL, and the kind under which it is found.  Keys are switched off while it is planted.
FAULTS = {
    "text changed": ("UPDATE texts SET text = 'x' || substr(text, 2) WHERE version = 1", "hash"),
    "title changed": ("UPDATE versions SET title = 'another' WHERE id = 1", "hash"),
    "text lost": ("DELETE FROM texts WHERE version = 1", "missing"),
    "sighting lost": ("DELETE FROM sightings WHERE address = 1", "missing"),
    "address astray": ("UPDATE addresses SET version = 99 WHERE id = 1", "orphan"),
    "outlet lost": ("DELETE FROM outlets WHERE id = 'o'", "orphan"),
    "version of another": ("UPDATE articles SET version = 2 WHERE id = 1", "current"),
    "coding cut off": ("UPDATE codings SET events = substr(events, 1, 20) WHERE version = 1", "coding"),
    "span moved": ("UPDATE codings SET events = replace(events, '\"start\":0', '\"start\":1') WHERE version = 1", "span"),  # noqa: E501
    "event changed": ("UPDATE events SET status = 'denied' WHERE article = 1", "events"),
    "event lost": ("DELETE FROM events WHERE article = 1", "events"),
    "event too many": (
        "INSERT INTO events (id, article, coding, number, day, type, status, start, \"end\", score)"
        " SELECT 77, article, coding, 9, day, type, status, start, \"end\", score FROM events WHERE article = 1",
        "events",
    ),
    "party changed": ("UPDATE event_parties SET party = 'x' WHERE event = 1", "events"),
    "coding out of use": ("UPDATE codings SET current = false WHERE version = 1", "events"),
    "raw lost": ("DELETE FROM raws", "orphan"),
    "raw changed": ("UPDATE raws SET hash = 'f00'", "hash"),
}  # fmt: skip


def plant(address: str, statement: str) -> None:
    """Do damage behind the store's back."""
    sqlite = "://" not in address
    url = f"sqlite:///{address}" if sqlite else address.replace("postgresql://", "postgresql+pg8000://", 1)
    engine = create_engine(url)
    with engine.begin() as connection:
        if not sqlite:
            connection.execute(text("SET session_replication_role = replica"))
        connection.exec_driver_sql(statement.replace("%", "%%"))
    engine.dispose()


@pytest.fixture
def filled(address: str, report: Make, coding: Code) -> str:
    one = report("قصف الطيران حلب.", "a", outlet="o", raw=b"bytes")
    two = report("قصف الجيش حماة.", "b")
    with Store.open(address) as store:
        store.add([(one, coding(one)), (two, coding(two))])
    return address


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_found(filled: str, fault: str) -> None:
    """Before it the store is clean; after it a finding of its kind is there."""
    statement, kind = FAULTS[fault]
    with Store.open(filled) as store:
        assert list(store.check()) == []
    plant(filled, statement)
    with Store.open(filled) as store:
        assert kind in {finding.kind for finding in store.check()}


def test_index_that_lost_an_entry_or_has_one_too_many_is_found(filled: str) -> None:
    """The search index is held against the texts both ways."""
    sqlite = "://" not in filled
    with Store.open(filled) as store:
        if sqlite:
            plant(filled, "INSERT INTO search (search, rowid, words) VALUES ('delete', 1, 'قصف طيران حلب')")
            plant(filled, "INSERT INTO search (rowid, words) VALUES (9, 'كلمه')")
        else:
            plant(filled, "DELETE FROM search WHERE version = 1")
            plant(filled, "INSERT INTO search (version, words) VALUES (9, 'كلمه:1')")
        found = [(finding.kind, finding.where) for finding in store.check()]
        assert ("search", "version 1") in found
        assert ("search", "version 9") in found


def test_damaged_pages_are_found_and_never_a_traceback(filled: str, report: Make) -> None:
    """A SQLite file overwritten in the middle is a finding or a `StoreError`, whatever part was hit."""
    if "://" in filled:
        pytest.skip("a file of SQLite's own")
    with Store.open(filled) as store:
        store.add([(report(f"نص طويل {n} " * 300, f"x{n}"), None) for n in range(50)])
    whole = Path(filled).read_bytes()
    damaged = Path(filled).with_name("damaged.db")
    for start in range(4096, len(whole) - 8192, len(whole) // 8):
        damaged.write_bytes(whole[:start] + b"\xa5" * 8192 + whole[start + 8192 :])
        assert found_in(damaged)


def found_in(path: Path) -> list[str]:
    """Return the kinds of findings, or the code of the error that opening it is."""
    try:
        with Store.open(path, create=False) as store:
            return [finding.kind for finding in store.check()]
    except StoreError as error:
        return [error.code]
