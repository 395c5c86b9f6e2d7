"""Reminders that wait for their reader's digest, and the digest they become part of."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Table, and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from bot.domain import digests as domain
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.digests import DigestView
from bot.domain.people import Agency, Contact
from storage import deliveries as rows
from storage import directory, tasks
from storage.deliveries import deliveries
from storage.matters import matters
from storage.schema import ID, metadata, new_id
from storage.uow import UnitOfWork

digest_cases = Table(
    "digest_cases",
    metadata,
    Column("digest_id", ID, primary_key=True),
    Column("case_id", ID, ForeignKey("cases.id"), primary_key=True),
    Index("ix_digest_cases_case", "case_id"),
)
"""Which digest names which case: it goes when the case is forgotten."""

_digest = deliveries.alias("digest")
# Asked for every reminder: built once, because to build a statement costs more than SQLite needs to answer it.
_ITS_MORNING = (
    select(_digest.c.id)
    .join(deliveries, deliveries.c.after_id == _digest.c.id)
    .where(deliveries.c.id == bindparam("nudge_id"), _digest.c.kind == DeliveryKind.DIGEST)
)


def bundle(work: UnitOfWork, nudge: Delivery, reader: Contact) -> None:
    """A reminder that was about to be sent waits for its reader's next digest, which is put into the schedule.

    That is the first one after it was due; one missed by a few hours goes out now, unless it has been sent already.
    """
    day, at = domain.next_morning(reader, work.working_time_of(reader), nudge.due_at)
    missed = at <= work.now and work.now - at <= domain.GRACE
    if not missed or not _plan(work, reader, day, at):
        at = _book(work, reader)
    work.connection.execute(
        update(deliveries)
        .where(deliveries.c.id == nudge.id, deliveries.c.state == DeliveryState.CLAIMED)
        .values(state=DeliveryState.BUNDLED, recipient_id=reader.id, next_attempt_at=at, lease_until=None)
    )


def _book(work: UnitOfWork, reader: Contact) -> datetime:
    """When her next digest comes: one that is planned, or a new one on the first morning that has had none."""
    working_time, since = work.working_time_of(reader), work.now
    while True:
        day, at = domain.next_morning(reader, working_time, since)
        planned = select(deliveries.c.next_attempt_at).where(
            deliveries.c.dedupe == _dedupe(reader, day), deliveries.c.state == DeliveryState.DUE
        )
        if _plan(work, reader, day, at):
            return at
        waiting: datetime | None = work.connection.execute(planned).scalar()
        if waiting is not None:
            return waiting
        since = at


def _plan(work: UnitOfWork, reader: Contact, day: date, at: datetime) -> bool:
    """One digest for a person and a local day; says whether it is new."""
    digest = Delivery(
        id=new_id(),
        workspace_id=reader.workspace_id,
        kind=DeliveryKind.DIGEST,
        state=DeliveryState.DUE,
        due_at=at,
        lane=f"person:{reader.id}",
        recipient_id=reader.id,
    )
    return rows.add(work, digest, dedupe=_dedupe(reader, day))


def _dedupe(reader: Contact, day: date) -> str:
    return f"digest:{reader.id}:{day.isoformat()}"


def move(work: UnitOfWork, reader: Contact) -> None:
    """She has chosen another time, or other days: the digest that waits for her comes then."""
    mine = (deliveries.c.recipient_id == reader.id, deliveries.c.state == DeliveryState.DUE)
    planned = (*mine, deliveries.c.attempts == 0)  # one that was tried may stand in Slack: its row is kept
    work.connection.execute(delete(deliveries).where(*planned, deliveries.c.kind == DeliveryKind.DIGEST))
    bundled = (deliveries.c.recipient_id == reader.id, deliveries.c.state == DeliveryState.BUNDLED)
    if work.connection.execute(select(deliveries.c.id).where(*bundled).limit(1)).first() is not None:
        work.connection.execute(update(deliveries).where(*bundled).values(next_attempt_at=_book(work, reader)))


def put_off(work: UnitOfWork, digest: Delivery) -> bool:
    """A digest that would come in its reader's quiet hours, or on a day off, waits for her next morning; says whether."""
    reader = directory.contacts_by_ids(work, digest.workspace_id, [str(digest.recipient_id)]).get(
        str(digest.recipient_id)
    )
    if reader is None or work.silent_until(reader, work.now) is None:
        return False
    _, at = domain.next_morning(reader, work.working_time_of(reader), work.now)
    later = {"next_attempt_at": work.silent_until(reader, at) or at}
    bundled = (deliveries.c.recipient_id == reader.id, deliveries.c.state == DeliveryState.BUNDLED)
    work.connection.execute(update(deliveries).where(*bundled).values(later))
    mine = (deliveries.c.id == digest.id, deliveries.c.state == DeliveryState.CLAIMED)
    back = update(deliveries).where(*mine).values(state=DeliveryState.DUE, lease_until=None, **later)
    work.connection.execute(back)
    return True


