"""Handing over a place in a case; finding somebody for the place of a person who left."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import handovers as rules
from bot.domain import ladders
from bot.domain.cases import CaseView, ParticipantState
from bot.domain.errors import BadInput, NotFound, Settled
from bot.domain.handovers import HandoverView
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer, proposed
from bot.domain.people import Actor, Contact, Role
from storage import absences, audit, cases, channels, deadlines, deliveries, directory, handovers, settling
from storage.schema import new_id
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Handing:
    """What the form shows: the case, and whose place can be handed over, the most likely first."""

    view: CaseView
    holders: tuple[Contact, ...]


def prepare(work: UnitOfWork, actor: Actor, *, case_id: str) -> Handing:
    """The case in which a person is about to hand over; raises where she may not, or it is closed."""
    with work.reading():
        view = cases.seen_by(work, actor, case_id)
        view.check_may_act(actor)
        return Handing(view, tuple(rules.holders(view, actor)))


def prepare_find(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Handing:
    """The case whose participant left; raises where this person may not find somebody else, or somebody did."""
    with work.reading():
        found = _handover(work, actor, matter_id)
        found.matter.check_open()
        check_answerer(actor, found.owner)
        return Handing(found.view, (found.holder,))


def ask(work: UnitOfWork, actor: Actor, case_id: str, *, holder_id: str, receiver_id: str, key: str) -> Matter:
    """Ask somebody of the holder's agency to take her place; until she accepts the holder has it.

    Raises `BadInput` for a person who cannot, `Settled` where she is asked already, `NotAllowed`, `NotFound`, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        view = cases.seen_by(work, actor, case_id)
        view.check_may_act(actor)
        holder = next((c for c in rules.holders(view, actor) if c.id == holder_id), None)
        if holder is None:
            raise BadInput("handover.error.holder", field="holder")
        listed = {c.id: c for c in directory.all_contacts(work, actor.workspace_id)}
        receiver = rules.check_receiver(holder, listed.get(receiver_id))
        for other in handovers.open_of(work, case_id, holder.id):
            if other.kind is MatterKind.HANDOVER and other.owner_id == receiver.id:
                raise Settled("handover.error.asked", name=receiver.name)
        asker = actor.check_known()[1]
        matter = proposed(new_id(), MatterKind.HANDOVER, receiver, asker.id, now=work.now, case_id=case_id)
        handovers.add(work, matter, holder.id)
        working_time = work.working_time_of(receiver)
        rungs = ladders.plan(matter, working_time, now=work.now, urgency=view.case.urgency)
        deliveries.replace_rungs(work, matter, rungs)
        deliveries.add_receipt(work, matter, matter.asker_id)
        audit.record(work, actor, "handover.ask", matter.id)
        work.commit()
        return matter


def accept(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """Take the place, and everything open that its holder owed or waits for; other questions about the place end."""
    with work:
        audit.take(work, actor, key)
        found, answerer = _asked(work, actor, matter_id)
        case_id = found.view.case.id
        _settle(work, found.matter.owned_by(answerer.id, answerer.side), found.matter, MatterState.ACCEPTED)
        if answerer.id != found.holder.id:
            cases.set_participant(work, case_id, found.holder.id, ParticipantState.PASSED_ON)
        cases.set_participant(work, case_id, answerer.id, ParticipantState.ACCEPTED)
        for passed in handovers.pass_all(work, case_id, found.holder, answerer):
            audit.record(work, actor, f"{passed.kind}.passed", passed.id)
        for other in handovers.open_of(work, case_id, found.holder.id):
            done = MatterState.DONE if other.kind is MatterKind.SUCCESSION else MatterState.WITHDRAWN
            _settle(work, other, other, done, reason=rules.GONE)
        deadlines.follow(work, found.view.case)
        channels.follow(work, found.view.case)
        deliveries.refresh_headline(work, actor.workspace_id, case_id, found.view.case.lane)
        audit.record(work, actor, "handover.accept", matter_id)
        work.commit()
        return found.matter


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """Say no: the holder keeps the place and is told."""
    with work:
        audit.take(work, actor, key)
        found, _ = _asked(work, actor, matter_id)
        _settle(work, found.matter, found.matter, MatterState.DECLINED)
        audit.record(work, actor, "handover.decline", matter_id)
        work.commit()
        return found.matter


def withdraw(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """Whoever asked takes it back; the holder keeps the place. Raises `NotAllowed` for everybody else."""
    with work:
        audit.take(work, actor, key)
        found = _handover(work, actor, matter_id)
        found.matter.check_open()
        check_answerer(actor, found.asker)
        _settle(work, found.matter, found.matter, MatterState.WITHDRAWN)
        audit.record(work, actor, "handover.withdraw", matter_id)
        work.commit()
        return found.matter


def plan(work: UnitOfWork, *, workspace_id: str) -> int:
    """Ask the coordinator of whoever left an open case who takes over; says how many were asked for now.

    Run again it asks nothing twice. Whose agency has no coordinator in Slack is shown as a hole of the directory.
    """
    with work:
        left = handovers.left_behind(work, workspace_id)
        everybody = directory.all_contacts(work, workspace_id) if left else []
        coordinators = [c for c in everybody if c.role is Role.COORDINATOR]
        asked = sum(_ask_who(work, workspace_id, case_id, holder, coordinators) for case_id, holder in left)
        work.commit()
        return asked


def _ask_who(work: UnitOfWork, workspace_id: str, case_id: str, holder: Contact, coordinators: list[Contact]) -> bool:
    told, case = rules.coordinator_of(holder, coordinators), cases.case(work, workspace_id, case_id)
    if told is None or case is None:
        return False
    id_ = rules.succession_id(case_id, holder.id)
    matter = proposed(id_, MatterKind.SUCCESSION, told, holder.id, now=work.now, case_id=case_id)
    if not handovers.add(work, matter, holder.id):
        return False
    rungs = ladders.plan(matter, work.working_time_of(told), now=work.now, urgency=case.urgency)
    deliveries.add_rungs(work, matter, rungs)
    return True


def _handover(work: UnitOfWork, actor: Actor, matter_id: str) -> HandoverView:
    found = None if actor.is_stranger else handovers.view(work, actor.workspace_id, matter_id)
    if found is None:
        raise NotFound("refused.gone")
    return found


def _asked(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[HandoverView, Contact]:
    found = _handover(work, actor, matter_id)
    found.matter.check_open()
    return found, check_answerer(actor, found.owner, stand_in_id=absences.answers_for(work, found.owner).id)


def _settle(
    work: UnitOfWork, changed: Matter, before: Matter, state: MatterState, *, reason: str | None = None
) -> None:
    after = changed.moved(state, work.now, reason=reason)
    settling.settle(work, before, after)
