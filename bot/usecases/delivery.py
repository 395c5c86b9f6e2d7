"""What is due, and what became of it. The one who posts (`handlers/delivery.py`) asks here and reports here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.deliveries import Delivery, DeliveryKind, DeliveryState, ToSend
from bot.domain.ladders import Audience
from bot.domain.matters import Matter
from bot.domain.people import Contact, Role
from storage import audit, cases, deliveries, directory, matters, subjects
from storage.uow import UnitOfWork

PACE = timedelta(seconds=1)
"""Slack takes about one message a second in one channel."""
RETRY = timedelta(seconds=5)
"""Before a delivery of unknown outcome is tried again."""
NOBODY = "nobody-to-reach"
"""Why a delivery is parked that has no reader in Slack."""
MOST_ATTEMPTS = 8
"""After so many failures a coordinator has to look."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What Slack said of a message it took. `permalink` only of a new headline."""

    channel: str
    ts: str
    permalink: str | None = None


def claim(work: UnitOfWork, *, workspace_id: str, limit: int) -> list[Delivery]:
    """Take up to `limit` due deliveries of a workspace for sending; rows of processes that died come back first."""
    with work:
        deliveries.release_expired(work)
        claimed = deliveries.claim(work, workspace_id, limit)
        work.commit()
        return claimed


def begin(work: UnitOfWork, delivery_id: str) -> ToSend | None:
    """Check once more and step from claimed to sending; None where there is nothing to send any more.

    A nudge whose matter was settled, or whose due moment moved, since it was planned is cancelled here. One that has
    nobody to go to is parked with the reason.
    """
    with work:
        delivery = deliveries.delivery(work, delivery_id)
        if delivery is None:
            return None
        to_send = _prepare(work, delivery, check=True)
        if isinstance(to_send, str):
            state = DeliveryState.PARKED if to_send == NOBODY else DeliveryState.CANCELLED
            deliveries.move(work, delivery.id, DeliveryState.CLAIMED, state, error=to_send, lease_until=None)
            work.woke = True
            work.commit()
            return None
        held = deliveries.move(
            work, delivery.id, DeliveryState.CLAIMED, DeliveryState.SENDING,
            lease_until=work.now + deliveries.LEASE, attempts=delivery.attempts + 1,
        )  # fmt: skip
        work.commit()
        return to_send if held else None


def report_sent(work: UnitOfWork, delivery_id: str, sent: Sent) -> None:
    """Slack took it: remember where it stands. What changed in between is brought up to date at once."""
    with work:
        delivery = deliveries.delivery(work, delivery_id)
        if delivery is None:
            return
        for held in (DeliveryState.SENDING, DeliveryState.UNKNOWN):
            deliveries.move(
                work, delivery_id, held, DeliveryState.SENT,
                channel=sent.channel, ts=sent.ts, sent_at=work.now, lease_until=None, error=None,
            )  # fmt: skip
        deliveries.pace(work, delivery.lane, work.now + PACE)
        if delivery.kind is DeliveryKind.HEADLINE and delivery.case_id:
            case = cases.case(work, delivery.workspace_id, delivery.case_id)
            if case and case.thread_ts is None:
                cases.set_thread(work, case.id, sent.ts, sent.permalink)
        if delivery.kind is DeliveryKind.NUDGE and delivery.matter_id:
            matter = matters.matter(work, delivery.workspace_id, delivery.matter_id)
            if matter and matter.revision != delivery.revision:
                deliveries.refresh_sent(work, matter_id=matter.id)
        work.woke = True  # what waited for this one may go
        work.commit()


def report_later(work: UnitOfWork, delivery_id: str, *, wait: timedelta) -> None:
    """Slack did not take it and said how long to wait (429)."""
    with work:
        deliveries.move(
            work,
            delivery_id,
            DeliveryState.SENDING,
            DeliveryState.DUE,
            next_attempt_at=work.now + wait,
            lease_until=None,
        )
        work.commit()


def report_unknown(work: UnitOfWork, delivery_id: str) -> None:
    """The answer never came (5xx, timeout, broken connection): it will be looked up, or sent once more."""
    with work:
        deliveries.move(
            work, delivery_id, DeliveryState.SENDING, DeliveryState.UNKNOWN, next_attempt_at=work.now + RETRY
        )
        work.commit()


def report_refused(work: UnitOfWork, delivery_id: str, *, reason: str) -> None:
    """Slack refused it for good: parked with Slack's reason, for a coordinator to see."""
    with work:
        deliveries.move(
            work, delivery_id, DeliveryState.SENDING, DeliveryState.PARKED, error=reason[:80], lease_until=None
        )
        work.commit()


