"""The end of a case: what was still open, counts without identity, and forgetting everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, and_, delete, exists, insert, or_, select, update

from bot.domain.cases import Case, FollowupWhat
from bot.domain.closing import CoopAnswer, CoopQuestion, ExportView, Step
from bot.domain.deliveries import PENDING, Delivery, DeliveryKind, DeliveryState
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter, MatterState
from bot.domain.people import Contact
from storage import cases, digests, directory
from storage.audit import audit
from storage.deliveries import deliveries, to_delivery
from storage.matters import followups, matters, to_matter
from storage.schema import KEY, SLACK_ID, metadata
from storage.uow import UnitOfWork

cooperation_counts = Table(
    "cooperation_counts",
    metadata,
    Column("workspace_id", SLACK_ID, primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("country", String(2), primary_key=True),
    Column("municipality", String(8), primary_key=True),
    Column("question", String(20), primary_key=True),
    Column("answer", String(8), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How often each closed question about the cooperation got each answer, by month of closing ("2026-03", UTC)."""

case_counts = Table(
    "case_counts",
    metadata,
    Column("workspace_id", SLACK_ID, primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("country", String(2), primary_key=True),
    Column("municipality", String(8), primary_key=True),
    Column("kind", KEY, primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How many cases of a kind were forgotten, by the month in which they had been opened: no code, no person, no date."""


def open_matters(work: UnitOfWork, case: Case) -> list[Matter]:
    """Everything of a case that somebody still waits for, the oldest first."""
    query = select(matters).where(
        matters.c.workspace_id == case.workspace_id,
        matters.c.case_id == case.id,
        matters.c.state.in_([state for state in MatterState if state.is_open]),
    )
    return [to_matter(row) for row in work.connection.execute(query.order_by(matters.c.created_at, matters.c.id))]


def close(work: UnitOfWork, case: Case, *, by: str, reason: str) -> bool:
    """Write that a case is closed; says whether it was open until now."""
    query = update(cases.cases).where(cases.cases.c.id == case.id, cases.cases.c.closed_at.is_(None))
    closed = query.values(closed_at=work.now, closed_by=by, close_reason=reason)
    return bool(work.connection.execute(closed).rowcount)


def reopen(work: UnitOfWork, case: Case) -> bool:
    """Write that a case is open again; says whether it was closed and is not being forgotten."""
    query = update(cases.cases).where(
        cases.cases.c.id == case.id, cases.cases.c.closed_at.is_not(None), cases.cases.c.forgotten_at.is_(None)
    )
    return bool(work.connection.execute(query.values(closed_at=None, closed_by=None, close_reason=None)).rowcount)


def count_answers(work: UnitOfWork, case: Case, answers: Mapping[CoopQuestion, CoopAnswer]) -> None:
    """Count what was answered about the cooperation."""
    for question, answer in answers.items():
        _one_more(
            work, cooperation_counts, workspace_id=case.workspace_id, month=f"{work.now:%Y-%m}", country=case.country,
            municipality=case.municipality, question=question, answer=answer,
        )  # fmt: skip


def answers(work: UnitOfWork, workspace_id: str) -> dict[tuple[str, str], int]:
    """How often each question got each answer in a workspace, over all months."""
    query = select(cooperation_counts, cooperation_counts.c.count.label("often")).where(
        cooperation_counts.c.workspace_id == workspace_id
    )
    found: dict[tuple[str, str], int] = {}
    for row in work.connection.execute(query):
        found[row.question, row.answer] = found.get((row.question, row.answer), 0) + row.often
    return found


def steps(work: UnitOfWork, case: Case) -> list[Step]:
    """What was done in a case and to what is agreed in it, oldest first."""
    of_case = select(matters.c.id).where(matters.c.case_id == case.id)
    query = (
        select(audit, followups.c.what, followups.c.note)
        .join_from(audit, followups, followups.c.matter_id == audit.c.record, isouter=True)
        .where(audit.c.workspace_id == case.workspace_id, or_(audit.c.record == case.id, audit.c.record.in_(of_case)))
        .order_by(audit.c.id)
    )
    rows = work.connection.execute(query).all()
    people = directory.contacts_by_ids(work, case.workspace_id, {row.contact_id for row in rows if row.contact_id})
    return [_to_step(row, people.get(row.contact_id)) for row in rows]


def _to_step(row: Row[Any], by: Contact | None) -> Step:
    about = FollowupWhat(row.what) if row.what else None
    note = GuardedText.kept(row.note) if row.note else None
    return Step(row.at, row.verb, by.name if by else "", by.agency_name if by else "", about, note)


def export(work: UnitOfWork, delivery: Delivery) -> ExportView | None:
    """The case of a delivery as the file for the journal tells it, or None where it is gone."""
    view = cases.view(work, delivery.workspace_id, str(delivery.case_id))
    if view is None or delivery.recipient_id is None:
        return None
    return ExportView(view, tuple(steps(work, view.case)), delivery.recipient_id)


def to_forget(work: UnitOfWork, workspace_id: str, *, closed_before: datetime) -> list[str]:
    """The ids of cases that were closed before a moment (UTC) and are still whole."""
    query = select(cases.cases.c.id).where(
        cases.cases.c.workspace_id == workspace_id,
        cases.cases.c.closed_at < closed_before,
        cases.cases.c.forgotten_at.is_(None),
    )
    return list(work.connection.scalars(query.order_by(cases.cases.c.closed_at)))


def begin_to_forget(work: UnitOfWork, case_id: str) -> list[Delivery]:
    """Mark a case as being forgotten and end what still waits in it; gives back what the bot had sent about it.

    A digest that names it goes as a whole: it is a morning that is over, and what else stood in it stands in Home.
    """
    work.connection.execute(update(cases.cases).where(cases.cases.c.id == case_id).values(forgotten_at=work.now))
    work.connection.execute(
        update(deliveries)
        .where(_about(case_id), deliveries.c.state.in_(PENDING))
        .values(state=DeliveryState.CANCELLED, lease_until=None)
    )
    kept = [DeliveryKind.NUDGE, DeliveryKind.RECEIPT, DeliveryKind.HEADLINE, DeliveryKind.FILE, DeliveryKind.MENTION]
    own = and_(_about(case_id), deliveries.c.kind.in_(kept))
    named = digests.naming(case_id, _about(case_id))
    sent = select(deliveries).where(deliveries.c.ts.is_not(None), or_(own, named))
    # A headline is edited by rows of its own: they all stand at the same place.
    return list({(row.channel, row.ts): to_delivery(row) for row in work.connection.execute(sent)}.values())


def ready_to_go(work: UnitOfWork, workspace_id: str, *, begun_before: datetime) -> list[str]:
    """The ids of cases of which nothing is left to be done in Slack, or that have been waiting since before a moment."""
    waits = exists().where(deliveries.c.case_id == cases.cases.c.id, deliveries.c.state.in_(PENDING))
    query = select(cases.cases.c.id).where(
        cases.cases.c.workspace_id == workspace_id,
        cases.cases.c.forgotten_at.is_not(None),
        or_(~waits, cases.cases.c.forgotten_at < begun_before),
    )
    return list(work.connection.scalars(query))


def forget(work: UnitOfWork, case: Case) -> None:
    """Delete a case from every table that points to it or to one of its matters; a count without identity stays."""
    _one_more(
        work, case_counts, workspace_id=case.workspace_id, month=f"{case.opened_at:%Y-%m}", country=case.country,
        municipality=case.municipality, kind=case.kind,
    )  # fmt: skip
    of_case = set(work.connection.scalars(select(matters.c.id).where(matters.c.case_id == case.id)))
    for table in metadata.sorted_tables:  # what is beside the case, as an incident in its thread is, goes with it
        if {"matter_id", "case_id"} <= set(table.c.keys()):
            beside = select(table.c.matter_id).where(table.c.case_id == case.id, table.c.matter_id.is_not(None))
            of_case |= set(work.connection.scalars(beside))
    for table in reversed(metadata.sorted_tables):
        if "matter_id" in table.c:
            work.connection.execute(delete(table).where(table.c.matter_id.in_(of_case)))
        if "case_id" in table.c and table is not matters:
            work.connection.execute(delete(table).where(table.c.case_id == case.id))
    work.connection.execute(delete(matters).where(matters.c.id.in_(of_case)))
    work.connection.execute(delete(cases.cases).where(cases.cases.c.id == case.id))


def _about(case_id: str) -> Any:  # noqa: ANN401 - an SQL expression
    of_case = select(matters.c.id).where(matters.c.case_id == case_id).scalar_subquery()
    return or_(deliveries.c.case_id == case_id, deliveries.c.matter_id.in_(of_case))


def _one_more(work: UnitOfWork, table: Table, **key: str) -> None:
    mine: Sequence[Any] = [table.c[name] == value for name, value in key.items()]
    counted = update(table).where(*mine).values(count=table.c.count + 1)
    if not work.connection.execute(counted).rowcount:
        work.connection.execute(insert(table).values(**key, count=1))
