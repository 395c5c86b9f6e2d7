"""What is to be sent, as rows; the schedule is here and nowhere else (DESIGN.md section 3, "The way of a reminder")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    and_,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from bot.domain.deliveries import PENDING, Delivery, DeliveryKind, DeliveryState
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter
from storage.schema import ID, SLACK_ID, UtcDateTime, metadata, new_id
from storage.uow import UnitOfWork

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("lane", String(64), nullable=False),
    Column("case_id", ID),
    Column("matter_id", ID),
    Column("rung", String(20)),
    Column("audience", String(12)),
    Column("revision", Integer, nullable=False),
    Column("edits_id", ID),
    Column("attempts", Integer, nullable=False),
    Column("channel", SLACK_ID),
    Column("ts", String(20)),
    Column("after_id", ID),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("error", String(80)),
    Column("dedupe", String(120), nullable=False),
    UniqueConstraint("dedupe"),
    Index("ix_deliveries_due", "state", "next_attempt_at"),
    Index("ix_deliveries_lane", "lane", "state"),
    Index("ix_deliveries_matter", "matter_id"),
    Index("ix_deliveries_case", "case_id"),
)

ON_ITS_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.SENT)
"""Somebody may have read, or may yet read, what it said."""
LEASE = timedelta(seconds=60)
"""How long a process may hold a row; past it the row is taken from it, or unknown where it was being sent."""


def to_delivery(row: Row[Any]) -> Delivery:
    """A delivery from its row."""
    values = {name: row._mapping[name] for name in Delivery.__dataclass_fields__}  # noqa: SLF001 - SQLAlchemy's public mapping of a row
    return Delivery(**{**values, "kind": DeliveryKind(row.kind), "state": DeliveryState(row.state)})


def add(work: UnitOfWork, delivery: Delivery, *, dedupe: str, after_id: str | None = None) -> bool:
    """Put a delivery into the schedule unless one with the same `dedupe` is there; says whether it was added.

    With `after_id` it waits until that delivery is decided.
    """
    make = insert_postgresql if work.connection.dialect.name == "postgresql" else insert_sqlite
    values = {**asdict(delivery), "after_id": after_id, "next_attempt_at": delivery.due_at, "dedupe": dedupe}
    work.woke = True
    row = make(deliveries).values(values).on_conflict_do_nothing().returning(deliveries.c.id)
    return work.connection.execute(row).first() is not None


def cancel_rungs(work: UnitOfWork, matter: Matter) -> None:
    """Nothing that still waits about this matter goes out any more."""
    work.connection.execute(
        update(deliveries)
        .where(
            deliveries.c.matter_id == matter.id,
            deliveries.c.kind == DeliveryKind.NUDGE,
            deliveries.c.state.in_([DeliveryState.DUE, DeliveryState.CLAIMED]),
        )
        .values(state=DeliveryState.CANCELLED)
    )


def add_rungs(work: UnitOfWork, matter: Matter, rungs: Iterable[Rung], *, after_id: str | None = None) -> None:
    """Put rungs of a matter into the schedule; one that is there already for this revision stays as it is."""
    for rung in rungs:
        nudge = Delivery(
            id=new_id(),
            workspace_id=matter.workspace_id,
            kind=DeliveryKind.NUDGE,
            state=DeliveryState.DUE,
            due_at=rung.at,
            lane=_lane(matter, rung),
            case_id=matter.case_id,
            matter_id=matter.id,
            rung=rung.name,
            audience=rung.audience,
            revision=matter.revision,
        )
        add(work, nudge, dedupe=f"{matter.id}:{matter.revision}:{rung.name}:{rung.audience}", after_id=after_id)


def replace_rungs(work: UnitOfWork, matter: Matter, rungs: Iterable[Rung], *, after_id: str | None = None) -> None:
    """A matter's rungs from now on: pending ones of earlier revisions are cancelled in the same transaction."""
    cancel_rungs(work, matter)
    add_rungs(work, matter, rungs, after_id=after_id)


def _lane(matter: Matter, rung: Rung) -> str:
    people = {Audience.OWNER: matter.owner_id, Audience.ASKER: matter.asker_id}
    return f"person:{people[rung.audience]}" if rung.audience in people else f"matter:{matter.id}"


def refresh_headline(work: UnitOfWork, workspace_id: str, case_id: str, channel: str) -> str:
    """See to it that the headline is posted or edited once more; gives back the id of the delivery that will do it.

    One that still waits will be written from what is true when it is sent, so it serves; it is locked, so that nobody
    takes it before this change is committed. One that somebody has taken may have been written from what was true before.
    """
    waiting = (
        select(deliveries.c.id)
        .where(
            deliveries.c.case_id == case_id,
            deliveries.c.kind == DeliveryKind.HEADLINE,
            deliveries.c.state == DeliveryState.DUE,
        )
        .with_for_update()
    )
    found = work.connection.execute(waiting).scalar()
    if found is not None:
        work.woke = True
        return str(found)
    made = Delivery(
        id=new_id(),
        workspace_id=workspace_id,
        kind=DeliveryKind.HEADLINE,
        state=DeliveryState.DUE,
        due_at=work.now,
        lane=channel,
        case_id=case_id,
    )
    add(work, made, dedupe=f"headline:{made.id}")
    return made.id


