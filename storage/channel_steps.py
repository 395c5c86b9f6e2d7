"""What is done in Slack about the channel of a case: rows among the deliveries, one for the channel, one a person."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update

from bot.domain.cases import Case
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from storage.deliveries import add, deliveries, to_delivery
from storage.schema import new_id
from storage.uow import UnitOfWork

IN_OUT = (DeliveryKind.LET_IN, DeliveryKind.LET_OUT)


def make(work: UnitOfWork, case: Case) -> str:
    """The channel of a new case will be made; gives back the id of the delivery that does it."""
    step = _step(work, case, DeliveryKind.CHANNEL, _lane(case))
    add(work, step, dedupe=f"channel:{case.id}")
    return step.id


def making(work: UnitOfWork, case_id: str) -> str | None:
    """The id of the delivery that makes, or made, a case's channel."""
    query = select(deliveries.c.id).where(deliveries.c.case_id == case_id, deliveries.c.kind == DeliveryKind.CHANNEL)
    return work.connection.execute(query).scalar()


def let(work: UnitOfWork, case: Case, contact_id: str, kind: DeliveryKind, *, number: int, after_id: str | None) -> str:
    """Somebody will be let in or out; `number` grows with each step about her, and the last one counts."""
    step = replace(_step(work, case, kind, f"member:{case.id}:{contact_id}"), recipient_id=contact_id, revision=number)
    add(work, step, dedupe=f"{kind}:{case.id}:{contact_id}:{number}", after_id=after_id)
    return step.id


def archive(work: UnitOfWork, case: Case) -> DeliveryState:
    """The channel will be closed; gives back how far that is."""
    add(work, _step(work, case, DeliveryKind.ARCHIVE, _lane(case)), dedupe=f"archive:{case.id}")
    query = select(deliveries.c.state).where(deliveries.c.dedupe == f"archive:{case.id}")
    return DeliveryState(work.connection.execute(query).scalar_one())


def latest(work: UnitOfWork, case_id: str) -> dict[str, Delivery]:
    """The last step about each person, by the id of the contact."""
    query = select(deliveries).where(deliveries.c.case_id == case_id, deliveries.c.kind.in_(IN_OUT))
    found = (to_delivery(row) for row in work.connection.execute(query.order_by(deliveries.c.revision)))
    return {str(step.recipient_id): step for step in found}


def let_in(work: UnitOfWork, case_id: str) -> tuple[str, ...]:
    """The ids of the contacts whom the bot has let into a case's channel."""
    steps = latest(work, case_id).values()
    return tuple(str(s.recipient_id) for s in steps if s.kind is DeliveryKind.LET_IN and s.state is DeliveryState.SENT)


def is_superseded(work: UnitOfWork, step: Delivery) -> bool:
    """Whether a later step about the same person holds."""
    last = latest(work, str(step.case_id)).get(str(step.recipient_id))
    return last is not None and last.revision > step.revision


def drop(work: UnitOfWork, step: Delivery) -> None:
    """A step that was given up is not offered to be tried again: another one holds now."""
    query = update(deliveries).where(deliveries.c.id == step.id, deliveries.c.state == DeliveryState.PARKED)
    work.connection.execute(query.values(state=DeliveryState.CANCELLED))


def _lane(case: Case) -> str:
    """Not the lane of the headline: what waits there for the channel would stand in its way."""
    return f"channel:{case.id}"


def _step(work: UnitOfWork, case: Case, kind: DeliveryKind, lane: str) -> Delivery:
    return Delivery(
        id=new_id(),
        workspace_id=case.workspace_id,
        kind=kind,
        state=DeliveryState.DUE,
        due_at=work.now,
        lane=lane,
        case_id=case.id,
    )
