"""Asking somebody to take part in a case: the request, her place, and the reminders, in one transaction."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import ladders
from bot.domain.cases import Case, ParticipantState
from bot.domain.ladders import Audience, Rung
from bot.domain.matters import Matter, MatterKind, proposed
from bot.domain.people import Contact
from storage import cases, channels, deliveries, directory, matters
from storage.schema import new_id
from storage.uow import UnitOfWork


def ask(work: UnitOfWork, case: Case, contact: Contact, asker: Contact, *, after_id: str | None = None) -> Matter:
    """Ask this person to take part; with `after_id` the question goes out when that delivery is decided."""
    matter = proposed(new_id(), MatterKind.PARTICIPATION, contact, asker.id, now=work.now, case_id=case.id)
    matters.add(work, matter)
    cases.set_participant(work, case.id, contact.id, ParticipantState.ASKED)
    after_id = channels.follow(work, case).get(contact.id, after_id)  # nobody is led to what she cannot read yet
    rungs = ladders.plan(matter, work.working_time_of(contact), now=work.now, urgency=case.urgency)
    deliveries.replace_rungs(work, matter, rungs, after_id=after_id)
    return matter


def hurry(work: UnitOfWork, case: Case, request: Matter) -> None:
    """An open question follows what its case is now: it is repeated as soon as its urgency asks; what was sent is edited."""
    after = replace(request, revision=request.revision + 1)
    matters.change(work, request, after)
    owner = directory.contacts_by_ids(work, request.workspace_id, [request.owner_id])[request.owner_id]
    rungs = ladders.plan(after, work.working_time_of(owner), now=work.now, urgency=case.urgency)
    asked = deliveries.was_asked(work, request.id)
    deliveries.replace_rungs(work, after, [rung for rung in rungs if rung.name != ladders.ASK or not asked])
    deliveries.refresh_sent(work, matter_id=request.id)


NOBODY_AGAIN = 2
"""Working days after which somebody who must find another person is reminded."""


def tell_that_nobody_is_left(work: UnitOfWork, case: Case, contact: Contact, asker: Contact) -> None:
    """This person can ask somebody else, because everybody who was asked has declined."""
    matter = proposed(new_id(), MatterKind.NOBODY, contact, asker.id, now=work.now, case_id=case.id)
    matters.add(work, matter)
    again = work.working_time_of(contact).plus_days(work.now, NOBODY_AGAIN)
    rungs = (Rung("ask", work.now, Audience.OWNER), Rung("again", again, Audience.OWNER))
    deliveries.add_rungs(work, matter, rungs)
