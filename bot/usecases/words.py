"""The promised word: asked for or promised, put off with "nothing new yet", given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import words as rules
from bot.domain.cases import CaseView, ParticipantState
from bot.domain.errors import BadInput
from bot.domain.matters import Matter, MatterKind, MatterState, proposed
from bot.domain.people import Actor, Contact
from storage import agreements, audit, matters
from storage.agreements import Held
from storage.schema import new_id
from storage.uow import UnitOfWork

WORD = MatterKind.WORD


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form begins with: who can owe the next news, and a moment in working time (UTC)."""

    view: CaseView
    debtors: tuple[Contact, ...]
    suggested: datetime


@dataclass(frozen=True, slots=True)
class Next:
    """What the form for the next word begins with (UTC)."""

    matter: Matter
    suggested: datetime


def prepare(work: UnitOfWork, actor: Actor, *, case_id: str) -> Proposal:
    """Who can owe the next news in a case."""
    with work.reading():
        view = agreements.acting(work, actor, case_id)
        me = actor.check_known()[1]
        here = [p.contact for p in view.participants if p.state is ParticipantState.ACCEPTED]
        debtors = tuple(sorted(here, key=lambda c: c.side is me.side))
        working_time = work.working_time(view.case.country, me.side.opposite)
        return Proposal(view, debtors, rules.next_moment(None, working_time, now=work.now))


def ask(work: UnitOfWork, actor: Actor, case_id: str, *, owner_id: str, due_at: datetime, key: str) -> Matter:
    """Ask somebody for the next news, or promise it oneself: a promise holds at once, a request after a yes."""
    with work:
        audit.take(work, actor, key)
        view = agreements.acting(work, actor, case_id)
        me = actor.check_known()[1]
        here = [p.contact for p in view.participants if p.state is ParticipantState.ACCEPTED]
        owner = next((c for c in here if c.id == owner_id), None)
        waiting = me if owner and owner.id != me.id else next((c for c in here if c.side is not me.side), None)
        if owner is None or waiting is None:
            raise BadInput("followup.error.owner", field="owner")
        _check_ahead(work, due_at)
        matter = proposed(new_id(), WORD, owner, waiting.id, now=work.now, case_id=case_id, due_at=due_at)
        if owner.id == me.id:
            matter = replace(matter, state=MatterState.AGREED)
        matters.add(work, matter)
        agreements.ask(work, view, matter)
        audit.record(work, actor, "word.promise" if owner.id == me.id else "word.ask", matter.id)
        work.commit()
        return matter


def agree(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The one who is asked promises the next word for that moment."""
    return _answered(
        work, actor, matter_id, key, verb="word.agree", change=lambda m: m.moved(MatterState.AGREED, work.now)
    )


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str, reason: str | None = None) -> Matter:
    """The one who is asked promises nothing; whoever waits is told."""
    return _answered(
        work,
        actor,
        matter_id,
        key,
        verb="word.decline",
        change=lambda m: m.moved(MatterState.DECLINED, work.now, reason=reason),
    )


def prepare_next(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Next:
    """The word that is about to be put off; suggested is the usual time from now."""
    with work.reading():
        found = agreements.held(work, actor, matter_id, WORD)
        agreements.check_owner(work, actor, found)
        found.matter.check_open()
        working_time = work.working_time_of(found.owner)
        return Next(found.matter, rules.next_moment(found.matter, working_time, now=work.now))


def nothing_new(work: UnitOfWork, actor: Actor, *, matter_id: str, due_at: datetime, key: str) -> Matter:
    """*Nothing new yet, next word by …*: a good answer. Whoever waits is told; the ladder begins anew."""

    def put_off(matter: Matter) -> Matter:
        matter.check_open()
        _check_ahead(work, due_at)
        agreed = matter if matter.state is MatterState.AGREED else matter.moved(MatterState.AGREED, work.now)
        return agreed.due_moved(due_at)

    return _answered(work, actor, matter_id, key, verb="word.nothing-new", change=put_off, told="nothing-new")


def given(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The news is given, by the debtor's own word or by that of whoever waited for it."""
    with work:
        audit.take(work, actor, key)
        found = agreements.held(work, actor, matter_id, WORD)
        agreements.speaks_for_owner(work, actor, found)
        after = found.matter.moved(MatterState.DONE, work.now)
        agreements.write(work, found, after)
        audit.record(work, actor, "word.given", matter_id)
        work.commit()
        return after


def _answered(
    work: UnitOfWork,
    actor: Actor,
    matter_id: str,
    key: str,
    *,
    verb: str,
    change: Callable[[Matter], Matter],
    told: str | None = None,
) -> Matter:
    with work:
        audit.take(work, actor, key)
        found: Held = agreements.held(work, actor, matter_id, WORD)
        agreements.check_owner(work, actor, found)
        after = change(found.matter)
        agreements.write(work, found, after)
        if told or not after.state.is_open:
            agreements.tell(work, after, [found.asker], told or after.state.value)
        audit.record(work, actor, verb, matter_id)
        work.commit()
        return after


def _check_ahead(work: UnitOfWork, due_at: datetime) -> None:
    if due_at <= work.now:
        raise BadInput("followup.error.past", field="due")
