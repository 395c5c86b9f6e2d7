"""Which digest names which case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_cases",
        sa.Column("digest_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_digest_cases_case_id")),
        sa.PrimaryKeyConstraint("digest_id", "case_id", name=op.f("pk_digest_cases")),
    )
    op.create_index("ix_digest_cases_case", "digest_cases", ["case_id"])
