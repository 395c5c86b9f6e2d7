"""A private channel for each case, where both sides want it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("per_case", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.alter_column("per_case", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_channel", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index("ix_cases_channel", ["channel"], unique=False)
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.alter_column("own_channel", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "channel_wishes",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("room_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_channel_wishes_matter_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_channel_wishes_room_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_channel_wishes")),
    )
