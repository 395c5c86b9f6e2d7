"""A reminder that is due and may not go out at this moment: it waits for its reader's digest, or for her hours."""

from __future__ import annotations

from datetime import datetime

from bot.domain.deliveries import DeliveryKind, DeliveryState, ToSend
from bot.domain.digests import comes_alone, comes_at_any_hour
from bot.domain.ladders import SNOOZED
from bot.domain.matters import Matter
from bot.domain.people import Contact
from storage import digests, sending
from storage.uow import UnitOfWork


def holds(work: UnitOfWork, item: ToSend) -> bool:
    """Let a reminder wait that may not come alone, or not now; says whether it was one."""
    matter, reader = item.matter, item.recipient
    if item.delivery.kind is not DeliveryKind.NUDGE or matter is None or reader is None:
        return False
    return _for_digest(work, item, matter, reader) or _for_her_hours(work, item, matter, reader)


def _for_digest(work: UnitOfWork, item: ToSend, matter: Matter, reader: Contact) -> bool:
    """What was due while she was not to be written to is as late as if it had been due when she could be."""
    delivery = item.delivery
    due_at: datetime = work.silent_until(reader, delivery.due_at) or delivery.due_at
    alone = comes_alone(matter, delivery.rung or "", due_at, urgency=item.urgency, now=work.now)
    if alone or digests.had_its_morning(work, delivery):
        return False
    digests.bundle(work, delivery, reader)
    return True


def _for_her_hours(work: UnitOfWork, item: ToSend, matter: Matter, reader: Contact) -> bool:
    """By what she has chosen at this moment: its ladder was planned by the hours its owner had then."""
    rung = item.delivery.rung or ""
    she_said_when = rung == SNOOZED and item.instead_of is None
    if she_said_when or comes_at_any_hour(matter, rung, item.urgency):
        return False
    until = work.silent_until(reader, work.now)
    return until is not None and sending.move(
        work, item.delivery.id, DeliveryState.CLAIMED, DeliveryState.DUE, next_attempt_at=until, lease_until=None
    )
