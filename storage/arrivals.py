"""What follows from it that Slack took a delivery: where it stands is known, and what was waiting for that goes on."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.cases import Case
from bot.domain.clearances import is_expired
from bot.domain.closing import FILE_KEPT
from bot.domain.deliveries import STEPS, Delivery, DeliveryKind, DeliveryState, Sent
from bot.domain.matters import Matter, MatterKind
from bot.domain.people import Actor
from storage import audit, cases, channels, deliveries, digests, matters
from storage.schema import new_id
from storage.uow import UnitOfWork


def follow(work: UnitOfWork, delivery: Delivery, sent: Sent) -> None:
    """All that follows, in the transaction in which it is written down."""
    _file_stays_a_day(work, delivery, sent)
    if delivery.kind is DeliveryKind.DIGEST:
        digests.told(work, delivery)
    if delivery.kind is DeliveryKind.HEADLINE and delivery.case_id:
        case = cases.case(work, delivery.workspace_id, delivery.case_id)
        if case and case.thread_ts is None:
            cases.set_thread(work, case.id, sent.ts, sent.permalink)
            _lead_there(work, case)
    if delivery.kind in {DeliveryKind.NUDGE, DeliveryKind.RECEIPT} and delivery.matter_id:
        matter = matters.matter(work, delivery.workspace_id, delivery.matter_id)
        if matter and delivery.revision and matter.revision != delivery.revision:
            deliveries.refresh_sent(work, matter_id=matter.id)
        if delivery.kind is DeliveryKind.NUDGE:
            deliveries.refresh_sent(work, receipts_of_matter=delivery.matter_id)
            _run_out(work, matter)
    if delivery.kind in STEPS and delivery.case_id:
        if delivery.kind is DeliveryKind.CHANNEL:
            channels.made(work, delivery.workspace_id, delivery.case_id, sent.channel)
        audit.record(work, Actor(delivery.workspace_id, "", ""), VERBS[delivery.kind], delivery.case_id)


VERBS = {
    DeliveryKind.CHANNEL: "channel.make",
    DeliveryKind.LET_IN: "channel.let-in",
    DeliveryKind.LET_OUT: "channel.let-out",
    DeliveryKind.ARCHIVE: "channel.archive",
}
"""What the audit says of a step that was taken about a case's channel."""


def _lead_there(work: UnitOfWork, case: Case) -> None:
    """What was sent before the headline stood leads there now: what waited for a room; what went without a channel."""
    for request in matters.of_case(work, case.id, MatterKind.ROOM):
        deliveries.refresh_sent(work, matter_id=request.id)
    if case.own_channel:
        deliveries.refresh_sent(work, receipts_of_case=case.id)
        for request in matters.requests_of(work, case.workspace_id, case.id):
            deliveries.refresh_sent(work, matter_id=request.id)


def _run_out(work: UnitOfWork, matter: Matter | None) -> None:
    """A clearance has run out, and its people are being asked: the headline must not show it as one any more."""
    if matter is not None and matter.kind is MatterKind.CLEARANCE and is_expired(matter, work.now):
        case = cases.case(work, matter.workspace_id, str(matter.case_id))
        if case is not None:
            deliveries.refresh_headline(work, matter.workspace_id, case.id, case.lane)


def _file_stays_a_day(work: UnitOfWork, delivery: Delivery, sent: Sent) -> None:
    """A file for the journal is taken away again; both are in the audit."""
    if delivery.kind is DeliveryKind.FILE:
        removal = replace(
            delivery, id=new_id(), kind=DeliveryKind.REMOVAL, state=DeliveryState.DUE, due_at=work.now + FILE_KEPT,
            edits_id=delivery.id, channel=sent.channel, ts=sent.ts, attempts=0,
        )  # fmt: skip
        deliveries.add(work, removal, dedupe=f"removal:{delivery.id}")
    if delivery.kind is DeliveryKind.REMOVAL and delivery.case_id:
        audit.record(work, Actor(delivery.workspace_id, "", ""), "message.remove", delivery.case_id)
