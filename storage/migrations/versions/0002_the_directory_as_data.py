"""The directory as data: all that its files carry, and a word that changes with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_versions",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("contacts", sa.String(length=32), nullable=False),
        sa.Column("rules", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_directory_versions")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("languages", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("best_time", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("leader_key", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("routing_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unit", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True))
