"""Everything open that a person owes or waits for."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from bot.domain.cases import FollowupWhat
from bot.domain.intake import GuardedText
from bot.domain.matters import MatterKind, MatterState
from bot.domain.tasks import Task
from storage import directory
from storage.cases import cases
from storage.matters import followups, matters, to_matter
from storage.uow import UnitOfWork

OPEN = tuple(state for state in MatterState if state.is_open)


def open_of(work: UnitOfWork, workspace_id: str, contact_id: str, *, also: Iterable[str] = ()) -> list[Task]:
    """The open matters a person owns or asked for, and those with the ids in `also`, in no order."""
    query = (
        select(matters, cases.c.code, cases.c.permalink, followups.c.what, followups.c.note)
        .outerjoin(cases, cases.c.id == matters.c.case_id)
        .outerjoin(followups, followups.c.matter_id == matters.c.id)
        .where(
            matters.c.workspace_id == workspace_id,
            matters.c.state.in_(OPEN),
            matters.c.kind.not_in([MatterKind.UPKEEP, MatterKind.SETUP]),  # a notice asks for no answer
            or_(  # nor does a deadline that waits for its event
                matters.c.kind != MatterKind.DEADLINE,
                matters.c.due_at.is_not(None),
                matters.c.state == MatterState.PROPOSED,
            ),
            or_(matters.c.owner_id == contact_id, matters.c.asker_id == contact_id, matters.c.id.in_(list(also))),
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
