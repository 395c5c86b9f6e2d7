"""Words of which somebody said "not a person": a keyed hash for each agency, never the word."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, ForeignKey, Table, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from storage.schema import ID, KEY, UtcDateTime, metadata
from storage.uow import UnitOfWork

guard_pardons = Table(
    "guard_pardons",
    metadata,
    Column("agency_id", ID, ForeignKey("agencies.id"), primary_key=True),
    Column("digest", KEY, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("contact_id", ID, ForeignKey("contacts.id"), nullable=False),
)


def pardoned(work: UnitOfWork, agency_id: str, digests: Collection[str]) -> frozenset[str]:
    """Those of the digests that an agency's people have answered about."""
    query = select(guard_pardons.c.digest).where(
        guard_pardons.c.agency_id == agency_id, guard_pardons.c.digest.in_(sorted(digests))
    )
    return frozenset(work.connection.scalars(query)) if digests else frozenset()


def pardon(work: UnitOfWork, agency_id: str, contact_id: str, digest: str) -> bool:
    """Remember an answer; says whether it is new."""
    make = insert_postgresql if work.connection.dialect.name == "postgresql" else insert_sqlite
    row = make(guard_pardons).values(agency_id=agency_id, digest=digest, at=work.now, contact_id=contact_id)
    return work.connection.execute(row.on_conflict_do_nothing().returning(guard_pardons.c.digest)).first() is not None