def to_look_up(work: UnitOfWork, *, workspace_id: str, limit: int) -> list[tuple[Delivery, ToSend | None]]:
    """Deliveries of unknown outcome, each with where it was to go; None where it need not or cannot be looked up.

    An edit need not: to make it twice changes nothing.
    """
    with work.reading():
        found: list[tuple[Delivery, ToSend | None]] = []
        for delivery in deliveries.unknown(work, workspace_id, limit):
            to_send = _prepare(work, delivery, check=False)
            posted = isinstance(to_send, ToSend) and to_send.edit_ts is None
            found.append((delivery, to_send if posted and isinstance(to_send, ToSend) else None))
        return found


def report_not_found(work: UnitOfWork, delivery_id: str) -> None:
    """Looked up and not there, or not to be looked up: sent once more, until it has failed too often."""
    with work:
        delivery = deliveries.delivery(work, delivery_id)
        if delivery is not None and delivery.attempts >= MOST_ATTEMPTS:
            deliveries.move(
                work, delivery_id, DeliveryState.UNKNOWN, DeliveryState.PARKED, error="no-answer", lease_until=None
            )
        else:
            deliveries.move(
                work, delivery_id, DeliveryState.UNKNOWN, DeliveryState.DUE, next_attempt_at=work.now, lease_until=None
            )
        work.woke = True
        work.commit()


def report_not_looked(work: UnitOfWork, delivery_id: str) -> None:
    """The look itself failed (5xx, 429, broken connection): the outcome stays unknown and is looked for again."""
    with work:
        again = work.now + RETRY
        deliveries.move(work, delivery_id, DeliveryState.UNKNOWN, DeliveryState.UNKNOWN, next_attempt_at=again)
        work.commit()


def know_slack_id(work: UnitOfWork, recipient: Contact, *, slack_id: str) -> None:
    """Slack knows this person's work e-mail: from now on her Slack id stands in the directory."""
    with work:
        directory.link_slack_id(work, recipient.workspace_id, recipient.email, slack_id)
        work.commit()


def tidy(work: UnitOfWork) -> None:
    """Forget what no repetition can reach any more."""
    with work:
        audit.forget_old_keys(work)
        work.commit()


def next_due(work: UnitOfWork, *, workspace_id: str) -> datetime | None:
    """When the next delivery of a workspace is due (UTC), or None."""
    with work.reading():
        return deliveries.next_due(work, workspace_id)


def _prepare(work: UnitOfWork, delivery: Delivery, *, check: bool) -> ToSend | str:
    """The delivery with all its card needs, or why there is nothing to send."""
    if delivery.kind is DeliveryKind.EDIT:
        return _edit(work, delivery)
    matter = matters.matter(work, delivery.workspace_id, delivery.matter_id) if delivery.matter_id else None
    about = subjects.subject(work, delivery.workspace_id, case_id=delivery.case_id, matter=matter)
    if about is None:
        return "gone"
    case = about.case
    if delivery.kind is DeliveryKind.HEADLINE:
        return ToSend(delivery, case.channel, case.language, case.country, about, edit_ts=case.thread_ts)
    if delivery.kind is DeliveryKind.NUDGE:
        if matter is None or (check and (not matter.state.is_open or matter.revision != delivery.revision)):
            return "settled"
        recipient = _reader(work, delivery, matter)
    else:
        asker = matter.asker_id if matter else case.opened_by
        recipient = directory.contacts_by_ids(work, delivery.workspace_id, [asker])[asker]
    if recipient is None or not (recipient.slack_id or recipient.email):
        return NOBODY
    agency = directory.agency(work, recipient.agency_id)
    language, country = (agency.language, agency.country) if agency else (case.language, case.country)
    return ToSend(delivery, recipient.slack_id, language, country, about, None, matter, recipient)


def _edit(work: UnitOfWork, delivery: Delivery) -> ToSend | str:
    original = deliveries.delivery(work, str(delivery.edits_id))
    if original is None or original.channel is None or original.ts is None:
        return "gone"
    sent = _prepare(work, original, check=False)
    if isinstance(sent, str):
        return sent
    return replace(sent, delivery=delivery, post_to=original.channel, edit_ts=original.ts, original=original)


def _reader(work: UnitOfWork, delivery: Delivery, matter: Matter) -> Contact | None:
    people = directory.contacts_by_ids(work, matter.workspace_id, [matter.owner_id, matter.asker_id])
    owner = people[matter.owner_id]
    match delivery.audience:
        case Audience.OWNER:
            return owner
        case Audience.ASKER:
            return people[matter.asker_id]
        case Audience.SUBSTITUTE:
            everybody = directory.all_contacts(work, matter.workspace_id)
            return next((c for c in everybody if c.key == owner.substitute_key), None) or _coordinator(everybody, owner)
        case _:
            return _coordinator(directory.all_contacts(work, matter.workspace_id), owner)


def _coordinator(everybody: list[Contact], owner: Contact) -> Contact | None:
    return next((c for c in everybody if c.role is Role.COORDINATOR and c.agency_id == owner.agency_id), None)
