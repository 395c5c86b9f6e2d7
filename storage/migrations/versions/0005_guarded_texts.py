"""The guarded description of a follow-up, and the words of which somebody said that they are no person, as keyed hashes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("followups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(length=120), nullable=True))
    op.create_table(
        "guard_pardons",
        sa.Column("agency_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_guard_pardons_agency_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_guard_pardons_contact_id")),
        sa.PrimaryKeyConstraint("agency_id", "digest", name=op.f("pk_guard_pardons")),
    )
