"""Call-backs: what each is about, whom it reached so far, and the counts that consultations leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Row, Select, String, Table, delete, insert, select, update

from bot.domain.callbacks import LATE, Asked, CallbackView, Reach, Wish
from bot.domain.deliveries import PENDING, DeliveryKind, DeliveryState
from bot.domain.digests import comes_at_any_hour
from bot.domain.ladders import ASK, Audience, stand_in
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Contact
from bot.domain.urgency import Urgency
from storage import directory
from storage.deliveries import deliveries
from storage.matters import matters, to_matter
from storage.schema import ID, KEY, SLACK_ID, metadata
from storage.uow import UnitOfWork

callbacks = Table(
    "callbacks",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("municipality", String(8), nullable=False),
    Column("kind", KEY),
    Column("urgency", String(12)),
    Column("sparring", Boolean, nullable=False),
)

sparring_counts = Table(
    "sparring_counts",
    metadata,
    Column("workspace_id", SLACK_ID, primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("agency_id", ID, ForeignKey("agencies.id"), primary_key=True),
    Column("municipality", String(8), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
)
"""How many consultations of an agency were held in a month ("2026-03", UTC), and how long they waited in all."""

SETTLED = tuple(state for state in MatterState if not state.is_open)


def add(work: UnitOfWork, matter: Matter, wish: Wish) -> None:
    """A new call-back: the matter and what it is about."""
    work.connection.execute(insert(matters).values(asdict(matter)))
    work.connection.execute(insert(callbacks).values(matter_id=matter.id, **asdict(wish)))


def callback(work: UnitOfWork, workspace_id: str, matter_id: str) -> tuple[Matter, Wish] | None:
    """A call-back and what it is about, or None."""
    row = work.connection.execute(_callbacks(workspace_id).where(matters.c.id == matter_id)).first()
    return (to_matter(row), _to_wish(row)) if row else None


def open_between(work: UnitOfWork, workspace_id: str, asker_id: str, contact_id: str) -> Matter | None:
    """A call-back this asker already waits for from this contact, or None."""
    query = _callbacks(workspace_id).where(
        matters.c.asker_id == asker_id,
        matters.c.owner_id == contact_id,
        matters.c.state.in_([MatterState.PROPOSED, MatterState.AGREED]),
    )
    row = work.connection.execute(query).first()
    return to_matter(row) if row else None


def _callbacks(workspace_id: str) -> Select[Any]:
    return (
        select(matters, callbacks.c.municipality, callbacks.c.kind.label("about"), callbacks.c.urgency, callbacks.c.sparring)
        .join_from(matters, callbacks)
        .where(matters.c.workspace_id == workspace_id, matters.c.kind == MatterKind.CALLBACK)
    )  # fmt: skip


def _to_wish(row: Row[Any]) -> Wish:
    return Wish(row.municipality, row.about, Urgency(row.urgency) if row.urgency else None, row.sparring)


def view(work: UnitOfWork, workspace_id: str, matter_id: str) -> CallbackView | None:
    """The call-back as both see it, or None where it is gone."""
    found = callback(work, workspace_id, matter_id)
    if found is None:
        return None
    matter, wish = found
    nudges = work.connection.execute(
        select(deliveries)
        .where(deliveries.c.matter_id == matter_id, deliveries.c.kind == DeliveryKind.NUDGE)
        .order_by(deliveries.c.due_at, deliveries.c.id)
    ).all()
    ids = {matter.asker_id, matter.owner_id, *(row.recipient_id for row in nudges if row.recipient_id)}
    people = directory.contacts_by_ids(work, workspace_id, ids)
    asker, owner = people[matter.asker_id], people[matter.owner_id]
    agency = directory.agency(work, asker.agency_id)
    decided = [row for row in nudges if row.recipient_id and row.state in _REACH]
    return CallbackView(
        matter=matter,
        wish=wish,
        asker=asker,
        owner=owner,
        country=agency.country if agency else "",
        language=agency.language if agency else "",
        asked=_once_each([Asked(people[r.recipient_id], r.sent_at or r.due_at, _REACH[r.state]) for r in decided]),
        upcoming=_upcoming(work, matter, owner, wish, nudges),
        late=any(
            row.rung.startswith(LATE) and row.revision == matter.revision and row.state not in _NOT_YET
            for row in nudges
        ),
    )


_REACH = {
    DeliveryState.SENT.value: Reach.ASKED,
    DeliveryState.PARKED.value: Reach.UNREACHABLE,
}
_NOT_YET = (DeliveryState.DUE, DeliveryState.CANCELLED)
"""Nobody reads these, or they wait for their moment; a rung that is just being written counts as gone."""


def _once_each(asked: list[Asked]) -> tuple[Asked, ...]:
    first: dict[str, Asked] = {}
    for one in asked:
        first.setdefault(one.contact.id, one)
    return tuple(first.values())


def _upcoming(work: UnitOfWork, matter: Matter, owner: Contact, wish: Wish, nudges: Sequence[Row[Any]]) -> Asked | None:
    """Who is asked next, and when: the owner herself where her first question waits for her hours."""
    if matter.state is not MatterState.PROPOSED:
        return None
    mine = [row for row in nudges if row.revision == matter.revision]
    taken = (DeliveryState.DUE, DeliveryState.CLAIMED)  # claimed, it may yet be put off
    first = next((row for row in mine if row.rung == ASK and row.state in taken), None)
    row = next((row for row in mine if row.audience != Audience.OWNER and row.state == DeliveryState.DUE), None)
    if first is not None and not comes_at_any_hour(matter, ASK, wish.urgency):
        at = work.silent_until(owner, first.next_attempt_at) or first.next_attempt_at
        if work.now < at and (row is None or at <= row.next_attempt_at):
            return Asked(owner, at)
    if row is None:
        return None
    contact = stand_in(Audience(row.audience), owner, directory.all_contacts(work, matter.workspace_id))
    return Asked(contact, row.next_attempt_at) if contact else None


def count_sparring(work: UnitOfWork, agency_id: str, matter: Matter, wish: Wish) -> None:
    """A consultation was held: one more of its month, agency and municipality, with the minutes it waited."""
    month = f"{matter.created_at:%Y-%m}"
    minutes = int(((matter.settled_at or work.now) - matter.created_at) / timedelta(minutes=1))
    mine = (
        sparring_counts.c.workspace_id == matter.workspace_id,
        sparring_counts.c.month == month,
        sparring_counts.c.agency_id == agency_id,
        sparring_counts.c.municipality == wish.municipality,
    )
    more = update(sparring_counts).where(*mine)
    counted = more.values(count=sparring_counts.c.count + 1, minutes=sparring_counts.c.minutes + minutes)
    if not work.connection.execute(counted).rowcount:
        first = {"workspace_id": matter.workspace_id, "month": month, "agency_id": agency_id}
        row = insert(sparring_counts).values(**first, municipality=wish.municipality, count=1, minutes=minutes)
        work.connection.execute(row)


def sparring_count(work: UnitOfWork, workspace_id: str, *, since: datetime) -> int:
    """How many consultations a workspace has held since the beginning of a moment's month (UTC)."""
    query = select(sparring_counts.c.count).where(
        sparring_counts.c.workspace_id == workspace_id, sparring_counts.c.month >= f"{since:%Y-%m}"
    )
    return sum(work.connection.scalars(query))


def forget_sparring(work: UnitOfWork) -> int:
    """Delete settled consultations once everybody has seen how they ended: only counts stay. Says how many."""
    waiting = select(deliveries.c.id).where(deliveries.c.matter_id == matters.c.id, deliveries.c.state.in_(PENDING))
    over = (
        select(matters.c.id)
        .join_from(matters, callbacks)
        .where(callbacks.c.sparring, matters.c.state.in_(SETTLED), ~waiting.exists())
    )
    ids = list(work.connection.scalars(over))
    if ids:
        work.connection.execute(delete(deliveries).where(deliveries.c.matter_id.in_(ids)))
        work.connection.execute(delete(callbacks).where(callbacks.c.matter_id.in_(ids)))
        work.connection.execute(delete(matters).where(matters.c.id.in_(ids)))
    return len(ids)
