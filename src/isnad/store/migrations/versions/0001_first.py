"""The first schema: articles with versions and addresses, codings, feeds, decisions, the full-text index."""

from __future__ import annotations

import sqlalchemy as sa
import sqlalchemy.dialects.postgresql
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables.  Once released, this file stays: `schema.py` moves on and a later revision follows."""
    _decisions()
    _feeds()
    _meta()
    _outlets()
    _raws()
    _articles()
    _outlet_domains()
    _versions()
    _addresses()
    _codings()
    _texts()
    _events()
    _sightings()
    _event_parties()
    _search()


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("undoes", ID),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.id"], name="fk_decisions_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_subject_id", "decisions", ["subject", "id"], unique=False)


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("next_due", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text()),
        sa.Column("added", sa.Text()),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("address", name="uq_feeds_address"),
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )


def _outlets() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text()),
        sa.Column("name_en", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("side_source", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outlets"),
    )


def _raws() -> None:
    op.create_table(
        "raws",
        sa.Column("id", ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text()),
        sa.Column("size", ID, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_raws"),
        sa.UniqueConstraint("hash", name="uq_raws_hash"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", ID),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("coder", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("events", sa.Integer()),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.id"], name="fk_articles_outlet"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_version", "articles", ["version"], unique=False)
    op.create_index("ix_articles_day_id", "articles", ["day", "id"], unique=False)
    op.create_index("ix_articles_outlet_day_id", "articles", ["outlet", "day", "id"], unique=False)


def _outlet_domains() -> None:
    op.create_table(
        "outlet_domains",
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.id"], name="fk_outlet_domains_outlet"),
        sa.PrimaryKeyConstraint("domain", name="pk_outlet_domains"),
    )


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("doc_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("added", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_versions_article"),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.id"], name="fk_versions_outlet"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("article", "number", name="uq_versions_article_number"),
        sa.UniqueConstraint("hash", name="uq_versions_hash"),
    )


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text()),
        sa.Column("article", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_addresses_article"),
        sa.ForeignKeyConstraint(["version"], ["versions.id"], name="fk_addresses_version"),
        sa.PrimaryKeyConstraint("id", name="pk_addresses"),
        sa.UniqueConstraint("key", name="uq_addresses_key"),
    )
    op.create_index("ix_addresses_article", "addresses", ["article"], unique=False)


def _codings() -> None:
    op.create_table(
        "codings",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("events", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["versions.id"], name="fk_codings_version"),
        sa.PrimaryKeyConstraint("id", name="pk_codings"),
        sa.UniqueConstraint("version", "coder", name="uq_codings_version_coder"),
    )
    op.create_index(
        "uq_codings_current",
        "codings",
        ["version"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("version", ID, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["versions.id"], name="fk_texts_version"),
        sa.PrimaryKeyConstraint("version", name="pk_texts"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", ID, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.Column("coding", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("day_start", sa.Text()),
        sa.Column("day_end", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("place_key", sa.Text()),
        sa.Column("place_id", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("precision", sa.Double()),
        sa.Column("killed_min", sa.Integer()),
        sa.Column("killed_max", sa.Integer()),
        sa.Column("injured_min", sa.Integer()),
        sa.Column("injured_max", sa.Integer()),
        sa.Column("detained_min", sa.Integer()),
        sa.Column("detained_max", sa.Integer()),
        sa.Column("same_as", sa.Integer()),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_events_article"),
        sa.ForeignKeyConstraint(["coding"], ["codings.id"], name="fk_events_coding"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("article", "number", name="uq_events_article_number"),
    )
    op.create_index("ix_events_coding", "events", ["coding"], unique=False)
    op.create_index("ix_events_country_day_id", "events", ["country", "day", "id"], unique=False)
    op.create_index("ix_events_day_id", "events", ["day", "id"], unique=False)
    op.create_index("ix_events_place_id", "events", ["place_id"], unique=False)
    op.create_index("ix_events_place_key_day_id", "events", ["place_key", "day", "id"], unique=False)
    op.create_index("ix_events_status_day_id", "events", ["status", "day", "id"], unique=False)
    op.create_index("ix_events_type_day_id", "events", ["type", "day", "id"], unique=False)


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("id", ID, nullable=False),
        sa.Column("address", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.Column("fetched", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("doc_id", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("forwarded_from", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("raw", ID),
        sa.ForeignKeyConstraint(["address"], ["addresses.id"], name="fk_sightings_address"),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.id"], name="fk_sightings_outlet"),
        sa.ForeignKeyConstraint(["raw"], ["raws.id"], name="fk_sightings_raw"),
        sa.ForeignKeyConstraint(["version"], ["versions.id"], name="fk_sightings_version"),
        sa.PrimaryKeyConstraint("id", name="pk_sightings"),
        sa.UniqueConstraint("address", "version", name="uq_sightings_address_version"),
    )
    op.create_index("ix_sightings_article", "sightings", ["article"], unique=False)
    op.create_index("ix_sightings_outlet_article", "sightings", ["outlet", "article"], unique=False)
    op.create_index("ix_sightings_raw", "sightings", ["raw"], unique=False)
    op.create_index("ix_sightings_version", "sightings", ["version"], unique=False)


def _event_parties() -> None:
    op.create_table(
        "event_parties",
        sa.Column("event", ID, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("framing", sa.Text()),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_parties_event", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "role", "number", name="pk_event_parties"),
    )
    op.create_index("ix_event_parties_party_event", "event_parties", ["party", "event"], unique=False)


def _search() -> None:
    """The words come ready, joined by blanks: the tokenizer "ascii" parts them there and nowhere else."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search USING fts5(words, content='', tokenize='ascii')")
        return
    op.create_table(
        "search",
        sa.Column("version", sa.BigInteger(), sa.ForeignKey("versions.id"), primary_key=True, autoincrement=False),
        sa.Column("words", sa.dialects.postgresql.TSVECTOR(), nullable=False),
    )
    op.create_index("ix_search_words", "search", ["words"], postgresql_using="gin")
