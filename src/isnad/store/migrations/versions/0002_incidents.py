"""Incidents: their ids, the rows that lists and maps are made of, members, facets, unsure pairs, what was weighed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables.  Nothing is weighed here: `isnad incidents` does that."""
    op.create_index("uq_decisions_undoes", "decisions", ["undoes"], unique=True)
    _incident_ids()
    _incidents()
    _incident_bodies()
    _incident_facets()
    _incident_members()
    _incident_pairs()
    _weighed()


def _incident_ids() -> None:
    op.create_table(
        "incident_ids",
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("leads_to", sa.Text()),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("stamp", ID, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_incident_ids"),
        sa.UniqueConstraint("id", name="uq_incident_ids_id"),
    )
    op.create_index("ix_incident_ids_leads_to", "incident_ids", ["leads_to"])
    op.create_index("ix_incident_ids_stamp", "incident_ids", ["stamp"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("stamp", ID, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("day_start", sa.Text()),
        sa.Column("day_end", sa.Text()),
        sa.Column("reported_end", sa.Text()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("grade", sa.Text()),
        sa.Column("has_place", sa.Boolean(), nullable=False),
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
        sa.Column("n_outlets", sa.Integer(), nullable=False),
        sa.Column("n_texts", sa.Integer(), nullable=False),
        sa.Column("n_speakers", sa.Integer(), nullable=False),
        sa.Column("n_members", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["incident_ids.number"], name="fk_incidents_number"),
        sa.PrimaryKeyConstraint("number", name="pk_incidents"),
    )
    op.create_index("ix_incidents_day_number", "incidents", ["day", "number"])
    op.create_index("ix_incidents_stamp", "incidents", ["stamp"])


def _incident_bodies() -> None:
    op.create_table(
        "incident_bodies",
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("weighed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["incidents.number"], name="fk_incident_bodies_number", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_incident_bodies"),
    )


def _incident_facets() -> None:
    op.create_table(
        "incident_facets",
        sa.Column("incident", ID, autoincrement=False, nullable=False),
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incidents.number"], name="fk_incident_facets_incident", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident", "facet", "value", name="pk_incident_facets"),
    )
    op.create_index("ix_incident_facets_facet_value", "incident_facets", ["facet", "value"])


def _incident_members() -> None:
    op.create_table(
        "incident_members",
        sa.Column("incident", ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", ID),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_incident_members_article"),
        sa.ForeignKeyConstraint(
            ["incident"], ["incidents.number"], name="fk_incident_members_incident", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident", "key", "event", name="pk_incident_members"),
    )
    op.create_index("ix_incident_members_article_event", "incident_members", ["article", "event"])


def _incident_pairs() -> None:
    op.create_table(
        "incident_pairs",
        sa.Column("one", ID, autoincrement=False, nullable=False),
        sa.Column("two", ID, autoincrement=False, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["incidents.number"], name="fk_incident_pairs_one", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["two"], ["incidents.number"], name="fk_incident_pairs_two", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one", "two", name="pk_incident_pairs"),
    )
    op.create_index("ix_incident_pairs_score", "incident_pairs", ["score"])
    op.create_index("ix_incident_pairs_two", "incident_pairs", ["two"])


def _weighed() -> None:
    op.create_table(
        "weighed",
        sa.Column("article", ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("coding", ID),
        sa.Column("copies", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_weighed_article"),
        sa.PrimaryKeyConstraint("article", name="pk_weighed"),
        sa.UniqueConstraint("key", name="uq_weighed_key"),
    )
    op.create_index("ix_weighed_copies", "weighed", ["copies"])
