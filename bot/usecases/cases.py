"""Opening a case and taking part in it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.domain import ladders
from bot.domain.cases import Case, CaseView, ParticipantState, Room, Urgency
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.errors import NotFound, Refused
from bot.domain.matters import Matter, MatterKind, MatterState, check_answerer, proposed
from bot.domain.people import Actor, Agency, Contact, Role
from storage import absences, audit, cases, deadlines, deliveries, directory, matters
from storage.schema import new_id
from storage.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case begins with, all of it chosen from closed lists."""

    kind: str
    urgency: Urgency
    municipality: str
    contact_id: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form for a new case shows before it is opened."""

    room: Room
    contact: Contact
    asked: Contact
    """Who gets the request: the contact, or whoever stands in for her while she is away."""


def prepare(work: UnitOfWork, actor: Actor, *, municipality: str, contact_id: str) -> Opening:
    """What a person must see before she opens a case: the room its thread will stand in, and whom it will reach.

    Raises `Refused` where there is no room yet, `NotFound` where the contact is none of this workspace.
    """
    with work.reading():
        agency, _ = actor.check_known()
        return _opening(work, agency, municipality, contact_id)


def open_case(work: UnitOfWork, actor: Actor, wanted: NewCase, *, key: str) -> Case:
    """Open a case: the opener takes part, the contact is asked to, the thread is about to appear.

    `key` names the interaction. Raises `Repeated` on a repetition, else as `prepare`.
    """
    with work:
        agency, opener = actor.check_known()
        audit.take(work, actor, key)
        opening = _opening(work, agency, wanted.municipality, wanted.contact_id)
        case = Case(
            id=new_id(),
            workspace_id=actor.workspace_id,
            code=cases.free_code(work, actor.workspace_id, secrets.choice),
            kind=wanted.kind,
            urgency=wanted.urgency,
            country=agency.country,
            municipality=wanted.municipality,
            room_id=opening.room.id,
            channel=opening.room.channel,
            language=opening.room.language,
            opened_by=opener.id,
            opened_at=work.now,
        )
        cases.add_case(work, case)
        cases.set_participant(work, case.id, opener.id, ParticipantState.ACCEPTED)
        headline = deliveries.refresh_headline(work, actor.workspace_id, case.id, case.channel)
        _ask(work, case, opening.asked, opener, after_id=headline)
        receipt = Delivery(
            id=new_id(),
            workspace_id=actor.workspace_id,
            kind=DeliveryKind.RECEIPT,
            state=DeliveryState.DUE,
            due_at=work.now,
            lane=f"person:{opener.id}",
            case_id=case.id,
        )
        deliveries.add(work, receipt, dedupe=f"receipt:{case.id}", after_id=headline)
        deadlines.follow(work, case)
        audit.record(work, actor, "case.open", case.id)
        work.commit()
        return case


def prepare_decline(work: UnitOfWork, actor: Actor, *, matter_id: str) -> Matter:
    """The request a person is about to decline; raises where she may not, or it was answered already."""
    with work.reading():
        matter, _, _ = _asked(work, actor, matter_id)
        return matter


def accept(work: UnitOfWork, actor: Actor, *, matter_id: str, key: str) -> CaseView:
    """Take the place in a case one was asked for; gives back the case as it is now."""
    with work:
        audit.take(work, actor, key)
        matter, owner, answerer = _asked(work, actor, matter_id)
        accepted = matter.owned_by(answerer.id, answerer.side).moved(MatterState.ACCEPTED, work.now)
        if answerer.id != owner.id:
            cases.set_participant(work, str(matter.case_id), owner.id, ParticipantState.PASSED_ON)
        view = _settle(work, matter, answerer, accepted, ParticipantState.ACCEPTED)
        audit.record(work, actor, "case.accept", view.case.id)
        work.commit()
        return view


def decline(work: UnitOfWork, actor: Actor, *, matter_id: str, reason: str, key: str) -> CaseView:
    """Say no to a place in a case, with a reason from a closed list: the substitute is asked, else the coordinator.

    Gives back the case as it is now.
    """
    with work:
        audit.take(work, actor, key)
        matter, owner, answerer = _asked(work, actor, matter_id)
        view = _settle(
            work, matter, owner, matter.moved(MatterState.DECLINED, work.now, reason=reason), ParticipantState.DECLINED
        )
        asked_before = {place.contact.id for place in view.participants}
        # Who says no for somebody else has just said that she cannot either: she comes last.
        line = [absences.answers_for(work, listed) for listed in _next_in_line(work, owner)]
        for candidate in sorted(line, key=lambda c: c.id == answerer.id):
            if candidate.id not in asked_before:
                asker = directory.contacts_by_ids(work, actor.workspace_id, [matter.asker_id])[matter.asker_id]
                _ask(work, view.case, candidate, asker)
                break
        audit.record(work, actor, "case.decline", view.case.id)
        work.commit()
    with work.reading():
        return _view(work, actor, view.case.id)


def _opening(work: UnitOfWork, agency: Agency, municipality: str, contact_id: str) -> Opening:
    contact = directory.contacts_by_ids(work, agency.workspace_id, [contact_id]).get(contact_id)
    if contact is None:
        raise NotFound("refused.contact_gone")
    room = cases.room_of(work, agency.workspace_id, agency.country, municipality)
    if room is None:
        raise Refused("refused.no_room", contact=contact.name, phone=contact.phone)
    return Opening(room, contact, absences.answers_for(work, contact))


def _ask(work: UnitOfWork, case: Case, contact: Contact, asker: Contact, *, after_id: str | None = None) -> None:
    matter = proposed(new_id(), MatterKind.PARTICIPATION, contact, asker.id, now=work.now, case_id=case.id)
    matters.add(work, matter)
    cases.set_participant(work, case.id, contact.id, ParticipantState.ASKED)
    rungs = ladders.plan(matter, work.working_time_of(contact), now=work.now, urgency=case.urgency)
    deliveries.replace_rungs(work, matter, rungs, after_id=after_id)


def _asked(work: UnitOfWork, actor: Actor, matter_id: str) -> tuple[Matter, Contact, Contact]:
    matter = matters.matter(work, actor.workspace_id, matter_id)
    if matter is None or actor.is_stranger:
        raise NotFound("refused.gone")
    matter.check_open()  # first: once a substitute has accepted it is hers, and the one who was asked learns just that
    owner = directory.contacts_by_ids(work, actor.workspace_id, [matter.owner_id])[matter.owner_id]
    return matter, owner, check_answerer(actor, owner, stand_in_id=absences.answers_for(work, owner).id)


def _settle(work: UnitOfWork, before: Matter, owner: Contact, after: Matter, place: ParticipantState) -> CaseView:
    matters.change(work, before, after)
    cases.set_participant(work, str(after.case_id), owner.id, place)
    deliveries.cancel_rungs(work, after)
    deliveries.refresh_sent(work, matter_id=after.id)
    deliveries.refresh_sent(work, receipts_of_case=str(after.case_id))
    view = cases.view(work, after.workspace_id, str(after.case_id))
    if view is None:
        raise NotFound("refused.gone")
    deadlines.follow(work, view.case)
    deliveries.refresh_headline(work, after.workspace_id, view.case.id, view.case.channel)
    return view


def _next_in_line(work: UnitOfWork, contact: Contact) -> list[Contact]:
    everybody = directory.all_contacts(work, contact.workspace_id)
    substitutes = [c for c in everybody if c.key == contact.substitute_key]
    coordinators = [c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == contact.agency_id]
    return substitutes + coordinators


def _view(work: UnitOfWork, actor: Actor, case_id: str) -> CaseView:
    view = cases.view(work, actor.workspace_id, case_id)
    if view is None:
        raise NotFound("refused.gone")
    return view
