"""Closing a case and opening it again; the file for the journal; forgetting a case when its time is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain import closing as rules
from bot.domain.cases import Case, CaseView, ParticipantState
from bot.domain.closing import CloseReason, CoopAnswer, CoopQuestion, LeftReason, ReopenReason
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.errors import BadInput, Settled
from bot.domain.matters import Matter
from bot.domain.people import Actor, Contact
from storage import audit, cases, channels, closing, deliveries, directory, settling
from storage.schema import new_id
from storage.uow import UnitOfWork

PATIENCE = timedelta(days=7)
"""How long Slack may refuse to take a message away before the case is deleted here all the same."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What the form for closing shows: the case, what is still owed in it and by whom."""

    view: CaseView
    owed: tuple[Matter, ...]
    owners: Mapping[str, Contact]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case is closed: why, what became of what was owed (by matter id, and of all others), and three answers."""

    reason: CloseReason
    left: Mapping[str, LeftReason]
    answers: Mapping[CoopQuestion, CoopAnswer]
    rest: LeftReason | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many cases are past their time: begun to be deleted now, and gone for good."""

    begun: int
    gone: int


def prepare(work: UnitOfWork, actor: Actor, *, case_id: str) -> Closing:
    """The case a person is about to close; raises where she may not, or it is closed."""
    with work.reading():
        view = cases.seen_by(work, actor, case_id)
        view.check_may_act(actor)
        owed = tuple(m for m in closing.open_matters(work, view.case) if rules.is_owed(m))
        return Closing(view, owed, directory.contacts_by_ids(work, actor.workspace_id, {m.owner_id for m in owed}))


def close(work: UnitOfWork, actor: Actor, case_id: str, ending: Ending, *, key: str) -> Case:
    """Close a case: what was open ends with it, everybody sees it, its retention time begins.

    Raises `BadInput` where something is owed in it of which nothing was said (it was agreed while the form was open),
    `NotAllowed`, `Settled`, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        view = cases.seen_by(work, actor, case_id)
        view.check_may_act(actor)
        for matter in closing.open_matters(work, view.case):
            why = ending.left.get(matter.id, ending.rest) if rules.is_owed(matter) else rules.CASE_CLOSED
            if why is None:
                raise BadInput("closing.error.new_owed", field="reason")
            ended = rules.left(matter, why, work.now)
            settling.settle(work, matter, ended)
            audit.record(work, actor, f"{matter.kind}.left", matter.id)
        if not closing.close(work, view.case, by=actor.check_known()[1].id, reason=ending.reason):
            raise Settled("settled.case_closed", code=view.case.code)
        closing.count_answers(work, view.case, ending.answers)
        _show(work, view.case)
        audit.record(work, actor, "case.close", case_id)
        work.commit()
        return view.case


def reopen(work: UnitOfWork, actor: Actor, *, case_id: str, reason: ReopenReason, key: str) -> Case:
    """Open a closed case again: the same code, thread and people; what had ended stays ended.

    Raises `Settled` where it is open, or is being deleted.
    """
    with work:
        audit.take(work, actor, key)
        view = cases.seen_by(work, actor, case_id)
        view.check_takes_part(actor)
        if not closing.reopen(work, view.case):
            raise Settled("settled.case_open" if view.case.is_open else "settled.case_forgotten", code=view.case.code)
        _show(work, view.case)
        audit.record(work, actor, f"case.reopen.{reason}", case_id)
        work.commit()
        return view.case


def prepare_reopen(work: UnitOfWork, actor: Actor, *, case_id: str) -> CaseView:
    """The case a person is about to open again; raises where she may not, or it is open."""
    with work.reading():
        view = cases.seen_by(work, actor, case_id)
        view.check_takes_part(actor)
        if view.case.is_open:
            raise Settled("settled.case_open", code=view.case.code)
        return view


def export(work: UnitOfWork, actor: Actor, *, case_id: str, key: str) -> Case:
    """*Eksportér til journal*: a file with code, steps, times and roles is on its way to this person alone."""
    with work:
        audit.take(work, actor, key)
        view = cases.seen_by(work, actor, case_id)
        view.check_takes_part(actor)
        asker = actor.check_known()[1]
        file = Delivery(
            id=new_id(), workspace_id=actor.workspace_id, kind=DeliveryKind.FILE, state=DeliveryState.DUE,
            due_at=work.now, lane=f"person:{asker.id}", case_id=case_id, recipient_id=asker.id,
        )  # fmt: skip
        deliveries.add(work, file, dedupe=f"file:{file.id}")
        audit.record(work, actor, "case.export", case_id)
        work.commit()
        return view.case


def forget(work: UnitOfWork, *, workspace_id: str, retention: timedelta = rules.RETENTION) -> Forgotten:
    """Delete what is past its retention time, in two steps.

    First the bot's messages about a case are taken away and whoever took part is told; when Slack has done that, or
    has refused for `PATIENCE`, the case goes from every table; where it had a channel of its own, that is closed before.
    What people wrote stays under the channel's own rules.
    """
    with work:
        due = closing.to_forget(work, workspace_id, closed_before=work.now - retention)
        for case_id in due:
            _take_away(work, workspace_id, case_id)
        gone, ready = 0, closing.ready_to_go(work, workspace_id, begun_before=work.now - PATIENCE)
        for case_id in ready:
            found = cases.case(work, workspace_id, case_id)
            if found is None or not channels.is_closed(work, found, patience_is_over=_is_over(work, found)):
                continue
            closing.forget(work, found)
            audit.record(work, Actor(workspace_id, "", ""), "case.forget", "case")
            gone += 1
        work.commit()
        return Forgotten(len(due), gone)


def _is_over(work: UnitOfWork, case: Case) -> bool:
    return case.forgotten_at is not None and case.forgotten_at < work.now - PATIENCE


def past_retention(work: UnitOfWork, *, workspace_id: str, retention: timedelta = rules.RETENTION) -> int:
    """How many closed cases `forget` would begin to delete now."""
    with work.reading():
        return len(closing.to_forget(work, workspace_id, closed_before=work.now - retention))


def _take_away(work: UnitOfWork, workspace_id: str, case_id: str) -> None:
    for sent in closing.begin_to_forget(work, case_id):
        removal = replace(
            sent, id=new_id(), kind=DeliveryKind.REMOVAL, state=DeliveryState.DUE, due_at=work.now, edits_id=sent.id,
            case_id=case_id, attempts=0,
        )  # fmt: skip
        deliveries.add(work, removal, dedupe=f"removal:{sent.id}")
    view = cases.view(work, workspace_id, case_id)
    for place in view.participants if view else ():
        if place.state is ParticipantState.ACCEPTED:
            told = Delivery(
                id=new_id(), workspace_id=workspace_id, kind=DeliveryKind.FAREWELL, state=DeliveryState.DUE,
                due_at=work.silent_until(place.contact, work.now) or work.now, lane=f"person:{place.contact.id}",
                case_id=case_id, recipient_id=place.contact.id,
            )  # fmt: skip
            deliveries.add(work, told, dedupe=f"farewell:{case_id}:{place.contact.id}")


def _show(work: UnitOfWork, case: Case) -> None:
    deliveries.refresh_headline(work, case.workspace_id, case.id, case.lane)
    deliveries.refresh_sent(work, receipts_of_case=case.id)
