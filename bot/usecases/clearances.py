"""Clearances: proposed by one side, accepted by the other, asked about when they run out, given up by either."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain.cases import CaseView, ParticipantState
from bot.domain.clearances import REPLACED, REVOKED, Clearance, Level, Towards
from bot.domain.errors import BadInput, Settled
from bot.domain.matters import Matter, MatterKind, MatterState, proposed
from bot.domain.people import Actor, Contact, Side
from storage import agreements, audit, clearances, settling
from storage.schema import new_id
from storage.uow import UnitOfWork

CLEARANCE = MatterKind.CLEARANCE
NOON = time(12, 0)
USUAL_DAYS = 5


@dataclass(frozen=True, slots=True)
class NewClearance:
    """What is proposed: towards whom, how far, by which side, until when (UTC; None: until further), and who accepts."""

    towards: Towards
    level: Level
    by: Side
    until: datetime | None
    owner_id: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form begins with: the case, who of the other side can accept, a moment, and what it renews."""

    view: CaseView
    others: tuple[Contact, ...]
    suggested: datetime
    renews: Clearance | None = None


def prepare(work: UnitOfWork, actor: Actor, *, case_id: str) -> Proposal:
    """The case a clearance is about to be proposed in."""
    with work.reading():
        return _proposal(work, actor, agreements.acting(work, actor, case_id))


def prepare_renewal(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Proposal:
    """A clearance that is about to be renewed or changed."""
    with work.reading():
        found = agreements.held(work, actor, matter_id, CLEARANCE)
        found.matter.check_open()
        view = agreements.acting(work, actor, found.view.case.id)
        renews = next(c for c in view.clearances if c.matter.id == matter_id)
        return _proposal(work, actor, view, renews)


def propose(work: UnitOfWork, actor: Actor, case_id: str, wanted: NewClearance, *, key: str) -> Matter:
    """Propose a clearance: the own side has accepted by that, the other side is asked.

    Raises `BadInput` for a moment that has passed, or somebody of the own side to accept it.
    """
    with work:
        audit.take(work, actor, key)
        view = agreements.acting(work, actor, case_id)
        asker = actor.check_known()[1]
        owner = next((c for c in _others(view, asker) if c.id == wanted.owner_id), None)
        if owner is None:
            raise BadInput("clearance.error.owner", field="owner")
        if wanted.until is not None and wanted.until <= work.now:
            raise BadInput("followup.error.past", field="until")
        matter = proposed(new_id(), CLEARANCE, owner, asker.id, now=work.now, case_id=case_id, due_at=wanted.until)
        clearances.add(work, matter, wanted.towards, wanted.level, wanted.by)
        agreements.ask(work, view, matter)
        audit.record(work, actor, "clearance.propose", matter.id)
        work.commit()
        return matter


def agree(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The other side accepts: from now on it holds, in place of any other towards the same people by the same side."""
    with work:
        audit.take(work, actor, key)
        found = agreements.held(work, actor, matter_id, CLEARANCE)
        agreements.check_owner(work, actor, found)
        after = found.matter.moved(MatterState.AGREED, work.now)
        if after.due_at is not None and after.due_at <= work.now:
            raise Settled("clearance.error.over")
        agreements.write(work, found, after)
        _replace_others(work, found.view, matter_id)
        audit.record(work, actor, "clearance.agree", matter_id)
        work.commit()
        return after


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str, reason: str | None = None) -> Matter:
    """The other side says no: nothing is cleared, and whoever asked is told."""
    with work:
        audit.take(work, actor, key)
        found = agreements.held(work, actor, matter_id, CLEARANCE)
        agreements.check_owner(work, actor, found)
        after = found.matter.moved(MatterState.DECLINED, work.now, reason=reason)
        agreements.write(work, found, after)
        agreements.tell(work, after, [found.asker], "declined")
        audit.record(work, actor, "clearance.decline", matter_id)
        work.commit()
        return after


def revoke(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """Either side gives it up, at once: whoever might still rely on it is told."""
    with work:
        audit.take(work, actor, key)
        found = agreements.held(work, actor, matter_id, CLEARANCE)
        agreements.acting(work, actor, found.view.case.id)
        if found.matter.state is MatterState.PROPOSED:
            raise Settled("settled.not_agreed")
        after = found.matter.moved(MatterState.WITHDRAWN, work.now, reason=REVOKED)
        agreements.write(work, found, after)
        mine = actor.check_known()[1].id
        agreements.tell(work, after, [c for c in (found.owner, found.asker) if c.id != mine], REVOKED)
        audit.record(work, actor, "clearance.revoke", matter_id)
        work.commit()
        return after


def _proposal(work: UnitOfWork, actor: Actor, view: CaseView, renews: Clearance | None = None) -> Proposal:
    me = actor.check_known()[1]
    working_time = work.working_time(view.case.country, me.side)
    others = _others(view, me)
    if not others:
        raise Settled("clearance.error.nobody")
    return Proposal(view, others, working_time.plus_days(work.now, USUAL_DAYS, at=NOON), renews)


def _others(view: CaseView, me: Contact) -> tuple[Contact, ...]:
    """Who takes part for another side than one's own, police and municipality before a children's house."""
    found = [
        p.contact for p in view.participants if p.state is ParticipantState.ACCEPTED and p.contact.side is not me.side
    ]
    return tuple(sorted(found, key=lambda c: c.side is not me.side.opposite))


def _replace_others(work: UnitOfWork, view: CaseView, matter_id: str) -> None:
    mine = next(c for c in view.clearances if c.matter.id == matter_id)
    for other in view.clearances:
        if other.is_like(mine) and other.matter.id != matter_id and other.matter.state is MatterState.AGREED:
            ended = replace(other.matter.moved(MatterState.WITHDRAWN, work.now), reason=REPLACED)
            settling.settle(work, other.matter, ended)
