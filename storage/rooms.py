"""Rooms: the channel in which the case threads of a municipality stand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Boolean, Column, Row, String, Table, UniqueConstraint, func, insert, select, update

from bot.domain.cases import Room
from storage.schema import ID, SLACK_ID, metadata, new_id
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
    Column("per_case", Boolean, nullable=False),
    UniqueConstraint("workspace_id", "country", "municipality"),
)


def to_room(row: Row[Any]) -> Room:
    """A room from its row."""
    return Room(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public mapping of a row


def save_room(work: UnitOfWork, room: Room) -> Room:
    """Make this channel the room of its municipality, in place of any before it; whether cases get channels stays."""
    known = room_of(work, room.workspace_id, room.country, room.municipality)
    if known is None:
        made = Room(**{**asdict(room), "id": new_id()})
        work.connection.execute(insert(rooms).values(asdict(made)))
        return made
    work.connection.execute(
        update(rooms).where(rooms.c.id == known.id).values(channel=room.channel, language=room.language)
    )
    return Room(**{**asdict(room), "id": known.id, "per_case": known.per_case})


def room(work: UnitOfWork, workspace_id: str, room_id: str) -> Room | None:
    """The room with this id, or None."""
    row = work.connection.execute(
        select(rooms).where(rooms.c.workspace_id == workspace_id, rooms.c.id == room_id)
    ).first()
    return to_room(row) if row else None


def set_per_case(work: UnitOfWork, room_id: str, *, per_case: bool) -> None:
    """From now on every new case of this room gets a channel of its own, or a thread."""
    work.connection.execute(update(rooms).where(rooms.c.id == room_id).values(per_case=per_case))


def room_of(work: UnitOfWork, workspace_id: str, country: str, municipality: str) -> Room | None:
    """The room of a municipality, or None where no coordinator has chosen one."""
    query = select(rooms).where(
        rooms.c.workspace_id == workspace_id, rooms.c.country == country, rooms.c.municipality == municipality
    )
    row = work.connection.execute(query).first()
    return to_room(row) if row else None


def rooms_of(work: UnitOfWork, workspace_id: str) -> list[Room]:
    """Every room of a workspace, by country and municipality."""
    query = select(rooms).where(rooms.c.workspace_id == workspace_id).order_by(rooms.c.country, rooms.c.municipality)
    return [to_room(row) for row in work.connection.execute(query)]


def room_at(work: UnitOfWork, workspace_id: str, channel: str) -> Room | None:
    """The room a channel is, or None where it is none of ours; where it is several municipalities', the first of them."""
    query = (
        select(rooms)
        .where(rooms.c.workspace_id == workspace_id, rooms.c.channel == channel)
        .order_by(rooms.c.country, rooms.c.municipality)
    )
    row = work.connection.execute(query).first()
    return to_room(row) if row else None


def count_rooms(work: UnitOfWork, workspace_id: str) -> int:
    """How many rooms a workspace has."""
    query = select(func.count()).select_from(rooms).where(rooms.c.workspace_id == workspace_id)
    return work.connection.execute(query).scalar_one()
