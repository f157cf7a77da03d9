"""The store: reports as they came in, their codings, feeds and outlets, in SQLite or PostgreSQL.

    with Store.open("isnad.db") as store:
        new = [item for item, kept in zip(batch, store.known(batch)) if kept is None]
        store.add([(item, coder.code_article(...)) for item in new])

See `Store` for the methods and `records` for what they give.
"""

from isnad.store.engine import Waits
from isnad.store.records import (
    ArticleRow,
    CodingRow,
    EventRow,
    Filter,
    Finding,
    Hit,
    Mark,
    Outlet,
    PartyRow,
    Sighting,
    Stats,
    Stored,
    StoredArticle,
    ToCode,
    Version,
)
from isnad.store.store import Store

__all__ = [
    "ArticleRow",
    "CodingRow",
    "EventRow",
    "Filter",
    "Finding",
    "Hit",
    "Mark",
    "Outlet",
    "PartyRow",
    "Sighting",
    "Stats",
    "Store",
    "Stored",
    "StoredArticle",
    "ToCode",
    "Version",
    "Waits",
]
