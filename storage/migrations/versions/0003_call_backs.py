"""Call-backs, corrections, counts of consultations; to whom a delivery went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recipient_id", sa.String(length=32), nullable=True))

    op.create_table(
        "sparring_counts",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("agency_id", sa.String(length=32), nullable=False),
        sa.Column("municipality", sa.String(length=8), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_sparring_counts_agency_id")),
        sa.PrimaryKeyConstraint("workspace_id", "month", "agency_id", "municipality", name=op.f("pk_sparring_counts")),
    )
    op.create_table(
        "callbacks",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("municipality", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=True),
        sa.Column("urgency", sa.String(length=12), nullable=True),
        sa.Column("sparring", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_callbacks_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_callbacks")),
    )
    op.create_table(
        "corrections",
        sa.Column("matter_id", sa.String(length=32), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("municipality", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=True),
        sa.Column("wrong", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_corrections_contact_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_corrections_matter_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_corrections")),
    )
