"""Users, keys, sessions, links, searches, jobs and the journal: what the API keeps beside the reports.

`Access` is the door, as `Store.access`; each method is one transaction and raises `StoreError` as `Store` does.
Secrets come in as hashes (`isnad.api.credentials` makes them).
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Select, Table, and_, delete, insert, or_, select, update

from isnad.errors import UsageError
from isnad.store.access_records import ApiKey, Entry, Job, OneTimeLink, SavedSearch, Session, User
from isnad.store.access_tables import api_keys, jobs, journal, links, searches, sessions, users
from isnad.store.engine import Database

T = TypeVar("T")
R = TypeVar("R", bound=msgspec.Struct)
_JSON = ("told", "detail")


class Access:
    """The tables behind the API; may be used from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ---- users --------------------------------------------------------------------------------------------------

    def users(self) -> list[User]:
        """Return all users by name."""
        return self._all(select(users).order_by(users.c.name), User)

    def user(self, name: str) -> User | None:
        """Return a user, None when there is none of this name."""
        return self._one(select(users).where(users.c.name == name), User)

    def save_user(self, user: User) -> None:
        """Put a user in, or in place of the one of the same name, whose sessions end."""
        self._database.write(lambda connection: _save_user(connection, user))

    def remove_user(self, name: str) -> bool:
        """Take a user out and end the sessions; False when there was none.  What he or she decided stays."""
        return self._database.write(lambda connection: _remove_user(connection, name))

    # ---- keys ---------------------------------------------------------------------------------------------------

    def api_keys(self) -> list[ApiKey]:
        """Return all keys, the oldest first."""
        return self._all(select(api_keys).order_by(api_keys.c.created, api_keys.c.id), ApiKey)

    def key(self, hash: str) -> ApiKey | None:
        """Return the key whose secret has this hash."""
        return self._one(select(api_keys).where(api_keys.c.hash == hash), ApiKey)

    def add_key(self, key: ApiKey) -> None:
        """Put a key in."""
        self._put(api_keys, key)

    def remove_key(self, id: str) -> bool:
        """Take a key out, at once; False when there was none."""
        return self._database.write(lambda connection: _gone(connection, api_keys, api_keys.c.id == id))

    # ---- ways in ------------------------------------------------------------------------------------------------

    def add_link(self, link: OneTimeLink) -> None:
        """Put a one-time link in."""
        self._put(links, link)

    def use_link(self, hash: str, *, now: str) -> OneTimeLink | None:
        """Take a link out and return it; None when it was used, never was, or is too old."""
        return self._database.write(lambda connection: _use_link(connection, hash, now))

    def add_session(self, session: Session, *, now: str) -> None:
        """Put a session in; those that have expired by `now` are taken out."""

        def work(connection: Connection) -> None:
            connection.execute(delete(sessions).where(sessions.c.expires <= now))
            connection.execute(insert(sessions).values(_row(session)))

        self._database.write(work)

    def session(self, hash: str, *, now: str) -> Session | None:
        """Return a session that has not expired by `now`."""
        return self._one(select(sessions).where(sessions.c.hash == hash, sessions.c.expires > now), Session)

    def end_session(self, hash: str) -> bool:
        """End a session; False when there was none."""
        return self._database.write(lambda connection: _gone(connection, sessions, sessions.c.hash == hash))

    # ---- searches -----------------------------------------------------------------------------------------------

    def searches(self) -> list[SavedSearch]:
        """Return all saved searches, the oldest first."""
        return self._all(select(searches).order_by(searches.c.created, searches.c.id), SavedSearch)

    def search(self, id: str) -> SavedSearch | None:
        """Return a saved search."""
        return self._one(select(searches).where(searches.c.id == id), SavedSearch)

    def add_search(self, search: SavedSearch) -> None:
        """Put a search in."""
        self._put(searches, search)

    def remove_search(self, id: str) -> bool:
        """Take a search out; False when there was none."""
        return self._database.write(lambda connection: _gone(connection, searches, searches.c.id == id))

    # ---- jobs and journal ---------------------------------------------------------------------------------------

    def jobs(self, kind: str, *, after: str | None = None, limit: int = 50) -> list[Job]:
        """Return jobs of a kind, the newest first; continue with `after=f"{last.at}~{last.id}"`."""
        query = select(jobs).where(jobs.c.kind == kind).order_by(jobs.c.at.desc(), jobs.c.id.desc()).limit(limit)
        if after is not None:
            at, sign, id_ = after.partition("~")
            if not sign:
                raise UsageError(f"not a place to continue from: {after!r}")
            query = query.where(or_(jobs.c.at < at, and_(jobs.c.at == at, jobs.c.id < id_)))
        return self._all(query, Job)

    def job(self, kind: str, id: str) -> Job | None:
        """Return a job."""
        return self._one(select(jobs).where(jobs.c.kind == kind, jobs.c.id == id), Job)

    def save_job(self, job: Job) -> None:
        """Put a job in, or bring the one of the same id up to date."""

        def work(connection: Connection) -> None:
            connection.execute(delete(jobs).where(jobs.c.id == job.id))
            connection.execute(insert(jobs).values(_row(job)))

        self._database.write(work)

    def fail_jobs(self, kind: str) -> int:
        """Mark the jobs that a server left unfinished when it stopped as failed; return how many."""
        unfinished = and_(jobs.c.kind == kind, jobs.c.state.in_(("waiting", "running")))
        statement = update(jobs).where(unfinished).values(state="failed")
        return self._database.write(lambda connection: int(connection.execute(statement).rowcount))

    def note(self, *, at: str, user: str, action: str, subject: str, detail: dict[str, Any] | None = None) -> None:
        """Write a line into the journal."""
        row = {
            "at": at,
            "user": user,
            "action": action,
            "subject": subject,
            "detail": msgspec.json.encode(detail or {}).decode(),
        }
        self._database.write(lambda connection: connection.execute(insert(journal).values(row)))

    def journal(self, *, before: int | None = None, limit: int = 50) -> list[Entry]:
        """Return lines of the journal, the newest first; continue with `before=last.id`."""
        query = select(journal).order_by(journal.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(journal.c.id < before)
        return self._all(query, Entry)

    # ---- within -------------------------------------------------------------------------------------------------

    def _all(self, query: Select[Any], kind: type[R]) -> list[R]:
        return self._database.read(lambda connection: [_record(row, kind) for row in connection.execute(query)])

    def _one(self, query: Select[Any], kind: type[R]) -> R | None:
        return next(iter(self._all(query, kind)), None)

    def _put(self, table: Table, record: msgspec.Struct) -> None:
        row = _row(record)
        self._database.write(lambda connection: connection.execute(insert(table).values(row)))


def _row(record: msgspec.Struct) -> dict[str, Any]:
    row = structs.asdict(record)
    if "scopes" in row:
        row["scopes"] = " ".join(row["scopes"])
    return {name: msgspec.json.encode(value).decode() if name in _JSON else value for name, value in row.items()}


def _record(row: Any, kind: type[R]) -> R:
    found = dict(row._mapping)
    if "scopes" in found:
        found["scopes"] = tuple(found["scopes"].split())
    return kind(**{name: msgspec.json.decode(value) if name in _JSON else value for name, value in found.items()})


def _gone(connection: Connection, table: Table, which: Any) -> bool:
    return bool(connection.execute(delete(table).where(which)).rowcount)


def _save_user(connection: Connection, user: User) -> None:
    _remove_user(connection, user.name)
    connection.execute(insert(users).values(_row(user)))


def _remove_user(connection: Connection, name: str) -> bool:
    connection.execute(delete(sessions).where(sessions.c.user == name))
    connection.execute(delete(links).where(links.c.user == name))
    return _gone(connection, users, users.c.name == name)


def _use_link(connection: Connection, hash_: str, now: str) -> OneTimeLink | None:
    row = connection.execute(select(links).where(links.c.hash == hash_)).one_or_none()
    connection.execute(delete(links).where(or_(links.c.hash == hash_, links.c.expires <= now)))
    if row is None or row.expires <= now:
        return None
    return _record(row, OneTimeLink)


__all__ = ["Access"]
