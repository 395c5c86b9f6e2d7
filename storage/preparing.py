"""What a card needs to write one delivery, read at the moment of sending; or why there is nothing to send any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.absences import AbsenceView
from bot.domain.cases import CaseView
from bot.domain.confirmations import ConfirmationView
from bot.domain.deliveries import STEPS, Delivery, DeliveryKind, Subject, ToSend
from bot.domain.holes import Lists
from bot.domain.ladders import Audience, Rung, accompanies, stand_in, superseded
from bot.domain.matters import Matter
from bot.domain.opening import RoomView
from bot.domain.people import Contact
from bot.domain.setup import Hello
from bot.domain.upkeep import UpkeepView
from storage import cases, channels, closing, deliveries, digests, directory, matters, reminders, subjects
from storage.uow import UnitOfWork

NOBODY = "nobody-to-reach"
"""Why a delivery is parked that has no reader in Slack."""
GONE, SETTLED, OVER = "gone", "settled", "over"
"""Why a delivery is cancelled: what it was about is gone, was answered, or ended by the clock."""
ALONE = "alone"
"""The same, of a digest: one reminder alone goes out as it is."""
SUPERSEDED, TWICE = "superseded", "twice"
"""The same: a later reminder of the same matter is due already; or the same person gets the same one anyway."""


def to_send(work: UnitOfWork, delivery: Delivery, lists: Callable[[], Lists], *, check: bool) -> ToSend | str:
    """The delivery with all its card needs, or why there is nothing to send. `lists` is what holes are found with.

    With `check` a nudge that need not go out any more gives the reason; without, it is written from what is true now.
    """
    if delivery.kind is DeliveryKind.EDIT:
        return _edit(work, delivery, lists)
    if delivery.kind is DeliveryKind.DIGEST:
        return _digest(work, delivery, check=check)
    if delivery.kind in _OWN_WAY:
        return _OWN_WAY[delivery.kind](work, delivery)
    matter = matters.matter(work, delivery.workspace_id, delivery.matter_id) if delivery.matter_id else None
    if delivery.kind is DeliveryKind.FILE:
        about: Subject | None = closing.export(work, delivery)
    else:
        about = subjects.subject(work, delivery.workspace_id, case_id=delivery.case_id, matter=matter, lists=lists)
    if about is None:
        return GONE
    if delivery.kind is DeliveryKind.HEADLINE:
        return _headline(delivery, about)
    needless = _settled(delivery, matter, about, work.now) or _beside_others(work, delivery, matter) if check else None
    return needless or _to_person(work, delivery, matter, about, edited=not check)


def _to_person(
    work: UnitOfWork, delivery: Delivery, matter: Matter | None, about: Subject, *, edited: bool
) -> ToSend | str:
    recipient, instead_of = None, None
    if delivery.kind is DeliveryKind.NUDGE and matter is not None:
        recipient, instead_of = _reader(work, delivery, matter)
    elif delivery.recipient_id is not None:
        recipient = directory.contacts_by_ids(work, delivery.workspace_id, [delivery.recipient_id])[
            delivery.recipient_id
        ]
    elif delivery.kind is not DeliveryKind.NUDGE:
        recipient = directory.contacts_by_ids(work, delivery.workspace_id, [about.asked_by])[about.asked_by]
    if recipient is None or not recipient.can_be_reached:
        return NOBODY
    agency = directory.agency(work, recipient.agency_id)
    if agency is None:
        return GONE
    later = reminders.snoozed_until(work, matter) if edited and matter is not None and matter.state.is_open else None
    return ToSend(
        delivery, recipient.slack_id, recipient.language or agency.language, agency.country, about,
        matter=matter, recipient=recipient, instead_of=instead_of, snoozed_until=later,
    )  # fmt: skip


def _settled(delivery: Delivery, matter: Matter | None, about: Subject, now: datetime) -> str | None:
    """Why a nudge need not go out any more, or None."""
    if delivery.kind is not DeliveryKind.NUDGE:
        return None
    if matter is None or not matter.state.is_open or matter.revision != delivery.revision:
        return SETTLED
    if isinstance(about, UpkeepView):
        return None if about.holes else OVER
    if isinstance(about, ConfirmationView):
        return OVER if about.is_over(now) else None
    if isinstance(about, RoomView) and delivery.rung != "ended":
        return SETTLED if matter.due_at is not None and matter.due_at <= now else None
    return OVER if isinstance(about, AbsenceView) and about.absence.is_over(now) else None


def _headline(delivery: Delivery, about: Subject) -> ToSend | str:
    if not isinstance(about, CaseView):
        return GONE
    case = about.case
    if not case.channel:  # it comes once the channel is made
        return channels.NOT_MADE
    return ToSend(delivery, case.channel, case.language, case.country, about, edit_ts=case.thread_ts)


def _edit(work: UnitOfWork, delivery: Delivery, lists: Callable[[], Lists]) -> ToSend | str:
    original = deliveries.delivery(work, str(delivery.edits_id))
    if original is None or original.channel is None or original.ts is None:
        return GONE
    sent = to_send(work, original, lists, check=False)
    if isinstance(sent, str):
        return sent
    return replace(sent, delivery=delivery, post_to=original.channel, edit_ts=original.ts, original=original)


def _digest(work: UnitOfWork, delivery: Delivery, *, check: bool) -> ToSend | str:
    """A person's digest. With `check` it takes up what has waited for it; nothing is sent where nothing is left."""
    people = directory.contacts_by_ids(work, delivery.workspace_id, [str(delivery.recipient_id)])
    reader = people.get(str(delivery.recipient_id))
    agency = directory.agency(work, reader.agency_id) if reader else None
    if reader is None or agency is None:
        return GONE
    if not reader.can_be_reached:
        return NOBODY
    if check:
        digests.take_up(work, delivery)
    view = digests.view(work, delivery, reader, agency)
    listed = {task.matter.id for task in (*view.tasks.on_me, *view.tasks.i_wait_for)} if view else set()
    if check:
        digests.let_out(work, delivery, listed)
    if view is None:
        return SETTLED
    if check and len(listed) == 1:
        digests.let_go(work, delivery)
        return ALONE
    if check:
        digests.names(work, delivery, view)
    return ToSend(delivery, reader.slack_id, reader.language or agency.language, agency.country, view, recipient=reader)


