"""Alembic's entry: runs the revisions in the transaction of the connection that is handed over."""

from alembic import context

from isnad.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
