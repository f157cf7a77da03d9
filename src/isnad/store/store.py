"""`Store`: the one door to the database.  Each method is one transaction; the topic modules beside it do the work.

Every method raises `StoreError` (codes `store.*`) when the database fails, after waiting a bounded time for a lock or
for a server that is away (`Waits`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection

from isnad.errors import StoreError
from isnad.model import CodedArticle
from isnad.model.feeds import Feed
from isnad.model.intake import Incoming, Kept
from isnad.store import (
    backup,
    browse,
    callings,
    check,
    codings,
    detail,
    feeds,
    intake,
    migrate,
    outlets,
    passages,
    search,
    stats,
    unsure_events,
)
from isnad.store.access import Access
from isnad.store.engine import Database, Waits
from isnad.store.incidents import Decisions, Incidents
from isnad.store.passages import Passage
from isnad.store.records import (
    ArticleRow,
    EventRow,
    Filter,
    Finding,
    Hit,
    Outlet,
    Stats,
    Stored,
    StoredArticle,
    ToCode,
    Totals,
)
from isnad.store.schema import metadata

T = TypeVar("T")


class Store:
    """An open store; a context manager that closes it.  May be used from several threads.

    Open it anew in a forked process instead of taking it along.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.incidents = Incidents(database)  # what is weighed from the articles: isnad.store.incidents
        self.decisions = Decisions(database)  # what people decided upon it

    @classmethod
    def open(
        cls,
        address: str | Path,
        *,
        create: bool = True,
        upgrade: bool = False,
        waits: Waits = Waits(),  # noqa: B008 (frozen)
    ) -> Self:
        """Open the store at a path, `sqlite:///path` or `postgresql://user@host/name`.

        `create` makes the tables (for SQLite also the file) where there are none.  `upgrade` brings an older schema
        to the newest; without it an older one is refused.  StoreError: missing, damaged, newer, older, unreachable.
        """
        database = Database(address, create=create, waits=waits)
        try:
            revision = migrate.revision_of(database)
            if revision is None:
                if not create:
                    raise StoreError(f"{database.name}: there is no isnad store in it", code="store.missing")
                migrate.upgrade(database)
            elif upgrade and revision in migrate.revisions()[:-1]:
                migrate.upgrade(database)
            else:
                migrate.check_revision(revision, database.name)
        except BaseException:
            database.close()
            raise
        return cls(database)

    @property
    def name(self) -> str:
        """The address as shown to people, without a password."""
        return self._database.name

    @property
    def access(self) -> Access:
        """Users, keys, sessions, saved searches, jobs and the journal of the API."""
        return Access(self._database)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- taking in ----------------------------------------------------------------------------------------------

    def known(self, batch: Sequence[Incoming]) -> list[Kept | None]:
        """Return `Kept(outcome="known")` where the address shows this very content already, None where not.

        Quick and without writing: `add` only what comes back as None.  A few hundred at a time are best.
        """
        return self._read(lambda connection: intake.known(connection, batch))

    def holds(self, address: str) -> bool:
        """Say whether a report from this very address is stored, whatever stands there now."""
        return self._read(lambda connection: intake.holds(connection, address))

    def add(self, batch: Sequence[tuple[Incoming, CodedArticle | None]]) -> list[Kept]:
        """Add reports, each with its coding or None, all or none of the batch; return what became of each, in order.

        When it returns, the batch is on the disk.  Adding the same again changes nothing.  A coding is kept only if
        its `text` is the stored text.  A coding of content that is there already counts too.
        """
        return self._write(lambda connection: intake.add(connection, batch))

    def settle(self) -> None:
        """Make questions quick again after a large load; changes nothing of what is stored."""
        self._database.settle([table.name for table in metadata.sorted_tables])

    def uncoded(self, coder: str | None = None, *, after: int = 0, limit: int = 500) -> list[ToCode]:
        """Return texts in use whose coding is missing or not by `coder` (None: only missing), by `version` id.

        Continue with `after=last.version`.
        """
        return self._read(lambda connection: codings.uncoded(connection, coder=coder, after=after, limit=limit))

    def save_codings(self, batch: Sequence[tuple[int, CodedArticle]]) -> int:
        """Keep codings by `ToCode.version`, in use from now on; the ones before stay readable.

        Return how many were new; what is not of the stored text is left out.
        """
        return self._write(lambda connection: codings.save_codings(connection, batch))

    # ---- reading ------------------------------------------------------------------------------------------------

    def articles(
        self,
        filter: Filter = Filter(),  # noqa: B008 (frozen)
        *,
        after: str | None = None,
        limit: int = 50,
    ) -> list[ArticleRow]:
        """Return articles, the newest publication day first; continue with `after=last.cursor`."""
        return self._read(lambda connection: browse.articles(connection, filter, after=after, limit=limit))

    def events(
        self,
        filter: Filter = Filter(),  # noqa: B008 (frozen)
        *,
        after: str | None = None,
        limit: int = 50,
    ) -> list[EventRow]:
        """Return events, the newest day first (the publication day for want of one); `after=last.cursor`."""
        return self._read(lambda connection: browse.events(connection, filter, after=after, limit=limit))

    def article(self, article: int) -> StoredArticle:
        """Return everything kept of one article; StoreError (store.unknown) when there is none of this id."""
        return self._read(lambda connection: detail.article(connection, article))

    def passages(self, articles: Sequence[int], *, most: int = 200_000) -> dict[int, Passage]:
        """Return title and text (at most `most` code points) of articles, by id; unknown ids are left out."""
        return self._read(lambda connection: passages.passages(connection, articles, most=most))

    def callings(
        self, *, party: str | None = None, outlet: str | None = None, limit: int = 2_000
    ) -> list[callings.Calling]:
        """Return how outlets call parties: (outlet, party, word, count), the most frequent first."""
        return self._read(lambda connection: callings.callings(connection, party=party, outlet=outlet, limit=limit))

    def raw(self, hash: str) -> bytes:
        """Return bytes as received, by their SHA-256 (`Sighting.raw`)."""
        return self._read(lambda connection: detail.raw(connection, hash))

    def coded(self, *, after: int = 0, limit: int = 500) -> list[Stored]:
        """Return coded articles by id; continue with `after=last.article`.  For work on the whole store."""
        return self._read(lambda connection: codings.stored(connection, after=after, limit=limit))

    def search(
        self,
        query: str,
        filter: Filter = Filter(),  # noqa: B008 (frozen)
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """Return articles that hold every word of `query`, the last added first; `after=last.cursor`.

        Words are found in any spelling and with any clitics; "in quotes" they must follow each other; a star* at the
        end stands for any ending.  UsageError when there is no word in it.
        """
        return self._read(lambda connection: search.search(connection, query, filter, after=after, limit=limit))

    def least_sure(self, *, without: unsure_events.Spots, limit: int) -> tuple[list[unsure_events.UnsureEvent], int]:
        """Return the events of lowest score whose trigger touches no spot of `without`, and how many such there are."""

        def work(connection: Connection) -> tuple[list[unsure_events.UnsureEvent], int]:
            found = unsure_events.least_sure(connection, without=without, limit=limit)
            return found, unsure_events.count_without(connection, without)

        return self._read(work)

    # ---- feeds and outlets --------------------------------------------------------------------------------------

    def feeds(self, *, due: str | None = None) -> list[Feed]:
        """Return the feeds in the order they were added; with `due` (an ISO UTC instant) those to be asked by then."""
        return self._read(lambda connection: feeds.every(connection, due=due))

    def add_feed(self, feed: Feed) -> bool:
        """Put a feed on the list; False when its address is there already (nothing changes then)."""
        return self._write(lambda connection: feeds.add(connection, feed))

    def remove_feed(self, address: str) -> bool:
        """Take a feed off the list; its articles stay.  False when it was not there."""
        return self._write(lambda connection: feeds.remove(connection, address))

    def save_feed(self, feed: Feed) -> bool:
        """Write the state of a feed by its address; False when it is no longer on the list."""
        return self._write(lambda connection: feeds.save(connection, feed))

    def outlets(self) -> list[Outlet]:
        """Return all outlets in the order of their ids."""
        return self._read(outlets.every)

    def outlet(self, name: str) -> Outlet | None:
        """Return an outlet by its id or one of its domains."""
        return self._read(lambda connection: outlets.find(connection, name))

    def save_outlets(self, records: Sequence[Outlet]) -> None:
        """Write what is known of outlets, by id."""
        self._write(lambda connection: outlets.save(connection, records))

    # ---- care ---------------------------------------------------------------------------------------------------

    def stats(self) -> Stats:
        """Return what is there."""
        return self._read(stats.stats)

    def totals(self) -> Totals:
        """Return how much there is; quicker than all of `stats`."""
        return self._read(stats.totals)

    def check(self) -> Iterator[Finding]:
        """Yield everything that is wrong: keys, hashes, spans inside texts, orphans, search index.  Writes nothing."""
        return check.check(self._database)

    def backup(self, path: str | Path) -> Path:
        """Write a consistent copy into a new SQLite file, which this class opens; others may write meanwhile.

        StoreError when there is a file of that name.
        """
        return backup.backup(self._database, Path(path))

    # ---- within -------------------------------------------------------------------------------------------------

    def _read(self, work: Callable[[Connection], T]) -> T:
        return self._database.read(work)

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self._database.write(work)


__all__ = ["Store"]
