"""Who writes what the bot sends on its own account: one card for each kind of matter and of delivery."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.deliveries import DeliveryKind, ToSend
from bot.domain.handovers import HandoverView
from bot.domain.matters import MatterKind
from handlers.cards import absences as absence_cards
from handlers.cards import callbacks as callback_cards
from handlers.cards import cases as case_cards
from handlers.cards import channels as channel_cards
from handlers.cards import clearances as clearance_cards
from handlers.cards import closing as closing_cards
from handlers.cards import confirmations as confirmation_cards
from handlers.cards import corrections as correction_cards
from handlers.cards import counters as counter_cards
from handlers.cards import deadlines as deadline_cards
from handlers.cards import digests as digest_cards
from handlers.cards import followups as followup_cards
from handlers.cards import handovers as handover_cards
from handlers.cards import incidents as incident_cards
from handlers.cards import memberships as membership_cards
from handlers.cards import reminders as reminder_cards
from handlers.cards import rooms as room_cards
from handlers.cards import setup as setup_cards
from handlers.cards import stuck as stuck_cards
from handlers.cards import upkeep as upkeep_cards
from handlers.cards import words as word_cards
from handlers.cards.headline import headline, welcome
from handlers.cards.parts import Card, Reader

OF_MATTERS: Mapping[MatterKind, Callable[[Reader, ToSend], Card]] = {
    MatterKind.PARTICIPATION: case_cards.request,
    MatterKind.FOLLOWUP: followup_cards.card,
    MatterKind.COUNTER: counter_cards.card,
    MatterKind.CLEARANCE: clearance_cards.card,
    MatterKind.WORD: word_cards.card,
    MatterKind.SUBSTITUTION: absence_cards.message,
    MatterKind.CALLBACK: callback_cards.card,
    MatterKind.CORRECTION: correction_cards.nudge,
    MatterKind.UPKEEP: upkeep_cards.notice,
    MatterKind.DEADLINE: deadline_cards.nudge,
    MatterKind.HANDOVER: handover_cards.message,
    MatterKind.SUCCESSION: handover_cards.message,
    MatterKind.MEMBERSHIP: membership_cards.message,
    MatterKind.SETUP: setup_cards.welcome,
    MatterKind.CONFIRMATION: confirmation_cards.question,
    MatterKind.ROOM: room_cards.card,
    MatterKind.CHANNEL: channel_cards.message,
    MatterKind.NOBODY: case_cards.nobody,
    MatterKind.INCIDENT: incident_cards.message,
}
"""Who writes what is sent about a matter; a further kind of matter is a further line."""


OF_DELIVERIES: Mapping[DeliveryKind, Callable[[Reader, ToSend], Card]] = {
    DeliveryKind.HEADLINE: lambda reader, item: headline(reader, item.case),
    DeliveryKind.HELLO: lambda reader, _item: setup_cards.hello(reader),
    DeliveryKind.FAREWELL: closing_cards.farewell,
    DeliveryKind.MENTION: stuck_cards.in_thread,
    DeliveryKind.DIGEST: lambda reader, item: digest_cards.morning(reader, item.digest),
}
"""Who writes what is no reminder of a matter."""


def card(reader: Reader, item: ToSend) -> Card:
    """A delivery in its reader's language."""
    kind = (item.original or item.delivery).kind
    if kind in OF_DELIVERIES:
        return OF_DELIVERIES[kind](reader, item)
    if item.matter is None:
        return case_cards.receipt(reader, item.case)
    made = reminder_cards.with_answers(reader, item, OF_MATTERS[item.matter.kind](reader, item))
    if item.recipient is not None and item.matter.has_joined(item.recipient.id):
        view = item.about.view if isinstance(item.about, HandoverView) else item.case
        made = welcome(reader, view, made, joined_id=item.recipient.id)
    if item.instead_of is not None and not item.instead_of.can_be_reached:
        return case_cards.on_behalf(reader, item.instead_of, made)
    return absence_cards.instead_of(reader, item.instead_of, made) if item.instead_of else made
