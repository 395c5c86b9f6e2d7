"""Corrections: which contact is wrong, and how."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Column, ForeignKey, String, Table, insert, select

from bot.domain.corrections import CorrectionView, Fault, Wrong
from bot.domain.matters import Matter
from storage import directory
from storage.matters import matters, to_matter
from storage.schema import ID, KEY, metadata
from storage.uow import UnitOfWork

corrections = Table(
    "corrections",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("contact_id", ID, ForeignKey("contacts.id"), nullable=False),
    Column("municipality", String(8), nullable=False),
    Column("kind", KEY),
    Column("wrong", String(20), nullable=False),
)


def add(work: UnitOfWork, matter: Matter, fault: Fault) -> None:
    """A new correction: the matter and what is wrong."""
    work.connection.execute(insert(matters).values(asdict(matter)))
    work.connection.execute(insert(corrections).values(matter_id=matter.id, **asdict(fault)))


def view(work: UnitOfWork, workspace_id: str, matter_id: str) -> CorrectionView | None:
    """The correction as its coordinator sees it, or None."""
    query = (
        select(matters, corrections.c.contact_id, corrections.c.municipality, corrections.c.kind.label("about"), corrections.c.wrong)
        .join_from(matters, corrections)
        .where(matters.c.workspace_id == workspace_id, matters.c.id == matter_id)
    )  # fmt: skip
    row = work.connection.execute(query).first()
    if row is None:
        return None
    matter = to_matter(row)
    people = directory.contacts_by_ids(work, workspace_id, {row.contact_id, matter.asker_id, matter.owner_id})
    owner = people[matter.owner_id]
    agency = directory.agency(work, owner.agency_id)
    return CorrectionView(
        matter=matter,
        fault=Fault(row.contact_id, row.municipality, Wrong(row.wrong), row.about),
        contact=people[row.contact_id],
        asker=people[matter.asker_id],
        owner=owner,
        country=agency.country if agency else "",
        language=agency.language if agency else "",
    )
