"""What the two sides agree that one of them does: proposed, agreed by the one who owes it, done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain import followups as rules
from bot.domain.cases import MOST_NOTE, Case, CaseView, Followup, FollowupWhat, ParticipantState
from bot.domain.clearances import Need, is_covered
from bot.domain.errors import BadInput, Settled
from bot.domain.followups import When
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter, MatterKind, MatterState, proposed
from bot.domain.people import Actor, Contact
from storage import agreements, audit, cases, followups, matters
from storage.agreements import Held
from storage.schema import new_id
from storage.uow import UnitOfWork

FOLLOWUP = MatterKind.FOLLOWUP
NOON = time(12, 0)


@dataclass(frozen=True, slots=True)
class NewFollowup:
    """What is proposed: what, whose it shall be (a contact id, or "side:police"), and by when (UTC) or after which event."""

    what: FollowupWhat
    owner_id: str
    due_at: datetime | None = None
    event: str | None = None
    event_days: int = 0
    note: GuardedText | None = None
    """A few words more."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form for a follow-up begins with: the case, and a due moment that lies in working time (UTC)."""

    view: CaseView
    suggested: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """A step is about to be called done without its clearance: what is missing, and who can give it."""

    followup: Followup
    need: Need
    ask: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of *done*: the matter; or, where nothing was changed, what is missing."""

    matter: Matter
    missing: Missing | None = None


def prepare(work: UnitOfWork, actor: Actor, *, case_id: str) -> Proposal:
    """The case a follow-up is about to be proposed in; raises where this person may not act in it."""
    with work.reading():
        view = agreements.acting(work, actor, case_id)
        working_time = work.working_time(view.case.country, actor.check_known()[1].side.opposite)
        return Proposal(view, working_time.plus_days(work.now, 2, at=NOON))


def my_cases(work: UnitOfWork, actor: Actor) -> list[Case]:
    """The cases in which this person takes part, the newest first: where she can propose something."""
    with work.reading():
        return cases.open_cases_of(work, actor.workspace_id, actor.check_known()[1].id)


def case_here(work: UnitOfWork, actor: Actor, *, channel: str, thread_ts: str | None) -> Case | None:
    """The case whose thread or own channel this is, or None; only a participant's or coordinator's own."""
    with work.reading():
        found = cases.case_of_thread(work, actor.workspace_id, channel, thread_ts)
        if found is not None:
            agreements.acting(work, actor, found.id)
        return found


def propose(work: UnitOfWork, actor: Actor, case_id: str, wanted: NewFollowup, *, key: str) -> Matter:
    """Propose a follow-up; what a person proposes for herself is agreed at once. Who asks another gets a receipt.

    Raises `BadInput` for a due moment that has passed or an owner who does not take part, `NotAllowed`, `NotFound`,
    `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        view = agreements.acting(work, actor, case_id)
        owner = rules.owner_of(view, wanted.owner_id)
        working_time = work.working_time_of(owner)
        asked = When(wanted.due_at, wanted.event, wanted.event_days)
        when = rules.checked(asked, view, working_time, now=work.now)
        if wanted.note and len(str(wanted.note)) > MOST_NOTE:
            raise BadInput("flaw.too-long", field="note", limit=str(MOST_NOTE))
        asker = actor.check_known()[1]
        matter = proposed(new_id(), FOLLOWUP, owner, asker.id, now=work.now, case_id=case_id, due_at=when.at)
        if asker.id == matter.owner_id:
            matter = replace(matter, state=MatterState.AGREED)
        matters.add_followup(work, matter, wanted.what, wanted.note)
        followups.set_terms(work, matter.id, followups.Terms(rules.of_side(wanted.owner_id), when.event, when.days))
        agreements.ask(work, view, matter)
        audit.record(work, actor, "followup.propose", matter.id)
        work.commit()
        return matter


def same(work: UnitOfWork, actor: Actor, case_id: str, what: FollowupWhat) -> tuple[Followup, ...]:
    """The open follow-ups of a case about the same step: pointed out before it is proposed twice."""
    with work.reading():
        view = agreements.acting(work, actor, case_id)
        return tuple(f for f in view.followups if f.what is what and f.matter.state.is_open)


def agree(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The one who owes it says yes: from now on its due moment counts."""
    return _answered(work, actor, matter_id, key, verb="agree", state=MatterState.AGREED)


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str, reason: str | None = None) -> Matter:
    """The one who would owe it says no, with a reason from the closed list: nobody has an obligation without a yes.

    A button from before reasons were asked for carries none.
    """
    return _answered(work, actor, matter_id, key, verb="decline", state=MatterState.DECLINED, reason=reason)


def wont_do(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str, reason: str) -> Matter:
    """What was agreed will not be done, says its owner, with a reason: whoever waits for it is told at once."""
    return _answered(work, actor, matter_id, key, verb="wont-do", state=MatterState.WONT_DO, reason=reason)


def done(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str, reason: str | None = None) -> Done:
    """It is done: every pending reminder ends.

    Where a clearance that it needs is missing nothing changes until a `reason` is given; then both sides are told.
    """
    with work:
        audit.take(work, actor, key)
        found = agreements.held(work, actor, matter_id, FOLLOWUP)
        agreements.check_owner(work, actor, found)
        found.matter.check_open()
        missing = _missing(found)
        if missing is not None and reason is None:
            return Done(found.matter, missing)
        after = found.matter.moved(MatterState.DONE, work.now, reason=reason if missing else None)
        _settle(work, found, after)
        if missing is not None:
            agreements.tell(work, after, {found.asker, found.owner, *missing.ask}, "uncleared")
        audit.record(work, actor, "followup.done" if missing is None else "followup.done-uncleared", matter_id)
        work.commit()
        return Done(after)


def _answered(
    work: UnitOfWork,
    actor: Actor,
    matter_id: str,
    key: str,
    *,
    verb: str,
    state: MatterState,
    reason: str | None = None,
) -> Matter:
    with work:
        audit.take(work, actor, key)
        found = agreements.held(work, actor, matter_id, FOLLOWUP)
        agreements.check_owner(work, actor, found)
        if state is MatterState.WONT_DO and found.matter.state is MatterState.PROPOSED:
            raise Settled("settled.not_agreed")
        after = found.matter.moved(state, work.now, reason=reason)
        _settle(work, found, after)
        if not after.state.is_open and found.asker.id != found.owner.id:
            agreements.tell(work, after, [found.asker], state.value)
        audit.record(work, actor, f"followup.{verb}", matter_id)
        work.commit()
        return after


def _settle(work: UnitOfWork, found: Held, after: Matter) -> None:
    agreements.write(work, found, after)
    agreements.overtake_counters(work, found.view, after.id)


def _missing(found: Held) -> Missing | None:
    followup = next(f for f in found.view.followups if f.matter.id == found.matter.id)
    need = rules.NEEDS.get(followup.what)
    held = any(rules.event_at(found.view, event) for event in rules.INTERVIEWS)
    if need is None or is_covered(need, found.view.clearances, interview_held=held):
        return None
    ask = tuple(
        place.contact
        for place in found.view.participants
        if place.state is ParticipantState.ACCEPTED and place.contact.side is not found.owner.side
    )
    return Missing(followup, need, ask)