def _removal(work: UnitOfWork, delivery: Delivery) -> ToSend | str:
    original = deliveries.delivery(work, str(delivery.edits_id))
    view = cases.view(work, delivery.workspace_id, str(delivery.case_id))
    if original is None or view is None:
        return GONE
    return ToSend(delivery, delivery.channel, view.language, view.country, view, edit_ts=delivery.ts, original=original)


def _hello(work: UnitOfWork, delivery: Delivery) -> ToSend | str:
    if cases.room_of_channel(work, delivery.workspace_id, str(delivery.channel)) is not None:
        return GONE  # the bot made that channel for a case; nobody has to be told there what it is
    return ToSend(delivery, delivery.channel, "", "", Hello())


def _mention(work: UnitOfWork, delivery: Delivery) -> ToSend | str:
    view = cases.view(work, delivery.workspace_id, str(delivery.case_id))
    people = directory.contacts_by_ids(work, delivery.workspace_id, [str(delivery.recipient_id)])
    if view is None or view.case.thread_ts is None or not view.case.is_open:
        return GONE
    recipient = people.get(str(delivery.recipient_id))
    return ToSend(delivery, view.case.channel, view.language, view.country, view, recipient=recipient)


def _step(work: UnitOfWork, delivery: Delivery) -> ToSend | str:
    found = channels.to_do(work, delivery)
    if isinstance(found, ToSend) and found.recipient is not None and not found.recipient.can_be_reached:
        return NOBODY
    return found


_OWN_WAY: Mapping[DeliveryKind, Callable[[UnitOfWork, Delivery], ToSend | str]] = {
    DeliveryKind.REMOVAL: _removal,
    DeliveryKind.HELLO: _hello,
    DeliveryKind.MENTION: _mention,
    **dict.fromkeys(STEPS, _step),
}
"""What is not about a matter or a case as it stands now."""


def _reader(work: UnitOfWork, delivery: Delivery, matter: Matter) -> tuple[Contact | None, Contact | None]:
    """Who reads a nudge: whoever it was sent to, or, as long as it was not, whoever its rung goes to now."""
    if delivery.recipient_id is not None:
        sent_to = directory.contacts_by_ids(work, matter.workspace_id, [delivery.recipient_id])[delivery.recipient_id]
        return sent_to, None
    return reminders.reader_now(work, matter, Audience(delivery.audience or Audience.COORDINATOR))


def _beside_others(work: UnitOfWork, delivery: Delivery, matter: Matter | None) -> str | None:
    """Why a nudge need not go out beside the others of its matter, or None."""
    nudged = matter is not None and delivery.kind is DeliveryKind.NUDGE
    others = deliveries.others_of(work, delivery) if nudged else []
    if matter is None or not others or digests.had_its_morning(work, delivery):
        return None
    rung, among = _rung(delivery), {other.id: _rung(other) for other in others}
    later = [other for other in others if rung.at < other.due_at <= work.now and _reaches(work, other, matter)]
    if superseded(rung, (among[other.id] for other in later), now=work.now):
        return SUPERSEDED
    if accompanies(rung, among.values()) and not _is_there(work, rung.audience, matter):
        return TWICE
    ranks = list(Audience)
    before = [
        other
        for other in others
        if among[other.id].at == rung.at and ranks.index(among[other.id].audience) < ranks.index(rung.audience)
    ]
    mine = _reaches(work, delivery, matter) if before else None
    return TWICE if mine and mine in {_reaches(work, other, matter) for other in before} else None


def _rung(delivery: Delivery) -> Rung:
    return Rung(delivery.rung or "", delivery.due_at, Audience(delivery.audience or Audience.COORDINATOR))


def _reaches(work: UnitOfWork, delivery: Delivery, matter: Matter) -> str | None:
    """The id of the person whom a nudge reaches, or None where it reaches nobody."""
    reader, _ = _reader(work, delivery, matter)
    return reader.id if reader is not None and reader.can_be_reached else None


def _is_there(work: UnitOfWork, audience: Audience, matter: Matter) -> bool:
    owner = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id])[matter.owner_id]
    found = stand_in(audience, owner, directory.all_contacts(work, matter.workspace_id))
    return found is not None and found.can_be_reached
