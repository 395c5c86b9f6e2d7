"""Promised words: nothing lies beside their matters."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, select

from bot.domain.matters import MatterKind, MatterState
from bot.domain.words import Word
from storage import directory
from storage.matters import matters, to_matter
from storage.uow import UnitOfWork

# Read for every headline: built once, because to build a statement costs more than SQLite needs to answer it.
_OF_CASE = (
    select(matters)
    .where(
        matters.c.workspace_id == bindparam("workspace_id"),
        matters.c.case_id == bindparam("case_id"),
        matters.c.kind == MatterKind.WORD,
        or_(
            *(matters.c.state == state for state in MatterState if state.is_open),
            matters.c.id == bindparam("with_matter"),
        ),
    )
    .order_by(matters.c.due_at, matters.c.created_at, matters.c.id)
)


def of_case(work: UnitOfWork, workspace_id: str, case_id: str, *, with_matter: str | None = None) -> list[Word]:
    """Who owes the next news in a case, the earliest first; and `with_matter`, wherever it stands."""
    given = {"workspace_id": workspace_id, "case_id": case_id, "with_matter": with_matter}
    found = [to_matter(row) for row in work.connection.execute(_OF_CASE, given)]
    ids = {i for matter in found for i in (matter.owner_id, matter.asker_id)}
    people = directory.contacts_by_ids(work, workspace_id, ids) if ids else {}
    return [Word(matter, people[matter.owner_id], people[matter.asker_id]) for matter in found]
