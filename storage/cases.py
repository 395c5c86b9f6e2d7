"""Cases and who takes part. Nothing in these tables says anything about a child, a family or a suspect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    insert,
    or_,
    select,
    update,
)

from bot.domain.cases import Case, CaseSubject, CaseView, Participant, ParticipantState, Room
from bot.domain.codes import new_code
from bot.domain.errors import NotFound
from bot.domain.matters import MatterKind
from bot.domain.people import Actor
from bot.domain.urgency import Urgency
from storage import channel_steps, clearances, deadline_rows, directory, followups, matters, tracks, words
from storage.rooms import rooms, to_room
from storage.schema import ID, KEY, SLACK_ID, UtcDateTime, metadata
from storage.uow import UnitOfWork

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
    Column("channel", SLACK_ID, nullable=False),
    Column("subject", String(8), nullable=False),
    Column("replaces", Boolean, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", ID),
    Column("close_reason", String(20)),
    Column("forgotten_at", UtcDateTime),
    Column("own_channel", Boolean, nullable=False),
    UniqueConstraint("workspace_id", "code"),
    Index("ix_cases_channel", "channel"),
    Index("ix_cases_closed", "workspace_id", "closed_at"),
)

participants = Table(
    "participants",
    metadata,
    Column("case_id", ID, ForeignKey("cases.id"), primary_key=True),
    Column("contact_id", ID, ForeignKey("contacts.id"), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("by_id", ID, ForeignKey("contacts.id")),
    Index("ix_participants_contact", "contact_id"),
)


def _cases() -> Select[Any]:
    return select(cases, rooms.c.language).join_from(cases, rooms)


# Read for every headline: built once, because to build a statement costs more than SQLite needs to answer it.
_CASE = _cases().where(cases.c.workspace_id == bindparam("workspace_id"), cases.c.id == bindparam("case_id"))
_PLACES = (
    select(participants)
    .where(participants.c.case_id == bindparam("case_id"))
    .order_by(
        participants.c.contact_id != bindparam("opened_by"), participants.c.joined_at, participants.c.contact_id
    )
)  # fmt: skip


def _to_case(row: Row[Any]) -> Case:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public mapping of a row
    return Case(**{**values, "urgency": Urgency(row.urgency), "subject": CaseSubject(row.subject)})


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
    row = work.connection.execute(_CASE, {"workspace_id": workspace_id, "case_id": case_id}).first()
    return _to_case(row) if row else None


def known_to(work: UnitOfWork, workspace_id: str, code: str, contact_id: str, *, agency_id: str | None) -> str | None:
    """The id of the case with this code, where this person has a place in it or this agency does; else None."""
    there = participants.c.state.in_([ParticipantState.ACCEPTED, ParticipantState.ASKED])
    mine = and_(participants.c.contact_id == contact_id, there)
    query = (
        select(cases.c.id)
        .join_from(cases, participants)
        .join(directory.contacts, directory.contacts.c.id == participants.c.contact_id)
        .where(cases.c.workspace_id == workspace_id, cases.c.code == code)
        .where(or_(mine, directory.contacts.c.agency_id == agency_id) if agency_id else mine)
        .limit(1)
    )
    return work.connection.execute(query).scalar()


def case_of_thread(work: UnitOfWork, workspace_id: str, channel: str, thread_ts: str | None) -> Case | None:
    """The case whose thread this is, or in whose own channel it stands, in a thread or not; or None."""
    here = or_(cases.c.own_channel, cases.c.thread_ts == thread_ts) if thread_ts else cases.c.own_channel
    query = _cases().where(cases.c.workspace_id == workspace_id, cases.c.channel == channel, here)
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


def room_of_channel(work: UnitOfWork, workspace_id: str, channel: str) -> Room | None:
    """The room to which the case belongs that has this channel for itself, or None where it is no case's."""
    query = (
        select(rooms)
        .join_from(rooms, cases)
        .where(cases.c.workspace_id == workspace_id, cases.c.channel == channel, cases.c.own_channel)
    )
    row = work.connection.execute(query).first()
    return to_room(row) if row else None


def with_own_channel(work: UnitOfWork, workspace_id: str) -> list[Case]:
    """The cases whose channel of their own has been made and that are not being deleted."""
    query = _cases().where(
        cases.c.workspace_id == workspace_id, cases.c.own_channel, cases.c.channel != "", cases.c.forgotten_at.is_(None)
    )
    return [_to_case(row) for row in work.connection.execute(query)]


