"""Clearances: towards whom, how far, by which side; until when is the matter's due moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Select, String, Table, bindparam, insert, or_, select

from bot.domain.clearances import REVOKED, Clearance, Level, Towards, is_expired
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Side
from storage import audit, directory, matters
from storage.matters import to_matter
from storage.schema import ID, metadata
from storage.uow import UnitOfWork

clearances = Table(
    "clearances",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("towards", String(12), nullable=False),
    Column("level", String(20), nullable=False),
    Column("by_side", String(20), nullable=False),
)


def _of_case() -> Select[Any]:
    table = matters.matters
    still_open = or_(*(table.c.state == state for state in MatterState if state.is_open))
    return (
        select(table, clearances.c.towards, clearances.c.level, clearances.c.by_side)
        .join_from(table, clearances, clearances.c.matter_id == table.c.id)
        .where(
            table.c.workspace_id == bindparam("workspace_id"),
            table.c.case_id == bindparam("case_id"),
            table.c.kind == MatterKind.CLEARANCE,
            or_(still_open, table.c.id == bindparam("with_matter")),
        )
        .order_by(table.c.created_at, table.c.id)
    )


# Read for every headline: built once, because to build a statement costs more than SQLite needs to answer it.
_OF_CASE = _of_case()


def add(work: UnitOfWork, matter: Matter, towards: Towards, level: Level, by: Side) -> None:
    """A new clearance: the matter and what it allows."""
    matters.add(work, matter)
    work.connection.execute(insert(clearances).values(matter_id=matter.id, towards=towards, level=level, by_side=by))


def of_case(work: UnitOfWork, workspace_id: str, case_id: str, *, with_matter: str | None = None) -> list[Clearance]:
    """What is asked for or holds in a case, the oldest first; and `with_matter`, wherever it stands."""
    given = {"workspace_id": workspace_id, "case_id": case_id, "with_matter": with_matter}
    found = [(to_matter(row), row) for row in work.connection.execute(_OF_CASE, given).all()]
    ids = {i for matter, _ in found for i in (matter.owner_id, matter.asker_id)}
    people = directory.contacts_by_ids(work, workspace_id, ids) if ids else {}
    return [
        Clearance(
            matter=matter,
            towards=Towards(row.towards),
            level=Level(row.level),
            by=Side(row.by_side),
            owner=people[matter.owner_id],
            asker=people[matter.asker_id],
            expired=is_expired(matter, work.now),
            ended_by=audit.last_by(work, workspace_id, matter.id) if matter.reason == REVOKED else None,
        )
        for matter, row in found
    ]
