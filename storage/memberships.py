"""Claims to work for an agency. What somebody said of herself is kept only until it is answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, insert, select, update

from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.memberships import Claim, MembershipView
from storage import directory, matters
from storage.matters import matters as matter_rows
from storage.matters import to_matter
from storage.schema import ID, SLACK_ID, metadata
from storage.uow import UnitOfWork

memberships = Table(
    "memberships",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("agency_id", ID, ForeignKey("agencies.id"), nullable=False),
    Column("slack_id", SLACK_ID, nullable=False),
    Column("name", String(120), nullable=False),
    Column("email", String(200), nullable=False),
    Column("place", String(8), nullable=False),
    Column("member_id", ID),
)


def add(work: UnitOfWork, matter: Matter, claim: Claim, agency_id: str) -> bool:
    """A new claim; says whether it was not made before."""
    if not matters.add_once(work, matter):
        return False
    row = {"slack_id": claim.slack_id, "name": claim.name, "email": claim.email, "place": claim.place}
    work.connection.execute(insert(memberships).values(matter_id=matter.id, agency_id=agency_id, **row))
    return True


def answered(work: UnitOfWork, matter_id: str, member_id: str | None) -> None:
    """The claim was answered: what she said of herself goes; who came of it stays."""
    query = update(memberships).where(memberships.c.matter_id == matter_id)
    work.connection.execute(query.values(slack_id="", name="", email="", member_id=member_id))


def view(work: UnitOfWork, workspace_id: str, matter_id: str) -> MembershipView | None:
    """The claim as its coordinator sees it, or None."""
    query = (
        select(matter_rows, memberships)
        .join_from(matter_rows, memberships)
        .where(matter_rows.c.workspace_id == workspace_id, matter_rows.c.id == matter_id)
    )
    row = work.connection.execute(query).first()
    agency = directory.agency(work, row.agency_id) if row else None
    if row is None or agency is None:
        return None
    ids = {row.owner_id, *([row.member_id] if row.member_id else [])}
    people = directory.contacts_by_ids(work, workspace_id, ids)
    claim = Claim(row.slack_id, row.name, row.email, row.place)
    return MembershipView(to_matter(row), claim, agency, people[row.owner_id], people.get(row.member_id or ""))


def unanswered(work: UnitOfWork, workspace_id: str, *, before: datetime) -> list[Matter]:
    """Open claims made before a moment (UTC)."""
    query = select(matter_rows).where(
        matter_rows.c.workspace_id == workspace_id,
        matter_rows.c.kind == MatterKind.MEMBERSHIP,
        matter_rows.c.state == MatterState.PROPOSED,
        matter_rows.c.created_at < before,
    )
    return [to_matter(row) for row in work.connection.execute(query)]
