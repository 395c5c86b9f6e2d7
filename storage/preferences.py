"""What a person, or an agency, has chosen about when to be written to; it stands beside their entries in the directory."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, select, update

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.people import Agency, Contact
from bot.domain.preferences import Preferences
from storage import digests, directory
from storage.deliveries import deliveries
from storage.directory import agencies, contacts
from storage.uow import UnitOfWork


def set_own(work: UnitOfWork, contact: Contact, wanted: Preferences) -> None:
    """From now on this holds for her; the digest that waits for her moves with it."""
    _write(work, contacts, contact.id, contact.workspace_id, wanted)
    _move_digests(work, contact.workspace_id, contacts.c.id == contact.id)


def set_office(work: UnitOfWork, agency: Agency, wanted: Preferences) -> None:
    """From now on this holds for everybody of the agency who has chosen nothing else."""
    _write(work, agencies, agency.id, agency.workspace_id, wanted)
    _move_digests(work, agency.workspace_id, contacts.c.agency_id == agency.id)


def _write(work: UnitOfWork, table: Table, row_id: str, workspace_id: str, wanted: Preferences) -> None:
    days = "".join(str(day) for day in sorted(wanted.days)) if wanted.days is not None else None
    values = {
        "work_days": days,
        "quiet": str(wanted.quiet) if wanted.quiet else None,
        "digest_at": f"{wanted.digest_at:%H:%M}" if wanted.digest_at else None,
    }
    if table is agencies:
        values["work_hours"] = str(wanted.hours) if wanted.hours else None
    work.connection.execute(update(table).where(table.c.id == row_id).values(values))
    directory.changed(work, workspace_id, contacts=True)


def _move_digests(work: UnitOfWork, workspace_id: str, whose: ColumnElement[bool]) -> None:
    waiting = (
        select(deliveries.c.recipient_id)
        .join(contacts, contacts.c.id == deliveries.c.recipient_id)
        .where(deliveries.c.kind == DeliveryKind.DIGEST, deliveries.c.state == DeliveryState.DUE, whose)
    )
    for reader in directory.contacts_by_ids(work, workspace_id, work.connection.scalars(waiting)).values():
        digests.move(work, reader)
