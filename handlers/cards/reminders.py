"""The answers every reminder carries, whatever it is about: remind me later, and what became of that and of help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.deliveries import Delivery, DeliveryKind, ToSend
from bot.domain.ladders import HELP, Audience
from bot.domain.matters import DueClock, Matter, MatterState
from bot.domain.reminders import Later, can_wait
from bot.texts.catalogue import Mrkdwn
from bot.usecases.reminders import Postponing, Snoozed
from handlers.cards.parts import (
    Block,
    Card,
    Reader,
    actions,
    context,
    field_,
    joined,
    modal,
    moment_picker,
    option,
    section,
    select,
)
from handlers.forms.reminders import Target

ASKING = ("ask", "again", "substitute", "coordinator")
"""The rungs on which somebody is asked for a yes; once she has said it their messages ask nothing any more."""
DATE = "date"
"""The choice that opens the form."""


def with_answers(reader: Reader, item: ToSend, card: Card) -> Card:
    """What is sent about an open matter, with how its reminders stand; to its owner with the choice of a later one."""
    matter, sent = item.matter, item.original or item.delivery
    if matter is None or item.is_handed_over or not can_wait(matter, item.urgency):
        return card
    if sent.kind is DeliveryKind.RECEIPT:
        return _with(card, [_for_asker(reader, item)] if sent.rung is None else [])
    if not _is_hers(sent, matter):
        return card
    choice = actions(block_id(matter), later(reader, matter))
    return _with(card, [_again(reader, item), _helped(reader, matter)], choice)


def later(reader: Reader, matter: Matter) -> Block:
    """The list from which somebody chooses when she is reminded again."""
    t = reader.texts
    named = [option(t(f"reminder.later.{one}"), f"{matter.id}:{one}") for one in (*Later, DATE)]
    return select("reminder.snooze", named, placeholder=t("reminder.later"))


def block_id(matter: Matter) -> str:
    """The id of the row with that list: another one after each answer, so that Slack shows nothing as chosen."""
    return f"reminder:{matter.id}:{matter.revision}"


def matter_of(row: Sequence[Block]) -> str:
    """The matter that the list in a row is about; empty where it holds none."""
    lists = (one for one in row if one["action_id"] == "reminder.snooze")
    return next((str(one["options"][0]["value"]).partition(":")[0] for one in lists), "")


def form(reader: Reader, found: Postponing, target: Target) -> Block:
    """The form for a moment of one's own."""
    t = reader.texts
    said = [t.md("reminder.form.intro")]
    if found.matter.clock is DueClock.STATUTORY:
        said.append(t.md("reminder.form.law"))
    return modal(
        callback_id="reminder.snooze", title=t("reminder.form.title"), submit=t("reminder.form.submit"),
        close=t("close"), meta=target.as_value(),
        blocks=[
            section(Mrkdwn(" ".join(said))),
            field_("due", t("reminder.form.when"), moment_picker("reminder.due", found.suggested)),
        ],
    )  # fmt: skip


def said(reader: Reader, found: Snoozed) -> Card:
    """To whoever tapped it where she sees no reminder of her own: when she hears of it again."""
    words = _when(reader, found)
    return Card(words, [section(words)])


def _is_hers(sent: Delivery, matter: Matter) -> bool:
    """Whether a message is its owner's reminder, and still asks something."""
    answered = sent.rung in ASKING and matter.state is MatterState.AGREED
    return sent.kind is DeliveryKind.NUDGE and sent.audience == Audience.OWNER and sent.rung != HELP and not answered


def _again(reader: Reader, item: ToSend) -> Mrkdwn:
    if item.matter is None or item.snoozed_until is None:
        return Mrkdwn("")
    return _when(reader, Snoozed(item.matter, item.snoozed_until))


def _when(reader: Reader, found: Snoozed) -> Mrkdwn:
    """When she is reminded again, and what comes all the same."""
    t, matter, until = reader.texts, found.matter, reader.when(found.until)
    if matter.state is MatterState.PROPOSED:
        return t.md("reminder.again.asked", until=until)
    if matter.clock is DueClock.STATUTORY:
        return t.md("reminder.again.law", until=until)
    return t.md("reminder.again", until=until)


def _helped(reader: Reader, matter: Matter) -> Mrkdwn:
    if matter.help_asked_at is None:
        return Mrkdwn("")
    return reader.texts.md("reminder.helped", at=reader.when(matter.help_asked_at))


def _for_asker(reader: Reader, item: ToSend) -> Mrkdwn:
    if item.snoozed_until is None:
        return Mrkdwn("")
    return reader.texts.md("reminder.for_asker", until=reader.when(item.snoozed_until))


def _with(card: Card, lines: list[Mrkdwn], *rows: Block) -> Card:
    shown = [line for line in lines if line]
    return replace(
        card, text=joined(card.text, *shown), blocks=[*card.blocks, *(context(line) for line in shown), *rows]
    )
