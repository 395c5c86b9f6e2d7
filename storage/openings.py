"""A case begins: the case itself, its first events, who is asked, its headline and the opener's receipt."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from bot.domain.cases import Case, ParticipantState, Room
from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState
from bot.domain.opening import NewCase
from bot.domain.people import Contact
from bot.domain.tracks import CaseEvent, Track
from storage import cases, channel_steps, channels, deadlines, deliveries, requests, tracks
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
        channel="" if room.per_case else room.channel,
        own_channel=room.per_case,
        language=room.language,
        opened_by=opener.id,
        opened_at=work.now,
        subject=wanted.subject,
    )
    cases.add_case(work, case)
    cases.set_participant(work, case.id, opener.id, ParticipantState.ACCEPTED)
    for event in _events(work, case, wanted, opener):
        tracks.save(work, event)
    making = channel_steps.make(work, case) if case.own_channel else None
    headline = deliveries.refresh_headline(work, case.workspace_id, case.id, case.lane, after_id=making)
    to_ask = list(asked)
    for contact in to_ask:
        cases.set_participant(work, case.id, contact.id, ParticipantState.ASKED)
    let_in = channels.follow(work, case, after_id=headline)
    for contact in to_ask:
        requests.ask(work, case, contact, opener, after_id=let_in.get(contact.id, headline))
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
    deliveries.add(work, receipt, dedupe=f"receipt:{case.id}", after_id=let_in.get(opener.id, headline))
    return case


def _events(work: UnitOfWork, case: Case, wanted: NewCase, opener: Contact) -> list[CaseEvent]:
    known = [CaseEvent(case.id, track, stage, work.now, opener.id, work.now) for track, stage in wanted.stages]
    if wanted.received is None:
        return known
    received = CaseEvent(case.id, Track.MUNICIPALITY, "received", wanted.received, opener.id, work.now)
    return [received, *(event for event in known if event.name != received.name)]
