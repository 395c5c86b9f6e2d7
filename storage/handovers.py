"""Handovers: whose place in a case is asked for; and who has left a case that still counts on her."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, insert, or_, select

from bot.domain.cases import ParticipantState
from bot.domain.handovers import HandoverView
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Contact
from storage import absences, cases, deliveries, directory, followups, matters
from storage.cases import cases as case_rows
from storage.cases import participants
from storage.matters import matters as matter_rows
from storage.matters import to_matter
from storage.schema import ID, metadata
from storage.uow import UnitOfWork

handovers = Table(
    "handovers",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("holder_id", ID, ForeignKey("contacts.id"), nullable=False),
)

OPEN = [state for state in MatterState if state.is_open]


def add(work: UnitOfWork, matter: Matter, holder_id: str) -> bool:
    """A new handover, or the question who takes over; says whether it was not asked before."""
    if not matters.add_once(work, matter):
        return False
    work.connection.execute(insert(handovers).values(matter_id=matter.id, holder_id=holder_id))
    return True


def view(work: UnitOfWork, workspace_id: str, matter_id: str) -> HandoverView | None:
    """The handover as everybody sees it who is told of it, or None where it is gone."""
    query = (
        select(matter_rows, handovers.c.holder_id)
        .join_from(matter_rows, handovers)
        .where(matter_rows.c.workspace_id == workspace_id, matter_rows.c.id == matter_id)
    )
    row = work.connection.execute(query).first()
    if row is None:
        return None
    matter = to_matter(row)
    of_case = cases.view(work, workspace_id, str(matter.case_id))
    if of_case is None:
        return None
    people = directory.contacts_by_ids(work, workspace_id, {row.holder_id, matter.owner_id, matter.asker_id})
    return HandoverView(matter, of_case, people[row.holder_id], people[matter.owner_id], people[matter.asker_id])


def open_of(work: UnitOfWork, case_id: str, holder_id: str) -> list[Matter]:
    """What is open about a person's place in a case: handovers, and the question who takes over."""
    query = (
        select(matter_rows)
        .join_from(matter_rows, handovers)
        .where(matter_rows.c.case_id == case_id, handovers.c.holder_id == holder_id, matter_rows.c.state.in_(OPEN))
    )
    return [to_matter(row) for row in work.connection.execute(query)]


def pass_all(work: UnitOfWork, case_id: str, holder: Contact, receiver: Contact) -> list[Matter]:
    """Everything open that one person owes or waits for in a case is another's from now on, reminders and all.

    What the receiver owed to the holder stays between the two: nobody waits for herself.
    """
    query = select(matter_rows).where(
        matter_rows.c.case_id == case_id,
        or_(matter_rows.c.owner_id == holder.id, matter_rows.c.asker_id == holder.id),
        matter_rows.c.state.in_(OPEN),
        matter_rows.c.kind.not_in([MatterKind.HANDOVER, MatterKind.SUCCESSION]),
    )
    followups.hand_over(work, case_id, holder.id, receiver.id)
    passed = []
    for row in work.connection.execute(query.order_by(matter_rows.c.created_at, matter_rows.c.id)).all():
        before = after = to_matter(row)
        if before.asker_id == holder.id and before.owner_id != receiver.id:
            after = after.awaited_by(receiver.id)
        if before.owner_id == holder.id:
            after = after.owned_by(receiver.id, receiver.side)
        if after is before:
            continue
        matters.change(work, before, after)
        deliveries.carry_over(work, after)
        deliveries.refresh_sent(work, matter_id=after.id)
        passed.append(after)
    return passed


def left_behind(work: UnitOfWork, workspace_id: str) -> list[tuple[str, Contact]]:
    """Open cases (their ids) with a participant who has left: her account is closed, or her time in the directory over."""
    query = (
        select(participants.c.case_id, participants.c.contact_id)
        .join_from(participants, case_rows)
        .where(
            case_rows.c.workspace_id == workspace_id,
            case_rows.c.closed_at.is_(None),
            participants.c.state == ParticipantState.ACCEPTED,
        )
    )
    rows = work.connection.execute(query).all()
    if not rows:
        return []
    people = directory.contacts_by_ids(work, workspace_id, {row.contact_id for row in rows})
    away = absences.away_now(work, workspace_id)
    gone = {key: c for key, c in people.items() if c.has_ended(work.now) or (key in away and away[key].deactivated)}
    return [(row.case_id, gone[row.contact_id]) for row in rows if row.contact_id in gone]
