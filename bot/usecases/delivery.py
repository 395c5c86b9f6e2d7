"""What is due, and what became of it. The one who posts (`handlers/delivery.py`) asks here and reports here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.data.kinds import asked_of_persons
from bot.data.municipalities import district_of
from bot.domain import deliveries as rules
from bot.domain.deliveries import STEPS, Delivery, DeliveryKind, DeliveryState, ToSend
from bot.domain.holes import Lists
from bot.domain.matters import MatterKind
from bot.domain.people import Contact
from storage import (
    absences,
    arrivals,
    audit,
    callbacks,
    cases,
    deliveries,
    digests,
    directory,
    holding,
    incidents,
    matters,
    mentions,
    preparing,
    sending,
)
from storage.uow import UnitOfWork

PACE = timedelta(seconds=1)
"""Slack takes about one message a second in one channel."""
RETRY = timedelta(seconds=5)
"""Before a delivery of unknown outcome is tried again."""
LEASE = sending.LEASE
"""How long whoever took a delivery may keep it; longer than Slack may take for an answer."""
Sent = rules.Sent
"""What Slack said of what it took."""
MOST_ATTEMPTS = 8
"""After so many failures a coordinator has to look."""


def is_anything(work: UnitOfWork, *, workspace_id: str) -> bool:
    """Whether there is anything to do at this moment: one look that waits for nobody, as most looks find nothing."""
    with work.reading():
        return sending.is_anything(work, workspace_id)


def claim(work: UnitOfWork, *, workspace_id: str, limit: int, lease: timedelta = LEASE) -> list[Delivery]:
    """Take up to `limit` due deliveries of a workspace for sending; rows of processes that died come back first."""
    with work:
        sending.release_expired(work)
        claimed = sending.claim(work, workspace_id, limit, lease)
        work.commit()
        return claimed


def begin(work: UnitOfWork, delivery_id: str, *, lease: timedelta = LEASE) -> ToSend | None:
    """Check once more and step from claimed to sending; None where there is nothing to send any more.

    A nudge whose matter was settled, or whose due moment moved, since it was planned is cancelled here. One that has
    nobody to go to is parked with the reason.
    """
    found = begin_all(work, [delivery_id], lease=lease)
    return found[0] if found else None


def begin_all(work: UnitOfWork, delivery_ids: Sequence[str], *, lease: timedelta = LEASE) -> list[ToSend]:
    """The same for several in one transaction: those of them that are to be sent now."""
    with work:
        found = [to_send for each in delivery_ids if (to_send := _begin(work, each, lease)) is not None]
        work.commit()
        return found


def _begin(work: UnitOfWork, delivery_id: str, lease: timedelta) -> ToSend | None:
    delivery = deliveries.delivery(work, delivery_id)
    if delivery is None or (delivery.kind is DeliveryKind.DIGEST and digests.put_off(work, delivery)):
        return None
    to_send = preparing.to_send(work, delivery, _lists, check=True)
    if isinstance(to_send, str):
        state = DeliveryState.PARKED if to_send == preparing.NOBODY else DeliveryState.CANCELLED
        sending.move(work, delivery.id, DeliveryState.CLAIMED, state, error=to_send, lease_until=None)
        if to_send == preparing.OVER:
            absences.lapse(work, delivery.workspace_id, str(delivery.matter_id))
        if state is DeliveryState.PARKED:
            _not_into_the_void(work, delivery.id)
        work.woke = True
        return None
    if holding.holds(work, to_send):
        return None
    held = sending.move(
        work, delivery.id, DeliveryState.CLAIMED, DeliveryState.SENDING,
        lease_until=work.now + lease, attempts=delivery.attempts + 1,
        recipient_id=to_send.recipient.id if to_send.recipient else None,
    )  # fmt: skip
    return to_send if held else None


def report_sent(work: UnitOfWork, delivery_id: str, sent: Sent) -> float:
    """Slack took it: remember where it stands and bring it up to date at once. Gives back the seconds since it was due."""
    with work:
        delay = _sent(work, delivery_id, sent)
        work.commit()
        return delay


def report_together(work: UnitOfWork, reports: Sequence[Callable[[UnitOfWork], object]]) -> list[object]:
    """Several of these reports (`report_sent` and the others, with all they need but the unit) in one transaction."""
    with work.together():
        return [report(work) for report in reports]


def _sent(work: UnitOfWork, delivery_id: str, sent: Sent) -> float:
    delivery = deliveries.delivery(work, delivery_id)
    if delivery is None:
        return 0.0
    sending.move(
        work, delivery_id, (DeliveryState.SENDING, DeliveryState.UNKNOWN), DeliveryState.SENT,
        channel=sent.channel, ts=sent.ts, sent_at=work.now, lease_until=None, error=None,
    )  # fmt: skip
    if delivery.kind not in STEPS:
        sending.pace(work, delivery.lane, work.now + PACE)
    arrivals.follow(work, delivery, sent)
    work.woke = True  # what waited for this one may go
    return (work.now - delivery.due_at).total_seconds()


def report_later(work: UnitOfWork, delivery_id: str, *, wait: timedelta) -> None:
    """Slack did not take it and said how long to wait (429)."""
    with work:
        again = work.now + wait
        sending.move(
            work, delivery_id, DeliveryState.SENDING, DeliveryState.DUE, next_attempt_at=again, lease_until=None
        )
        work.commit()


def report_unknown(work: UnitOfWork, delivery_id: str) -> None:
    """The answer never came (5xx, timeout, broken connection): it will be looked up, or sent once more."""
    with work:
        sending.move(work, delivery_id, DeliveryState.SENDING, DeliveryState.UNKNOWN, next_attempt_at=work.now + RETRY)
        work.commit()


def report_refused(work: UnitOfWork, delivery_id: str, *, reason: str) -> None:
    """Slack refused it for good: parked with Slack's reason, for a coordinator to see."""
    with work:
        parked = sending.move(
            work, delivery_id, DeliveryState.SENDING, DeliveryState.PARKED, error=reason[:80], lease_until=None
        )
        if parked:
            _not_into_the_void(work, delivery_id)
        work.commit()