def had_its_morning(work: UnitOfWork, nudge: Delivery) -> bool:
    """Whether a digest let this one go by itself, because nothing else stood in it."""
    return work.connection.execute(_ITS_MORNING, {"nudge_id": nudge.id}).first() is not None


def let_out(work: UnitOfWork, digest: Delivery, listed: set[str]) -> None:
    """What no list can show goes out as it is: nothing is lost because it was bundled."""
    part = (deliveries.c.after_id == digest.id, deliveries.c.state == DeliveryState.BUNDLED)
    goes = update(deliveries).where(*part, deliveries.c.matter_id.not_in(listed))
    work.connection.execute(goes.values(state=DeliveryState.DUE, recipient_id=None, next_attempt_at=work.now))


def let_go(work: UnitOfWork, digest: Delivery) -> None:
    """One matter alone needs no digest: its latest reminder goes out as it is, with all its buttons."""
    part = (deliveries.c.after_id == digest.id, deliveries.c.state == DeliveryState.BUNDLED)
    query = select(deliveries.c.id).where(*part).order_by(deliveries.c.due_at.desc(), deliveries.c.id)
    latest, *earlier = work.connection.scalars(query).all()
    ended = update(deliveries).where(deliveries.c.id.in_(earlier))
    work.connection.execute(ended.values(state=DeliveryState.CANCELLED, error="superseded"))
    goes = update(deliveries).where(deliveries.c.id == latest)
    work.connection.execute(goes.values(state=DeliveryState.DUE, recipient_id=None, next_attempt_at=work.now))


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


def names(work: UnitOfWork, digest: Delivery, view: DigestView) -> None:
    """A digest is about to name these cases; what it named in an attempt before it may have named in Slack, too."""
    listed = (*view.tasks.on_me, *view.tasks.i_wait_for)
    make = insert_postgresql if work.connection.dialect.name == "postgresql" else insert_sqlite
    for case_id in sorted({task.matter.case_id for task in listed if task.matter.case_id}):
        row = make(digest_cases).values(digest_id=digest.id, case_id=case_id)
        work.connection.execute(row.on_conflict_do_nothing())


def naming(case_id: str, of_case: ColumnElement[bool]) -> ColumnElement[bool]:
    """The digests that name a case; `of_case` are the deliveries about it, for digests from before they were noted."""
    noted = select(digest_cases.c.digest_id).where(digest_cases.c.case_id == case_id)
    told = deliveries.c.state == DeliveryState.TOLD
    earlier = select(deliveries.c.after_id).where(of_case, told).correlate(None)
    digest = deliveries.c.kind == DeliveryKind.DIGEST
    return and_(digest, or_(deliveries.c.id.in_(noted), deliveries.c.id.in_(earlier)))


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
    listed = {task.matter.id for task in (*made.on_me, *made.i_wait_for)}
    return DigestView(reader, reader.language or agency.language, agency.country, made) if listed & bundled else None
