"""Promised words: nothing lies beside their matters."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.matters import MatterKind, MatterState
from bot.domain.words import Word
from storage import directory
from storage.matters import matters, to_matter
from storage.uow import UnitOfWork

OPEN = tuple(state for state in MatterState if state.is_open)


def of_case(work: UnitOfWork, workspace_id: str, case_id: str, *, with_matter: str | None = None) -> list[Word]:
    """Who owes the next news in a case, the earliest first; and `with_matter`, wherever it stands."""
    query = (
        select(matters)
        .where(
            matters.c.workspace_id == workspace_id,
            matters.c.case_id == case_id,
            matters.c.kind == MatterKind.WORD,
            matters.c.state.in_(OPEN) | (matters.c.id == with_matter),
        )
        .order_by(matters.c.due_at, matters.c.created_at, matters.c.id)
    )
    found = [to_matter(row) for row in work.connection.execute(query)]
    ids = {i for matter in found for i in (matter.owner_id, matter.asker_id)}
    people = directory.contacts_by_ids(work, workspace_id, ids) if ids else {}
    return [Word(matter, people[matter.owner_id], people[matter.asker_id]) for matter in found]