def to_look_up(
    work: UnitOfWork, *, workspace_id: str, limit: int, lease: timedelta = LEASE
) -> list[tuple[Delivery, ToSend | None]]:
    """Take deliveries of unknown outcome, each with where it was to go; None where it need not or cannot be looked up.

    An edit need not: to make it twice changes nothing. For a `lease` no other process looks for them.
    """
    with work:
        found: list[tuple[Delivery, ToSend | None]] = []
        for delivery in sending.take_unknown(work, workspace_id, limit, lease):
            to_send = preparing.to_send(work, delivery, _lists, check=False)
            posted = isinstance(to_send, ToSend) and to_send.edit_ts is None
            found.append((delivery, to_send if posted and isinstance(to_send, ToSend) else None))
        work.commit()
        return found


def report_not_found(work: UnitOfWork, delivery_id: str, *, looked: bool = True) -> None:
    """Looked up and not there, or not to be looked up: sent once more, until it has failed too often.

    A headline that could not be looked for may stand in the room already: the next one says that it counts.
    """
    with work:
        delivery = deliveries.delivery(work, delivery_id)
        if not looked and delivery is not None and delivery.kind is DeliveryKind.HEADLINE and delivery.case_id:
            cases.change(work, delivery.case_id, replaces=True)
        if delivery is not None and delivery.attempts >= MOST_ATTEMPTS:
            sending.move(
                work, delivery_id, DeliveryState.UNKNOWN, DeliveryState.PARKED, error="no-answer", lease_until=None
            )
            _not_into_the_void(work, delivery_id)
        else:
            sending.move(
                work, delivery_id, DeliveryState.UNKNOWN, DeliveryState.DUE, next_attempt_at=work.now, lease_until=None
            )
        work.woke = True
        work.commit()


def report_not_looked(work: UnitOfWork, delivery_id: str) -> None:
    """The look itself failed (5xx, 429, broken connection): the outcome stays unknown and is looked for again."""
    with work:
        again = work.now + RETRY
        sending.move(work, delivery_id, DeliveryState.UNKNOWN, DeliveryState.UNKNOWN, next_attempt_at=again)
        work.commit()


def _not_into_the_void(work: UnitOfWork, delivery_id: str) -> None:
    """What was given up does not end there: who was meant is called in the case's thread.

    A wish to be rung that reached nobody goes to the next in line at once, and the asker sees it.
    """
    if (delivery := deliveries.delivery(work, delivery_id)) is not None:
        mentions.call(work, delivery)
    if delivery is None or delivery.kind is not DeliveryKind.NUDGE or delivery.matter_id is None:
        return
    matter = matters.matter(work, delivery.workspace_id, delivery.matter_id)
    if matter is not None and matter.kind is MatterKind.CALLBACK and matter.state.is_open:
        deliveries.bring_forward(work, matter.id)
        deliveries.refresh_sent(work, receipts_of_matter=matter.id)


def know_slack_id(work: UnitOfWork, recipient: Contact, *, slack_id: str) -> None:
    """Slack knows this person's work e-mail: from now on her Slack id stands in the directory."""
    with work:
        directory.link_slack_id(work, recipient.workspace_id, recipient.email, slack_id)
        work.commit()


def tidy(work: UnitOfWork) -> None:
    """Forget what no repetition can reach any more, old incidents, and of consultations that were held all but their count."""
    with work:
        audit.forget_old_keys(work)
        callbacks.forget_sparring(work)
        incidents.forget_old(work)
        work.commit()


def next_due(work: UnitOfWork, *, workspace_id: str) -> datetime | None:
    """When the next delivery of a workspace is due (UTC), or None."""
    with work.reading():
        return sending.next_due(work, workspace_id)


def _lists() -> Lists:
    return Lists(district_of(), asked_of_persons())
