"""The tables behind the API: who may come in, what users keep, what they did.  Secrets are here only as hashes."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from isnad.store.schema import Id, metadata

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("password", Text, nullable=False),  # argon2id, with its salt and parameters
    Column("scopes", Text, nullable=False),  # words joined by blanks, as in the three tables below
    Column("created", Text, nullable=False),
)
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),  # SHA-256 of a random secret, as in the two tables below
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("maker", Text, nullable=False),
    Column("created", Text, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("csrf", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Index("ix_sessions_user", "user"),
)
links = Table(  # each is taken out when it is used
    "links",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("expires", Text, nullable=False),
)
searches = Table(
    "searches",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),  # the filter as the page's address has it
    Column("user", Text, nullable=False),
    Column("created", Text, nullable=False),
)
jobs = Table(  # imports and exports
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),  # waiting | running | done | failed
    Column("told", Text, nullable=False),  # JSON: figures and what was asked
    Index("ix_jobs_kind_at_id", "kind", "at", "id"),
)
journal = Table(  # append-only
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
)

__all__ = ["api_keys", "jobs", "journal", "links", "searches", "sessions", "users"]
