"""A wish that a contact rings: asked, accepted, put off, passed on, done; or to be rung before something is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import callbacks as rules
from bot.domain.callbacks import CallbackView, Wish
from bot.domain.digests import comes_at_any_hour
from bot.domain.errors import BadInput, NotAllowed, NotFound, Refused, Settled
from bot.domain.ladders import ASK
from bot.domain.matters import Matter, MatterKind, MatterState, proposed
from bot.domain.people import Actor, Contact
from storage import absences, audit, callbacks, deliveries, directory, matters
from storage.schema import new_id
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish. Without a `matter` nobody was asked: `contact` must be rung, and `following` can be asked."""

    contact: Contact
    wish: Wish
    matter: Matter | None
    following: Contact | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What the form for a later moment begins with (UTC)."""

    matter: Matter
    suggested: datetime


@dataclass(frozen=True, slots=True)
class Passing:
    """To whom a call-back can be passed on; at least one."""

    matter: Matter
    receivers: tuple[Contact, ...]


def ask(work: UnitOfWork, actor: Actor, contact_id: str, wish: Wish, *, key: str) -> Outcome:
    """Ask a contact to ring; whoever no message can reach is not asked (see `Outcome`).

    `key` names the interaction. Raises `Repeated` on a repetition, `Settled` where the asker waits for this contact
    already, `NotFound` where the contact is none of this workspace.
    """
    with work:
        _, asker = actor.check_known()
        audit.take(work, actor, key)
        everybody = directory.all_contacts(work, actor.workspace_id)
        contact = next((c for c in everybody if c.id == contact_id), None)
        if contact is None or contact.id == asker.id:
            raise NotFound("refused.contact_gone")
        line = rules.line(contact, everybody, asker_id=asker.id)
        following = line[0][1] if line else None
        matter = None
        if contact.can_be_reached:
            if callbacks.open_between(work, actor.workspace_id, asker.id, contact.id):
                raise Settled("settled.callback_open", contact=contact.name)
            matter = _new(work, asker, contact, wish)
        verb = "sparring.ask" if wish.sparring else "callback.ask"
        audit.record(work, actor, verb, matter.id if matter else f"contact:{contact.id}")
        work.commit()
        return Outcome(contact, wish, matter, following)


def accept(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """*I ring now*: the ladder stops; it begins again where nobody says that it was done."""

    def now(asked: Matter, answerer: Contact) -> Matter:
        if asked.state is MatterState.AGREED and asked.owner_id == answerer.id and asked.due_at is None:
            raise Settled("settled.agreed")
        return _agreed(_taken(asked, answerer), work, None)

    return _answer(work, actor, matter_id, key, verb="callback.accept", change=now)


def prepare_later(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Promise:
    """The call-back a person is about to put off; suggested is one patience from now, in her working time."""
    with work.reading():
        view, _ = _answering(work, actor, matter_id)
        working_time = work.working_time_of(view.owner)
        return Promise(view.matter, rules.wait(work.now, 1, view.wish.urgency, working_time))


def promise(work: UnitOfWork, actor: Actor, *, matter_id: str, due_at: datetime, key: str) -> Matter:
    """*I ring later*, at a moment (UTC); raises `BadInput` for one that has passed."""

    def later(asked: Matter, answerer: Contact) -> Matter:
        if due_at <= work.now:
            raise BadInput("followup.error.past", field="due")
        return _agreed(_taken(asked, answerer), work, due_at)

    return _answer(work, actor, matter_id, key, verb="callback.later", change=later)


def prepare_pass(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Passing:
    """To whom a call-back can be passed on; raises `Refused` where nobody of the own agency can be reached."""
    with work.reading():
        view, answerer = _answering(work, actor, matter_id)
        return Passing(view.matter, _receivers(work, view, answerer))


def pass_on(work: UnitOfWork, actor: Actor, *, matter_id: str, contact_id: str, key: str) -> Matter:
    """Somebody else of the own agency is asked; raises `BadInput` for a person who cannot be."""

    def to_another(asked: Matter, answerer: Contact) -> Matter:
        view = _view(work, actor, asked.id)
        receiver = next((c for c in _receivers(work, view, answerer) if c.id == contact_id), None)
        if receiver is None:
            raise BadInput("callback.error.receiver", field="receiver")
        return replace(asked.owned_by(receiver.id, receiver.side).moved(MatterState.PROPOSED, work.now), due_at=None)

    return _answer(work, actor, matter_id, key, verb="callback.pass", change=to_another)


def done(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """They have talked. Of a consultation only its count and its times stay."""

    def over(asked: Matter, answerer: Contact) -> Matter:
        settled = _taken(asked, answerer).moved(MatterState.DONE, work.now)
        view = _view(work, actor, asked.id)
        if view.wish.sparring:
            callbacks.count_sparring(work, view.asker.agency_id, settled, view.wish)
        return settled

    return _answer(work, actor, matter_id, key, verb="callback.done", change=over)


def withdraw(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The asker needs it no more; raises `NotAllowed` for everybody else."""
    with work:
        audit.take(work, actor, key)
        view = _view(work, actor, matter_id)
        if actor.contact is None or actor.contact.id != view.asker.id:
            raise NotAllowed("refused.not_asker", asker=view.asker.name)
        after = view.matter.moved(MatterState.WITHDRAWN, work.now)
        _write(work, view, after, view.owner)
        audit.record(work, actor, "callback.withdraw", matter_id)
        work.commit()
        return after


