"""What lies beside a follow-up: the role it was asked of, the event it hangs on, and the counter-proposals to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, bindparam, insert, select, update

from bot.domain.cases import Counter, Followup
from bot.domain.followups import When, resolved
from bot.domain.ladders import plan
from bot.domain.matters import Matter, MatterKind, MatterState
from bot.domain.people import Contact, Side
from storage import deliveries, directory, matters
from storage.matters import to_matter
from storage.schema import ID, UtcDateTime, metadata
from storage.uow import UnitOfWork

followup_terms = Table(
    "followup_terms",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("role", String(20)),
    Column("event", String(48)),
    Column("event_days", Integer, nullable=False),
)
"""Only of follow-ups that were asked of a role, or that hang on an event."""

counters = Table(
    "counters",
    metadata,
    Column("matter_id", ID, ForeignKey("matters.id"), primary_key=True),
    Column("followup_id", ID, ForeignKey("matters.id"), nullable=False),
    Column("owner_id", ID, ForeignKey("contacts.id"), nullable=False),
    Column("due_at", UtcDateTime),
    Column("event", String(48)),
    Column("event_days", Integer, nullable=False),
    Index("ix_counters_followup", "followup_id"),
)

OPEN = tuple(state for state in MatterState if state.is_open)

# Read for every headline: built once, because to build a statement costs more than SQLite needs to answer it.
_TERMS = select(followup_terms).join(matters.matters).where(matters.matters.c.case_id == bindparam("case_id"))


@dataclass(frozen=True, slots=True)
class Terms:
    """The role a follow-up was asked of and the event it hangs on, where there is any."""

    role: Side | None = None
    event: str | None = None
    event_days: int = 0


def set_terms(work: UnitOfWork, matter_id: str, terms: Terms) -> None:
    """From now on these terms stand beside a follow-up."""
    work.connection.execute(followup_terms.delete().where(followup_terms.c.matter_id == matter_id))
    if terms != Terms():
        work.connection.execute(insert(followup_terms).values(matter_id=matter_id, **asdict(terms)))


def terms_of(work: UnitOfWork, case_id: str) -> dict[str, Terms]:
    """The terms of a case's follow-ups, by matter."""
    return {
        row.matter_id: Terms(Side(row.role) if row.role else None, row.event, row.event_days)
        for row in work.connection.execute(_TERMS, {"case_id": case_id})
    }


def add_counter(work: UnitOfWork, matter: Matter, followup_id: str, owner_id: str, when: When) -> None:
    """A new counter-proposal: the matter, and what it would change."""
    matters.add(work, matter)
    work.connection.execute(
        insert(counters).values(
            matter_id=matter.id,
            followup_id=followup_id,
            owner_id=owner_id,
            due_at=when.at,
            event=when.event,
            event_days=when.days,
        )
    )


def counters_of(
    work: UnitOfWork, case_id: str, *, with_matter: str | None = None
) -> list[tuple[Matter, str, str, When]]:
    """The open counter-proposals of a case, and `with_matter`: the matter, the follow-up, whose it would be, by when."""
    table = matters.matters
    query = (
        select(
            table,
            counters.c.followup_id,
            counters.c.owner_id.label("new_owner"),
            counters.c.due_at.label("new_due"),
            counters.c.event,
            counters.c.event_days,
        )
        .join_from(table, counters, counters.c.matter_id == table.c.id)
        .where(table.c.case_id == case_id, (table.c.state == MatterState.PROPOSED) | (table.c.id == with_matter))
    )
    return [
        (to_matter(row), row.followup_id, row.new_owner, When(row.new_due, row.event, row.event_days))
        for row in work.connection.execute(query)
    ]


def hand_over(work: UnitOfWork, case_id: str, holder_id: str, receiver_id: str) -> None:
    """What a counter-proposal of a case would give to one person it would give to another from now on."""
    of_case = select(matters.matters.c.id).where(
        matters.matters.c.case_id == case_id, matters.matters.c.state.in_(OPEN)
    )
    theirs = (counters.c.matter_id.in_(of_case), counters.c.owner_id == holder_id)
    work.connection.execute(update(counters).where(*theirs).values(owner_id=receiver_id))


def to_counter(matter: Matter, followup_id: str, owner_id: str, when: When, people: dict[str, Contact]) -> Counter:
    """A counter-proposal as it is shown."""
    return Counter(
        matter=matter,
        followup_id=followup_id,
        owner=people[owner_id],
        due_at=when.at,
        event=when.event,
        event_days=when.days,
        answerer=people[matter.owner_id],
        proposer=people[matter.asker_id],
    )


def followup_of_counter(work: UnitOfWork, counter_id: str) -> str | None:
    """Which follow-up a counter-proposal would change, or None."""
    return work.connection.execute(select(counters.c.followup_id).where(counters.c.matter_id == counter_id)).scalar()


def event_known(work: UnitOfWork, workspace_id: str, case_id: str, event: str, at: datetime | None) -> int:
    """An event of a case is known, was at another moment (UTC), or is known no more (None): what hangs on it follows.

    Says how much that is.

    What is agreed begins its ladder; what is still asked keeps being asked, with the date in it.
    """
    table = matters.matters
    query = (
        select(table, followup_terms.c.event_days)
        .join_from(table, followup_terms, followup_terms.c.matter_id == table.c.id)
        .where(
            table.c.workspace_id == workspace_id,
            table.c.case_id == case_id,
            table.c.kind == MatterKind.FOLLOWUP,
            table.c.state.in_(OPEN),
            followup_terms.c.event == event,
        )
    )
    moved = 0
    for row in work.connection.execute(query).all():
        before = to_matter(row)
        owner = directory.contacts_by_ids(work, workspace_id, [before.owner_id])[before.owner_id]
        working_time = work.working_time_of(owner)
        due_at = resolved(at, row.event_days, working_time) if at else None
        if due_at == before.due_at:
            continue
        asked = before.state is MatterState.PROPOSED
        after = replace(before, due_at=due_at, revision=before.revision + (not asked))
        matters.change(work, before, after)
        if not asked:
            deliveries.replace_rungs(work, after, plan(after, working_time, now=work.now))
        deliveries.refresh_sent(work, matter_id=after.id)
        moved += 1
    return moved


def dressed(
    work: UnitOfWork,
    workspace_id: str,
    case_id: str,
    plain: tuple[Followup, ...],
    known: dict[str, Contact],
    *,
    with_matter: str | None,
    countered: bool,
) -> tuple[Followup, ...]:
    """Follow-ups with all that lies beside them; where none was ever `countered` nobody looks for that.

    `known` are the people who asked for them, at least.
    """
    if not plain:
        return plain
    terms = terms_of(work, case_id)
    waiting = counters_of(work, case_id, with_matter=with_matter) if countered else []
    ids = {i for m, _, owner, _ in waiting for i in (m.owner_id, m.asker_id, owner)}
    people = known | directory.contacts_by_ids(work, workspace_id, ids - known.keys())
    # The open one counts; a settled one is there only because a message about it is to be written.
    waiting.sort(key=lambda found: found[0].state.is_open)
    by_followup = {found[1]: to_counter(*found, people) for found in waiting}
    return tuple(
        replace(
            one,
            asker=people[one.matter.asker_id],
            counter=by_followup.get(one.matter.id),
            **asdict(terms.get(one.matter.id, Terms())),
        )
        for one in plain
    )
