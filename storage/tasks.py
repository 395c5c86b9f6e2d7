"""Everything open that a person owes or waits for."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.domain.cases import FollowupWhat, ParticipantState
from bot.domain.intake import GuardedText
from bot.domain.matters import PERSONAL, MatterKind, MatterState
from bot.domain.tasks import MyCase, Task, day_of, first_of
from storage import directory
from storage.cases import cases, participants
from storage.matters import followups, matters, to_matter
from storage.uow import UnitOfWork

OPEN = tuple(state for state in MatterState if state.is_open)


def open_of(work: UnitOfWork, workspace_id: str, contact_id: str, *, also: Collection[str] = ()) -> list[Task]:
    """The open matters a person owns or asked for, and those with the ids in `also`, in no order."""
    hers = or_(matters.c.owner_id == contact_id, matters.c.asker_id == contact_id, matters.c.id.in_(also))
    return _tasks(work, workspace_id, hers)


def cases_of(
    work: UnitOfWork, workspace_id: str, contact_id: str, *, start: int, most: int
) -> tuple[list[MyCase], int]:
    """Open cases a person takes part in, the newest first, and how many there are; each with what is due first in it."""
    hers = (
        select(cases.c.id, cases.c.code, cases.c.kind, cases.c.permalink, cases.c.opened_at)
        .join_from(cases, participants)
        .where(
            cases.c.workspace_id == workspace_id,
            cases.c.closed_at.is_(None),
            participants.c.contact_id == contact_id,
            participants.c.state == ParticipantState.ACCEPTED,
        )
    )
    count = work.connection.execute(select(func.count()).select_from(hers.subquery())).scalar_one()
    page = hers.order_by(cases.c.opened_at.desc(), cases.c.id).offset(start).limit(most)
    rows = work.connection.execute(page).all()
    found = _tasks(work, workspace_id, matters.c.case_id.in_([row.id for row in rows])) if rows else []
    return [
        MyCase(
            row.id, row.code, row.kind, row.permalink, day_of(row.opened_at, work.now),
            first_of([task for task in found if task.matter.case_id == row.id]),
        )
        for row in rows
    ], count  # fmt: skip


def owed_by(work: UnitOfWork, workspace_id: str, contact_ids: Collection[str]) -> list[Task]:
    """The open matters these people own, in no order; what is meant for one person alone is not among them."""
    return _tasks(work, workspace_id, and_(matters.c.owner_id.in_(contact_ids), matters.c.kind.not_in(list(PERSONAL))))


def _tasks(work: UnitOfWork, workspace_id: str, which: ColumnElement[bool]) -> list[Task]:
    query = (
        select(matters, cases.c.code, cases.c.permalink, followups.c.what, followups.c.note)
        .outerjoin(cases, cases.c.id == matters.c.case_id)
        .outerjoin(followups, followups.c.matter_id == matters.c.id)
        .where(
            matters.c.workspace_id == workspace_id,
            matters.c.state.in_(OPEN),
            ~and_(matters.c.kind == MatterKind.CLEARANCE, matters.c.state == MatterState.AGREED),  # it holds: no task
            matters.c.kind.not_in([MatterKind.UPKEEP, MatterKind.SETUP]),  # a notice asks for no answer
            or_(  # nor does a deadline that waits for its event
                matters.c.kind != MatterKind.DEADLINE,
                matters.c.due_at.is_not(None),
                matters.c.state == MatterState.PROPOSED,
            ),
            which,
        )
    )
    rows = work.connection.execute(query).all()
    people = directory.contacts_by_ids(work, workspace_id, {i for row in rows for i in (row.owner_id, row.asker_id)})
    return [
        Task(
            matter=to_matter(row),
            owner_name=people[row.owner_id].name,
            asker_name=people[row.asker_id].name,
            code=row.code,
            permalink=row.permalink,
            what=FollowupWhat(row.what) if row.what else None,
            note=GuardedText.kept(row.note) if row.note else None,
        )
        for row in rows
    ]
