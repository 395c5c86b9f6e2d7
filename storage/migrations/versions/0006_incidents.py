"""Incidents: what kind of thing stood in a room and how long."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.String(length=32), nullable=False),
        sa.Column("found", sa.String(length=600), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=20), nullable=False),
        sa.Column("thread_ts", sa.String(length=20), nullable=True),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("readers", sa.Integer(), nullable=True),
        sa.Column("permalink", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_incidents_agency_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_incidents_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_incidents")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index("ix_incidents_message", ["workspace_id", "channel", "message_ts"], unique=False)
        batch_op.create_index("ix_incidents_noticed", ["workspace_id", "noticed_at"], unique=False)
