"""What is to be sent, as rows; the schedule is here and nowhere else (DESIGN.md section 3, "The way of a reminder")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter
from storage.live_rows import index_of_known, index_of_live
from storage.schema import ID, SLACK_ID, UtcDateTime, metadata, new_id, one_of
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
    Column("recipient_id", ID),
    UniqueConstraint("dedupe"),
    index_of_live("ix_deliveries_due", "state", "next_attempt_at", "id"),
    index_of_live("ix_deliveries_lane", "lane", "state", "next_attempt_at"),
    Index("ix_deliveries_matter", "matter_id"),
    Index("ix_deliveries_case", "case_id"),
    index_of_known("ix_deliveries_after", "after_id"),
    index_of_known("ix_deliveries_edits", "edits_id"),
    index_of_known("ix_deliveries_recipient", "recipient_id"),
)

ON_ITS_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.SENT)
"""Somebody may have read, or may yet read, what it said."""
WAITING = (DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.BUNDLED)
"""Not sent, and it need not be."""
PUT_OFF = "put-off"
"""Why a rung was cancelled that made way for a later reminder (`storage/reminders.py`)."""

# Asked for every message: built once, because to build a statement costs more than SQLite needs to answer it.
_ONE = select(deliveries).where(deliveries.c.id == bindparam("delivery_id"))
_OTHERS = select(deliveries).where(
    deliveries.c.matter_id == bindparam("matter_id"),
    deliveries.c.revision == bindparam("revision"),
    deliveries.c.kind == DeliveryKind.NUDGE,
    deliveries.c.id != bindparam("delivery_id"),
    one_of(deliveries.c.state, DeliveryState.DUE, DeliveryState.BUNDLED, DeliveryState.TOLD, *ON_ITS_WAY),
)
_WAITING_EDIT = (
    select(deliveries.c.id)
    .where(deliveries.c.edits_id == bindparam("edits_id"), deliveries.c.state == DeliveryState.DUE)
    .with_for_update()
)


def _on_its_way(whose: Column[Any], *kinds: DeliveryKind) -> Select[Any]:
    return select(deliveries).where(
        whose == bindparam("whose"), one_of(deliveries.c.kind, *kinds), one_of(deliveries.c.state, *ON_ITS_WAY)
    )


_OF_MATTER = _on_its_way(deliveries.c.matter_id, DeliveryKind.NUDGE, DeliveryKind.RECEIPT)
_RECEIPTS_OF_MATTER = _on_its_way(deliveries.c.matter_id, DeliveryKind.RECEIPT)
_RECEIPTS_OF_CASE = _on_its_way(deliveries.c.case_id, DeliveryKind.RECEIPT)


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


def add_receipt(
    work: UnitOfWork, matter: Matter, recipient_id: str, *, case_id: str | None = None, after_id: str | None = None
) -> None:
    """To whoever asked: where a matter is; one message, edited in place. With `case_id` it follows its case, too.

    With `after_id` it waits until that delivery is decided.
    """
    receipt = Delivery(
        id=new_id(), workspace_id=matter.workspace_id, kind=DeliveryKind.RECEIPT, state=DeliveryState.DUE,
        due_at=work.now, lane=f"person:{recipient_id}", case_id=case_id, matter_id=matter.id, revision=matter.revision,
        recipient_id=recipient_id,
    )  # fmt: skip
    add(work, receipt, dedupe=f"receipt:{matter.id}", after_id=after_id)


def cancel_rungs(work: UnitOfWork, matter: Matter) -> None:
    """Nothing that still waits about this matter goes out any more, and nothing that made way comes back."""
    made_way = and_(deliveries.c.state == DeliveryState.CANCELLED, deliveries.c.error == PUT_OFF)
    work.connection.execute(
        update(deliveries)
        .where(
            deliveries.c.matter_id == matter.id,
            deliveries.c.kind == DeliveryKind.NUDGE,
            or_(deliveries.c.state.in_(WAITING), made_way),
        )
        .values(state=DeliveryState.CANCELLED, error=None)
    )


def add_rungs(work: UnitOfWork, matter: Matter, rungs: Iterable[Rung], *, after_id: str | None = None) -> list[str]:
    """Put rungs of a matter into the schedule; one that is there already for this revision stays as it is.

    Gives back the ids of the new ones, in the order of the rungs.
    """
    added: list[str] = []
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
        if add(work, nudge, dedupe=f"{matter.id}:{matter.revision}:{rung.name}:{rung.audience}", after_id=after_id):
            added.append(nudge.id)
    return added


def replace_rungs(work: UnitOfWork, matter: Matter, rungs: Iterable[Rung], *, after_id: str | None = None) -> None:
    """A matter's rungs from now on: pending ones of earlier revisions are cancelled in the same transaction."""
    cancel_rungs(work, matter)
    add_rungs(work, matter, rungs, after_id=after_id)