def places_in(work: UnitOfWork, case_id: str) -> list[tuple[str, ParticipantState, str | None]]:
    """Who has, or had, which place in a case, and who took it on her behalf: ids of contacts."""
    rows = work.connection.execute(select(participants).where(participants.c.case_id == case_id))
    return [(row.contact_id, ParticipantState(row.state), row.by_id) for row in rows]


def set_thread(work: UnitOfWork, case_id: str, thread_ts: str, permalink: str | None) -> None:
    """Slack has the headline: its thread and its address are known."""
    work.connection.execute(update(cases).where(cases.c.id == case_id).values(thread_ts=thread_ts, permalink=permalink))


def change(work: UnitOfWork, case_id: str, **values: object) -> None:
    """Kind, urgency, municipality or `replaces` are from now on these."""
    work.connection.execute(update(cases).where(cases.c.id == case_id).values(values))


def set_participant(
    work: UnitOfWork, case_id: str, contact_id: str, state: ParticipantState, *, by_id: str | None = None
) -> None:
    """Give a person a place in a case, or change the state of the one she has; `by_id` took it on her behalf."""
    mine = (participants.c.case_id == case_id, participants.c.contact_id == contact_id)
    values = {"state": state, "by_id": by_id}
    if not work.connection.execute(update(participants).where(*mine).values(values)).rowcount:
        row = {"case_id": case_id, "contact_id": contact_id, "joined_at": work.now, **values}
        work.connection.execute(insert(participants).values(row))


def seen_by(work: UnitOfWork, actor: Actor, case_id: str) -> CaseView:
    """The case for somebody we know; raises `NotFound` where there is none, and, so that the two look alike, for a stranger."""
    found = None if actor.is_stranger else view(work, actor.workspace_id, case_id)
    if found is None:
        raise NotFound("refused.gone")
    return found


def view(work: UnitOfWork, workspace_id: str, case_id: str, *, with_matter: str | None = None) -> CaseView | None:
    """The case as its headline shows it, or None: open follow-ups, the last settled ones, and `with_matter`."""
    found = case(work, workspace_id, case_id)
    if found is None:
        return None
    rows = work.connection.execute(_PLACES, {"case_id": case_id, "opened_by": found.opened_by}).all()
    counts = matters.counts_of(work, case_id)
    agreed, unseen = matters.followups_of(
        work, workspace_id, case_id, counts.get(MatterKind.FOLLOWUP, {}), with_matter=with_matter
    )
    ids = {row.contact_id for row in rows} | {row.by_id for row in rows}
    ids |= {one for item, _ in agreed for one in (item.owner_id, item.asker_id)}
    let_in = channel_steps.let_in(work, case_id) if found.own_channel else ()
    people = directory.contacts_by_ids(work, workspace_id, filter(None, (*ids, *let_in, found.closed_by)))
    return CaseView(
        case=found,
        participants=tuple(
            Participant(people[row.contact_id], ParticipantState(row.state), people.get(row.by_id)) for row in rows
        ),
        followups=followups.dressed(
            work,
            workspace_id,
            case_id,
            tuple(matters.to_followup(item, about, people[item.owner_id]) for item, about in agreed),
            people,
            with_matter=with_matter,
            countered=MatterKind.COUNTER in counts,
        ),
        requests=tuple(matters.requests_of(work, workspace_id, case_id) if MatterKind.PARTICIPATION in counts else ()),
        clearances=tuple(
            clearances.of_case(work, workspace_id, case_id, with_matter=with_matter)
            if MatterKind.CLEARANCE in counts
            else ()
        ),
        words=tuple(
            words.of_case(work, workspace_id, case_id, with_matter=with_matter) if MatterKind.WORD in counts else ()
        ),
        events=tuple(tracks.events_of(work, case_id)),
        unseen=unseen.settled,
        unseen_open=unseen.still_open,
        deadlines=tuple(deadline_rows.of_case(work, workspace_id, case_id) if MatterKind.DEADLINE in counts else ()),
        closed_by=people[found.closed_by] if found.closed_by else None,
        let_in=tuple(people[contact_id] for contact_id in let_in),
    )
