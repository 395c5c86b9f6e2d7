"""The questions whether the directory is still right: matters of one kind, without details of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from bot.domain.confirmations import PATIENCE, ConfirmationView
from bot.domain.matters import Matter, MatterKind, MatterState
from storage import directory
from storage.matters import matters, to_matter
from storage.uow import UnitOfWork


def view(work: UnitOfWork, matter: Matter) -> ConfirmationView:
    """The question as the person it is about sees it now."""
    owner = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id])[matter.owner_id]
    everybody = directory.all_contacts(work, matter.workspace_id) if owner.substitute_key else []
    return ConfirmationView(matter, owner, next((c for c in everybody if c.key == owner.substitute_key), None))


def open_of(work: UnitOfWork, workspace_id: str) -> list[Matter]:
    """The questions that wait for an answer."""
    query = select(matters).where(
        matters.c.workspace_id == workspace_id,
        matters.c.kind == MatterKind.CONFIRMATION,
        matters.c.state == MatterState.PROPOSED,
    )
    return [to_matter(row) for row in work.connection.execute(query)]


def unanswered(work: UnitOfWork, workspace_id: str) -> dict[str, datetime]:
    """Who did not answer in time, by id, with the moment she was asked (UTC)."""
    waiting = open_of(work, workspace_id)
    return {m.owner_id: m.due_at - PATIENCE for m in waiting if m.due_at is not None and m.due_at <= work.now}


def asked(work: UnitOfWork, workspace_id: str) -> dict[str, tuple[int, datetime]]:
    """How often each person was asked so far, and when last (UTC), by id."""
    query = (
        select(matters.c.owner_id, func.count().label("often"), func.max(matters.c.created_at).label("last"))
        .where(matters.c.workspace_id == workspace_id, matters.c.kind == MatterKind.CONFIRMATION)
        .group_by(matters.c.owner_id)
    )
    return {row.owner_id: (row.often, row.last) for row in work.connection.execute(query)}