def carry_over(work: UnitOfWork, matter: Matter) -> None:
    """What still waits about a matter goes out as it was planned, for the matter as it is now: its owner has changed."""
    waiting = select(deliveries).where(
        deliveries.c.matter_id == matter.id,
        deliveries.c.kind == DeliveryKind.NUDGE,
        deliveries.c.state.in_(WAITING),
    )
    rows = work.connection.execute(waiting.order_by(deliveries.c.due_at)).all()
    replace_rungs(work, matter, [Rung(row.rung, row.due_at, Audience(row.audience)) for row in rows])


def was_asked(work: UnitOfWork, matter_id: str) -> bool:
    """Whether somebody has read, or may yet read, a question about this matter."""
    query = select(deliveries.c.id).where(
        deliveries.c.matter_id == matter_id,
        deliveries.c.kind == DeliveryKind.NUDGE,
        deliveries.c.state.in_(ON_ITS_WAY),
    )
    return work.connection.execute(query.limit(1)).first() is not None


def bring_forward(work: UnitOfWork, matter_id: str) -> None:
    """The next rung of a matter is due now: whoever came before could not be reached."""
    mine = (
        deliveries.c.matter_id == matter_id,
        deliveries.c.kind == DeliveryKind.NUDGE,
        deliveries.c.state == DeliveryState.DUE,
    )
    following = select(deliveries.c.id).where(*mine).order_by(deliveries.c.due_at, deliveries.c.id).limit(1)
    found = work.connection.execute(following).scalar()
    if found is not None:
        moved = update(deliveries).where(deliveries.c.id == found, deliveries.c.next_attempt_at > work.now)
        work.connection.execute(moved.values(next_attempt_at=work.now))
        work.woke = True


def _lane(matter: Matter, rung: Rung) -> str:
    people = {Audience.OWNER: matter.owner_id, Audience.ASKER: matter.asker_id}
    return f"person:{people[rung.audience]}" if rung.audience in people else f"matter:{matter.id}"


def refresh_headline(
    work: UnitOfWork, workspace_id: str, case_id: str, lane: str, *, after_id: str | None = None
) -> str:
    """See to it that the headline is posted or edited once more; gives back the id of the delivery that will do it.

    A new one waits, with `after_id`, until that delivery is decided.
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
        lane=lane,
        case_id=case_id,
    )
    add(work, made, dedupe=f"headline:{made.id}", after_id=after_id)
    return made.id


def refresh_sent(
    work: UnitOfWork,
    *,
    matter_id: str | None = None,
    receipts_of_case: str | None = None,
    receipts_of_matter: str | None = None,
) -> None:
    """See to it that what was sent about a matter, or the receipts of a case or a matter, are edited to what is true now.

    What is on its way at this moment counts as sent: it may have been written from what was true before.
    """
    query, whose = _RECEIPTS_OF_MATTER, receipts_of_matter
    if matter_id is not None:
        query, whose = _OF_MATTER, matter_id
    elif receipts_of_case is not None:
        query, whose = _RECEIPTS_OF_CASE, receipts_of_case
    for row in work.connection.execute(query, {"whose": whose}).all():
        if work.connection.execute(_WAITING_EDIT, {"edits_id": row.id}).first() is None:
            sent = to_delivery(row)
            edit = Delivery(
                id=new_id(), workspace_id=sent.workspace_id, kind=DeliveryKind.EDIT, state=DeliveryState.DUE,
                due_at=work.now, lane=sent.lane, case_id=sent.case_id, matter_id=sent.matter_id, edits_id=sent.id,
                channel=sent.channel, ts=sent.ts,
            )  # fmt: skip
            add(work, edit, dedupe=f"edit:{edit.id}")


def delivery(work: UnitOfWork, delivery_id: str) -> Delivery | None:
    """The delivery with this id, or None."""
    row = work.connection.execute(_ONE, {"delivery_id": delivery_id}).first()
    return to_delivery(row) if row else None


def others_of(work: UnitOfWork, nudge: Delivery) -> list[Delivery]:
    """The other nudges of a nudge's matter since its due moment last moved, that were sent or still may be."""
    given = {"matter_id": nudge.matter_id, "revision": nudge.revision, "delivery_id": nudge.id}
    return [to_delivery(row) for row in work.connection.execute(_OTHERS, given)]
