"""The rows of deadlines: what each was when its case got it, and the event it is counted from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Row, String, Table, bindparam, insert, select, update

from bot.domain.deadlines import Amount, Basis, CaseDeadline, Deadline
from storage import directory, matters
from storage.schema import ID, KEY, UtcDateTime, metadata
from storage.uow import UnitOfWork

deadlines = Table(
    "deadlines",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("timeline", KEY, nullable=False),
    Column("version", String(16), nullable=False),
    Column("name", String(120), nullable=False),
    Column("name_en", String(120), nullable=False),
    Column("amount", String(24)),
    Column("events", String(200), nullable=False),
    Column("ends", String(200), nullable=False),
    Column("rests_on", String(12), nullable=False),
    Column("law", String(120), nullable=False),
    Column("sure", Boolean, nullable=False),
    Column("choice", KEY, nullable=False),
    Column("event", String(48)),
    Column("event_at", UtcDateTime),
)


def add(work: UnitOfWork, matter_id: str, deadline: Deadline) -> None:
    """What a new matter is about."""
    work.connection.execute(insert(deadlines).values(matter_id=matter_id, **_values(deadline)))


def change(work: UnitOfWork, matter_id: str, deadline: Deadline, counted: tuple[str, datetime] | None) -> None:
    """What it is about from now on, and the event it is counted from (UTC), where one is known."""
    event, at = counted or (None, None)
    row = {**_values(deadline), "event": event, "event_at": at}
    work.connection.execute(update(deadlines).where(deadlines.c.matter_id == matter_id).values(row))


def known_events(work: UnitOfWork, case_id: str, *, matter_id: str | None = None) -> dict[str, datetime]:
    """The events that the deadlines of a case, or one of them, are counted from, by name, with their moments (UTC)."""
    query = (
        select(deadlines.c.event, deadlines.c.event_at)
        .join_from(deadlines, matters.matters)
        .where(matters.matters.c.case_id == case_id, deadlines.c.event.is_not(None))
    )
    if matter_id is not None:
        query = query.where(deadlines.c.matter_id == matter_id)
    return {row.event: row.event_at for row in work.connection.execute(query)}


# Read for every headline: built once, because to build a statement costs more than SQLite needs to answer it.
_OF_CASE = (
    select(matters.matters, deadlines)
    .join_from(matters.matters, deadlines)
    .where(
        matters.matters.c.workspace_id == bindparam("workspace_id"),
        matters.matters.c.case_id == bindparam("case_id"),
    )
    .order_by(matters.matters.c.due_at.is_(None), matters.matters.c.due_at, deadlines.c.timeline)
)


def of_case(work: UnitOfWork, workspace_id: str, case_id: str) -> list[CaseDeadline]:
    """The deadlines of a case, the earliest due first, those that wait for their event last."""
    given = {"workspace_id": workspace_id, "case_id": case_id}
    rows = [(matters.to_matter(row), _to_deadline(row)) for row in work.connection.execute(_OF_CASE, given)]
    people = directory.contacts_by_ids(work, workspace_id, {matter.owner_id for matter, _ in rows})
    return [CaseDeadline(matter, deadline, people[matter.owner_id]) for matter, deadline in rows]


def _values(deadline: Deadline) -> dict[str, Any]:
    return {
        "timeline": deadline.timeline, "version": deadline.version, "name": deadline.name, "name_en": deadline.name_en,
        "amount": str(deadline.amount) if deadline.amount else None, "events": "|".join(deadline.events),
        "ends": "|".join(deadline.ends), "rests_on": deadline.basis, "law": deadline.law, "sure": deadline.sure,
        "choice": deadline.choice,
    }  # fmt: skip


def _to_deadline(row: Row[Any]) -> Deadline:
    return Deadline(
        timeline=row.timeline, version=row.version, name=row.name, name_en=row.name_en,
        amount=Amount.read(row.amount) if row.amount else None, events=tuple(row.events.split("|")),
        ends=tuple(filter(None, row.ends.split("|"))), clock=matters.to_matter(row).clock,
        basis=Basis(row.rests_on), law=row.law, sure=row.sure,
        choice=row.choice,
    )  # fmt: skip
