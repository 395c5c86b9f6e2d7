"""Who could not be written to is called in the thread of the case: a delivery of its own, once for each matter."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.ladders import Audience
from storage import cases, matters
from storage.deliveries import add, deliveries, to_delivery
from storage.schema import new_id
from storage.uow import UnitOfWork


def call(work: UnitOfWork, given_up: Delivery) -> None:
    """Put a mention into the schedule for what was just given up, be it a reminder or a digest of several."""
    part = select(deliveries).where(deliveries.c.after_id == given_up.id, deliveries.c.state == DeliveryState.BUNDLED)
    if given_up.kind is DeliveryKind.DIGEST:
        for row in work.connection.execute(part).all():
            _call(work, to_delivery(row))
    elif given_up.kind is DeliveryKind.NUDGE:
        _call(work, given_up)


def _call(work: UnitOfWork, nudge: Delivery) -> None:
    matter = matters.matter(work, nudge.workspace_id, str(nudge.matter_id))
    case = cases.case(work, nudge.workspace_id, matter.case_id) if matter and matter.case_id else None
    if matter is None or case is None or case.thread_ts is None or not matter.state.is_open:
        return
    meant = {Audience.OWNER.value: matter.owner_id, Audience.ASKER.value: matter.asker_id}.get(nudge.audience or "")
    recipient_id = nudge.recipient_id or meant
    if recipient_id is None:
        return
    mention = Delivery(
        id=new_id(),
        workspace_id=nudge.workspace_id,
        kind=DeliveryKind.MENTION,
        state=DeliveryState.DUE,
        due_at=work.now,
        lane=case.lane,
        case_id=case.id,
        recipient_id=recipient_id,
    )
    add(work, mention, dedupe=f"mention:{matter.id}:{matter.revision}:{recipient_id}")
