"""Case threads: what a case is about, its tracks, its own channel, places taken on behalf, and drafts without a room."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("subject", sa.String(length=8), nullable=False, server_default="case"))
        batch_op.add_column(sa.Column("replaces", sa.Boolean(), nullable=False, server_default=sa.false()))
    # A thread stays where it began, whatever channel becomes the room of its municipality later.
    op.execute("UPDATE cases SET channel = (SELECT rooms.channel FROM rooms WHERE rooms.id = cases.room_id)")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.alter_column("channel", existing_type=sa.String(length=32), nullable=False)
        batch_op.alter_column("subject", existing_type=sa.String(length=8), server_default=None)
        batch_op.alter_column("replaces", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_id", sa.String(length=32), nullable=True))
        batch_op.create_foreign_key(op.f("fk_participants_by_id"), "contacts", ["by_id"], ["id"])
    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.drop_index("ix_matters_case")
        batch_op.create_index("ix_matters_case", ["case_id", "kind", "state", "settled_at"], unique=False)
    op.create_table(
        "case_events",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("track", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=32), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id")),
        sa.ForeignKeyConstraint(["set_by"], ["contacts.id"], name=op.f("fk_case_events_set_by")),
        sa.PrimaryKeyConstraint("case_id", "track", "stage", name=op.f("pk_case_events")),
    )
    op.create_table(
        "drafts",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("municipality", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("urgency", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=8), nullable=False),
        sa.Column("asked", sa.String(length=400), nullable=False),
        sa.Column("stages", sa.String(length=200), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_drafts_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index("ix_drafts_place", ["workspace_id", "country", "municipality"], unique=False)
