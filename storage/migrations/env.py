"""Alembic runs this file; the engine is handed in by storage/upgrade.py, and every step is one transaction."""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

with context.config.attributes["engine"].begin() as connection:
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, transaction_per_migration=False
    )
    context.run_migrations()
