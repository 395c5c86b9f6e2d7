"""What a law wants by when: done, and the closed question which of several deadlines applies."""

from __future__ import annotations

from bot.domain.cases import CaseView
from bot.domain.deadlines import CaseDeadline, DeadlineView
from bot.domain.errors import BadInput, NotFound, Settled
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer
from bot.domain.people import Actor
from storage import absences, audit, cases, deadlines, deliveries, matters
from storage.uow import UnitOfWork

NONE = "none"
"""The answer that none of the deadlines applies."""


def done(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """It is done: every pending reminder ends. Raises `NotAllowed`, `NotFound`, `Settled`, `Repeated`."""
    with work:
        audit.take(work, actor, key)
        view, held = _held(work, actor, matter_id)
        after = held.matter.moved(MatterState.DONE, work.now)
        matters.change(work, held.matter, after)
        deliveries.cancel_rungs(work, after)
        _show(work, view, after)
        audit.record(work, actor, "deadline.done", matter_id)
        work.commit()
        return after


def prepare(work: UnitOfWork, actor: Actor, *, matter_id: str) -> DeadlineView:
    """The closed question a person is about to answer in a form; raises `Settled` where it is answered."""
    with work.reading():
        _, held = _held(work, actor, matter_id)
        held.matter.check_open()
        found = deadlines.view_of(work, held.matter)
        if found is None:
            raise NotFound("refused.gone")
        if held.matter.state is not MatterState.PROPOSED:
            raise Settled("settled.agreed")
        return found


def choose(work: UnitOfWork, actor: Actor, *, matter_id: str, timeline: str, key: str) -> Matter:
    """Which of several deadlines applies: the key of one of them, or `NONE`.

    Raises `BadInput` for any other word, and as `done`.
    """
    with work:
        audit.take(work, actor, key)
        view, held = _held(work, actor, matter_id)
        held.matter.check_open()
        if timeline == NONE:
            after = held.matter.moved(MatterState.WITHDRAWN, work.now)
            matters.change(work, held.matter, after)
            deliveries.cancel_rungs(work, after)
        else:
            options = deadlines.options(work, view, held.deadline)
            chosen = next((option.deadline for option in options if option.key == timeline), None)
            if chosen is None:
                raise BadInput("deadline.error.choice", field="choice")
            after = deadlines.choose(work, view, held, chosen)
        _show(work, view, after)
        audit.record(work, actor, "deadline.choose", matter_id)
        work.commit()
        return after


def _held(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[CaseView, CaseDeadline]:
    """The deadline and its case, for its owner and whoever answers for her."""
    matter = matters.matter(work, actor.workspace_id, matter_id)
    if matter is None or matter.kind is not MatterKind.DEADLINE or actor.is_stranger:
        raise NotFound("refused.gone")
    view = cases.view(work, actor.workspace_id, str(matter.case_id))
    held = next((item for item in view.deadlines if item.matter.id == matter_id), None) if view else None
    if view is None or held is None:
        raise NotFound("refused.gone")
    check_answerer(actor, held.owner, stand_in_id=absences.answers_for(work, held.owner).id)
    return view, held


def _show(work: UnitOfWork, view: CaseView, matter: Matter) -> None:
    deliveries.refresh_headline(work, matter.workspace_id, view.case.id, view.case.lane)
    deliveries.refresh_sent(work, matter_id=matter.id)
