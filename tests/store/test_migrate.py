"""The schema: from every released revision to the newest, which is what `schema.py` says."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from isnad.errors import StoreError
from isnad.store import Store
from isnad.store.engine import Database
from isnad.store.migrate import revisions, upgrade
from isnad.store.schema import SEARCH, metadata


def _ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    return not (kind == "table" and (name or "").startswith(SEARCH))


@pytest.mark.parametrize("released", revisions())
def test_every_released_schema_leads_to_the_newest(address: str, released: str) -> None:
    """Upgraded from any revision, tables, columns, keys and indexes are those of `schema.py`."""
    database = Database(address)
    upgrade(database, released)
    upgrade(database)
    found = database.read(
        lambda connection: compare_metadata(
            MigrationContext.configure(connection, opts={"include_object": _ours, "compare_type": True}), metadata
        )
    )
    database.close()
    assert found == []
    with Store.open(address) as store:
        assert list(store.check()) == []


def _set_revision(address: str, revision: str) -> None:
    database = Database(address)
    database.write(
        lambda connection: connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    )
    database.close()


def test_store_of_a_newer_isnad_is_refused(address: str) -> None:
    """Nothing is read or written in a schema that this isnad does not know."""
    Store.open(address).close()
    _set_revision(address, "9999")
    for options in ({}, {"upgrade": True}, {"create": False}):
        with pytest.raises(StoreError) as caught:
            Store.open(address, **options)
        assert caught.value.code == "store.newer"


def test_opening_twice_leaves_the_schema_alone(address: str) -> None:
    """A store that is there is opened as it is."""
    Store.open(address).close()
    with Store.open(address, upgrade=True) as store:
        assert store.stats().revision == revisions()[-1]


def test_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """A SQLite file with other tables gets none of ours."""
    path = tmp_path / "other.db"
    database = Database(path)
    database.write(lambda connection: connection.execute(text("CREATE TABLE theirs (x)")))
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.code == "store.damaged"
    assert path.read_bytes() == before
