"""*Passer det stadig?*: a person says that the directory is right about her, corrects it, or says that she has left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain import corrections as correction_rules
from bot.domain.confirmations import ConfirmationView, Reply
from bot.domain.corrections import Fault, Wrong
from bot.domain.directory_files import refusing
from bot.domain.directory_files.changes import plan
from bot.domain.directory_files.tables import Cell, Facts, Row, Table, What
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.intake import GuardedText
from bot.domain.matters import Matter, MatterKind, MatterState, proposed
from bot.domain.people import Actor, Contact, Role
from storage import (
    audit,
    confirmations,
    corrections,
    deliveries,
    directory,
    directory_changes,
    directory_plans,
    matters,
    settling,
)
from storage.schema import new_id
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Details:
    """What a person may correct about herself; `substitute` is a contact's key, or empty for nobody."""

    phone: GuardedText
    hours: GuardedText
    best_time: GuardedText
    substitute: str = ""


def prepare(work: UnitOfWork, actor: Actor, *, matter_id: str) -> ConfirmationView:
    """What the form for corrections begins with; raises as `yes`."""
    with work.reading():
        return _hers(work, actor, matter_id)


def yes(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """All of it is still right.

    Raises `NotAllowed` for anybody but the person herself, `Settled` where she answered already, `NotFound`, `Repeated`.
    """
    with work:
        audit.take(work, actor, key)
        view = _hers(work, actor, matter_id)
        sure = replace(view.owner, confirmed_by=view.owner.name, confirmed_at=work.now)
        directory_changes.save_contacts(work, actor.workspace_id, [sure])
        audit.record(work, actor, "contact.confirm", f"contact:{view.owner.key}")
        return _settle(work, view, Reply.YES)


def correct(work: UnitOfWork, actor: Actor, details: Details, facts: Facts, *, matter_id: str, key: str) -> Matter:
    """Some of it has changed: written as an import would write it, and confirmed by that. `BadInput` names the field."""
    with work:
        audit.take(work, actor, key)
        view = _hers(work, actor, matter_id)
        today = work.now.astimezone(facts.zones[view.owner.country]).date()
        cells: dict[str, Cell] = {
            "key": view.owner.key, "phone": str(details.phone), "hours": str(details.hours), "best_time": str(details.best_time),
            "substitute": details.substitute, "confirmed_by": view.owner.name, "confirmed_at": today,
            "slack_id": "",  # the one that is known stays
        }  # fmt: skip
        held = directory_plans.held(work, actor.workspace_id)
        made = plan([Table(What.CONTACTS, "", (Row(1, cells),))], held, facts, now=work.now)
        refusing.check(made.flaws)
        directory_plans.write(work, actor, made)
        return _settle(work, view, Reply.CORRECT)


def left(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> Matter:
    """She works there no more: nobody is led to her from now on, and her agency's coordinator is told."""
    with work:
        audit.take(work, actor, key)
        view = _hers(work, actor, matter_id)
        directory_changes.end_contacts(work, actor.workspace_id, [view.owner.key])
        audit.record(work, actor, "contact.left", f"contact:{view.owner.key}")
        _tell_coordinator(work, view.owner)
        return _settle(work, view, Reply.LEFT)


def _hers(work: UnitOfWork, actor: Actor, matter_id: str) -> ConfirmationView:
    matter = matters.matter(work, actor.workspace_id, matter_id)
    if actor.contact is None or matter is None or matter.kind is not MatterKind.CONFIRMATION:
        raise NotFound("refused.gone")
    view = confirmations.view(work, matter)
    if view.owner.id != actor.contact.id:
        raise NotAllowed("refused.not_owner", owner=view.owner.name)
    matter.check_open()
    return view


def _settle(work: UnitOfWork, view: ConfirmationView, reply: Reply) -> Matter:
    after = view.matter.moved(MatterState.DONE, work.now, reason=reply)
    settling.settle(work, view.matter, after)
    work.commit()
    return after


def _tell_coordinator(work: UnitOfWork, contact: Contact) -> None:
    """As a correction; where there is no other coordinator, the rules that led to her are holes all the same."""
    told = next(
        (
            c
            for c in directory.all_contacts(work, contact.workspace_id)
            if c.role is Role.COORDINATOR
            and c.agency_id == contact.agency_id
            and c.id != contact.id
            and c.can_be_reached
        ),
        None,
    )
    if told is None:
        return
    matter = proposed(new_id(), MatterKind.CORRECTION, told, contact.id, now=work.now)
    corrections.add(work, matter, Fault(contact.id, "", Wrong.MOVED))
    working_time = work.working_time_of(told)
    deliveries.add_rungs(work, matter, correction_rules.plan(matter, working_time, now=work.now))
