"""Who is away when, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Row, String, Table, bindparam, insert, or_, select, update

from bot.domain import absences as rules
from bot.domain.absences import Absence, AbsenceState, AbsenceView, AbsenceWhy, Away
from bot.domain.errors import Settled
from bot.domain.matters import Matter, MatterState
from bot.domain.people import Contact
from storage import directory, matters, settling
from storage.schema import ID, SLACK_ID, UtcDateTime, metadata
from storage.uow import UnitOfWork

absences = Table(
    "absences",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("contact_id", ID, ForeignKey("contacts.id"), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime),
    Column("state", String(12), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("why", String(12), nullable=False),
    Column("substitute_id", ID, ForeignKey("contacts.id")),
    Column("set_by", ID, ForeignKey("contacts.id")),
    Column("matter_id", ID, ForeignKey("matters.id")),
    Index("ix_absences_ends", "workspace_id", "ends_at"),
    Index("ix_absences_contact", "contact_id"),
    Index("ix_absences_matter", "matter_id"),
)

# Asked with every look-up: built once, because to build a statement costs more than SQLite needs to answer it.
_NOT_OVER = select(absences).where(
    absences.c.workspace_id == bindparam("workspace_id"),
    absences.c.state != AbsenceState.CANCELLED,
    or_(absences.c.ends_at.is_(None), absences.c.ends_at > bindparam("now")),
)


def to_absence(row: Row[Any]) -> Absence:
    """An absence from its row."""
    return Absence(**{**row._mapping, "state": AbsenceState(row.state), "why": AbsenceWhy(row.why)})  # noqa: SLF001 - SQLAlchemy's public mapping of a row


def add(work: UnitOfWork, absence: Absence) -> None:
    """A new absence."""
    work.connection.execute(insert(absences).values(asdict(absence)))


def change(work: UnitOfWork, before: Absence, after: Absence) -> None:
    """Write `after` in place of `before`; raise `Settled` where somebody else was quicker."""
    query = update(absences).where(
        absences.c.id == before.id,
        absences.c.state == before.state,
        absences.c.ends_at == before.ends_at if before.ends_at else absences.c.ends_at.is_(None),
    )
    if not work.connection.execute(query.values(asdict(after))).rowcount:
        raise Settled("settled.changed")


def absence(work: UnitOfWork, workspace_id: str, absence_id: str) -> Absence | None:
    """The absence with this id, or None."""
    query = select(absences).where(absences.c.workspace_id == workspace_id, absences.c.id == absence_id)
    row = work.connection.execute(query).first()
    return to_absence(row) if row else None


def of_matter(work: UnitOfWork, workspace_id: str, matter_id: str) -> Absence | None:
    """The absence a request to a substitute is about, or None."""
    query = select(absences).where(absences.c.workspace_id == workspace_id, absences.c.matter_id == matter_id)
    row = work.connection.execute(query).first()
    return to_absence(row) if row else None


def coming(work: UnitOfWork, workspace_id: str, *, contact_id: str | None = None) -> list[Absence]:
    """Absences that last or lie ahead (of one contact, or of everybody), the earliest first."""
    query = _NOT_OVER.order_by(absences.c.starts_at, absences.c.id)
    if contact_id is not None:
        query = query.where(absences.c.contact_id == contact_id)
    now = {"workspace_id": workspace_id, "now": work.now}
    return [to_absence(row) for row in work.connection.execute(query, now)]


def views(work: UnitOfWork, workspace_id: str, found: Iterable[Absence]) -> list[AbsenceView]:
    """These absences with the people in them."""
    listed = list(found)
    ids = {i for a in listed for i in (a.contact_id, a.substitute_id, a.set_by) if i}
    people = directory.contacts_by_ids(work, workspace_id, ids) if ids else {}
    return [
        AbsenceView(
            a,
            people[a.contact_id],
            people.get(a.substitute_id or ""),
            people.get(a.set_by or ""),
            over=a.is_over(work.now),
        )
        for a in listed
    ]


def away_now(work: UnitOfWork, workspace_id: str) -> dict[str, Away]:
    """Everybody of a workspace who is away at this moment, by contact id: until when, and who stands in."""
    now = {"workspace_id": workspace_id, "now": work.now}
    found = [to_absence(row) for row in work.connection.execute(_NOT_OVER, now)]
    if not found:
        return {}
    named = _still_there(work, {a.substitute_id for a in found if a.substitute_id})
    return rules.away_now(directory.contacts_by_ids(work, workspace_id, named).values(), found, work.now)


def lapse(work: UnitOfWork, workspace_id: str, matter_id: str) -> None:
    """The absence ended before the substitute answered: nobody is asked any more, and what was sent says so."""
    matter = matters.matter(work, workspace_id, matter_id)
    if matter is not None and matter.state.is_open:
        withdraw(work, matter)


def withdraw(work: UnitOfWork, matter: Matter) -> None:
    """Take back an open request to a substitute."""
    settling.settle(work, matter, matter.moved(MatterState.WITHDRAWN, work.now))


def answers_for(work: UnitOfWork, contact: Contact) -> Contact:
    """Who is asked now where `contact` would be: herself, or whoever stands in, or her unit (`domain.absences`)."""
    away = away_now(work, contact.workspace_id)
    if contact.id not in away:
        return contact
    return rules.answers_for(contact, directory.all_contacts(work, contact.workspace_id), away)


def _still_there(work: UnitOfWork, ids: set[str]) -> set[str]:
    """Those of these contacts who have not ended: one who has left the directory stands in for nobody."""
    if not ids:
        return set()
    query = select(directory.contacts.c.id).where(directory.contacts.c.id.in_(ids), directory.VALID)
    return set(work.connection.scalars(query, {"now": work.now}))
