"""Reminders that are put off: the rungs that wait, what made way, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from bot.domain import ladders
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.ladders import SNOOZED, Audience, Rung
from bot.domain.matters import PERSONAL, Matter
from bot.domain.people import Contact
from bot.domain.readers import reader_of
from storage import absences, directory, matters
from storage import deliveries as rows
from storage.deliveries import PUT_OFF, WAITING, deliveries
from storage.uow import UnitOfWork


def snooze(work: UnitOfWork, matter: Matter, owner: Contact, until: datetime) -> Matter:
    """The owner is reminded at this moment (UTC) and not before; her matter as it is from now on.

    What makes way is remembered until the ladder begins anew: an earlier moment brings it back.
    """
    rungs = ladders.put_off(matter, _ahead(work, matter), until, work.working_time_of(owner))
    after = replace(matter, revision=matter.revision + 1)
    matters.change(work, matter, after)
    waiting = and_(_nudges(matter), deliveries.c.state.in_(WAITING))
    work.connection.execute(update(deliveries).where(waiting).values(state=DeliveryState.CANCELLED, error=PUT_OFF))
    rows.add_rungs(work, after, rungs)
    rows.refresh_sent(work, matter_id=after.id)
    return after


def snoozed_until(work: UnitOfWork, matter: Matter) -> datetime | None:
    """When the owner wants to be reminded again (UTC), or None where that is not ahead."""
    query = select(deliveries.c.due_at).where(
        _nudges(matter),
        deliveries.c.rung == SNOOZED,
        deliveries.c.revision == matter.revision,
        deliveries.c.state.in_(WAITING),
        deliveries.c.due_at > work.now,
    )
    found: datetime | None = work.connection.execute(query.limit(1)).scalar()
    return found


def reader_now(work: UnitOfWork, matter: Matter, audience: Audience) -> tuple[Contact | None, Contact | None]:
    """Whoever a rung of a matter goes to at this moment, and the person for whom she gets it where that one is away."""
    people = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id, matter.asker_id])
    owner, asker = people[matter.owner_id], people[matter.asker_id]
    away = absences.away_now(work, matter.workspace_id)
    meant = {Audience.OWNER: owner, Audience.ASKER: asker}.get(audience)
    answered_for = meant is owner and not owner.can_be_reached and matter.case_id is not None
    if meant is not None and not answered_for and (meant.id not in away or matter.kind in PERSONAL):
        return meant, None
    return reader_of(audience, owner, asker, directory.all_contacts(work, matter.workspace_id), away)


def _ahead(work: UnitOfWork, matter: Matter) -> list[Rung]:
    """What waits to be sent, and what made way and would still be ahead: each as it was first planned."""
    made_way = and_(deliveries.c.state == DeliveryState.CANCELLED, deliveries.c.error == PUT_OFF)
    query = select(deliveries).where(_nudges(matter), or_(deliveries.c.state.in_(WAITING), made_way))
    found = work.connection.execute(query).all()
    waiting = {_name(row) for row in found if row.state in WAITING}
    ahead: dict[tuple[str, str], Rung] = {}
    for row in found:
        if _name(row) in waiting or row.due_at > work.now:
            rung = Rung(row.rung, row.due_at, Audience(row.audience))
            ahead[_name(row)] = min(ahead.get(_name(row), rung), rung, key=lambda one: one.at)
    return list(ahead.values())


def _name(row: Row[Any]) -> tuple[str, str]:
    return row.rung, row.audience


def _nudges(matter: Matter) -> ColumnElement[bool]:
    return and_(deliveries.c.matter_id == matter.id, deliveries.c.kind == DeliveryKind.NUDGE)
