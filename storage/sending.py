"""Taking what is due, one conditional step at a time, so that several processes never send the same row."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, and_, bindparam, exists, func, or_, select, update

from bot.domain.deliveries import PENDING, Delivery, DeliveryState
from storage.deliveries import deliveries, to_delivery
from storage.live_rows import live
from storage.schema import UtcDateTime, one_of
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
    held = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.UNKNOWN)
    busy = exists().where(
        other.c.lane == deliveries.c.lane,
        live(other, DeliveryState.DUE, *held),
        or_(
            one_of(other.c.state, *held),
            and_(
                other.c.state == DeliveryState.DUE,
                _is_due(other),
                other.c.id != deliveries.c.id,
                _comes_first(other),
            ),
        ),
    )
    waits = exists().where(before.c.id == deliveries.c.after_id, one_of(before.c.state, *PENDING))
    return (
        select(deliveries.c.id)
        .where(
            deliveries.c.workspace_id == bindparam("workspace_id"),
            live(deliveries, DeliveryState.DUE),
            _is_due(deliveries),
            ~busy,
            ~waits,
        )
        .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=deliveries)
    )


def _expired(state: DeliveryState) -> ColumnElement[bool]:
    return and_(live(deliveries, state), deliveries.c.lease_until < bindparam("now", type_=UtcDateTime()))


def _anything() -> Select[Any]:
    """The first of each kind, not whether there is one: PostgreSQL would look for any at all by reading the whole table."""
    now = bindparam("now", type_=UtcDateTime())
    mine = deliveries.c.workspace_id == bindparam("workspace_id")
    first = [
        select(deliveries.c.next_attempt_at)
        .where(mine, live(deliveries, state))
        .order_by(deliveries.c.next_attempt_at)
        .limit(1)
        .scalar_subquery()
        for state in (DeliveryState.DUE, DeliveryState.UNKNOWN)
    ]
    lease = [
        select(func.min(deliveries.c.lease_until)).where(live(deliveries, state)).scalar_subquery()
        for state in (DeliveryState.CLAIMED, DeliveryState.SENDING)
    ]
    return select(or_(*(moment <= now for moment in first), *(until < now for until in lease)))


# Asked for every message: built once, because to build these statements costs more than SQLite needs to answer them.
_ANYTHING = _anything()
_NEXT = _next()
_UNKNOWN = (
    select(deliveries.c.id)
    .where(
        deliveries.c.workspace_id == bindparam("workspace_id"),
        live(deliveries, DeliveryState.UNKNOWN),
        _is_due(deliveries),
    )
    .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_SAME = deliveries.c.id.in_(bindparam("ids", expanding=True))
# Hidden from the planner: SQLite would rather go through all that is due than take a few rows by their ids.
_STILL_DUE = func.coalesce(deliveries.c.state, "") == DeliveryState.DUE
_TAKE = update(deliveries).where(_SAME, _STILL_DUE).values(state=DeliveryState.CLAIMED, lease_until=bindparam("until"))
_TAKEN = select(deliveries).where(_SAME)
_LOOK = update(deliveries).where(_SAME).values(next_attempt_at=bindparam("until"))
_RELEASE = [
    update(deliveries).where(_expired(held)).values(state=becomes, lease_until=None)
    for held, becomes in (
        (DeliveryState.CLAIMED, DeliveryState.DUE),
        (DeliveryState.SENDING, DeliveryState.UNKNOWN),
    )
]
_PACE = (
    update(deliveries)
    .where(
        deliveries.c.lane == bindparam("same_lane"),
        live(deliveries, DeliveryState.DUE),
        deliveries.c.next_attempt_at < bindparam("until"),
    )
    .values(next_attempt_at=bindparam("until"))
)


def is_anything(work: UnitOfWork, workspace_id: str) -> bool:
    """Whether anything is due, is to be looked up, or was held by somebody who died. One look, which may be a reading one."""
    given = {"workspace_id": workspace_id, "now": work.now}
    return bool(work.connection.execute(_ANYTHING, given).scalar_one())  # nothing at all is NULL


def claim(work: UnitOfWork, workspace_id: str, limit: int, lease: timedelta = LEASE) -> list[Delivery]:
    """Claim up to `limit` due rows of a workspace, at most one per lane, for a `lease`; the caller commits.

    A lane in which something is under way is left alone, so that two edits of one message never overtake each other.
    """
    given = {"workspace_id": workspace_id, "now": work.now, "limit": limit}
    ids = list(work.connection.scalars(_NEXT, given))
    if not ids:
        return []
    work.connection.execute(_TAKE, {"ids": ids, "until": work.now + lease})
    return [to_delivery(row) for row in work.connection.execute(_TAKEN, {"ids": ids})]


def release_expired(work: UnitOfWork) -> None:
    """Rows whose holder died: a claimed one is due again, one that was being sent is unknown."""
    for release in _RELEASE:
        work.connection.execute(release, {"now": work.now})


def take_unknown(work: UnitOfWork, workspace_id: str, limit: int, lease: timedelta = LEASE) -> list[Delivery]:
    """Rows of which nobody knows whether Slack took them, and whose time for a look has come; the caller commits.

    For a `lease` nobody else looks: an answer from before another process sent the row again would be stale.
    """
    ids = list(work.connection.scalars(_UNKNOWN, {"workspace_id": workspace_id, "now": work.now, "limit": limit}))
    if not ids:
        return []
    work.connection.execute(_LOOK, {"ids": ids, "until": work.now + lease})
    return [to_delivery(row) for row in work.connection.execute(_TAKEN, {"ids": ids})]


@cache
def _step(held: tuple[DeliveryState, ...], names: tuple[str, ...]) -> Update:
    """Built once for each kind of step, for the same reason; `names` are the columns that change beside the state."""
    step = update(deliveries).where(deliveries.c.id == bindparam("moved"), one_of(deliveries.c.state, *held))
    return step.values({name: bindparam(f"new_{name}", type_=deliveries.c[name].type) for name in ("state", *names)})


def move(
    work: UnitOfWork,
    delivery_id: str,
    held: DeliveryState | tuple[DeliveryState, ...],
    becomes: DeliveryState,
    **values: object,
) -> bool:
    """One conditional step from one state (or one of several) to another; says whether it was taken."""
    allowed = held if isinstance(held, tuple) else (held,)
    given = {f"new_{name}": value for name, value in values.items()}
    step = _step(allowed, tuple(values))
    return bool(work.connection.execute(step, {"moved": delivery_id, "new_state": becomes, **given}).rowcount)


def pace(work: UnitOfWork, lane: str, until: datetime) -> None:
    """Nothing more in this lane before `until`: at most one message a second per channel."""
    work.connection.execute(_PACE, {"same_lane": lane, "until": until})


def late(work: UnitOfWork, workspace_id: str, *, since: datetime) -> list[datetime]:
    """When what is still undecided could have been sent, where that was before a moment; nothing else held it up."""
    before = deliveries.alias("before")
    waits = exists().where(before.c.id == deliveries.c.after_id, one_of(before.c.state, *PENDING))
    query = select(deliveries.c.next_attempt_at).where(
        deliveries.c.workspace_id == workspace_id,
        live(deliveries, *PENDING),
        deliveries.c.next_attempt_at < since,
        ~waits,
    )
    return list(work.connection.scalars(query))


def counts(work: UnitOfWork, workspace_id: str) -> dict[str, int]:
    """How many rows are undecided or were given up, by state."""
    query = (
        select(deliveries.c.state, func.count())
        .where(deliveries.c.workspace_id == workspace_id, live(deliveries, *PENDING, DeliveryState.PARKED))
        .group_by(deliveries.c.state)
    )
    return {str(state): int(n) for state, n in work.connection.execute(query).all()}


def next_due(work: UnitOfWork, workspace_id: str) -> datetime | None:
    """When the next row of a workspace can be sent or looked up, or None where nothing waits.

    What waits for a row of unknown outcome can go when that one has been looked up.
    """
    before = deliveries.alias("before")
    held_up = exists().where(
        live(before, DeliveryState.UNKNOWN),
        or_(before.c.id == deliveries.c.after_id, before.c.lane == deliveries.c.lane),
    )
    free = or_(deliveries.c.state == DeliveryState.UNKNOWN, ~held_up)
    return work.connection.execute(
        select(func.min(deliveries.c.next_attempt_at)).where(
            deliveries.c.workspace_id == workspace_id, live(deliveries, DeliveryState.DUE, DeliveryState.UNKNOWN), free
        )
    ).scalar()
