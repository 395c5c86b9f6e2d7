"""A case begins: the case itself, its first events, who is asked, its headline and the opener's receipt."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from bot.domain.cases import Case, ParticipantState, Room
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.opening import NewCase
from bot.domain.people import Contact
from bot.domain.tracks import CaseEvent, Track
from storage import cases, deadlines, deliveries, requests, tracks
from storage.schema import new_id
from storage.uow import UnitOfWork


def begin(work: UnitOfWork, room: Room, wanted: NewCase, opener: Contact, asked: Iterable[Contact]) -> Case:
    """Open a case in this room: the opener takes part, the others are asked once the headline stands."""
    case = Case(
        id=new_id(),
        workspace_id=room.workspace_id,
        code=cases.free_code(work, room.workspace_id, secrets.choice),
        kind=wanted.kind,
        urgency=wanted.urgency,
        country=room.country,
        municipality=wanted.municipality,
        room_id=room.id,
        channel=room.channel,
        language=room.language,
        opened_by=opener.id,
        opened_at=work.now,
        subject=wanted.subject,
    )
    cases.add_case(work, case)
    cases.set_participant(work, case.id, opener.id, ParticipantState.ACCEPTED)
    for event in _events(work, case, wanted, opener):
        tracks.save(work, event)
    headline = deliveries.refresh_headline(work, case.workspace_id, case.id, case.channel)
    for contact in asked:
        requests.ask(work, case, contact, opener, after_id=headline)
    deadlines.attach(work, case, {event.name: event.at for event in tracks.events_of(work, case.id)})
    receipt = Delivery(
        id=new_id(),
        workspace_id=case.workspace_id,
        kind=DeliveryKind.RECEIPT,
        state=DeliveryState.DUE,
        due_at=work.now,
        lane=f"person:{opener.id}",
        case_id=case.id,
    )
    deliveries.add(work, receipt, dedupe=f"receipt:{case.id}", after_id=headline)
    return case


def _events(work: UnitOfWork, case: Case, wanted: NewCase, opener: Contact) -> list[CaseEvent]:
    known = [CaseEvent(case.id, track, stage, work.now, opener.id, work.now) for track, stage in wanted.stages]
    if wanted.received is None:
        return known
    received = CaseEvent(case.id, Track.MUNICIPALITY, "received", wanted.received, opener.id, work.now)
    return [received, *(event for event in known if event.name != received.name)]
