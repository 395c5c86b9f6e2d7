"""Reminders that wait for their reader's digest, and the digest they become part of."""

from __future__ import annotations

from sqlalchemy import or_, select, update

from bot.domain import digests as domain
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.digests import DigestView
from bot.domain.people import Agency, Contact
from storage import deliveries as rows
from storage import tasks
from storage.deliveries import deliveries
from storage.matters import matters
from storage.schema import new_id
from storage.uow import UnitOfWork


def bundle(work: UnitOfWork, nudge: Delivery, reader: Contact) -> None:
    """A reminder that was about to be sent waits for its reader's next digest, which is put into the schedule."""
    day, at = domain.next_morning(reader, work.working_time_of(reader), work.now)
    digest = Delivery(
        id=new_id(),
        workspace_id=nudge.workspace_id,
        kind=DeliveryKind.DIGEST,
        state=DeliveryState.DUE,
        due_at=at,
        lane=f"person:{reader.id}",
        recipient_id=reader.id,
    )
    rows.add(work, digest, dedupe=f"digest:{reader.id}:{day.isoformat()}")
    work.connection.execute(
        update(deliveries)
        .where(deliveries.c.id == nudge.id, deliveries.c.state == DeliveryState.CLAIMED)
        .values(state=DeliveryState.BUNDLED, recipient_id=reader.id, next_attempt_at=at, lease_until=None)
    )


def take_up(work: UnitOfWork, digest: Delivery) -> None:
    """What waits for this digest becomes part of it; what was settled meanwhile, or moved, ends here."""
    still = (
        select(matters.c.id)
        .where(
            matters.c.id == deliveries.c.matter_id,
            matters.c.revision == deliveries.c.revision,
            matters.c.state.in_(tasks.OPEN),
        )
        .exists()
    )
    mine = (deliveries.c.recipient_id == digest.recipient_id, deliveries.c.state == DeliveryState.BUNDLED)
    work.connection.execute(
        update(deliveries).where(*mine, ~still).values(state=DeliveryState.CANCELLED, error="settled")
    )
    work.connection.execute(update(deliveries).where(*mine).values(after_id=digest.id))


def told(work: UnitOfWork, digest: Delivery) -> None:
    """The digest is in Slack: so is what was part of it."""
    part = (deliveries.c.after_id == digest.id, deliveries.c.state == DeliveryState.BUNDLED)
    work.connection.execute(update(deliveries).where(*part).values(state=DeliveryState.TOLD, sent_at=work.now))


def view(work: UnitOfWork, digest: Delivery, reader: Contact, agency: Agency) -> DigestView | None:
    """What stands in a digest now, or None where nothing does any more."""
    query = select(deliveries.c.matter_id).where(
        deliveries.c.recipient_id == reader.id,
        or_(
            deliveries.c.state == DeliveryState.BUNDLED,
            (deliveries.c.after_id == digest.id) & (deliveries.c.state == DeliveryState.TOLD),
        ),
    )
    bundled = set(work.connection.scalars(query))
    found = tasks.open_of(work, digest.workspace_id, reader.id, also=bundled)
    made = domain.contents(found, bundled, reader.id, now=work.now)
    return DigestView(reader, agency.language, agency.country, made) if made.on_me else None
