"""A look for work goes through the rows that are not decided, however many were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

LIVE = sa.text(
    "state = 'due' OR state = 'claimed' OR state = 'sending' OR state = 'unknown' OR state = 'bundled' OR state = 'parked'"
)


def upgrade() -> None:
    op.drop_index("ix_deliveries_due", table_name="deliveries")
    op.drop_index("ix_deliveries_lane", table_name="deliveries")
    for name, columns in (("due", ["state", "next_attempt_at", "id"]), ("lane", ["lane", "state", "next_attempt_at"])):
        op.create_index(f"ix_deliveries_{name}", "deliveries", columns, sqlite_where=LIVE, postgresql_where=LIVE)
    for name in ("after", "edits", "recipient"):
        known = sa.text(f"{name}_id IS NOT NULL")
        op.create_index(
            f"ix_deliveries_{name}", "deliveries", [f"{name}_id"], sqlite_where=known, postgresql_where=known
        )
