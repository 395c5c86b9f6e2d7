"""What the two sides agree that one of them does: proposed, agreed by the one who owes it, done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain import ladders
from bot.domain.cases import MOST_NOTE, Case, CaseView, FollowupWhat, ParticipantState
from bot.domain.errors import BadInput, NotFound
from bot.domain.intake import GuardedText
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer, proposed
from bot.domain.people import Actor, Contact
from storage import absences, audit, cases, deliveries, directory, matters
from storage.schema import new_id
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class NewFollowup:
    """What is proposed: what, whose it shall be (a contact id), by when (UTC), and perhaps a few words more."""

    what: FollowupWhat
    owner_id: str
    due_at: datetime
    note: GuardedText | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form for a follow-up begins with: the case, and a due moment that lies in working time (UTC)."""

    view: CaseView
    suggested: datetime


NOON = time(12, 0)


def prepare(work: UnitOfWork, actor: Actor, *, case_id: str) -> Proposal:
    """The case a follow-up is about to be proposed in; raises where this person may not act in it."""
    with work.reading():
        view = _acting(work, actor, case_id)
        working_time = work.working_time(view.case.country, actor.check_known()[1].side.opposite)
        return Proposal(view, working_time.plus_days(work.now, 2, at=NOON))


def my_cases(work: UnitOfWork, actor: Actor) -> list[Case]:
    """The cases in which this person takes part, the newest first: where she can propose something."""
    with work.reading():
        return cases.open_cases_of(work, actor.workspace_id, actor.check_known()[1].id)


def propose(work: UnitOfWork, actor: Actor, case_id: str, wanted: NewFollowup, *, key: str) -> Matter:
    """Propose a follow-up; what a person proposes for herself is agreed at once.

    Raises `BadInput` for a due moment that has passed or an owner who does not take part, `NotAllowed`, `NotFound`,
    `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        view = _acting(work, actor, case_id)
        place = view.participant(wanted.owner_id)
        if place is None or place.state not in {ParticipantState.ACCEPTED, ParticipantState.ASKED}:
            raise BadInput("followup.error.owner", field="owner")
        _check_ahead(work, wanted.due_at)
        if wanted.note and len(str(wanted.note)) > MOST_NOTE:
            raise BadInput("flaw.too-long", field="note", limit=str(MOST_NOTE))
        asker = actor.check_known()[1]
        matter = proposed(
            new_id(), MatterKind.FOLLOWUP, place.contact, asker.id, now=work.now, case_id=case_id, due_at=wanted.due_at
        )
        if asker.id == matter.owner_id:
            matter = replace(matter, state=MatterState.AGREED)
        matters.add_followup(work, matter, wanted.what, wanted.note)
        _climb(work, view, matter, place.contact)
        _show(work, view, matter)
        audit.record(work, actor, "followup.propose", matter.id)
        work.commit()
        return matter


def agree(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The one who owes it says yes: from now on its due moment counts."""
    return _answer(
        work, actor, matter_id, key, verb="followup.agree", change=lambda m: m.moved(MatterState.AGREED, work.now)
    )


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The one who would owe it says no: nobody has an obligation without accepting it."""
    return _answer(
        work, actor, matter_id, key, verb="followup.decline", change=lambda m: m.moved(MatterState.DECLINED, work.now)
    )


def done(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """It is done: every pending reminder ends."""
    return _answer(
        work, actor, matter_id, key, verb="followup.done", change=lambda m: m.moved(MatterState.DONE, work.now)
    )


def redate(work: UnitOfWork, actor: Actor, *, matter_id: str, due_at: datetime, key: str) -> Matter:
    """The owner names a new due moment (UTC): the old rungs end, new ones begin, everybody sees it."""

    def moved(matter: Matter) -> Matter:
        _check_ahead(work, due_at)
        return matter.due_moved(due_at)

    return _answer(work, actor, matter_id, key, verb="followup.redate", change=moved)


def ask_help(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The owner needs help: her own side's coordinator is told, now. The agreement stands."""
    with work:
        audit.take(work, actor, key)
        view, before, _ = _owned(work, actor, matter_id)
        before.check_open()
        after = replace(before, help_asked_at=work.now)
        matters.change(work, before, after)
        deliveries.add_rungs(work, after, [Rung("help", work.now, Audience.COORDINATOR)])
        _show(work, view, after)
        audit.record(work, actor, "followup.help", matter_id)
        work.commit()
        return after


@dataclass(frozen=True, slots=True)
class Redating:
    """What the form for a new due moment begins with (UTC)."""

    matter: Matter
    suggested: datetime


def prepare_redate(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Redating:
    """The follow-up whose due moment its owner is about to change; suggested is a working day later."""
    with work.reading():
        _, matter, owner = _owned(work, actor, matter_id)
        matter.check_open()
        working_time = work.working_time_of(owner)
        return Redating(matter, working_time.plus_days(max(work.now, matter.due_at or work.now), 1))


def _answer(
    work: UnitOfWork, actor: Actor, matter_id: str, key: str, *, verb: str, change: Callable[[Matter], Matter]
) -> Matter:
    with work:
        audit.take(work, actor, key)
        view, before, owner = _owned(work, actor, matter_id)
        after = change(before)
        matters.change(work, before, after)
        _climb(work, view, after, owner)
        _show(work, view, after)
        audit.record(work, actor, verb, matter_id)
        work.commit()
        return after


def _acting(work: UnitOfWork, actor: Actor, case_id: str) -> CaseView:
    view = cases.view(work, actor.workspace_id, case_id)
    if view is None or actor.is_stranger:
        raise NotFound("refused.gone")
    view.check_may_act(actor)
    return view


def _owned(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[CaseView, Matter, Contact]:
    matter = matters.matter(work, actor.workspace_id, matter_id)
    view = cases.view(work, actor.workspace_id, matter.case_id) if matter and matter.case_id else None
    if matter is None or view is None or actor.is_stranger:
        raise NotFound("refused.gone")
    owner = directory.contacts_by_ids(work, actor.workspace_id, [matter.owner_id])[matter.owner_id]
    check_answerer(actor, owner, stand_in_id=absences.answers_for(work, owner).id)
    return view, matter, owner


def _check_ahead(work: UnitOfWork, due_at: datetime) -> None:
    if due_at <= work.now:
        raise BadInput("followup.error.past", field="due")


def _climb(work: UnitOfWork, view: CaseView, matter: Matter, owner: Contact) -> None:
    rungs = ladders.plan(matter, work.working_time_of(owner), now=work.now, urgency=view.case.urgency)
    deliveries.replace_rungs(work, matter, rungs)


def _show(work: UnitOfWork, view: CaseView, matter: Matter) -> None:
    deliveries.refresh_headline(work, matter.workspace_id, view.case.id, view.case.channel)
    deliveries.refresh_sent(work, matter_id=matter.id)
