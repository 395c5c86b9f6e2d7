"""Answers on a reminder that settle nothing: remind me later, and I need help. One way for every kind of matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import reminders as rules
from bot.domain.errors import NotAllowed, NotFound, Refused, Settled
from bot.domain.ladders import HELP, Audience, Rung
from bot.domain.matters import Matter, MatterState
from bot.domain.people import Actor, Contact
from bot.domain.reminders import Later
from storage import absences, agreements, audit, cases, deliveries, directory, matters, reminders
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Postponing:
    """What the form for a moment begins with (UTC)."""

    matter: Matter
    suggested: datetime


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The matter as it is now, and when its owner is reminded again (UTC)."""

    matter: Matter
    until: datetime


def prepare(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Postponing:
    """The matter whose reminders a person is about to put off to a moment of her own."""
    with work.reading():
        matter, _, reader = _hers(work, actor, matter_id)
        return Postponing(matter, rules.suggested(work.working_time_of(reader), now=work.now))


def snooze(
    work: UnitOfWork,
    actor: Actor,
    *,
    matter_id: str,
    key: str,
    later: Later | None = None,
    until: datetime | None = None,
) -> Snoozed:
    """Remind her again `later`, or at a moment (`until`, UTC), and not before; of the law's the last come all the same.

    Hers alone, or whose who gets her reminders now. Raises `BadInput` for a moment that has passed or is too far
    ahead, `NotAllowed`, `NotFound`, `Settled`, `Repeated`, and `Refused` for what is needed now.
    """
    with work:
        audit.take(work, actor, key)
        matter, owner, reader = _hers(work, actor, matter_id)
        if later is not None:
            at = rules.moment(later, work.working_time_of(reader), now=work.now)
        else:
            at = rules.checked(until or work.now, now=work.now)
        after = reminders.snooze(work, matter, owner, at)
        audit.record(work, actor, f"{after.kind}.snooze", matter_id)
        work.commit()
        return Snoozed(after, at)


def ask_help(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """She needs help: somebody of her own line is told, now and once. What is owed stands, and so do its reminders.

    Whoever waits for it is told nothing. Raises `Settled` where help was asked for since it last changed, `Refused`
    where nobody is left to tell.
    """
    with work:
        audit.take(work, actor, key)
        found = agreements.held(work, actor, matter_id, *rules.HELPED)
        taps = agreements.check_owner(work, actor, found)
        found.matter.check_open()
        everybody = directory.all_contacts(work, actor.workspace_id)
        away = absences.away_now(work, actor.workspace_id)
        audience = rules.helper(found.owner, found.asker, taps, everybody, away)
        if audience is None:
            raise Refused("reminder.error.nobody")
        after = replace(found.matter, help_asked_at=work.now)
        matters.change(work, found.matter, after)
        if not deliveries.add_rungs(work, after, [Rung(HELP, work.now, audience)]):
            raise Settled("settled.help_asked")
        agreements.show(work, found.view, after)
        audit.record(work, actor, f"{after.kind}.help", matter_id)
        work.commit()
        return after


def _hers(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[Matter, Contact, Contact]:
    """An open matter whose reminders may be put off, its owner, and the person who does so for herself."""
    matter = None if actor.is_stranger else matters.matter(work, actor.workspace_id, matter_id)
    if matter is None or matter.kind in rules.NEVER_LATER:
        raise NotFound("refused.gone")
    owner = directory.contacts_by_ids(work, actor.workspace_id, [matter.owner_id])[matter.owner_id]
    reader, _ = reminders.reader_now(work, matter, Audience.OWNER)
    mine = actor.check_known()[1]
    if mine.id != owner.id and (reader is None or mine.id != reader.id):
        raise NotAllowed("reminder.error.not_hers", owner=owner.name)
    matter.check_open()
    asked = matter.case_id if matter.state is MatterState.PROPOSED else None
    case = cases.case(work, actor.workspace_id, asked) if asked else None
    if not rules.can_wait(matter, case.urgency if case else None):
        raise Refused("reminder.error.now")
    return matter, owner, mine
