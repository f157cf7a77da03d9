"""The schema of a database: which revision it has, and the way to the newest.

A new revision is one file, `migrations/versions/NNNN_topic.py` with `revision = "NNNN"`, and the same change in
`schema.py`; nothing else needs to know of it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from sqlalchemy import Connection, inspect, text

from isnad.errors import StoreError
from isnad.store.engine import Database

_VERSION_TABLE = "alembic_version"
_FILE = re.compile(r"(\d{4})_\w+\.py")


@cache
def revisions() -> tuple[str, ...]:
    """Return the revisions that this isnad knows, the oldest first."""
    names = [entry.name for entry in resources.files("isnad.store").joinpath("migrations", "versions").iterdir()]
    return tuple(sorted(match[1] for name in names if (match := _FILE.fullmatch(name))))


def revision_of(database: Database) -> str | None:
    """Return the revision of a database, None for an empty one; StoreError when it is another program's."""
    return database.read(lambda connection: _revision(connection, database.name))


def _revision(connection: Connection, name: str) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if _VERSION_TABLE not in tables:
        if tables and "postgresql" not in connection.dialect.name:  # a PostgreSQL database may be shared
            raise StoreError(f"{name}: the file is another program's database", code="store.damaged")
        if "sightings" in tables:
            raise StoreError(f"{name}: the tables are there but not their revision", code="store.damaged")
        return None
    found = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def check_revision(revision: str, name: str) -> None:
    """StoreError unless the revision is the newest this isnad knows."""
    if revision not in revisions():
        message = f"{name}: made by a newer isnad (its schema is {revision}, this isnad knows {revisions()[-1]})"
        raise StoreError(message, code="store.newer")
    if revision != revisions()[-1]:
        message = f"{name}: made by an older isnad (schema {revision}); run: isnad db upgrade --db {name}"
        raise StoreError(message, code="store.older")


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the schema to revision `to`, in one transaction; a database that is there already is left alone."""
    if database.path is not None:
        database.start_wal()
    database.write(lambda connection: _upgrade(connection, to))


def _upgrade(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "isnad.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


__all__ = ["check_revision", "revision_of", "revisions", "upgrade"]
