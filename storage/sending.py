"""Taking what is due, one conditional step at a time, so that several processes never send the same row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select, update

from bot.domain.deliveries import PENDING, Delivery, DeliveryState
from storage.deliveries import deliveries, to_delivery
from storage.schema import UtcDateTime
from storage.uow import UnitOfWork

LEASE = timedelta(seconds=60)
"""How long a process may hold a row; past it the row is taken from it, or unknown where it was being sent."""


def _is_due(table: Any) -> Any:  # noqa: ANN401 - a table or its alias; an SQL expression
    return table.c.next_attempt_at <= bindparam("now", type_=UtcDateTime())


def _comes_first(other: Any) -> Any:  # noqa: ANN401 - an alias; an SQL expression
    return or_(
        other.c.next_attempt_at < deliveries.c.next_attempt_at,
        and_(other.c.next_attempt_at == deliveries.c.next_attempt_at, other.c.id < deliveries.c.id),
    )


def _next() -> Select[Any]:
    other, before = deliveries.alias("other"), deliveries.alias("before")
    busy = exists().where(
        other.c.lane == deliveries.c.lane,
        or_(
            other.c.state.in_([DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.UNKNOWN]),
            and_(
                other.c.state == DeliveryState.DUE,
                _is_due(other),
                other.c.id != deliveries.c.id,
                _comes_first(other),
            ),
        ),
    )
    waits = exists().where(before.c.id == deliveries.c.after_id, before.c.state.in_(PENDING))
    return (
        select(deliveries.c.id)
        .where(
            deliveries.c.workspace_id == bindparam("workspace_id"),
            deliveries.c.state == DeliveryState.DUE,
            _is_due(deliveries),
            ~busy,
            ~waits,
        )
        .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=deliveries)
    )


# Asked for every message: built once, because to build these statements costs more than SQLite needs to answer them.
_NEXT = _next()
_SAME = deliveries.c.id.in_(bindparam("ids", expanding=True))
_TAKE = update(deliveries).where(_SAME, deliveries.c.state == DeliveryState.DUE)
_TAKEN = select(deliveries).where(_SAME)


def claim(work: UnitOfWork, workspace_id: str, limit: int, lease: timedelta = LEASE) -> list[Delivery]:
    """Claim up to `limit` due rows of a workspace, at most one per lane, for a `lease`; the caller commits.

    A lane in which something is under way is left alone, so that two edits of one message never overtake each other.
    """
    given = {"workspace_id": workspace_id, "now": work.now, "limit": limit}
    ids = list(work.connection.scalars(_NEXT, given))
    if not ids:
        return []
    taking = _TAKE.values(state=DeliveryState.CLAIMED, lease_until=work.now + lease)
    work.connection.execute(taking, {"ids": ids})
    return [to_delivery(row) for row in work.connection.execute(_TAKEN, {"ids": ids})]


def release_expired(work: UnitOfWork) -> None:
    """Rows whose holder died: a claimed one is due again, one that was being sent is unknown."""
    expired = deliveries.c.lease_until < work.now
    for held, becomes in ((DeliveryState.CLAIMED, DeliveryState.DUE), (DeliveryState.SENDING, DeliveryState.UNKNOWN)):
        work.connection.execute(
            update(deliveries).where(deliveries.c.state == held, expired).values(state=becomes, lease_until=None)
        )


def take_unknown(work: UnitOfWork, workspace_id: str, limit: int, lease: timedelta = LEASE) -> list[Delivery]:
    """Rows of which nobody knows whether Slack took them, and whose time for a look has come; the caller commits.

    For a `lease` nobody else looks: an answer from before another process sent the row again would be stale.
    """
    query = (
        select(deliveries.c.id)
        .where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.state == DeliveryState.UNKNOWN,
            _is_due(deliveries),
        )
        .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(work.connection.scalars(query, {"now": work.now}))
    if not ids:
        return []
    work.connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(next_attempt_at=work.now + lease))
    rows = work.connection.execute(select(deliveries).where(deliveries.c.id.in_(ids)))
    return [to_delivery(row) for row in rows]


def move(
    work: UnitOfWork,
    delivery_id: str,
    held: DeliveryState | tuple[DeliveryState, ...],
    becomes: DeliveryState,
    **values: object,
) -> bool:
    """One conditional step from one state (or one of several) to another; says whether it was taken."""
    allowed = held if isinstance(held, tuple) else (held,)
    step = update(deliveries).where(deliveries.c.id == delivery_id, deliveries.c.state.in_(allowed))
    return bool(work.connection.execute(step.values(state=becomes, **values)).rowcount)


def pace(work: UnitOfWork, lane: str, until: datetime) -> None:
    """Nothing more in this lane before `until`: at most one message a second per channel."""
    work.connection.execute(
        update(deliveries)
        .where(deliveries.c.lane == lane, deliveries.c.state == DeliveryState.DUE, deliveries.c.next_attempt_at < until)
        .values(next_attempt_at=until)
    )


def late(work: UnitOfWork, workspace_id: str, *, since: datetime) -> list[datetime]:
    """When what is still undecided could have been sent, where that was before a moment; nothing else held it up."""
    before = deliveries.alias("before")
    waits = exists().where(before.c.id == deliveries.c.after_id, before.c.state.in_(PENDING))
    query = select(deliveries.c.next_attempt_at).where(
        deliveries.c.workspace_id == workspace_id,
        deliveries.c.state.in_(PENDING),
        deliveries.c.next_attempt_at < since,
        ~waits,
    )
    return list(work.connection.scalars(query))


def counts(work: UnitOfWork, workspace_id: str) -> dict[str, int]:
    """How many rows are undecided or were given up, by state."""
    query = (
        select(deliveries.c.state, func.count())
        .where(deliveries.c.workspace_id == workspace_id, deliveries.c.state.in_([*PENDING, DeliveryState.PARKED]))
        .group_by(deliveries.c.state)
    )
    return {str(state): int(n) for state, n in work.connection.execute(query).all()}


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
