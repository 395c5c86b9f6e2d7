"""*Forkert kontakt?*: somebody saw that a contact is wrong, a coordinator puts it right."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import corrections as rules
from bot.domain.corrections import Fault
from bot.domain.errors import NotFound, Refused
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer, proposed
from bot.domain.people import Actor, Contact, Role
from storage import audit, corrections, deliveries, directory, settling
from storage.schema import new_id
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Reporting:
    """Whom a correction would be about, and who would be told."""

    contact: Contact
    coordinator: Contact


def prepare(work: UnitOfWork, actor: Actor, *, contact_id: str) -> Reporting:
    """Whom a correction would be about; raises as `report`."""
    with work.reading():
        actor.check_known()
        return _reporting(work, actor, contact_id)


def report(work: UnitOfWork, actor: Actor, fault: Fault, *, key: str) -> Reporting:
    """Tell the coordinator of the contact's agency, else the asker's own, what is wrong.

    Raises `NotFound` where the contact is gone already, `Refused` where neither agency has a coordinator in Slack,
    `Repeated`.
    """
    with work:
        asker = actor.check_known()[1]
        audit.take(work, actor, key)
        told = _reporting(work, actor, fault.contact_id)
        matter = proposed(new_id(), MatterKind.CORRECTION, told.coordinator, asker.id, now=work.now)
        corrections.add(work, matter, fault)
        working_time = work.working_time_of(told.coordinator)
        deliveries.add_rungs(work, matter, rules.plan(matter, working_time, now=work.now))
        audit.record(work, actor, "contact.wrong", f"contact:{fault.contact_id}")
        work.commit()
        return told


def done(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """The coordinator has put it right; raises `NotAllowed` for everybody who does not answer for her."""
    with work:
        audit.take(work, actor, key)
        view = None if actor.is_stranger else corrections.view(work, actor.workspace_id, matter_id)
        if view is None:
            raise NotFound("refused.gone")
        check_answerer(actor, view.owner)
        after = view.matter.moved(MatterState.DONE, work.now)
        settling.settle(work, view.matter, after)
        audit.record(work, actor, "correction.done", matter_id)
        work.commit()
        return after


def _reporting(work: UnitOfWork, actor: Actor, contact_id: str) -> Reporting:
    _, asker = actor.check_known()
    everybody = directory.all_contacts(work, actor.workspace_id)
    contact = next((c for c in everybody if c.id == contact_id), None)
    if contact is None:
        raise NotFound("refused.contact_gone")
    coordinators = [c for c in everybody if c.role is Role.COORDINATOR and c.can_be_reached]
    for agency_id in (contact.agency_id, asker.agency_id):
        coordinator = next((c for c in coordinators if c.agency_id == agency_id), None)
        if coordinator is not None:
            return Reporting(contact, coordinator)
    raise Refused("correction.error.nobody")
