"""What can be done with a follow-up, a clearance and a promised word alike: withdraw, pass on, take back, open again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain import clearances as clearance_rules
from bot.domain import followups as rules
from bot.domain.cases import ParticipantState
from bot.domain.clearances import REPLACED, REVOKED, Clearance
from bot.domain.errors import BadInput, Refused, Settled
from bot.domain.matters import Matter, MatterKind, MatterState, proposed
from bot.domain.people import Actor, Contact
from storage import agreements, audit, clearances, directory, followups
from storage.agreements import Held
from storage.schema import new_id
from storage.uow import UnitOfWork

ALIKE = (MatterKind.FOLLOWUP, MatterKind.CLEARANCE, MatterKind.WORD, MatterKind.COUNTER)
AGAIN = (MatterKind.FOLLOWUP, MatterKind.CLEARANCE, MatterKind.WORD)
"""What can be taken back and opened again; a counter-proposal is made anew."""
NOON = time(12, 0)


@dataclass(frozen=True, slots=True)
class Passing:
    """To whom a request can be passed on; at least one."""

    matter: Matter
    receivers: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Reopening:
    """What the form for opening something again begins with (UTC). `asking`: its owner will be asked anew."""

    matter: Matter
    suggested: datetime
    asking: bool
    late: bool = False
    """It was to be taken back with one tap, and it is too late for that."""


def withdraw(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str, reason: str | None = None) -> Matter:
    """The one who asked needs it no more, as long as nobody said yes."""
    with work:
        audit.take(work, actor, key)
        found = agreements.held(work, actor, matter_id, *ALIKE)
        agreements.check_asker(work, actor, found)
        found.matter.check_open()
        if found.matter.state is MatterState.AGREED:
            raise Settled("settled.agreed")
        after = found.matter.moved(MatterState.WITHDRAWN, work.now, reason=reason)
        agreements.write(work, found, after)
        if after.kind is MatterKind.FOLLOWUP:
            agreements.overtake_counters(work, found.view, after.id)
        if after.kind is MatterKind.COUNTER:
            _ask_again(work, actor, after)
        audit.record(work, actor, f"{after.kind}.withdraw", matter_id)
        work.commit()
        return after


def prepare_pass(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Passing:
    """To whom a request can be passed on; raises `Refused` where nobody of the own side can be asked."""
    with work.reading():
        found = _passing(work, actor, matter_id)
        return Passing(found.matter, _receivers(work, actor, found))


def pass_on(work: UnitOfWork, actor: Actor, *, matter_id: str, contact_id: str, key: str) -> Matter:
    """Somebody else of the own side is asked instead; raises `BadInput` for a person who cannot be."""
    with work:
        audit.take(work, actor, key)
        found = _passing(work, actor, matter_id)
        receiver = next((c for c in _receivers(work, actor, found) if c.id == contact_id), None)
        if receiver is None:
            raise BadInput("callback.error.receiver", field="receiver")
        after = found.matter.owned_by(receiver.id, receiver.side)
        agreements.write(work, found, after)
        audit.record(work, actor, f"{after.kind}.pass", matter_id)
        work.commit()
        return after


def undo(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter | None:
    """What was just answered is as it was before; None where it is too late for that without a reason."""
    with work:
        audit.take(work, actor, key)
        found, _ = _settled(work, actor, matter_id)
        agreements.check_takes_back(work, actor, found)
        if not rules.may_undo(found.matter, work.now) or _is_replaced(found):
            return None
        after = clearance_rules.taken_back(found.matter)
        agreements.write(work, found, after)
        if after.kind is MatterKind.CLEARANCE and after.state is MatterState.AGREED:
            mine = actor.check_known()[1].id
            agreements.tell(work, after, [c for c in (found.owner, found.asker) if c.id != mine], "again")
        audit.record(work, actor, f"{after.kind}.undo", matter_id)
        work.commit()
        return after


def prepare_reopen(work: UnitOfWork, actor: Actor, *, matter_id: str, late: bool = False) -> Reopening:
    """What a person is about to open again, and a moment in working time for it. `late`: *undo* came too late."""
    with work.reading():
        found, speaks = _settled(work, actor, matter_id)
        working_time = work.working_time_of(found.owner)
        due = found.matter.due_at
        suggested = due if due and due > work.now else working_time.plus_days(work.now, 2, at=NOON)
        asking = not speaks or found.matter.kind is MatterKind.CLEARANCE
        return Reopening(found.matter, suggested, asking, late=late)


def reopen(work: UnitOfWork, actor: Actor, *, matter_id: str, reason: str, due_at: datetime | None, key: str) -> Matter:
    """Open it again, with a reason: by its owner as it was agreed, by anybody else as a question to its owner.

    A clearance is always a question to the other side, and may be without an end (`due_at` is UTC). The reason stands
    in the audit; the matter itself is open and has none.
    """
    with work:
        audit.take(work, actor, key)
        found, speaks = _settled(work, actor, matter_id)
        if due_at is None and found.matter.kind is not MatterKind.CLEARANCE:
            raise BadInput("followup.error.when", field="due")
        if due_at is not None and due_at <= work.now:
            raise BadInput("followup.error.past", field="due")
        if found.matter.kind is MatterKind.CLEARANCE:
            after = _ask_other_side(work, actor, found, due_at, turned=speaks)
            audit.record(work, actor, f"clearance.reopen.{reason}", after.id)
            work.commit()
            return after
        after = replace(found.matter.reopened(asking=not speaks), due_at=due_at)
        if after.kind is MatterKind.FOLLOWUP and due_at != found.matter.due_at:
            role = next(f.role for f in found.view.followups if f.matter.id == matter_id)
            followups.set_terms(work, matter_id, followups.Terms(role))
        agreements.write(work, found, after)
        audit.record(work, actor, f"{after.kind}.reopen.{reason}", matter_id)
        work.commit()
        return after


def _ask_other_side(work: UnitOfWork, actor: Actor, found: Held, due_at: datetime | None, *, turned: bool) -> Matter:
    """A clearance is a question again: whoever opens it has said yes for her side, the other side has not.

    Opened by whoever asked it asks as before. Opened by the side that was asked (`turned`) it is a new question the
    other way round, and what became of the old one stays as it was told.
    """
    old = _clearance(found)
    if any(c.matter.state.is_open and c.is_like(old) and c.level is old.level for c in found.view.clearances):
        raise Settled("settled.open")
    if not turned:
        after = replace(found.matter.reopened(asking=True), due_at=due_at)
        agreements.write(work, found, after)
        return after
    mine, case_id = actor.check_known()[1], found.matter.case_id
    after = proposed(new_id(), MatterKind.CLEARANCE, found.asker, mine.id, now=work.now, case_id=case_id, due_at=due_at)
    clearances.add(work, after, old.towards, old.level, old.by)
    agreements.ask(work, found.view, after)
    return after


def _is_replaced(found: Held) -> bool:
    """Whether a newer clearance stands in the place of one that was given up."""
    if found.matter.kind is not MatterKind.CLEARANCE:
        return False
    old = _clearance(found)
    newer = any(c.matter.state is MatterState.AGREED and c.is_like(old) for c in found.view.clearances)
    return found.matter.reason == REPLACED or (found.matter.reason == REVOKED and newer)


def _clearance(found: Held) -> Clearance:
    return next(c for c in found.view.clearances if c.matter.id == found.matter.id)


def _settled(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[Held, bool]:
    """Something settled, for one of the two it lay between; and whether she speaks for the one who owed it."""
    found = agreements.held(work, actor, matter_id, *AGAIN)
    speaks = agreements.speaks_for_owner(work, actor, found)
    if found.matter.state.is_open:
        raise Settled("settled.open")
    if not found.view.case.is_open:
        raise Settled("settled.case_closed", code=found.view.case.code)
    return found, speaks


def _passing(work: UnitOfWork, actor: Actor, matter_id: str) -> Held:
    found = agreements.held(work, actor, matter_id, *ALIKE)
    agreements.check_owner(work, actor, found)
    found.matter.check_open()
    if found.matter.state is MatterState.AGREED:
        raise Settled("settled.agreed")
    return found


def _receivers(work: UnitOfWork, actor: Actor, found: Held) -> tuple[Contact, ...]:
    """Her substitute, and whoever else takes part for her side; never the asker, and never who passes it on."""
    here = [
        place.contact
        for place in found.view.participants
        if place.state is ParticipantState.ACCEPTED and place.contact.side is found.owner.side
    ]
    everybody = directory.all_contacts(work, found.matter.workspace_id)
    substitutes = [c for c in everybody if c.key == found.owner.substitute_key]
    left_out = {found.owner.id, found.asker.id, actor.check_known()[1].id}
    receivers = {c.id: c for c in (*substitutes, *here) if c.id not in left_out}
    if not receivers:
        raise Refused("callback.error.nobody")
    return tuple(receivers.values())


def _ask_again(work: UnitOfWork, actor: Actor, counter: Matter) -> None:
    followup_id = followups.followup_of_counter(work, counter.id)
    found = agreements.held(work, actor, str(followup_id), MatterKind.FOLLOWUP)
    if found.matter.state is MatterState.PROPOSED:
        agreements.write(work, found, replace(found.matter, revision=found.matter.revision + 1))
