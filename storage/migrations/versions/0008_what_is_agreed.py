"""What is agreed: terms and counter-proposals of follow-ups, clearances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "followup_terms",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("event", sa.String(length=48), nullable=True),
        sa.Column("event_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_followup_terms_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_followup_terms")),
    )
    op.create_table(
        "counters",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("followup_id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event", sa.String(length=48), nullable=True),
        sa.Column("event_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["followup_id"], ["matters.id"], name=op.f("fk_counters_followup_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_counters_matter_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["contacts.id"], name=op.f("fk_counters_owner_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_counters")),
    )
    with op.batch_alter_table("counters", schema=None) as batch_op:
        batch_op.create_index("ix_counters_followup", ["followup_id"], unique=False)
    op.create_table(
        "clearances",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("towards", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("by_side", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_clearances_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_clearances")),
    )