def _new(work: UnitOfWork, asker: Contact, contact: Contact, wish: Wish) -> Matter:
    matter = proposed(new_id(), MatterKind.CALLBACK, contact, asker.id, now=work.now)
    callbacks.add(work, matter, wish)
    asked, *_ = _climb(work, matter, wish, contact)
    # It waits until the contact was asked, or could not be: its first words are true already. In her quiet hours it says when.
    spared = work.silent_until(contact, work.now) and not comes_at_any_hour(matter, ASK, wish.urgency)
    deliveries.add_receipt(work, matter, asker.id, after_id=None if spared else asked)
    return matter


def _view(work: UnitOfWork, actor: Actor, matter_id: str) -> CallbackView:
    view = None if actor.is_stranger else callbacks.view(work, actor.workspace_id, matter_id)
    if view is None:
        raise NotFound("refused.gone")
    return view


def _answering(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[CallbackView, Contact]:
    """The call-back and who answers it: what somebody else has promised stays hers until she is late."""
    view = _view(work, actor, matter_id)
    answerer = rules.check_may_answer(actor, view.owner, stand_in_id=absences.answers_for(work, view.owner).id)
    view.matter.check_open()
    if not view.may_be_answered_by(answerer):
        raise Settled("settled.callback_taken", owner=view.owner.name)
    return view, answerer


def _answer(
    work: UnitOfWork,
    actor: Actor,
    matter_id: str,
    key: str,
    *,
    verb: str,
    change: Callable[[Matter, Contact], Matter],
) -> Matter:
    with work:
        audit.take(work, actor, key)
        view, answerer = _answering(work, actor, matter_id)
        after = change(view.matter, answerer)
        owner = directory.contacts_by_ids(work, actor.workspace_id, [after.owner_id])[after.owner_id]
        _write(work, view, after, owner)
        audit.record(work, actor, verb, matter_id)
        work.commit()
        return after


def _taken(matter: Matter, answerer: Contact) -> Matter:
    return matter if matter.owner_id == answerer.id else matter.owned_by(answerer.id, answerer.side)


def _agreed(matter: Matter, work: UnitOfWork, due_at: datetime | None) -> Matter:
    """Accepted, or, where it was accepted before, promised for another moment: the ladder begins anew."""
    if matter.state is MatterState.AGREED:
        return replace(matter, due_at=due_at, revision=matter.revision + 1)
    return replace(matter.moved(MatterState.AGREED, work.now), due_at=due_at)


def _receivers(work: UnitOfWork, view: CallbackView, passer: Contact) -> tuple[Contact, ...]:
    everybody = directory.all_contacts(work, view.matter.workspace_id)
    found = rules.receivers(view.owner, passer, everybody, asker_id=view.asker.id)
    if not found:
        raise Refused("callback.error.nobody")
    return found


def _write(work: UnitOfWork, view: CallbackView, after: Matter, owner: Contact) -> None:
    matters.change(work, view.matter, after)
    _climb(work, after, view.wish, owner)
    deliveries.refresh_sent(work, matter_id=after.id)


def _climb(work: UnitOfWork, matter: Matter, wish: Wish, owner: Contact) -> list[str]:
    everybody = directory.all_contacts(work, matter.workspace_id)
    audiences = [audience for audience, _ in rules.line(owner, everybody, asker_id=matter.asker_id)]
    working_time = work.working_time_of(owner)
    rungs = rules.plan(matter, wish.urgency, audiences, working_time, now=work.now)
    deliveries.cancel_rungs(work, matter)
    return deliveries.add_rungs(work, matter, rungs)