def refresh_sent(work: UnitOfWork, *, matter_id: str | None = None, receipts_of_case: str | None = None) -> None:
    """See to it that what was sent about a matter, or the receipts of a case, are edited to what is true now.

    What is on its way at this moment counts as sent: it may have been written from what was true before.
    """
    receipts = and_(deliveries.c.case_id == receipts_of_case, deliveries.c.kind == DeliveryKind.RECEIPT)
    query = select(deliveries).where(
        deliveries.c.matter_id == matter_id if matter_id else receipts,
        deliveries.c.kind.in_([DeliveryKind.NUDGE, DeliveryKind.RECEIPT]),
        deliveries.c.state.in_(ON_ITS_WAY),
    )
    for row in work.connection.execute(query).all():
        waiting = select(deliveries.c.id).where(
            deliveries.c.edits_id == row.id, deliveries.c.state == DeliveryState.DUE
        )
        if work.connection.execute(waiting.with_for_update()).first() is None:
            sent = to_delivery(row)
            edit = Delivery(
                id=new_id(),
                workspace_id=sent.workspace_id,
                kind=DeliveryKind.EDIT,
                state=DeliveryState.DUE,
                due_at=work.now,
                lane=sent.lane,
                case_id=sent.case_id,
                matter_id=sent.matter_id,
                edits_id=sent.id,
                channel=sent.channel,
                ts=sent.ts,
            )
            add(work, edit, dedupe=f"edit:{edit.id}")


def claim(work: UnitOfWork, workspace_id: str, limit: int) -> list[Delivery]:
    """Claim up to `limit` due rows of a workspace, at most one per lane, for `LEASE`; the caller commits.

    A lane in which something is under way is left alone, so that two edits of one message never overtake each other.
    """
    other = deliveries.alias("other")
    before = deliveries.alias("before")
    busy = exists().where(
        other.c.lane == deliveries.c.lane,
        or_(
            other.c.state.in_([DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.UNKNOWN]),
            and_(
                other.c.state == DeliveryState.DUE,
                _is_due(other, work.now),
                other.c.id != deliveries.c.id,
                _comes_first(other),
            ),
        ),
    )
    waits = exists().where(before.c.id == deliveries.c.after_id, before.c.state.in_(PENDING))
    query = (
        select(deliveries.c.id)
        .where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.state == DeliveryState.DUE,
            _is_due(deliveries, work.now),
            ~busy,
            ~waits,
        )
        .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    ids = list(work.connection.scalars(query))
    if not ids:
        return []
    take = update(deliveries).where(deliveries.c.id.in_(ids), deliveries.c.state == DeliveryState.DUE)
    work.connection.execute(take.values(state=DeliveryState.CLAIMED, lease_until=work.now + LEASE))
    rows = work.connection.execute(select(deliveries).where(deliveries.c.id.in_(ids)))
    return [to_delivery(row) for row in rows]


def _is_due(table: Any, now: datetime) -> Any:  # noqa: ANN401 - a table or its alias; an SQL expression
    return table.c.next_attempt_at <= now


def _comes_first(other: Any) -> Any:  # noqa: ANN401 - an alias; an SQL expression
    return or_(
        other.c.next_attempt_at < deliveries.c.next_attempt_at,
        and_(other.c.next_attempt_at == deliveries.c.next_attempt_at, other.c.id < deliveries.c.id),
    )


def release_expired(work: UnitOfWork) -> None:
    """Rows whose holder died: a claimed one is due again, one that was being sent is unknown."""
    expired = deliveries.c.lease_until < work.now
    for held, becomes in ((DeliveryState.CLAIMED, DeliveryState.DUE), (DeliveryState.SENDING, DeliveryState.UNKNOWN)):
        work.connection.execute(
            update(deliveries).where(deliveries.c.state == held, expired).values(state=becomes, lease_until=None)
        )


def unknown(work: UnitOfWork, workspace_id: str, limit: int) -> list[Delivery]:
    """Rows of which nobody knows whether Slack took them, and whose time for a look has come."""
    query = (
        select(deliveries)
        .where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.state == DeliveryState.UNKNOWN,
            _is_due(deliveries, work.now),
        )
        .limit(limit)
    )
    return [to_delivery(row) for row in work.connection.execute(query)]


def delivery(work: UnitOfWork, delivery_id: str) -> Delivery | None:
    """The delivery with this id, or None."""
    row = work.connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).first()
    return to_delivery(row) if row else None


def move(work: UnitOfWork, delivery_id: str, held: DeliveryState, becomes: DeliveryState, **values: object) -> bool:
    """One conditional step from one state to another; says whether it was taken."""
    step = update(deliveries).where(deliveries.c.id == delivery_id, deliveries.c.state == held)
    return bool(work.connection.execute(step.values(state=becomes, **values)).rowcount)


def pace(work: UnitOfWork, lane: str, until: datetime) -> None:
    """Nothing more in this lane before `until`: at most one message a second per channel."""
    work.connection.execute(
        update(deliveries)
        .where(deliveries.c.lane == lane, deliveries.c.state == DeliveryState.DUE, deliveries.c.next_attempt_at < until)
        .values(next_attempt_at=until)
    )


def next_due(work: UnitOfWork, workspace_id: str) -> datetime | None:
    """When the next row of a workspace can be sent or looked up, or None where nothing waits.

    What waits for a row of unknown outcome can go when that one has been looked up.
    """
    before = deliveries.alias("before")
    held_up = exists().where(
        before.c.state == DeliveryState.UNKNOWN,
        or_(before.c.id == deliveries.c.after_id, before.c.lane == deliveries.c.lane),
    )
    free = or_(and_(deliveries.c.state == DeliveryState.DUE, ~held_up), deliveries.c.state == DeliveryState.UNKNOWN)
    return work.connection.execute(
        select(func.min(deliveries.c.next_attempt_at)).where(deliveries.c.workspace_id == workspace_id, free)
    ).scalar()
