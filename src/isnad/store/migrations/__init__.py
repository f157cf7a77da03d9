"""Alembic's folder: `versions/` holds one file a revision; `isnad.store.migrate` runs them."""
