"""The schema's history, a file a step (Alembic)."""
