"""Drafts: cases that wait for their room. Closed fields only, and not for ever."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Row, Select, String, Table, delete, insert, select, update

from bot.domain.cases import CaseSubject
from bot.domain.matters import Matter
from bot.domain.opening import PATIENCE, NewCase, RoomView
from bot.domain.tracks import Track
from bot.domain.urgency import Urgency
from storage import directory
from storage.cases import cases
from storage.matters import OPEN, matters, to_matter
from storage.schema import ID, KEY, SLACK_ID, UtcDateTime, metadata
from storage.uow import UnitOfWork

drafts = Table(
    "drafts",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("country", String(2), nullable=False),
    Column("municipality", String(8), nullable=False),
    Column("kind", KEY, nullable=False),
    Column("urgency", String(12), nullable=False),
    Column("subject", String(8), nullable=False),
    Column("asked", String(400), nullable=False),
    Column("stages", String(200), nullable=False),
    Column("received", UtcDateTime),
    Column("case_id", ID, ForeignKey("cases.id")),
    Index("ix_drafts_place", "workspace_id", "country", "municipality"),
)


def add(work: UnitOfWork, matter: Matter, country: str, wanted: NewCase) -> None:
    """A new draft beside its request for a room, which must be there."""
    work.connection.execute(
        insert(drafts).values(
            matter_id=matter.id,
            workspace_id=matter.workspace_id,
            country=country,
            municipality=wanted.municipality,
            kind=wanted.kind,
            urgency=wanted.urgency,
            subject=wanted.subject,
            asked=" ".join(wanted.asked),
            stages=" ".join(f"{track}:{stage}" for track, stage in wanted.stages),
            received=wanted.received,
        )
    )


def opened(work: UnitOfWork, matter_id: str, case_id: str) -> None:
    """The draft became this case."""
    work.connection.execute(update(drafts).where(drafts.c.matter_id == matter_id).values(case_id=case_id))


def view(work: UnitOfWork, workspace_id: str, matter_id: str) -> RoomView | None:
    """A draft with its request, or None where it is gone."""
    row = work.connection.execute(_views(workspace_id).where(matters.c.id == matter_id)).first()
    return _to_view(work, row) if row else None


def waiting_for(work: UnitOfWork, workspace_id: str, country: str, municipality: str) -> list[RoomView]:
    """The drafts that wait for the room of this municipality and have not ended, the oldest first."""
    query = (
        _views(workspace_id)
        .where(drafts.c.country == country, drafts.c.municipality == municipality)
        .where(matters.c.state.in_(OPEN), matters.c.due_at > work.now)
        .order_by(matters.c.created_at)
    )
    return [_to_view(work, row) for row in work.connection.execute(query).all()]


def overdue(work: UnitOfWork, workspace_id: str) -> list[Matter]:
    """The open requests for a room whose drafts have ended."""
    query = (
        select(matters)
        .join_from(matters, drafts)
        .where(drafts.c.workspace_id == workspace_id, matters.c.state.in_(OPEN), matters.c.due_at <= work.now)
    )  # fmt: skip
    return [to_matter(row) for row in work.connection.execute(query)]


def forget_old(work: UnitOfWork, workspace_id: str) -> None:
    """Drafts that ended or became a case are deleted once nobody needs to read them any more."""
    old = select(matters.c.id).where(matters.c.due_at <= work.now - PATIENCE, ~matters.c.state.in_(OPEN))
    mine = drafts.c.workspace_id == workspace_id
    work.connection.execute(delete(drafts).where(mine, drafts.c.matter_id.in_(old)))


def _views(workspace_id: str) -> Select[Any]:
    fields = [column.label(f"draft_{column.name}") for column in drafts.columns]
    return (
        select(matters, *fields, cases.c.code, cases.c.permalink)
        .join_from(matters, drafts)
        .outerjoin(cases, cases.c.id == drafts.c.case_id)
        .where(matters.c.workspace_id == workspace_id)
    )


def _to_view(work: UnitOfWork, row: Row[Any]) -> RoomView:
    matter = to_matter(row)
    asked = tuple(row.draft_asked.split())
    people = directory.contacts_by_ids(work, matter.workspace_id, {matter.asker_id, matter.owner_id, *asked})
    owner = people[matter.owner_id]
    agency = directory.agency(work, owner.agency_id)
    wanted = NewCase(
        kind=row.draft_kind,
        urgency=Urgency(row.draft_urgency),
        municipality=row.draft_municipality,
        others=asked,
        subject=CaseSubject(row.draft_subject),
        stages=tuple((Track(track), stage) for track, _, stage in (s.partition(":") for s in row.draft_stages.split())),
        received=row.draft_received,
    )
    return RoomView(
        matter=matter,
        wanted=wanted,
        asker=people[matter.asker_id],
        owner=owner,
        asked=tuple(people[one] for one in asked if one in people),
        country=row.draft_country,
        language=agency.language if agency else "",
        code=row.code,
        permalink=row.permalink,
    )
