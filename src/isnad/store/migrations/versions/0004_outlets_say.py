"""What outlets say of incidents in rows of its own, and an index from which facets are read without the table."""

from __future__ import annotations

from contextlib import suppress

import msgspec
import sqlalchemy as sa
from alembic import op

from isnad.model.incidents import Incident
from isnad.store.bulk import Row, insert_rows
from isnad.store.incidents_says import says_rows
from isnad.store.schema import incident_bodies, incident_says

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PAGE = 1_000


def upgrade() -> None:
    """Make the table, fill it from the incidents there are, and widen the index.  Once released, this file stays."""
    op.create_table(
        "incident_says",
        sa.Column("incident", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incidents.number"], name="fk_incident_says_incident", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident", "kind", "outlet", "other", name="pk_incident_says"),
    )
    _fill(op.get_bind())
    op.create_index("ix_incident_says_kind_outlet_incident", "incident_says", ["kind", "outlet", "incident"])
    op.drop_index("ix_incident_facets_facet_value", "incident_facets")
    op.create_index("ix_incident_facets_facet_value_incident", "incident_facets", ["facet", "value", "incident"])


def _fill(connection: sa.Connection) -> None:
    decoder = msgspec.json.Decoder(Incident)
    query = sa.select(incident_bodies.c.number, incident_bodies.c.body).order_by(incident_bodies.c.number).limit(_PAGE)
    after = 0
    while found := connection.execute(query.where(incident_bodies.c.number > after)).all():
        rows: list[Row] = []
        for number, body in found:
            with suppress(msgspec.DecodeError):  # `isnad db check` names what cannot be read
                rows += says_rows(decoder.decode(body), number=number)
        insert_rows(connection, incident_says, rows)
        after = found[-1].number
