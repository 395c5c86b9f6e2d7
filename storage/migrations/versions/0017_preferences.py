"""When a person, and an agency, wants to be written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("agencies", "contacts"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("work_days", sa.String(length=7), nullable=True))
            batch_op.add_column(sa.Column("quiet", sa.String(length=11), nullable=True))
            batch_op.add_column(sa.Column("digest_at", sa.String(length=5), nullable=True))
    with op.batch_alter_table("agencies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("work_hours", sa.String(length=11), nullable=True))
