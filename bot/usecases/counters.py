"""Another date, another owner: a counter-proposal to a follow-up asks the other one, and changes nothing before her yes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import followups as rules
from bot.domain.cases import CaseView, Counter, Followup
from bot.domain.errors import NotFound, Settled
from bot.domain.followups import When
from bot.domain.matters import Matter, MatterKind, MatterState, proposed
from bot.domain.people import Actor, Contact
from storage import agreements, audit, cases, deliveries, directory, followups
from storage.agreements import Held
from storage.schema import new_id
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class NewTerms:
    """What is proposed instead: whose it shall be (None: as it is), by when (UTC) or after which event, and why."""

    owner_id: str | None = None
    due_at: datetime | None = None
    event: str | None = None
    event_days: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Redating:
    """What the form for other terms begins with: the case, the follow-up, a later moment (UTC)."""

    view: CaseView
    followup: Followup
    suggested: datetime

    @property
    def matter(self) -> Matter:
        """The follow-up's matter."""
        return self.followup.matter


def prepare(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Redating:
    """The follow-up to which other terms are about to be proposed; suggested is a working day later."""
    with work.reading():
        found = _between(work, actor, matter_id)
        found.matter.check_open()
        working_time = work.working_time_of(found.owner)
        later = working_time.plus_days(max(work.now, found.matter.due_at or work.now), 1)
        return Redating(found.view, _followup(found.view, found.matter.id), later)


def propose(work: UnitOfWork, actor: Actor, *, matter_id: str, wanted: NewTerms, key: str) -> Matter:
    """Propose other terms: the other one is asked; until she says yes everything stays as it was.

    Who owes something she asked of herself asks nobody: her new date holds at once. `matter_id` is the follow-up, or a
    counter-proposal to it that is answered with another.
    """
    with work:
        audit.take(work, actor, key)
        found = _between(work, actor, matter_id)
        found.matter.check_open()
        owner = rules.owner_of(found.view, wanted.owner_id) if wanted.owner_id else found.owner
        working_time = work.working_time_of(owner)
        asked = When(wanted.due_at, wanted.event, wanted.event_days)
        when = rules.checked(asked, found.view, working_time, now=work.now)
        mine, other = _sides(work, actor, found)
        agreements.overtake_counters(work, found.view, found.matter.id)
        if mine.id == other.id and owner.id == mine.id:
            made = replace(found.matter, due_at=when.at, revision=found.matter.revision + 1)
            _terms(work, found.view, made, when)
            agreements.write(work, found, made)
        else:
            made = _new(work, found, mine, other if mine.id != other.id else owner, wanted.reason)
            followups.add_counter(work, made, found.matter.id, owner.id, when)
            agreements.climb(work, found.view, made)
            agreements.receipt(work, made)
            if found.matter.state is MatterState.PROPOSED:
                deliveries.cancel_rungs(work, found.matter)  # the ball is in the other court
            agreements.show(work, found.view, found.matter)
        audit.record(work, actor, "followup.counter", found.matter.id)
        work.commit()
        return made


def accept(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """Yes to the other terms: they hold from now on. Gives back the follow-up."""
    with work:
        audit.take(work, actor, key)
        asked, counter, found = _asked(work, actor, matter_id)
        after = rules.countered(_followup(found.view, found.matter.id), counter)
        agreements.write(work, asked, asked.matter.moved(MatterState.ACCEPTED, work.now, reason=asked.matter.reason))
        _terms(work, found.view, after, When(counter.due_at, counter.event, counter.event_days))
        agreements.write(work, found, after)
        if after.state is MatterState.PROPOSED:
            agreements.receipt(work, after)
        audit.record(work, actor, "counter.accept", matter_id)
        work.commit()
        return after


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str, reason: str | None = None) -> Matter:
    """No to the other terms: the follow-up stays as it was; where it was still a proposal its owner is asked again."""
    with work:
        audit.take(work, actor, key)
        asked, _, found = _asked(work, actor, matter_id)
        declined = asked.matter.moved(MatterState.DECLINED, work.now, reason=reason)
        agreements.write(work, asked, declined)
        agreements.tell(work, declined, [asked.asker], "declined")
        if found.matter.state is MatterState.PROPOSED:
            agreements.write(work, found, replace(found.matter, revision=found.matter.revision + 1))
        audit.record(work, actor, "counter.decline", matter_id)
        work.commit()
        return declined


def _between(work: UnitOfWork, actor: Actor, matter_id: str) -> Held:
    """The follow-up that is meant, by itself or by a counter-proposal to it, for one of the two it lies between."""
    meant = followups.followup_of_counter(work, matter_id) or matter_id
    found = agreements.held(work, actor, meant, MatterKind.FOLLOWUP)
    agreements.speaks_for_owner(work, actor, found)
    return found


def _sides(work: UnitOfWork, actor: Actor, found: Held) -> tuple[Contact, Contact]:
    """For whom a person speaks, and who is asked."""
    if agreements.speaks_for_owner(work, actor, found):
        return found.owner, found.asker
    return found.asker, found.owner


def _new(work: UnitOfWork, found: Held, mine: Contact, other: Contact, reason: str | None) -> Matter:
    asked = proposed(new_id(), MatterKind.COUNTER, other, mine.id, now=work.now, case_id=found.view.case.id)
    return replace(asked, reason=reason)


def _asked(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[Held, Counter, Held]:
    """A counter-proposal for the one who is asked, and the follow-up behind it."""
    asked = agreements.held(work, actor, matter_id, MatterKind.COUNTER)
    agreements.check_owner(work, actor, asked)
    asked.matter.check_open()
    view = cases.view(work, actor.workspace_id, asked.view.case.id, with_matter=matter_id)
    followup = (
        next((f for f in view.followups if f.counter and f.counter.matter.id == matter_id), None) if view else None
    )
    if view is None or followup is None or followup.counter is None:
        raise NotFound("refused.gone")
    if not followup.matter.state.is_open:
        raise Settled(f"settled.{followup.matter.state}")
    people = directory.contacts_by_ids(work, actor.workspace_id, {followup.matter.owner_id, followup.matter.asker_id})
    matter = followup.matter
    return asked, followup.counter, Held(view, matter, people[matter.owner_id], people[matter.asker_id])


def _followup(view: CaseView, matter_id: str) -> Followup:
    return next(f for f in view.followups if f.matter.id == matter_id)


def _terms(work: UnitOfWork, view: CaseView, after: Matter, when: When) -> None:
    before = _followup(view, after.id)
    role = before.role if before.matter.owner_id == after.owner_id else None
    followups.set_terms(work, after.id, followups.Terms(role, when.event, when.days))
