"""Events: which stage of which track a case has reached, and when."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, ForeignKey, String, Table, bindparam, delete, insert, select, update

from bot.domain.tracks import CaseEvent, Track
from storage.directory import agencies, contacts
from storage.schema import ID, UtcDateTime, metadata
from storage.uow import UnitOfWork

case_events = Table(
    "case_events",
    metadata,
    Column("case_id", ID, ForeignKey("cases.id"), primary_key=True),
    Column("track", String(20), primary_key=True),
    Column("stage", String(24), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("set_by", ID, ForeignKey("contacts.id"), nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
)


# Read for every headline: built once, because to build a statement costs more than SQLite needs to answer it.
_EVENTS = (
    select(case_events, contacts.c.name.label("by_name"), agencies.c.side)
    .join_from(case_events, contacts, contacts.c.id == case_events.c.set_by)
    .join(agencies, agencies.c.id == contacts.c.agency_id)
    .where(case_events.c.case_id == bindparam("case_id"))
    .order_by(case_events.c.at, case_events.c.track, case_events.c.stage)
)


def events_of(work: UnitOfWork, case_id: str) -> list[CaseEvent]:
    """The events of a case, the earliest first."""
    return [
        CaseEvent(
            row.case_id, Track(row.track), row.stage, row.at, row.set_by, row.set_at,
            set_by_name=row.by_name, on_behalf=row.side != row.track,
        )
        for row in work.connection.execute(_EVENTS, {"case_id": case_id})
    ]  # fmt: skip


def save(work: UnitOfWork, event: CaseEvent) -> None:
    """A stage was reached; one that was known gets this moment."""
    mine = (
        case_events.c.case_id == event.case_id,
        case_events.c.track == event.track,
        case_events.c.stage == event.stage,
    )
    said = {"at": event.at, "set_by": event.set_by, "set_at": event.set_at}
    if not work.connection.execute(update(case_events).where(*mine).values(said)).rowcount:
        row = {"case_id": event.case_id, "track": event.track, "stage": event.stage, **said}
        work.connection.execute(insert(case_events).values(row))


def forget(work: UnitOfWork, case_id: str, track: Track, stages: Iterable[str]) -> None:
    """These stages were not reached after all."""
    gone = delete(case_events).where(
        case_events.c.case_id == case_id, case_events.c.track == track, case_events.c.stage.in_(tuple(stages))
    )
    work.connection.execute(gone)
