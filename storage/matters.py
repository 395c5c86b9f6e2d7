"""The spine: one table for everything that can be open, waited for and settled; details lie beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from bot.domain.cases import MOST_NOTE, Followup, FollowupWhat
from bot.domain.errors import Settled
from bot.domain.intake import GuardedText
from bot.domain.matters import DueClock, Matter, MatterKind, MatterState
from bot.domain.people import Contact, Side
from storage.schema import ID, SLACK_ID, UtcDateTime, metadata, one_of
from storage.uow import UnitOfWork

matters = Table(
    "matters",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", SLACK_ID, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(12), nullable=False),
    Column("case_id", ID, ForeignKey("cases.id")),
    Column("side", String(20), nullable=False),
    Column("owner_id", ID, ForeignKey("contacts.id"), nullable=False),
    Column("asker_id", ID, ForeignKey("contacts.id"), nullable=False),
    Column("clock", String(12), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("basis", String(64)),
    Column("revision", Integer, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("reason", String(40)),
    Column("help_asked_at", UtcDateTime),
    Index("ix_matters_case", "case_id", "kind", "state", "settled_at"),
    Index("ix_matters_owner", "owner_id", "state"),
)

About = tuple[str, str | None]
"""What a follow-up is about: the entry of the closed list, and the guarded words beside it."""

followups = Table(
    "followups",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("what", String(40), nullable=False),
    Column("note", String(MOST_NOTE)),
)


def to_matter(row: Row[Any]) -> Matter:
    """A matter from a row whose columns begin with those of `matters`."""
    values = {column.name: row._mapping[column.name] for column in matters.columns}  # noqa: SLF001 - SQLAlchemy's public mapping of a row
    return Matter(
        **{
            **values,
            "kind": MatterKind(row.kind),
            "state": MatterState(row.state),
            "side": Side(row.side),
            "clock": DueClock(row.clock),
        }
    )


def to_followup(matter: Matter, about: About, owner: Contact) -> Followup:
    """A follow-up from its matter, what it is about, and whose it is."""
    what, note = about
    return Followup(matter, FollowupWhat(what), owner, GuardedText.kept(note) if note else None)


def add(work: UnitOfWork, matter: Matter) -> None:
    """A new matter."""
    work.connection.execute(insert(matters).values(asdict(matter)))


def add_once(work: UnitOfWork, matter: Matter) -> bool:
    """A new matter, unless one with its id was planned before; says whether it was added."""
    make = insert_postgresql if work.connection.dialect.name == "postgresql" else insert_sqlite
    row = make(matters).values(asdict(matter)).on_conflict_do_nothing().returning(matters.c.id)
    return work.connection.execute(row).first() is not None


def add_followup(work: UnitOfWork, matter: Matter, what: FollowupWhat, note: GuardedText | None = None) -> None:
    """A new follow-up: the matter and what it is about."""
    add(work, matter)
    row = insert(followups).values(matter_id=matter.id, what=what, note=str(note) if note else None)
    work.connection.execute(row)


def change(work: UnitOfWork, before: Matter, after: Matter) -> None:
    """Write `after` in place of `before`; raise `Settled` where somebody else was quicker."""
    query = update(matters).where(matters.c.id == before.id, matters.c.revision == before.revision)
    if not work.connection.execute(query.values(asdict(after))).rowcount:
        raise Settled("settled.changed")


def matter(work: UnitOfWork, workspace_id: str, matter_id: str) -> Matter | None:
    """The matter with this id, or None."""
    row = work.connection.execute(_MATTER, {"workspace_id": workspace_id, "matter_id": matter_id}).first()
    return to_matter(row) if row else None


OPEN = tuple(state for state in MatterState if state.is_open)
LAST_SETTLED = 5
"""Settled follow-ups a headline shows; all others are only counted."""
MOST_OPEN = 40
"""Open follow-ups that are read along, the earliest due first; a headline shows fewer, all others are only counted."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """How many follow-ups of a case were not read along."""

    still_open: int
    settled: int


def _followups() -> Select[Any]:
    mine = (
        matters.c.workspace_id == bindparam("workspace_id"),
        matters.c.case_id == bindparam("case_id"),
        matters.c.kind == MatterKind.FOLLOWUP,
    )
    still_open = one_of(matters.c.state, *OPEN)
    first = select(matters.c.id).where(*mine, still_open).order_by(matters.c.due_at, matters.c.id).limit(MOST_OPEN)
    last = select(matters.c.id).where(*mine, ~still_open).order_by(matters.c.settled_at.desc()).limit(LAST_SETTLED)
    shown = or_(matters.c.id.in_(first), matters.c.id.in_(last), matters.c.id == bindparam("with_matter"))
    asked = select(matters, followups.c.what, followups.c.note).join_from(matters, followups).where(*mine, shown)
    return asked.order_by(matters.c.due_at, matters.c.created_at)


# Read for every headline: built once, because to build a statement costs more than SQLite needs to answer it.
_FOLLOWUPS = _followups()
_COUNTS = (
    select(matters.c.kind, matters.c.state, func.count().label("n"))
    .where(matters.c.case_id == bindparam("case_id"))
    .group_by(matters.c.kind, matters.c.state)
)
_MATTER = select(matters).where(
    matters.c.workspace_id == bindparam("workspace_id"), matters.c.id == bindparam("matter_id")
)
_REQUESTS = (
    select(matters)
    .where(
        matters.c.workspace_id == bindparam("workspace_id"),
        matters.c.case_id == bindparam("case_id"),
        matters.c.kind == MatterKind.PARTICIPATION,
        matters.c.state == MatterState.PROPOSED,
    )
    .order_by(matters.c.created_at)
)

Counts = Mapping[MatterKind, Mapping[MatterState, int]]
"""How many matters of each kind stand in each state."""


def counts_of(work: UnitOfWork, case_id: str) -> Counts:
    """How many matters a case has; what it has none of need not be asked for."""
    found: dict[MatterKind, dict[MatterState, int]] = {}
    for row in work.connection.execute(_COUNTS, {"case_id": case_id}):
        found.setdefault(MatterKind(row.kind), {})[MatterState(row.state)] = int(row.n)
    return found


def followups_of(
    work: UnitOfWork,
    workspace_id: str,
    case_id: str,
    counts: Mapping[MatterState, int],
    *,
    with_matter: str | None = None,
) -> tuple[list[tuple[Matter, About]], Unseen]:
    """The first open follow-ups of a case by due moment and the last settled ones; and how many were left out.

    `counts` is how many the case has. `with_matter` is among them wherever it stands: the message about it is to be
    written.
    """
    if not counts:
        return [], Unseen(0, 0)
    given = {"workspace_id": workspace_id, "case_id": case_id, "with_matter": with_matter}
    found = [(to_matter(row), (row.what, row.note)) for row in work.connection.execute(_FOLLOWUPS, given)]
    there = sum(n for state, n in counts.items() if state.is_open)
    seen = sum(item.state.is_open for item, _ in found)
    return found, Unseen(there - seen, sum(counts.values()) - there - (len(found) - seen))


def count_followups(work: UnitOfWork, case_id: str) -> int:
    """How many follow-ups a case has, open or settled."""
    mine = (matters.c.case_id == case_id, matters.c.kind == MatterKind.FOLLOWUP)
    return work.connection.execute(select(func.count()).where(*mine)).scalar_one()


def page_of_followups(work: UnitOfWork, case_id: str, *, offset: int, limit: int) -> list[tuple[Matter, About]]:
    """Some of all follow-ups of a case with what they are about, the one proposed last first."""
    query = (
        select(matters, followups.c.what, followups.c.note)
        .join_from(matters, followups)
        .where(matters.c.case_id == case_id, matters.c.kind == MatterKind.FOLLOWUP)
        .order_by(matters.c.created_at.desc(), matters.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [(to_matter(row), (row.what, row.note)) for row in work.connection.execute(query)]


def requests_of(work: UnitOfWork, workspace_id: str, case_id: str) -> list[Matter]:
    """The open questions whether somebody takes part in a case, oldest first."""
    given = {"workspace_id": workspace_id, "case_id": case_id}
    return [to_matter(row) for row in work.connection.execute(_REQUESTS, given)]


def of_case(work: UnitOfWork, case_id: str, kind: MatterKind) -> list[Matter]:
    """The matters of one kind in a case, oldest first."""
    query = select(matters).where(matters.c.case_id == case_id, matters.c.kind == kind)
    return [to_matter(row) for row in work.connection.execute(query.order_by(matters.c.created_at))]
