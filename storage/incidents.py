"""Incidents: what kind of thing stood in a room, from when until when, and how many could read it. Never a word of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from bot.domain.incidents import KEEP, Cause, Ending, Incident, IncidentView, Place, Recorded, helper
from bot.domain.matters import Matter, MatterState
from storage import cases, directory
from storage.deliveries import deliveries
from storage.matters import matters, to_matter
from storage.schema import ID, SLACK_ID, UtcDateTime, metadata
from storage.uow import UnitOfWork

incidents = Table(
    "incidents",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("agency_id", ID, ForeignKey("agencies.id"), nullable=False),
    Column("found", String(600), nullable=False),
    Column("channel", SLACK_ID, nullable=False),
    Column("message_ts", String(20), nullable=False),
    Column("thread_ts", String(20)),
    Column("case_id", ID),
    Column("noticed_at", UtcDateTime, nullable=False),
    Column("outside", Boolean, nullable=False),
    Column("gone_at", UtcDateTime),
    Column("readers", Integer),
    Column("permalink", String(300)),
    Index("ix_incidents_message", "workspace_id", "channel", "message_ts"),
    Index("ix_incidents_noticed", "workspace_id", "noticed_at"),
)

MOST_LINK = 300


def add(work: UnitOfWork, incident: Incident) -> None:
    """A new incident; its matter is there already."""
    work.connection.execute(
        insert(incidents).values(
            matter_id=incident.matter_id, workspace_id=incident.workspace_id, agency_id=incident.agency_id,
            found=" ".join(f"{one.kind}:{one.why}" for one in incident.found), channel=incident.place.channel,
            message_ts=incident.place.message_ts, thread_ts=incident.place.thread_ts, case_id=incident.case_id,
            noticed_at=incident.noticed_at, outside=incident.outside,
        )
    )  # fmt: skip


def _to_incident(row: Row[Any]) -> Incident:
    return Incident(
        matter_id=row.matter_id, workspace_id=row.workspace_id, agency_id=row.agency_id, found=_found(row.found),
        place=Place(row.channel, row.message_ts, row.thread_ts), case_id=row.case_id, noticed_at=row.noticed_at,
        outside=row.outside, gone_at=row.gone_at, readers=row.readers, permalink=row.permalink,
    )  # fmt: skip


def _found(text: str) -> tuple[Cause, ...]:
    return tuple(Cause(*pair.split(":", 1)) for pair in text.split())


def of_message(work: UnitOfWork, workspace_id: str, place: Place) -> list[Matter]:
    """The matters of all incidents with one message, the earliest first."""
    query = (
        select(matters)
        .join_from(matters, incidents)
        .where(
            incidents.c.workspace_id == workspace_id,
            incidents.c.channel == place.channel,
            incidents.c.message_ts == place.message_ts,
        )
        .order_by(incidents.c.noticed_at, matters.c.id)
    )
    return [to_matter(row) for row in work.connection.execute(query)]


def open_places(
    work: UnitOfWork, workspace_id: str, *, matter_ids: Collection[str] | None = None, limit: int
) -> list[Place]:
    """Where messages still stand as far as we know, the newest first; all of them, or those of these matters."""
    query = (
        select(incidents.c.channel, incidents.c.message_ts, incidents.c.thread_ts)
        .join_from(incidents, matters)
        .where(incidents.c.workspace_id == workspace_id, matters.c.state == MatterState.PROPOSED)
        .order_by(incidents.c.noticed_at.desc())
        .limit(limit)
    )
    if matter_ids is not None:
        query = query.where(incidents.c.matter_id.in_(matter_ids))
    return [Place(*row) for row in work.connection.execute(query)]


def incident(work: UnitOfWork, workspace_id: str, matter_id: str) -> Incident | None:
    """The incident of a matter, or None."""
    query = select(incidents).where(incidents.c.workspace_id == workspace_id, incidents.c.matter_id == matter_id)
    row = work.connection.execute(query).first()
    return _to_incident(row) if row else None


def view(work: UnitOfWork, matter: Matter) -> IncidentView | None:
    """The incident as it is told now, or None where its record is gone."""
    found = incident(work, matter.workspace_id, matter.id)
    if found is None:
        return None
    owner = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id])[matter.owner_id]
    case = cases.case(work, matter.workspace_id, found.case_id) if found.case_id else None
    return IncidentView(
        matter=matter,
        incident=found,
        owner=owner,
        coordinator=helper(owner, directory.all_contacts(work, matter.workspace_id)),
        code=case.code if case else None,
        link=found.permalink or (case.permalink if case else None),
        stood=(found.gone_at or work.now) - found.noticed_at,
    )


def learn(work: UnitOfWork, matter_id: str, *, readers: int | None, permalink: str | None) -> None:
    """What Slack told of the room and of the message."""
    kept = permalink if permalink and len(permalink) <= MOST_LINK else None
    work.connection.execute(
        update(incidents).where(incidents.c.matter_id == matter_id).values(readers=readers, permalink=kept)
    )


def gone(work: UnitOfWork, matter_id: str) -> None:
    """The message is gone, or clean, now."""
    work.connection.execute(update(incidents).where(incidents.c.matter_id == matter_id).values(gone_at=work.now))


def recorded(work: UnitOfWork, workspace_id: str, agency_id: str) -> list[Recorded]:
    """The incidents of an agency within the time they are kept, the newest first."""
    query = (
        select(incidents, matters.c.reason)
        .join_from(incidents, matters)
        .where(
            incidents.c.workspace_id == workspace_id,
            incidents.c.agency_id == agency_id,
            incidents.c.noticed_at > work.now - KEEP,
        )
        .order_by(incidents.c.noticed_at.desc(), incidents.c.matter_id)
    )
    return [_recorded(row, work.now) for row in work.connection.execute(query)]


def _recorded(row: Row[Any], now: datetime) -> Recorded:
    return Recorded(
        kinds=tuple(one.kind for one in _found(row.found)),
        noticed_at=row.noticed_at,
        stood=(row.gone_at or now) - row.noticed_at,
        readers=row.readers,
        ending=Ending(row.reason) if row.reason else None,
    )


def forget_old(work: UnitOfWork) -> int:
    """Delete incidents whose time is over, with all that was sent about them; says how many."""
    ids = list(work.connection.scalars(select(incidents.c.matter_id).where(incidents.c.noticed_at <= work.now - KEEP)))
    if ids:
        work.connection.execute(delete(deliveries).where(deliveries.c.matter_id.in_(ids)))
        work.connection.execute(delete(incidents).where(incidents.c.matter_id.in_(ids)))
        work.connection.execute(delete(matters).where(matters.c.id.in_(ids)))
    return len(ids)
