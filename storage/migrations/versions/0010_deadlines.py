"""Deadlines: what is due by when after which event, as it was when the case got it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deadlines",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("timeline", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.String(length=24), nullable=True),
        sa.Column("events", sa.String(length=200), nullable=False),
        sa.Column("ends", sa.String(length=200), nullable=False),
        sa.Column("rests_on", sa.String(length=12), nullable=False),
        sa.Column("law", sa.String(length=120), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("choice", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=48), nullable=True),
        sa.Column("event_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_deadlines_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_deadlines")),
    )
