"""Absences: who is away when, and who stands in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("substitute_id", sa.String(length=32), nullable=True),
        sa.Column("set_by", sa.String(length=32), nullable=True),
        sa.Column("matter_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_absences_contact_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_absences_matter_id")),
        sa.ForeignKeyConstraint(["set_by"], ["contacts.id"], name=op.f("fk_absences_set_by")),
        sa.ForeignKeyConstraint(["substitute_id"], ["contacts.id"], name=op.f("fk_absences_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index("ix_absences_contact", ["contact_id"], unique=False)
        batch_op.create_index("ix_absences_ends", ["workspace_id", "ends_at"], unique=False)
        batch_op.create_index("ix_absences_matter", ["matter_id"], unique=False)
