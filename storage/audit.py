"""Who did what, when, to which record: verbs only, never free text. And the inbox against repeated deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Column, Index, Integer, String, Table, delete, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from bot.domain.errors import Repeated
from bot.domain.people import Actor
from storage.schema import ID, SLACK_ID, UtcDateTime, metadata
from storage.uow import UnitOfWork

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("contact_id", ID),
    Column("slack_id", SLACK_ID),
    Column("verb", String(40), nullable=False),
    Column("record", String(80), nullable=False),
    Index("ix_audit_record", "workspace_id", "record"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("workspace_id", SLACK_ID, primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_inbox_at", "at"),
)

KEEP_INBOX = timedelta(days=2)
"""Slack repeats an event for minutes, an old client a click for hours."""


def record(work: UnitOfWork, actor: Actor, verb: str, subject: str, *, at: datetime | None = None) -> None:
    """Leave one audit row: this person, now (or at an earlier moment, UTC), this verb, this record."""
    record_all(work, actor, [(verb, subject)], at=at)


def record_all(work: UnitOfWork, actor: Actor, acts: Iterable[tuple[str, str]], *, at: datetime | None = None) -> None:
    """Leave an audit row for each verb and record of one act of one person."""
    who = {
        "workspace_id": actor.workspace_id,
        "at": at or work.now,
        "contact_id": actor.contact.id if actor.contact else None,
        "slack_id": actor.slack_id,
    }
    rows = [{**who, "verb": verb, "record": subject} for verb, subject in acts]
    if rows:
        work.connection.execute(insert(audit), rows)


def verbs_for(work: UnitOfWork, workspace_id: str, subject: str) -> list[str]:
    """The verbs recorded about a record, oldest first."""
    query = (
        select(audit.c.verb).where(audit.c.workspace_id == workspace_id, audit.c.record == subject).order_by(audit.c.id)
    )
    return list(work.connection.scalars(query))


def last_by(work: UnitOfWork, workspace_id: str, subject: str) -> str | None:
    """The id of the contact who did the last thing that was recorded about a record, or None."""
    query = select(audit.c.contact_id).where(audit.c.workspace_id == workspace_id, audit.c.record == subject)
    return work.connection.execute(query.order_by(audit.c.id.desc()).limit(1)).scalar()


def take(work: UnitOfWork, actor: Actor, key: str) -> None:
    """Take this interaction from the inbox; raise `Repeated` where it was acted on before.

    It is part of the same transaction as the act itself: what was not done may be done by the repetition. `key` is an
    event id, trigger id, or view id and hash, never an envelope id.
    """
    make = insert_postgresql if work.connection.dialect.name == "postgresql" else insert_sqlite
    row = make(inbox).values(workspace_id=actor.workspace_id, key=key, at=work.now).on_conflict_do_nothing()
    # The row itself is asked for: the driver for PostgreSQL does not count what an insert did.
    if work.connection.execute(row.returning(inbox.c.key)).first() is None:
        raise Repeated(key)


def forget_old_keys(work: UnitOfWork) -> int:
    """Delete what no repetition can reach any more; says how many."""
    return work.connection.execute(delete(inbox).where(inbox.c.at < work.now - KEEP_INBOX)).rowcount
