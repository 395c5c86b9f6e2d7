"""Whose place in a case is handed over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("holder_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["contacts.id"], name=op.f("fk_handovers_holder_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_handovers_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_handovers")),
    )
