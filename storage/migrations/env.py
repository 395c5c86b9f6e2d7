"""Alembic runs this file; the engine is handed in by storage/upgrade.py, and all steps are one transaction.

SQLite changes a column by writing its table anew, and drops the old one while other tables point to it: foreign keys are
not watched meanwhile, and all of them are checked before anything is kept.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from storage.errors import DatabaseError
from storage.tables import metadata


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, transaction_per_migration=False
    )
    context.run_migrations()


with context.config.attributes["engine"].connect() as connection:
    if connection.dialect.name != "sqlite":
        with connection.begin():
            _migrate(connection)
    else:
        # Neither can be said within a transaction; the driver opens none by itself.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _migrate(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    message = "The upgrade would have left rows that point nowhere: nothing was changed. Restore a backup, or ask for help."
                    raise DatabaseError(message)
        finally:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
