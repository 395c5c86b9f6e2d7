"""Rooms, cases and who takes part. Nothing in these tables says anything about a child, a family or a suspect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from bot.domain.cases import Case, CaseView, Participant, ParticipantState, Room, Urgency
from bot.domain.codes import new_code
from storage import deadline_rows, directory, matters
from storage.schema import ID, KEY, SLACK_ID, UtcDateTime, metadata, new_id
from storage.uow import UnitOfWork

rooms = Table(
    "rooms",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("country", String(2), nullable=False),
    Column("municipality", String(8), nullable=False),
    Column("channel", SLACK_ID, nullable=False),
    Column("language", String(5), nullable=False),
    UniqueConstraint("workspace_id", "country", "municipality"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("code", String(12), nullable=False),
    Column("kind", KEY, nullable=False),
    Column("urgency", String(12), nullable=False),
    Column("country", String(2), nullable=False),
    Column("municipality", String(8), nullable=False),
    Column("room_id", ID, ForeignKey("rooms.id"), nullable=False),
    Column("opened_by", ID, ForeignKey("contacts.id"), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("thread_ts", String(20)),
    Column("permalink", String(300)),
    Column("closed_at", UtcDateTime),
    Column("closed_by", ID),
    Column("close_reason", String(20)),
    Column("forgotten_at", UtcDateTime),
    UniqueConstraint("workspace_id", "code"),
    Index("ix_cases_closed", "workspace_id", "closed_at"),
)

participants = Table(
    "participants",
    metadata,
    Column("case_id", ID, ForeignKey("cases.id"), primary_key=True),
    Column("contact_id", ID, ForeignKey("contacts.id"), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Index("ix_participants_contact", "contact_id"),
)


def save_room(work: UnitOfWork, room: Room) -> Room:
    """Make this channel the room of its municipality, in place of any before it."""
    known = room_of(work, room.workspace_id, room.country, room.municipality)
    if known is None:
        made = Room(**{**asdict(room), "id": new_id()})
        work.connection.execute(insert(rooms).values(asdict(made)))
        return made
    work.connection.execute(
        update(rooms).where(rooms.c.id == known.id).values(channel=room.channel, language=room.language)
    )
    return Room(**{**asdict(room), "id": known.id})


def room_of(work: UnitOfWork, workspace_id: str, country: str, municipality: str) -> Room | None:
    """The room of a municipality, or None where no coordinator has chosen one."""
    query = select(rooms).where(
        rooms.c.workspace_id == workspace_id, rooms.c.country == country, rooms.c.municipality == municipality
    )
    row = work.connection.execute(query).first()
    return Room(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's public mapping of a row


def rooms_of(work: UnitOfWork, workspace_id: str) -> list[Room]:
    """Every room of a workspace, by country and municipality."""
    query = select(rooms).where(rooms.c.workspace_id == workspace_id).order_by(rooms.c.country, rooms.c.municipality)
    return [Room(**row._mapping) for row in work.connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's public mapping of a row


def room_at(work: UnitOfWork, workspace_id: str, channel: str) -> Room | None:
    """The room a channel is, or None where it is none of ours; where it is several municipalities', the first of them."""
    query = (
        select(rooms)
        .where(rooms.c.workspace_id == workspace_id, rooms.c.channel == channel)
        .order_by(rooms.c.country, rooms.c.municipality)
    )
    row = work.connection.execute(query).first()
    return Room(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's public mapping of a row


def count_rooms(work: UnitOfWork, workspace_id: str) -> int:
    """How many rooms a workspace has."""
    query = select(func.count()).select_from(rooms).where(rooms.c.workspace_id == workspace_id)
    return work.connection.execute(query).scalar_one()


def _cases() -> Select[Any]:
    return select(cases, rooms.c.channel, rooms.c.language).join_from(cases, rooms)


def _to_case(row: Row[Any]) -> Case:
    return Case(**{**row._mapping, "urgency": Urgency(row.urgency)})  # noqa: SLF001 - SQLAlchemy's public mapping of a row


def free_code(work: UnitOfWork, workspace_id: str, choose: Callable[[str], str]) -> str:
    """A code no case of this workspace bears."""
    while True:
        code = new_code(choose)
        taken = select(cases.c.id).where(cases.c.workspace_id == workspace_id, cases.c.code == code)
        if work.connection.execute(taken).first() is None:
            return code


def add_case(work: UnitOfWork, case: Case) -> None:
    """A new case."""
    columns = {column.name for column in cases.columns}
    work.connection.execute(insert(cases).values({k: v for k, v in asdict(case).items() if k in columns}))


def case(work: UnitOfWork, workspace_id: str, case_id: str) -> Case | None:
    """The case with this id, or None."""
    query = _cases().where(cases.c.workspace_id == workspace_id, cases.c.id == case_id)
    row = work.connection.execute(query).first()
    return _to_case(row) if row else None


def case_of_thread(work: UnitOfWork, workspace_id: str, channel: str, thread_ts: str) -> Case | None:
    """The case whose thread this is, or None."""
    query = _cases().where(
        cases.c.workspace_id == workspace_id, rooms.c.channel == channel, cases.c.thread_ts == thread_ts
    )
    row = work.connection.execute(query).first()
    return _to_case(row) if row else None


def open_cases_of(work: UnitOfWork, workspace_id: str, contact_id: str) -> list[Case]:
    """The cases in which this person has taken a place, the newest first."""
    query = (
        _cases()
        .join(participants, participants.c.case_id == cases.c.id)
        .where(
            cases.c.workspace_id == workspace_id,
            participants.c.contact_id == contact_id,
            participants.c.state == ParticipantState.ACCEPTED,
            cases.c.closed_at.is_(None),
        )
        .order_by(cases.c.opened_at.desc())
    )
    return [_to_case(row) for row in work.connection.execute(query)]


def set_thread(work: UnitOfWork, case_id: str, thread_ts: str, permalink: str | None) -> None:
    """Slack has the headline: its thread and its address are known."""
    work.connection.execute(update(cases).where(cases.c.id == case_id).values(thread_ts=thread_ts, permalink=permalink))


def set_participant(work: UnitOfWork, case_id: str, contact_id: str, state: ParticipantState) -> None:
    """Give a person a place in a case, or change the state of the one she has."""
    mine = (participants.c.case_id == case_id, participants.c.contact_id == contact_id)
    if not work.connection.execute(update(participants).where(*mine).values(state=state)).rowcount:
        work.connection.execute(
            insert(participants).values(case_id=case_id, contact_id=contact_id, state=state, joined_at=work.now)
        )


def view(work: UnitOfWork, workspace_id: str, case_id: str) -> CaseView | None:
    """The whole case as its headline shows it, or None."""
    found = case(work, workspace_id, case_id)
    if found is None:
        return None
    places = (
        select(participants)
        .where(participants.c.case_id == case_id)
        .order_by(participants.c.contact_id != found.opened_by, participants.c.joined_at, participants.c.contact_id)
    )
    rows = work.connection.execute(places).all()
    followups = matters.followups_of(work, workspace_id, case_id)
    ids = {row.contact_id for row in rows} | {item.owner_id for item, _ in followups}
    ids |= {found.closed_by} if found.closed_by else set()
    people = directory.contacts_by_ids(work, workspace_id, ids)
    return CaseView(
        case=found,
        participants=tuple(Participant(people[row.contact_id], ParticipantState(row.state)) for row in rows),
        followups=tuple(matters.to_followup(item, about, people[item.owner_id]) for item, about in followups),
        requests=tuple(matters.requests_of(work, workspace_id, case_id)),
        deadlines=tuple(deadline_rows.of_case(work, workspace_id, case_id)),
        closed_by=people[found.closed_by] if found.closed_by else None,
    )
