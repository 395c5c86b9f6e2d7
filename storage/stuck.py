"""Deliveries that were given up: whose they are, and the way back into the schedule."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.matters import MatterKind
from bot.domain.stuck import Undelivered
from storage.cases import cases
from storage.deliveries import deliveries
from storage.directory import contacts
from storage.live_rows import live
from storage.matters import matters
from storage.sending import move
from storage.uow import UnitOfWork

MOST = 20


def undelivered(work: UnitOfWork, workspace_id: str, agency_id: str) -> list[Undelivered]:
    """What was given up of one agency, the latest first: for its people, of its matters, of cases it opened."""
    whose = func.coalesce(deliveries.c.recipient_id, matters.c.owner_id, cases.c.opened_by)
    query = (
        select(deliveries, contacts.c.name, cases.c.code, matters.c.kind.label("about"))
        .outerjoin(matters, matters.c.id == deliveries.c.matter_id)
        .outerjoin(cases, cases.c.id == deliveries.c.case_id)
        .join(contacts, contacts.c.id == whose)
        .where(
            deliveries.c.workspace_id == workspace_id,
            live(deliveries, DeliveryState.PARKED),
            contacts.c.agency_id == agency_id,
        )
        .order_by(deliveries.c.due_at.desc(), deliveries.c.id)
        .limit(MOST)
    )
    return [
        Undelivered(
            id=row.id,
            kind=DeliveryKind(row.kind),
            reason=row.error or "",
            due_at=row.due_at,
            person=row.name,
            code=row.code,
            about=MatterKind(row.about) if row.about else None,
        )
        for row in work.connection.execute(query)
    ]


def again(work: UnitOfWork, delivery_id: str) -> bool:
    """What was given up is due now, as if it had never been tried; says whether it was given up."""
    due = {"next_attempt_at": work.now, "attempts": 0, "error": None, "lease_until": None}
    work.woke = True
    return move(work, delivery_id, DeliveryState.PARKED, DeliveryState.DUE, **due)
